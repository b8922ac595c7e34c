"""What the steps must know of a case's shapes, as plain numbers.

Filled once by `kyphoviz.site.plan`, so that `state_at` never touches an array: the needles' ways when a case is loaded,
the room in the body when a step first asks for it, for the film begins long before anything is filled.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import inf

from kyphoviz.procedure.easing import Row, interpolated
from kyphoviz.procedure.state import Point, Side, StopReason, Tool

STATIONS = ("parked", "skin", "dock", "wall", "access", "drill", "wire", "balloon", "fill", "fill_end", "anterior")


@dataclass(frozen=True, slots=True)
class NeedleAxis:
    """The straight way of one side's needle.

    `wall_mm` is where the axis crosses the posterior wall of the body, `direction` the unit vector of advance.
    `stations` are named depths along it in mm past that wall: `parked` (out of the picture), `skin`, `dock`
    (on the bone), `wall`, `access` (where needle and cannula end), `drill`, `wire`, `balloon` (the catheter's tip),
    `fill` and `fill_end` (the filler's tip), `anterior` (the front cortex).
    `canal_clearance` tells, by depth of the tip, the smallest distance from the axis so far to the spinal canal.
    """

    side: Side
    wall_mm: Point
    direction: Point
    stations: tuple[tuple[str, float], ...]
    canal_clearance: tuple[Row, ...]

    def station_mm(self, name: str) -> float:
        """The depth of a named station."""
        return dict(self.stations)[name]

    def at(self, depth_mm: float) -> Point:
        """The point of the axis at that depth past the posterior wall."""
        (x, y, z), (dx, dy, dz) = self.wall_mm, self.direction
        return (x + depth_mm * dx, y + depth_mm * dy, z + depth_mm * dz)

    def clearance_mm(self, depth_mm: float, radius_mm: float) -> float:
        """Free distance from a tool of that radius to the canal, the smallest from the skin to its tip."""
        return interpolated(self.canal_clearance, depth_mm) - radius_mm


@dataclass(frozen=True, slots=True)
class IntactSizes:
    """The treated body before it broke: heights of its front, middle and back, and its depth, in mm."""

    anterior_mm: float
    middle_mm: float
    posterior_mm: float
    depth_mm: float


@dataclass(frozen=True, slots=True)
class InflationLimits:
    """Volumes in mL, of each balloon, at which filling stops short of what was planned; infinite where it never does.

    `pressure_ml`: the syringe would show the pressure that the balloon is made for. `cortex_ml`: the balloon would lie
    against dense bone, its twin and the plane of the anterior two thirds all round.
    """

    pressure_ml: float = inf
    cortex_ml: float = inf

    def reached(self, wanted_ml: float) -> tuple[float, StopReason]:
        """How far a balloon is really filled, and what stopped it: whichever limit comes first."""
        limits = (
            (wanted_ml, StopReason.VOLUME),
            (self.pressure_ml, StopReason.PRESSURE),
            (self.cortex_ml, StopReason.CORTEX),
        )
        return min(limits, key=lambda limit: limit[0])


@dataclass(frozen=True, slots=True)
class BodyRoom:
    """What the inside of the treated body takes.

    `balloon_gap` is the distance in mm between balloon and cortex by volume in mL, `cement_room_ml` what the body takes
    in front of its posterior quarter. `packed_mass` is the mass in g of cancellous bone by the volume of each balloon,
    summed over the packed bone; it stays what it was because what is pushed aside is not lost.
    """

    balloon_gap: tuple[Row, ...] = ((0.0, 0.0),)
    inflation: InflationLimits = InflationLimits()
    cement_room_ml: float = inf
    packed_mass: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class CasePlan:
    """The numbers of one case.

    `balloon_center_depth_mm` is the depth of the balloon's middle along the axis, `cancellous_mass_g` the mass of the
    body's cancellous bone, `radii_mm` are the outer radii of the case's tools. `room` tells what fits into the body;
    it may take a fifth of a second when it is first asked, and no time after that.
    """

    level: str
    axes: tuple[NeedleAxis, ...]
    intact: IntactSizes
    balloon_center_depth_mm: float
    cancellous_mass_g: float
    radii_mm: tuple[tuple[Tool, float], ...]
    room: Callable[[], BodyRoom] = BodyRoom

    @property
    def inflation(self) -> InflationLimits:
        """Where the filling of a balloon stops short."""
        return self.room().inflation

    @property
    def cement_room_ml(self) -> float:
        """What the body takes in front of its posterior quarter."""
        return self.room().cement_room_ml

    def axis(self, side: Side) -> NeedleAxis:
        """The axis of that side."""
        return next(axis for axis in self.axes if axis.side == side)

    def radius_mm(self, tool: Tool) -> float:
        """The outer radius of that tool."""
        return dict(self.radii_mm)[tool]

    def gap_mm(self, volume_ml: float) -> float:
        """Distance between a balloon of that volume and the cortex."""
        return interpolated(self.room().balloon_gap, volume_ml)

    def mass_g(self, balloon_ml: float) -> float:
        """Mass of cancellous bone around balloons or cavities of that volume each."""
        rows = self.room().packed_mass
        return interpolated(rows, balloon_ml) if rows else self.cancellous_mass_g
