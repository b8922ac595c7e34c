"""The fragment program of a cut bone: from the painted distances to marrow, struts, shell, pressed bone and cement."""

from __future__ import annotations

from kyphoviz.scene.cut_paint import OUT_MM, SPAN_MM, STRUT_MM

AFTER_TEXTURE = "//VTK::TCoord::Impl"

_COLOURS = """
  const vec3 MARROW = vec3(0.335, 0.105, 0.085), FATTY = vec3(0.475, 0.235, 0.135), DEEP = vec3(0.63, 0.455, 0.345);
  const vec3 STRUT = vec3(0.93, 0.835, 0.69), SHELL = vec3(0.985, 0.935, 0.85), PACKED = vec3(0.90, 0.80, 0.64);
"""

_START = f"""{AFTER_TEXTURE}
  vec4 painted = fragOutput0;
  if (painted.a < edge) discard;
{_COLOURS}
  float inward = painted.a * {SPAN_MM:.3f} - {OUT_MM:.3f};
  float pressed = 0.0;
"""

# Bone that stood where the room is has been pressed into the 3 mm around it; bone under the plate is crushed.
_PACKED = """
  float room = matterVSOutput.x;
  float cement = matterVSOutput.z;
  float rim = clamp(1.0 - max(room, 0.0) / 3.2, 0.0, 1.0);
  pressed = 1.25 * matterVSOutput.y + packing * (0.35 + 2.0 * rim) * smoothstep(0.0, 0.45, rim);
"""

_BONE = f"""
  float own = (painted.r - 0.5) * {2 * STRUT_MM:.3f};
  float off = own + 0.13 * min(pressed, 2.2);
  float strut = smoothstep(-softness, softness, off);
  vec3 rgb = mix(MARROW, FATTY, min(painted.g * 2.55, 1.0));
  rgb = mix(rgb, DEEP, clamp((painted.g - 0.392) * 2.2, 0.0, 1.0));
  rgb = mix(rgb, STRUT * (0.76 + 0.42 * painted.b), strut);
  rgb = mix(rgb, PACKED * (0.86 + 0.22 * painted.b), min(0.40 * pressed, 0.78));
  float shell = smoothstep(1.02, 0.86, inward);
  rgb *= 1.0 - 0.28 * smoothstep(1.9, 0.95, inward) * (1.0 - strut);
  rgb = mix(rgb, SHELL * (0.90 + 0.12 * smoothstep(1.0, 0.25, inward)), shell);
"""

# Cement runs on between struts and stops at them; fresh it stands up from the face, wet, and it sets flat and matt.
_CEMENT = """
  float porous = smoothstep(-0.1, 0.5, room);
  float front = cement + 1.15 * porous * smoothstep(-0.34, 0.04, own + 0.35 * (0.4 - painted.g));
  if (room < 0.0 && front > 0.0) discard;
  float here = smoothstep(0.10, -0.10, front) * (1.0 - shell);
  vec3 way = normalize(vec3(lieVSOutput.xy * (0.22 + 0.55 * wet) * smoothstep(-3.6, 0.1, front)
                            + (0.03 + 0.14 * porous) * wet * vec2(painted.b - 0.5, painted.g - 0.4), 1.0));
  vec2 grain = floor(lieVSOutput.zw * 4.5);
  float barium = fract(sin(dot(grain, vec2(12.9898, 78.233))) * 43758.5453);
  float gloss = max(dot(way, toHalf), 0.0);
  float lit = 0.55 + 0.58 * max(dot(way, toLight), 0.0) - 0.12 * smoothstep(-0.8, 0.05, front);
  vec3 paste = cementColour * lit * (1.0 + 0.055 * step(0.90, barium) - 0.05 * step(barium, 0.12));
  paste *= 1.0 - 0.30 * porous * smoothstep(-0.16, 0.0, own) * (1.0 - strut);
  paste = mix(paste, SHELL * (0.78 + 0.34 * painted.b), 0.75 * strut * porous);
  paste += wet * (0.42 * pow(gloss, 64.0) + 0.10 * pow(gloss, 8.0));
  rgb = mix(rgb * faceLight, paste, here);
"""

_PLAIN = "  rgb *= faceLight;\n"
_END = "  fragOutput0 = vec4(rgb, max(opacityUniform, 0.004));\n"

BONE = _START + _BONE + _PLAIN + _END
TREATED = _START + _PACKED + _BONE + _CEMENT + _END
DISC = f"""{AFTER_TEXTURE}
  if (fragOutput0.a < edge) discard;
  fragOutput0 = vec4(fragOutput0.rgb * faceLight, max(opacityUniform, 0.004));
"""
