"""The fragment program of a cut bone: from the painted distances to marrow, struts, shell, pressed bone and cement."""

from __future__ import annotations

from kyphoviz.scene.cut_paint import OUT_MM, SPAN_MM, STRUT_MM

AFTER_TEXTURE = "//VTK::TCoord::Impl"

_COLOURS = """
  const vec3 MARROW = vec3(0.335, 0.105, 0.085), FATTIER = vec3(0.357, 0.332, 0.128), DEEPER = vec3(0.34, 0.48, 0.46);
  const vec3 STRUT = vec3(0.93, 0.835, 0.69), SHELL = vec3(0.985, 0.935, 0.85), PACKED = vec3(0.90, 0.80, 0.64);
"""

_START = f"""{AFTER_TEXTURE}
  vec4 painted = fragOutput0;
  if (painted.a < edge) discard;
{_COLOURS}
  float inward = painted.a * {SPAN_MM:.3f} - {OUT_MM:.3f};
  float pressed = 0.0;
"""

# Bone that stood where the hollow is has been pressed into the 3 mm around it; bone under the plate is crushed.
_PACKED = """
  float hollow = matterVSOutput.x;
  float cement = matterVSOutput.z;
  float rim = clamp(1.0 - max(hollow, 0.0) / 3.2, 0.0, 1.0);
  pressed = 1.25 * matterVSOutput.y + packing * (0.35 + 2.0 * rim) * min(2.5 * rim, 1.0);
"""

_BONE = f"""
  float own = (painted.r - 0.5) * {2 * STRUT_MM:.3f};
  float off = own + 0.13 * min(pressed, 2.2);
  float strut = clamp(off * sharpness + 0.5, 0.0, 1.0);
  vec3 rgb = MARROW + min(painted.g, 0.392) * FATTIER + max(painted.g - 0.392, 0.0) * DEEPER;
  rgb = mix(rgb, STRUT * (0.76 + 0.42 * painted.b), strut);
  rgb = mix(rgb, PACKED * (0.86 + 0.22 * painted.b), min(0.40 * pressed, 0.78));
  float shell = clamp((1.02 - inward) * 6.0, 0.0, 1.0);
  rgb *= 1.0 - 0.28 * clamp(1.95 - inward, 0.0, 1.0) * (1.0 - strut);
  rgb = mix(rgb, SHELL * (1.02 - 0.12 * inward), shell);
"""

# Cement runs on between struts and stops at them; fresh it stands up from the face, wet, and it sets flat and matt.
_CEMENT = """
  float porous = clamp(1.7 * hollow + 0.17, 0.0, 1.0);
  float front = cement + 1.15 * porous * clamp(2.6 * own + 0.9 * (1.4 - painted.g), 0.0, 1.0);
  if (hollow < 0.0 && front > 0.0) discard;
  float here = clamp(0.5 - 6.0 * front, 0.0, 1.0) * (1.0 - shell);
  vec3 way = normalize(vec3(lieVSOutput.xy * (0.22 + 0.55 * wet) * clamp(1.0 + 0.27 * front, 0.0, 1.0)
                            + (0.03 + 0.14 * porous) * wet * vec2(painted.b - 0.5, painted.g - 0.4), 1.0));
  vec2 grain = floor(lieVSOutput.zw * 4.5);
  vec2 dust = fract(grain * vec2(0.1031, 0.2973));
  float barium = fract((dust.x + 3.33) * (dust.y + 7.77) * (41.7 + dust.x + dust.y));
  float gloss = max(dot(way, toHalf), 0.0);
  float lit = 0.55 + 0.58 * max(dot(way, toLight), 0.0) - 0.12 * clamp(1.0 + 1.2 * front, 0.0, 1.0);
  vec3 paste = cementColour * lit * (1.0 + 0.055 * step(0.90, barium) - 0.05 * step(barium, 0.12));
  paste *= 1.0 - 0.30 * porous * clamp(1.0 + 6.0 * own, 0.0, 1.0) * (1.0 - strut);
  paste = mix(paste, SHELL * (0.78 + 0.34 * painted.b), 0.75 * strut * porous);
  gloss *= gloss;
  gloss *= gloss;
  gloss *= gloss;
  float glint = gloss * gloss;
  glint *= glint;
  glint *= glint;
  paste += wet * (0.42 * glint + 0.10 * gloss);
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
