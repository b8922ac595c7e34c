"""Everything that is true at one instant of the film: numbers, words and tuples only.

A state is a value. It can be compared, hashed and kept; it holds no arrays and no history, so any instant can be asked
for in any order. Lengths are millimetres, volumes millilitres, in the patient axes of `kyphoviz.anatomy`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

Point = tuple[float, float, float]


class Side(StrEnum):
    """The patient's side."""

    LEFT = "left"
    RIGHT = "right"


class XrayView(StrEnum):
    """From where an X-ray is taken: along the patient's front to back, or across; shown in this order."""

    AP = "ap"
    LATERAL = "lateral"


class Tool(StrEnum):
    """What may lie on a needle's axis."""

    ACCESS_NEEDLE = "access_needle"
    GUIDE_WIRE = "guide_wire"
    WORKING_CANNULA = "working_cannula"
    DRILL = "drill"
    BALLOON_CATHETER = "balloon_catheter"
    BONE_FILLER = "bone_filler"
    CEMENT_NEEDLE = "cement_needle"


class StopReason(StrEnum):
    """Why a balloon or the cement is given no more; none as long as it is filled, or empty."""

    NONE = "none"
    VOLUME = "volume"  # what was planned is in
    PRESSURE = "pressure"  # the balloon's limit is reached
    CORTEX = "cortex"  # the balloon lies against dense bone all round
    POSTERIOR_QUARTER = "posterior_quarter"  # cement has filled the body up to there
    LEAK = "leak"


class Layer(StrEnum):
    """Tissues and things that are shown, ghosted or hidden together."""

    TREATED_BONE = "treated_bone"
    OTHER_BONES = "other_bones"
    DISCS = "discs"
    NERVES = "nerves"
    LIGAMENTS = "ligaments"
    VESSELS = "vessels"
    RIBS = "ribs"
    BACK_MUSCLES = "back_muscles"
    SKIN = "skin"
    MUSCLE = "muscle"
    TOOLS = "tools"
    BALLOONS = "balloons"
    CEMENT = "cement"
    PATIENT = "patient"
    STANDING_PATIENT = "standing_patient"
    TABLE = "table"
    C_ARM = "c_arm"
    BOWL = "bowl"
    LOAD = "load"


@dataclass(frozen=True, slots=True)
class Fracture:
    """Heights of the treated body as shares of the intact ones (1 = intact)."""

    anterior: float = 1.0
    middle: float = 1.0
    posterior: float = 1.0


@dataclass(frozen=True, slots=True)
class Incision:
    """The skin over each needle: how far its mark is drawn, the length of its cut, how far a dressing covers it."""

    mark: float = 0.0
    length_mm: float = 0.0
    dressing: float = 0.0


@dataclass(frozen=True, slots=True)
class Needle:
    """A tool on a needle's axis.

    `depth_mm` is measured along the axis from the posterior wall of the body (0) to its front (positive).
    `direction` is the unit vector of advance. `clearance_canal_mm` is the free distance from the tool's surface
    to the spinal canal, the smallest over the part that is inside.
    """

    side: Side
    kind: Tool
    depth_mm: float
    tip_mm: Point
    direction: Point
    clearance_canal_mm: float


@dataclass(frozen=True, slots=True)
class Balloon:
    """An inflatable bone tamp: its volume is what is set, its pressure is the response."""

    side: Side
    volume_ml: float
    pressure_psi: float
    center_mm: Point
    stop_reason: StopReason = StopReason.NONE


@dataclass(frozen=True, slots=True)
class Cavity:
    """The room that a balloon made."""

    side: Side
    volume_ml: float


@dataclass(frozen=True, slots=True)
class Cement:
    """Acrylic cement in the bone, and the clock that started when it was mixed (None before).

    `leak_ml` is what left the body through the vein behind it, over and above `volume_ml`.
    """

    volume_ml: float = 0.0
    leak_ml: float = 0.0
    stop_reason: StopReason = StopReason.NONE
    mixed_min: float | None = None
    viscosity_pa_s: float | None = None
    core_temp_c: float | None = None
    set_fraction: float = 0.0


@dataclass(frozen=True, slots=True)
class Camera:
    """Where the picture is taken from: an orbit about a focus.

    Azimuth 0 looks from behind (+y) and turns towards the patient's left (90 looks from the left); elevation 90 looks
    from the head; roll turns the picture clockwise. Distances in mm; `view_angle_deg` is the vertical opening.
    """

    focus_mm: Point = (0.0, 20.0, 0.0)
    azimuth_deg: float = 40.0
    elevation_deg: float = 18.0
    distance_mm: float = 420.0
    roll_deg: float = 0.0
    view_angle_deg: float = 24.0


@dataclass(frozen=True, slots=True)
class Opacity:
    """How much of a layer is seen: 0 hidden, up to 0.6 a ghost, 1 solid."""

    layer: Layer
    value: float


@dataclass(frozen=True, slots=True)
class Shot:
    """How an instant is looked at: from where, through what, and cut or whole."""

    camera: Camera
    layers: tuple[Opacity, ...]
    cut: float


@dataclass(frozen=True, slots=True)
class Dissolve:
    """One shot melts into the next: what is solid in one and absent in the other has no state between.

    `share` is that of `after` in the picture, more than 0 and less than 1.
    """

    before: Shot
    after: Shot
    share: float


@dataclass(frozen=True, slots=True)
class Words:
    """One text in several languages, English at least."""

    by_language: tuple[tuple[str, str], ...]

    def text(self, language: str) -> str:
        """The text in that language, or in English where it is missing."""
        texts = dict(self.by_language)
        return texts.get(language, texts["en"])


@dataclass(frozen=True, slots=True)
class Caption:
    """What a step is called and what is said about it, in plain and in clinical words.

    `why` tells what the step is for and `risk` what can go wrong in it, both in clinical words and only where there is
    something to tell.
    """

    title: Words
    patient: Words
    clinical: Words
    sources: tuple[str, ...] = ()
    why: Words | None = None
    risk: Words | None = None


@dataclass(frozen=True, slots=True)
class ProcedureState:
    """One instant of the film.

    Produced by `Timeline.state_at`, read by the operative site, the scene, the fluoroscope and the overlays.
    `dissolve` stands while two shots melt into each other; `camera`, `layers` and `cut` are then on their way between.
    `cut` is how far the section is open (0 whole, 1 cut); `c_arm_deg` how far the C-arm is turned (0 for the AP, 90
    for the lateral view); `xray` names the views whose beam is on; `load` is how far
    the bone is pressed on to show what carries (0 not at all, 1 fully).
    """

    time_s: float
    step: str
    caption: Caption | None
    clinical_min: float
    fracture: Fracture
    incision: Incision
    needles: tuple[Needle, ...]
    balloons: tuple[Balloon, ...]
    cavities: tuple[Cavity, ...]
    cement: Cement
    cancellous_mass_g: float
    camera: Camera
    layers: tuple[Opacity, ...]
    cut: float
    c_arm_deg: float
    load: float
    dissolve: Dissolve | None = field(default=None, kw_only=True)
    xray: tuple[str, ...]

    @property
    def ends(self) -> tuple[ProcedureState, ...]:
        """The states whose pictures make up that of this instant, the one that is seen most last."""
        if self.dissolve is None:
            return (self,)
        shots = self.dissolve.before, self.dissolve.after
        before, after = (
            replace(self, camera=shot.camera, layers=shot.layers, cut=shot.cut, dissolve=None) for shot in shots
        )
        return (before, after) if self.dissolve.share >= 0.5 else (after, before)

    def opacity(self, layer: Layer) -> float:
        """How much of that layer is seen, 0 to 1."""
        return next((entry.value for entry in self.layers if entry.layer == layer), 0.0)
