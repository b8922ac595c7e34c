"""The plan of a case: what the steps need to know of its shapes, as numbers."""

from __future__ import annotations

from functools import cache
from math import inf

import numpy as np

from kyphoviz.anatomy.assets import RestBone
from kyphoviz.anatomy.fields import as_point
from kyphoviz.procedure.easing import Row, interpolated
from kyphoviz.procedure.mechanics import BONE_RESISTANCE, MOST_PSI, highest_psi
from kyphoviz.procedure.plan import BodyRoom, CasePlan, InflationLimits, NeedleAxis
from kyphoviz.procedure.state import Tool
from kyphoviz.scenario.model import Case
from kyphoviz.site.filling.balloon import CORTEX_FREE_MM, SHOULDER_MM
from kyphoviz.site.filling.chamber import Chamber
from kyphoviz.site.filling.compaction import WET_DENSITY_G_PER_ML, Compaction
from kyphoviz.site.needles.approach import Approach, canal_distance, dock_depth_mm, front_depth_mm, y_at_fraction
from kyphoviz.site.needles.tool_sizes import NOSE_MM
from kyphoviz.site.spine.fracture import intact_sizes

ACCESS_MM = 3.0  # access needle and cannula end 2 to 3 mm past the posterior wall
DRILL_SHORT_MM = 4.0  # the drill stops 3 to 5 mm short of the front cortex
TIP_SHORT_MM = 3.0  # the catheter's soft tip may go a little farther
WIRE_SHORT_MM = 8.0  # the blunt wire stays well behind it
BALLOON_MIDDLE = 0.40  # shares of the body's depth, from the front
FILL_FRONT, FILL_BACK = 0.27, 0.58
CEMENT_NEEDLE_TIP, CEMENT_NEEDLE_BACK = 0.26, 0.31  # in the anterior third
PARKED_MM = 230.0  # outside the skin
VOLUMES_ML = np.linspace(0.0, 6.0, 25)
MASS_ROWS = 8
CLEARANCE_STEP_MM = 1.0


def plan_case(case: Case, bone: RestBone, ways: tuple[Approach, ...], skin_mm: tuple[float, ...],
              radii_mm: tuple[tuple[Tool, float], ...]) -> CasePlan:  # fmt: skip
    """The numbers of a case.

    Args:
        ways: the planned axis of each side; `skin_mm` the depth (negative) at which it crosses the skin.
        radii_mm: outer radii of the tools.
    """
    center = _balloon_center_mm(case, bone, ways)
    axes = tuple(_axis(case, bone, way, skin, center) for way, skin in zip(ways, skin_mm, strict=True))
    mass_g = bone.landmarks.marrow_volume_mm3 / 1000.0 * WET_DENSITY_G_PER_ML
    room = cache(lambda: body_room(case, bone, ways, center, mass_g))
    return CasePlan(bone.level, axes, intact_sizes(bone.shape), center, mass_g, radii_mm, room)


def body_room(case: Case, bone: RestBone, ways: tuple[Approach, ...], center_mm: float, mass_g: float) -> BodyRoom:
    """What fits into the body; takes a fifth of a second.

    Args:
        center_mm: depth of the balloons' middle along the axes.
        mass_g: of all cancellous bone before anything is filled.
    """
    chamber = Chamber(case, bone, ways, center_mm)
    cement_ml = chamber.cement_room_ml()
    if case.procedure == "vertebroplasty":
        return BodyRoom(cement_room_ml=cement_ml)
    cortex_ml = chamber.balloon_room_ml()
    gap = _balloon_gap(case, bone, ways[0].at(center_mm), cortex_ml)
    limits = InflationLimits(_pressure_ml(case, gap), cortex_ml)
    masses = _masses(Compaction(bone, chamber), limits.reached(case.balloon_ml)[0], mass_g)
    return BodyRoom(gap, limits, cement_ml, masses)


def depth_at_fraction(bone: RestBone, way: Approach, fraction: float) -> float:
    """Depth along the axis at which it has that share of the body behind its front."""
    return float((y_at_fraction(bone, fraction) - way.wall[1]) / way.direction[1])


def _balloon_center_mm(case: Case, bone: RestBone, ways: tuple[Approach, ...]) -> float:
    """Depth of the balloons' middle: in front of the body's, but a long balloon in a small body lies farther back."""
    wanted = float(np.mean([depth_at_fraction(bone, way, BALLOON_MIDDLE) for way in ways]))
    most = min(front_depth_mm(bone, way) for way in ways) - TIP_SHORT_MM - NOSE_MM - 0.5 * case.balloon_mm
    return min(wanted, most)


def _axis(case: Case, bone: RestBone, way: Approach, skin_mm: float, center_mm: float) -> NeedleAxis:
    anterior = front_depth_mm(bone, way)
    straight_in = case.procedure == "vertebroplasty"
    front, back = (CEMENT_NEEDLE_TIP, CEMENT_NEEDLE_BACK) if straight_in else (FILL_FRONT, FILL_BACK)
    stations = {
        "parked": skin_mm - PARKED_MM,
        "skin": skin_mm,
        "dock": dock_depth_mm(bone, way),
        "wall": 0.0,
        "access": ACCESS_MM,
        "drill": anterior - DRILL_SHORT_MM,
        "wire": anterior - WIRE_SHORT_MM,
        "balloon": center_mm + 0.5 * case.balloon_mm + NOSE_MM,
        "fill": depth_at_fraction(bone, way, front),
        "fill_end": depth_at_fraction(bone, way, back),
        "anterior": anterior,
    }
    return NeedleAxis(
        way.side, as_point(way.wall), as_point(way.direction), tuple(stations.items()), _clearance(bone, way, anterior)
    )


def _clearance(bone: RestBone, way: Approach, anterior_mm: float) -> tuple[Row, ...]:
    """Smallest distance to the canal by depth of the tip: what has been passed stays close."""
    depth = np.arange(-80.0, anterior_mm, CLEARANCE_STEP_MM)
    closest = np.minimum.accumulate(canal_distance(bone, way.at(depth)))
    return tuple((float(d), float(c)) for d, c in zip(depth, closest, strict=True))


def _masses(compaction: Compaction, final_ml: float, mass_g: float) -> tuple[Row, ...]:
    """Mass of cancellous bone by balloon volume, up to the final one: what the grid keeps of it, times all of it."""
    volumes = [float(v) for v in np.linspace(0.0, final_ml, MASS_ROWS)]
    found = [compaction.mass_g(v, v / final_ml) for v in volumes]
    return tuple((v, mass_g * mass / found[0]) for v, mass in zip(volumes, found, strict=True))


def _pressure_ml(case: Case, gap: tuple[Row, ...]) -> float:
    """The last volume at which the push of a step stays below the balloon's limit, infinite where all do."""
    resistance = BONE_RESISTANCE[case.bone]
    volumes = (0.01 * k for k in range(1, int(100 * gap[-1][0])))
    beyond = (v for v in volumes if highest_psi(v, interpolated(gap, v), resistance) > MOST_PSI)
    return next(beyond, inf) - 0.01


def _balloon_gap(case: Case, bone: RestBone, center: np.ndarray, cortex_ml: float) -> tuple[Row, ...]:
    """Distance between balloon and cortex by volume, for a round balloon between the end-plates at its middle.

    The balloon flattens against the plates long before it lies against dense bone all round, so what is left of the
    gap then closes only over the last quarter of its room.
    """
    half_mm = 0.5 * case.balloon_mm + SHOULDER_MM
    z = np.arange(-20.0, 20.0, 0.1)
    inside = bone.distance.at(center + np.stack([0 * z, 0 * z, z], axis=1) - [0, 0, center[2]]) < 0
    room_mm = 0.5 * 0.84 * float(z[inside].max() - z[inside].min())
    radius = np.sqrt(3000.0 * VOLUMES_ML / (4 * np.pi * half_mm))
    left = 0.6 * CORTEX_FREE_MM * np.clip((cortex_ml - VOLUMES_ML) / (0.25 * cortex_ml), 0.0, 1.0)
    gaps = np.maximum(room_mm - radius - CORTEX_FREE_MM, 0.0) + left
    return tuple((float(v), float(g)) for v, g in zip(VOLUMES_ML, gaps, strict=True))
