"""Every colour, finish and light of the picture, and the fragment programs that mix them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kyphoviz.anatomy.mesh import Floats, Mesh
from kyphoviz.site.role import Ghost, Role
from kyphoviz.site.shape import Shape

Colour = tuple[float, float, float]
Bytes = NDArray[np.uint8]

BONE, BONE_SHADE = np.array([0.94, 0.865, 0.755]), np.array([0.42, 0.275, 0.21])
ENTHESIS, HOLLOW = np.array([0.935, 0.835, 0.685]), np.array([0.62, 0.47, 0.36])
CARTILAGE, CARTILAGE_SHADE = np.array([0.86, 0.885, 0.89]), np.array([0.46, 0.42, 0.41])
TENDON = np.array([0.83, 0.76, 0.68])
RIDGE = 0.06  # how much paler a sharp ridge is
CORTEX: Colour = (0.90, 0.83, 0.72)
SKIN, SKIN_RED = np.array([0.87, 0.67, 0.57]), np.array([0.62, 0.20, 0.17])
SKIN_FADE_MM = 26.0  # the glass sheet ends softly
CLEAN = 0.8  # cartilage is pale in the shade as well: where it is seen, the bone that shaded it is away
FADING, GONE = ("fading", "outlined"), 0.06  # surfaces that fade out, and the share that is not drawn any more
BURIED = 0.50  # openness of the deepest hollows; their colour is that of the shade
# By kind: skin, fat, fascia, then the muscles, back muscles first.
TISSUES = np.array([
    (0.74, 0.56, 0.47), (0.68, 0.58, 0.42), (0.66, 0.60, 0.51), (0.46, 0.21, 0.185), (0.43, 0.19, 0.17),
    (0.47, 0.23, 0.20), (0.42, 0.20, 0.18), (0.45, 0.22, 0.19),
])  # fmt: skip
CEMENT_FRESH, CEMENT_SET = np.array([0.97, 0.875, 0.645]), np.array([0.95, 0.92, 0.82])
BACKGROUNDS: dict[str, tuple[Colour, Colour]] = {  # (top, bottom)
    "dark": ((0.137, 0.165, 0.2), (0.051, 0.067, 0.086)),
    "light": ((0.965, 0.973, 0.98), (0.80, 0.835, 0.87)),
}

# Direction towards each light in the camera's axes (right, up, towards the eye), colour and power. All ride with
# the camera: a soft warm key from above left, a cool fill, a rim from behind, a little from underneath.
LIGHTS: tuple[tuple[str, Colour, Colour, float], ...] = (
    ("key", (-0.6, 0.8, 1.0), (1.0, 0.96, 0.91), 0.88),
    ("fill", (1.0, 0.1, 0.5), (0.92, 0.93, 1.0), 0.22),
    ("rim", (0.7, 0.6, -0.9), (0.90, 0.93, 1.0), 0.36),
    ("low", (0.0, -1.0, 0.4), (1.0, 0.92, 0.85), 0.12),
)


@dataclass(frozen=True, slots=True)
class Finish:
    """How one role is drawn.

    `surface` names the fragment program below. `inside` is the flat colour of inner sides, which makes a solid that
    the section opens look capped; None draws both sides alike. `rank` orders see-through things, inner ones first.
    """

    colour: Colour
    specular: float = 0.10
    power: float = 22.0
    ambient: float = 0.14
    surface: str = "plain"
    is_cut: bool = False
    inside: Colour | None = None
    rank: int = 0


_BONE = Finish((0.94, 0.865, 0.755), is_cut=True, inside=CORTEX, rank=3)
_STEEL = Finish((0.70, 0.73, 0.76), 0.75, 45, 0.10, "steel", rank=1)
_LIGAMENT = Finish((0.86, 0.83, 0.77), 0.20, 26, surface="fading", is_cut=True, inside=(0.74, 0.72, 0.68), rank=4)
_INNER_VEIN = Finish((0.31, 0.46, 0.65), 0.24, 30, surface="inner", is_cut=True, inside=(0.20, 0.33, 0.50), rank=1)
_BACK_MUSCLE = Finish((0.62, 0.33, 0.285), 0.12, 18, surface="fading", is_cut=True, inside=(0.48, 0.26, 0.235), rank=5)
_PERSON = Finish((0.60, 0.64, 0.68), 0.08, 12, 0.22, rank=7)
_C_ARM = Finish((0.80, 0.83, 0.86), 0.30, 30, 0.20, rank=7)
_TRAY = replace(_STEEL, rank=7)

# Of every role that the 3D picture shows.
FINISHES: dict[Role, Finish] = {
    Role.VERTEBRA: _BONE,
    Role.COMPARISON: replace(_BONE, is_cut=False, inside=None),
    Role.LOAD: Finish((0.93, 0.62, 0.18), 0.25, 24, 0.24, rank=1),
    Role.DISC: Finish((0.70, 0.72, 0.765), 0.18, 30, is_cut=True, inside=(0.62, 0.63, 0.67), rank=2),
    Role.CANAL: Finish((0.86, 0.73, 0.65), 0.22, 30, is_cut=True, inside=(0.66, 0.53, 0.47)),
    Role.NERVE: Finish((0.95, 0.77, 0.42), 0.18, 30, is_cut=True, inside=(0.70, 0.55, 0.27)),
    Role.CORD: Finish((0.97, 0.90, 0.74), 0.12, 24, is_cut=True, inside=(0.78, 0.70, 0.54), rank=-1),
    Role.CARTILAGE: Finish((0.72, 0.78, 0.83), 0.30, 34, is_cut=True, inside=(0.66, 0.72, 0.77), rank=2),
    Role.NUCLEUS: Finish((0.62, 0.74, 0.80), 0.30, 34, is_cut=True, inside=(0.60, 0.70, 0.76), rank=1),
    Role.ANTERIOR_LIGAMENT: _LIGAMENT,
    Role.POSTERIOR_LIGAMENT: _LIGAMENT,
    Role.SUPRASPINOUS_LIGAMENT: _LIGAMENT,
    Role.YELLOW_LIGAMENT: Finish(
        (0.86, 0.76, 0.50), 0.18, 24, surface="fading", is_cut=True, inside=(0.74, 0.64, 0.40), rank=4
    ),
    Role.INTERSPINOUS_LIGAMENT: Finish(
        (0.80, 0.76, 0.69), 0.14, 24, surface="fading", is_cut=True, inside=(0.70, 0.67, 0.61), rank=4
    ),
    # The great vessels stay whole beside the section: a wire that leaves the bone forwards would meet them.
    Role.AORTA: Finish((0.74, 0.36, 0.24), 0.26, 30, surface="fading", rank=6),
    Role.SEGMENTAL_ARTERY: Finish(
        (0.74, 0.36, 0.24), 0.26, 30, surface="fading", is_cut=True, inside=(0.55, 0.27, 0.19), rank=5
    ),
    Role.VENA_CAVA: Finish((0.31, 0.46, 0.65), 0.24, 30, surface="outlined", rank=5),
    Role.BASIVERTEBRAL_VEIN: _INNER_VEIN,
    Role.EPIDURAL_VEIN: _INNER_VEIN,
    Role.RIB_STUB: Finish((0.94, 0.865, 0.755), surface="fading", is_cut=True, inside=CORTEX, rank=6),
    Role.ERECTOR_SPINAE: _BACK_MUSCLE,
    Role.MULTIFIDUS: _BACK_MUSCLE,
    Role.PSOAS: _BACK_MUSCLE,
    Role.NEEDLE: _STEEL,
    Role.HANDLE: Finish((0.20, 0.25, 0.30), 0.35, 25, 0.20, rank=1),
    Role.COLLAR: Finish((0.22, 0.50, 0.60), 0.30, 25, 0.20, rank=1),
    Role.CATHETER: Finish((0.86, 0.89, 0.92), 0.40, 30, 0.20, rank=1),
    Role.MARKER: replace(_STEEL, colour=(0.80, 0.66, 0.32)),
    Role.BALLOON: Finish((0.42, 0.74, 0.95), 0.55, 38, 0.20, "balloon", rank=2),
    Role.CEMENT: Finish((0.98, 0.89, 0.67), 0.25, 16, 0.16, "cement", is_cut=True, rank=2),
    Role.CAVITY: Finish((0.47, 0.33, 0.25), 0.04, 12, 0.30, "hollow", is_cut=True, rank=1),
    Role.SKIN_SHEET: Finish((0.87, 0.67, 0.57), 0.12, 12, 0.30, "glass", rank=6),
    Role.SKIN_MARK: Finish((0.26, 0.20, 0.50), 0.05, 10, 0.25, rank=8),
    Role.DRESSING: Finish((0.93, 0.92, 0.89), 0.04, 10, 0.25, rank=8),
    Role.FLOOR: Finish((0.47, 0.22, 0.20), 0.08, 14, 0.16, "tissue", rank=5),
    Role.PATIENT: _PERSON,
    Role.STANDING_PATIENT: _PERSON,
    Role.TABLE: Finish((0.33, 0.38, 0.43), 0.20, 25, 0.20, rank=7),
    Role.C_ARM: _C_ARM,
    Role.C_ARM_TUBE: _C_ARM,
    Role.C_ARM_DETECTOR: _C_ARM,
    Role.C_ARM_CART: Finish((0.42, 0.47, 0.53), 0.20, 25, 0.20, rank=7),
    Role.BOWL: _TRAY,
    Role.BOWL_TOOL: _TRAY,
    Role.BOWL_CEMENT: Finish((0.98, 0.89, 0.67), 0.25, 16, 0.16, "cement", rank=7),
    Role.BOWL_SACHET: Finish((0.90, 0.91, 0.93), 0.10, 16, 0.20, rank=7),
    Role.BOWL_AMPOULE: Finish((0.55, 0.36, 0.20), 0.60, 50, 0.20, rank=7),
    Role.TURNED_C_ARM: _C_ARM,
    Role.BEAM: Finish((0.98, 0.90, 0.55), 0.0, 10, 0.50, rank=9),
}

GLOW = 1.2  # how much brighter the edge of a clear ghost is than that of a solid thing: more fades on a light ground
# Opacity of what is shown through and never solid: a C-arm that is turned by hand, and its beam.
GHOSTS: dict[str, float] = {Ghost.BEAM: 0.16, Ghost.TURNED_C_ARM: 0.34}


def point_colours(shape: Shape, finish: Finish) -> Bytes | None:
    """Colours of the points where the finish wants them, shape (N, 3) or (N, 4), else None."""
    openness = shape.mesh.openness
    if finish.surface == "glass":
        return _skin_colours(shape.mesh)
    if finish.surface == "tissue" and shape.mesh.paint is not None:
        return _tissue_colours(shape.mesh.paint)
    if finish.surface == "plain" and openness is not None and shape.mesh.part is not None:
        return _bone_colours(shape.mesh, openness)
    if finish.surface in ("fading", "outlined", "inner") and openness is not None and shape.mesh.paint is not None:
        return _fading(np.array(finish.colour), openness, shape.mesh.paint)
    if finish.surface == "plain" and openness is not None:
        return _shaded(np.array(finish.colour), openness)
    return None


def cement_colour(set_fraction: float) -> Colour:
    """Yellowish and shiny when fresh, paler and duller as it sets."""
    r, g, b = CEMENT_FRESH + (CEMENT_SET - CEMENT_FRESH) * min(max(set_fraction, 0.0), 1.0)
    return float(r), float(g), float(b)


def _shaded(colour: NDArray[np.float64], openness: Floats) -> Bytes:
    """Darkened and warmed where little sky is seen."""
    sky = np.clip((openness - BURIED) / (1 - BURIED), 0, 1)[:, None] ** 1.1
    shade = BONE_SHADE * colour / BONE
    return _bytes(shade + (colour - shade) * sky)


def _fading(colour: NDArray[np.float64], openness: Floats, paint: Floats) -> Bytes:
    """Shaded; the fourth value is how much of it is there, the second share of the paint how much of it is tendon."""
    tendon = paint[:, 1:2] if paint.shape[1] > 1 else 0.0
    mixed = colour + (TENDON - colour) * tendon
    there = np.rint(255 * np.clip(paint[:, :1], 0, 1)).astype(np.uint8)
    return np.concatenate([_shaded(mixed, openness), there], axis=1)


def _bone_colours(mesh: Mesh, openness: Floats) -> Bytes:
    """Ivory; darker in hollows, paler on ridges, yellower where tendons pull, bluish where cartilage lies."""
    cartilage, tendon = np.zeros((2, len(mesh.points), 1)) if mesh.paint is None else mesh.paint.T[:2, :, None]
    colour = BONE + (ENTHESIS - BONE) * tendon + (CARTILAGE - BONE) * cartilage
    if mesh.bend is not None:
        bend = mesh.bend[:, None]
        colour = colour * (1 + RIDGE * np.clip(bend, 0, 1)) + (HOLLOW - colour) * 0.5 * np.clip(-bend, 0, 1)
    sky = np.clip((openness - BURIED) / (1 - BURIED), 0, 1)[:, None] ** (1.1 - CLEAN * cartilage)
    shade = BONE_SHADE + (CARTILAGE_SHADE - BONE_SHADE) * cartilage
    return _bytes(shade + (colour - shade) * sky)


def _skin_colours(mesh: Mesh) -> Bytes:
    """Skin, reddened at the wound.

    The fourth value serves the glass: its lower half fades the sheet out towards its edge, its upper half says how
    near an entry a point is.
    """
    redness, near = np.zeros((2, len(mesh.points), 1)) if mesh.paint is None else mesh.paint.T[:2, :, None]
    seen = mesh.points[mesh.triangles.reshape(-1)][:, [0, 2]]
    low, high = seen.min(axis=0), seen.max(axis=0)
    at = mesh.points[:, [0, 2]]
    fade = np.clip(np.minimum(at - low, high - at) / SKIN_FADE_MM, 0, 1).min(axis=1, keepdims=True)
    return _bytes(np.concatenate([SKIN + (SKIN_RED - SKIN) * redness**1.3, 0.5 * fade + 0.5 * near], axis=1))


def _tissue_colours(paint: Floats) -> Bytes:
    kind = np.rint(255 * paint[:, 0]).astype(int)
    rgb = TISSUES[np.clip(kind, 0, len(TISSUES) - 1)] * (2 * paint[:, 1:2])
    return _bytes(np.concatenate([rgb, paint[:, 2:3]], axis=1))


def _bytes(values: NDArray[np.floating]) -> Bytes:
    return np.rint(255 * np.clip(values, 0, 1)).astype(np.uint8)


def background(theme: str) -> tuple[Colour, Colour]:
    """(top, bottom) of that theme; dark for an unknown one."""
    return BACKGROUNDS.get(theme, BACKGROUNDS["dark"])


def fragment_code(finish: Finish) -> str:
    """The program that colours a fragment, to stand after VTK's own lighting, whose colour it replaces.

    Written out by hand because four constant lights cost a third of what the general loop over lights does.
    """
    parts = [_START, _light_code(finish), _SURFACES.get(finish.surface, "")]
    if finish.inside is not None:
        parts.append(f"  if (!gl_FrontFacing) rgb = {_vec(finish.inside)};\n")
    # Never 0: VTK discards such fragments, and a program that may discard costs the early depth test.
    parts.append("  fragOutput0 = vec4(rgb, max(alpha, 0.004));\n")
    return "".join(parts)


# The eye counts as far away, so that every half-way vector is a constant.
_START = """
  vec3 n = normalVCVSOutput;
  float facing = abs(n.z);
  float edge = 1.0 - facing;
  vec3 base = diffuseColor;
  float alpha = opacityUniform;
"""

_SURFACES = {
    # A ghost is clearer in its middle than at its edges, which catch the light as glass does; at opacity 1 it is solid
    # whatever the angle.
    "plain": f"""  rgb *= 1.0 + {GLOW:.3f} * (1.0 - alpha) * edge;
  alpha = clamp(alpha + alpha * (1.0 - alpha) * (2.4 * edge * edge - 0.55), 0.0, 1.0);
""",
    # The same, and gone where the part goes on beyond the picture.
    "fading": """  alpha = clamp(alpha + alpha * (1.0 - alpha) * (2.4 * edge * edge - 0.55), 0.0, 1.0);
  alpha *= vertexColorVSOutput.a;
  if (vertexColorVSOutput.a < GONE) discard;
""".replace("GONE", f"{GONE:.2f}"),
    # Seen as well when ghosted: it is within the ghosts of bones that these are looked for.
    "inner": "  alpha = sqrt(alpha) * vertexColorVSOutput.a;\n",
    # Veins have an outline, so that nobody needs their colour to tell them from arteries.
    "outlined": """  rgb *= 1.0 - 0.62 * smoothstep(0.55, 0.95, edge) * vertexColorVSOutput.a;
  alpha = clamp(alpha + alpha * (1.0 - alpha) * (2.4 * edge * edge - 0.55), 0.0, 1.0);
  alpha *= vertexColorVSOutput.a;
  if (vertexColorVSOutput.a < GONE) discard;
""".replace("GONE", f"{GONE:.2f}"),
    # A room with a bright panel overhead and a dark floor, seen in the metal.
    "steel": """  vec3 mirror = reflect(vec3(0.0, 0.0, -1.0), n);
  float panel = smoothstep(0.55, 0.80, mirror.y) * (1.0 - smoothstep(0.90, 1.0, mirror.y));
  float ground = smoothstep(-0.85, 0.15, mirror.y);
  rgb = base * (0.20 + 0.30 * ground + 0.38 * lit) + 0.24 * panel + 0.35 * shine;
""",
    "balloon": """  rgb = (base * (1.0 - 0.50 * pow(edge, 1.5)) + 0.14 * facing) * (0.50 + 0.62 * lit) + shine;
  alpha *= 0.76 + 0.24 * edge;
""",
    "hollow": "  rgb = base * (0.35 + 0.55 * lit) * (0.55 + 0.45 * facing);\n",
    # Near an entry the glass turns to skin; the red inside of a wound is open as long as the skin is a ghost.
    "glass": """  float near = clamp(2.0 * vertexColorVSOutput.a - 1.0, 0.0, 1.0);
  float fade = clamp(2.0 * vertexColorVSOutput.a, 0.0, 1.0);
  float red = clamp((RED_FROM - vertexColorVSOutput.r) / RED_SPAN, 0.0, 1.0);
  float solid = smoothstep(0.6, 1.0, opacityUniform);
  float ghost = clamp(opacityUniform * (0.62 + 2.8 * edge * edge * edge), 0.0, 0.9);
  alpha = mix(ghost, 1.0, solid);
  alpha = max(alpha * fade, 0.97 * near * clamp(5.0 * opacityUniform, 0.0, 1.0));
  alpha *= mix(1.0 - smoothstep(0.90, 0.99, red), 1.0, solid);
""".replace("RED_FROM", f"{SKIN[0]:.4f}").replace("RED_SPAN", f"{SKIN[0] - SKIN_RED[0]:.4f}"),
    "tissue": "  alpha = opacity;\n",
}


def _light_code(finish: Finish) -> str:
    """Diffuse and glossy light; the gloss is a power of two, which is a few products."""
    lines = ["  vec3 lit = vec3(0.0);\n  vec3 shine = vec3(0.0);\n  float gloss;\n"]
    for name, way, colour, power in LIGHTS:
        toward = np.array(way) / np.linalg.norm(way)
        light = tuple(power * c for c in colour)
        lines.append(f"  lit += max(dot(n, {_vec(toward)}), 0.0) * {_vec(light)};\n")
        if name in ("key", "rim"):
            half = toward + np.array([0.0, 0.0, 1.0])
            lines.append(f"  gloss = max(dot(n, {_vec(half / np.linalg.norm(half))}), 0.0);\n")
            lines.append("  gloss *= gloss;\n" * round(np.log2(3 * finish.power)))
            lines.append(f"  shine += gloss * {_vec(light)};\n")
    lines.append(f"  shine *= {finish.specular:.3f};\n")
    lines.append(f"  vec3 rgb = base * ({finish.ambient:.3f} + 0.92 * lit) + shine;\n")
    return "".join(lines)


def _vec(values: Colour | NDArray[np.float64] | tuple[float, ...]) -> str:
    return "vec3(" + ", ".join(f"{float(v):.5f}" for v in values) + ")"
