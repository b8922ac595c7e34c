"""What a teacher would draw on the X-ray screens: pedicle rings, the two walls of the rule, and the needles' tips."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kyphoviz.anatomy.assets import RestBone
from kyphoviz.anatomy.landmarks import Pedicle
from kyphoviz.procedure.plan import CasePlan
from kyphoviz.procedure.state import Fracture, Needle, ProcedureState, Side, Tool, XrayView
from kyphoviz.site.spine.collapse import USUAL, Collapse
from kyphoviz.site.spine.fracture import displacement_basis, weights_of
from kyphoviz.site.xray.ap_lateral_rule import Verdict, rule
from kyphoviz.site.xray.c_arm import Projection

Spot = tuple[float, float]
Vector = NDArray[np.float64]

POINTS_PER_HOUR = 4
ENTRY_HOURS = {Side.LEFT: 10, Side.RIGHT: 2}  # where a needle docks on the ring, as the AP picture shows it
BEYOND_MM = 3.0  # the lines of the walls run so far over what they belong to
JUDGED_KINDS = (Tool.ACCESS_NEEDLE, Tool.CEMENT_NEEDLE)  # those that find the way; the others follow it
JUDGED_FROM_MM, JUDGED_TO_MM = -3.0, 8.0  # from just before the bone is met until the wall is well behind the tip
NEAR_MM = -45.0  # a tip farther out than this is not in the bone's neighbourhood
STEP_MM = 0.05


@dataclass(frozen=True, slots=True)
class Ring:
    """The outline of a pedicle at its narrowest; every `POINTS_PER_HOUR`-th spot is an hour, the first is twelve."""

    side: Side
    outline: tuple[Spot, ...]

    @property
    def entry(self) -> int:
        """The hour at which a needle docks."""
        return ENTRY_HOURS[self.side]


@dataclass(frozen=True, slots=True)
class Tip:
    """Where the foremost tool of a side ends, and what the rule says of it (None where it does not apply)."""

    side: Side
    spot: Spot
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class TeachingMarks:
    """All marks of one picture; spots are columns and rows of a picture of `size` pixels."""

    size: tuple[int, int] = (1, 1)
    rings: tuple[Ring, ...] = ()
    walls: tuple[tuple[Spot, ...], ...] = ()
    tips: tuple[Tip, ...] = ()

    @property
    def verdict(self) -> Verdict | None:
        """What the rule says of all tips together: one that must stop is enough."""
        found = [tip.verdict for tip in self.tips if tip.verdict is not None]
        return Verdict.STOP if Verdict.STOP in found else next(iter(found), None)


class Teaching:
    """The marks of one case, for any view and any instant."""

    def __init__(self, bone: RestBone, plan: CasePlan, collapse: Collapse = USUAL) -> None:
        """Finds the outlines of the pedicles once; nothing that happens in the film moves them."""
        self._bone, self._plan = bone, plan
        marks = bone.landmarks
        self._pedicles = {Side.LEFT: marks.pedicle_left, Side.RIGHT: marks.pedicle_right}
        self._outlines = {side: isthmus_outline(bone, pedicle) for side, pedicle in self._pedicles.items()}
        corners = np.array([marks.posterior_upper, marks.posterior_lower])
        self._corners, self._sinking = corners, displacement_basis(bone.shape, corners, collapse)

    def marks(self, projection: Projection, state: ProcedureState) -> TeachingMarks:
        """The marks of the picture that the projection takes of that state."""
        tips = tuple(self._tip(needle, projection) for needle in foremost(state.needles))
        if projection.view == XrayView.AP:
            rings = tuple(Ring(side, _spots(projection, line)) for side, line in self._outlines.items())
            walls = [_medial_wall(pedicle) for pedicle in self._pedicles.values()]
        else:
            rings, walls = (), [self._posterior_wall(state.fracture)]
        return TeachingMarks(projection.size, rings, tuple(_spots(projection, wall) for wall in walls), tips)

    def _posterior_wall(self, fracture: Fracture) -> Vector:
        """A line over the back of the body, as high as that is now; as far back as the rule looks for it."""
        ends: Vector = self._corners + self._sinking @ weights_of(fracture)
        ends[:, 1] = self._bone.landmarks.posterior_wall[1]
        ends[:, 2] += (BEYOND_MM, -BEYOND_MM)
        return ends

    def _tip(self, needle: Needle, projection: Projection) -> Tip:
        verdict = None
        dock_mm = self._plan.axis(needle.side).station_mm("dock")
        if needle.kind in JUDGED_KINDS and dock_mm + JUDGED_FROM_MM <= needle.depth_mm <= JUDGED_TO_MM:
            verdict = rule(needle.tip_mm, self._bone.landmarks, needle.side)
        return Tip(needle.side, projection.pixel(needle.tip_mm), verdict)


def foremost(needles: tuple[Needle, ...]) -> tuple[Needle, ...]:
    """The deepest tool of each side that is near the bone; a balloon's catheter has bands of its own to be seen by."""
    deepest: dict[Side, Needle] = {}
    for needle in needles:
        if needle.kind != Tool.BALLOON_CATHETER and needle.depth_mm > NEAR_MM:
            other = deepest.get(needle.side)
            deepest[needle.side] = needle if other is None or needle.depth_mm > other.depth_mm else other
    return tuple(deepest.values())


def isthmus_outline(bone: RestBone, pedicle: Pedicle) -> Vector:
    """Points on the pedicle's surface in the frontal plane of its narrowest place, clockwise from the top, from behind.

    Returns:
        shape (12 `POINTS_PER_HOUR`, 3), mm.
    """
    count = 12 * POINTS_PER_HOUR
    angle = 2 * np.pi * np.arange(count) / count
    ways = np.stack([-np.sin(angle), np.zeros(count), np.cos(angle)], axis=1)
    out_mm = np.arange(0.0, 1.6 * pedicle.half_height_mm, STEP_MM)
    rays = np.array(pedicle.centre) + ways[:, None, :] * out_mm[None, :, None]
    is_outside = bone.distance.at(rays) > 0
    reach = out_mm[np.where(is_outside.any(axis=1), is_outside.argmax(axis=1), len(out_mm) - 1)]
    return np.asarray(np.array(pedicle.centre) + ways * reach[:, None])


def _medial_wall(pedicle: Pedicle) -> Vector:
    """A line from head to feet along the wall towards the canal."""
    reach = pedicle.half_height_mm + BEYOND_MM
    x, y, z = pedicle.medial
    return np.array([[x, y, z + reach], [x, y, z - reach]])


def _spots(projection: Projection, points: Vector) -> tuple[Spot, ...]:
    return tuple((float(column), float(row)) for column, row in projection.pixels(points))
