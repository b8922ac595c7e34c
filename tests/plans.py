"""A case plan made by hand: two needle axes through an L1, for tests of time that need no shapes."""

from __future__ import annotations

from math import sqrt

from kyphoviz.procedure.plan import STATIONS, BodyRoom, CasePlan, IntactSizes, NeedleAxis
from kyphoviz.procedure.state import Side, Tool

DEPTHS_MM = (-260.0, -62.0, -34.0, 0.0, 3.0, 21.0, 17.0, 26.0, 18.0, 5.0, 25.5)  # in the order of STATIONS
CLEARANCE = ((-62.0, 30.0), (-34.0, 14.0), (-12.0, 4.5), (0.0, 4.0), (26.0, 4.0))
GAP = ((0.0, 9.0), (1.0, 5.0), (2.4, 3.0), (4.0, 0.5))
RADII_MM = {
    Tool.ACCESS_NEEDLE: 1.5,
    Tool.GUIDE_WIRE: 0.8,
    Tool.WORKING_CANNULA: 1.7,
    Tool.DRILL: 1.4,
    Tool.BALLOON_CATHETER: 1.3,
    Tool.BONE_FILLER: 1.4,
    Tool.CEMENT_NEEDLE: 1.2,
}


def case_plan(sides: tuple[Side, ...] = (Side.LEFT, Side.RIGHT), level: str = "L1") -> CasePlan:
    """Numbers like those of the shipped L1, both sides mirrored."""
    return CasePlan(
        level=level,
        axes=tuple(_axis(side) for side in sides),
        intact=IntactSizes(22.0, 21.5, 23.5, 33.0),
        balloon_center_depth_mm=16.0,
        cancellous_mass_g=28.0,
        radii_mm=tuple(RADII_MM.items()),
        room=lambda: BodyRoom(GAP),
    )


def _axis(side: Side) -> NeedleAxis:
    outwards = 1.0 if side == Side.LEFT else -1.0
    x, y, z = -0.27 * outwards, -0.95, -0.19
    length = sqrt(x * x + y * y + z * z)
    stations = tuple(zip(STATIONS, DEPTHS_MM, strict=True))
    return NeedleAxis(side, (13.0 * outwards, 14.0, 1.0), (x / length, y / length, z / length), stations, CLEARANCE)
