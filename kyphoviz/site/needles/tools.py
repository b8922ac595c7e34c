"""The instruments, at true size and each in its own frame: tip at the origin, +z the way of advance, shaft along -z.

A rigid `pose_of` puts an instrument on a needle's axis.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kyphoviz.anatomy.mesh import Mesh
from kyphoviz.procedure.state import Tool
from kyphoviz.site.needles.tool_forms import (
    behind,
    bevelled_pipe,
    curve,
    diamond_stylet,
    folded_sleeve,
    grip,
    inner_rod,
    knob,
    marker,
    pipe,
    ring_behind,
    rod,
    twist_bit,
)
from kyphoviz.site.needles.tool_sizes import (
    BORE_MM,
    FILLER_MM,
    HUB_END_MM,
    MARKER_MM,
    OUTER_MM,
    REACH_MM,
    SHAFT_MM,
    SHEATH_MM,
    WIRE_LENGTH_MM,
    WIRE_MM,
    marker_depths_mm,
    tool_radius_mm,
)
from kyphoviz.site.role import Role
from kyphoviz.site.sweep import Outline, sweep, unit


@dataclass(frozen=True, slots=True, eq=False)
class ToolPart:
    """A piece of an instrument of one material: steel (a needle), plastic, coloured plastic, polymer or platinum."""

    name: str
    mesh: Mesh
    role: Role


@cache
def tool_parts(tool: Tool, gauge: int, balloon_mm: int) -> tuple[ToolPart, ...]:
    """The pieces of an instrument, the same objects for the same instrument.

    Args:
        gauge: 8, 10, 11 or 13: of the cannula or needle, and for what goes through it, of the cannula.
        balloon_mm: length of the balloon between its shoulders.
    """
    match tool:
        case Tool.ACCESS_NEEDLE:
            return _access_needle(gauge)
        case Tool.GUIDE_WIRE:
            return (ToolPart("wire", rod(WIRE_MM / 2, WIRE_LENGTH_MM, around=10), Role.NEEDLE),)
        case Tool.WORKING_CANNULA:
            return _working_cannula(gauge)
        case Tool.DRILL:
            return _drill(tool_radius_mm(tool, gauge))
        case Tool.BALLOON_CATHETER:
            return _balloon_catheter(balloon_mm)
        case Tool.BONE_FILLER:
            return _bone_filler()
        case Tool.CEMENT_NEEDLE:
            return _cement_needle(gauge)


def pose_of(tip_mm: ArrayLike, direction: ArrayLike) -> NDArray[np.float64]:
    """The rigid motion, 4 x 4, that lays a tool on its axis with its handle straight across the patient.

    Args:
        tip_mm: where the tip goes.
        direction: of advance; need not have length one.
    """
    ahead = unit(np.asarray(direction, float))
    reference = np.array([0.0, 0.0, 1.0]) if abs(ahead[2]) < 0.999 else np.array([0.0, 1.0, 0.0])
    across = unit(np.cross(ahead, reference))
    pose = np.eye(4)
    pose[:3, :3] = np.column_stack([across, np.cross(ahead, across), ahead])
    pose[:3, 3] = np.asarray(tip_mm, float)
    return pose


def _access_needle(gauge: int) -> tuple[ToolPart, ...]:
    outer, bore = OUTER_MM[gauge] / 2, BORE_MM[gauge] / 2
    hub: Outline = [(0, 0), (0, 3.0), (8, 5.6, 3), (19, 5.8), (19, 0)]
    return (
        ToolPart("shaft", pipe(outer, bore, 3.4, SHAFT_MM + 4, around=14), Role.NEEDLE),
        ToolPart("stylet", diamond_stylet(bore - 0.03, 4.2, 20.0), Role.NEEDLE),
        ToolPart("hub", behind(SHAFT_MM, hub, 14), Role.HANDLE),
        ToolPart("handle", grip(36.0, -SHAFT_MM - 13.0, (4.8, 4.4), (6.4, 4.8)), Role.HANDLE),
        ToolPart("cap", behind(SHAFT_MM, [(18, 4.4), (25, 5.0, 2.4), (25, 0)], 14), Role.COLLAR),
    )


def _working_cannula(gauge: int) -> tuple[ToolPart, ...]:
    outer, bore = OUTER_MM[gauge] / 2, BORE_MM[gauge] / 2
    front: Outline = [(0, outer, 0), (0, 3.0), (8, 4.0, 0), (11, 6.2, 2), (18, 6.2, 1), (19, 4.8, 0)]
    back: Outline = [(25, 4.8), (25, bore + 1.4, 0), (20, bore, 0), (4, bore, 0)]
    band: Outline = [(21, 4.6, 0), (21, 5.1), (23.6, 5.1), (23.6, 4.6, 0)]
    return (
        ToolPart("shaft", pipe(outer, bore, 0.0, SHAFT_MM + 5, around=14), Role.NEEDLE),
        ToolPart("hub", ring_behind(SHAFT_MM, [*front, *back], 14), Role.HANDLE),
        ToolPart("handle", grip(25.0, -SHAFT_MM - 13.0, (3.4, 3.0), (6.6, 2.6)), Role.HANDLE),
        ToolPart("band", ring_behind(SHAFT_MM, band, 14), Role.COLLAR),
    )


def _drill(radius: float) -> tuple[ToolPart, ...]:
    start = HUB_END_MM + REACH_MM
    return (
        ToolPart("bit", twist_bit(radius, 32.0), Role.NEEDLE),
        ToolPart("shaft", inner_rod(0.98 * radius, 31.5, start + 2.0), Role.NEEDLE),
        ToolPart("handle", knob(start), Role.HANDLE),
    )


def _balloon_catheter(balloon_mm: int) -> tuple[ToolPart, ...]:
    hub = HUB_END_MM + REACH_MM
    front, back = (depth - MARKER_MM / 2 for depth in marker_depths_mm(balloon_mm))
    neck: Outline = [(0, 0), (0, 1.6), (11, 4.4, 2), (22, 4.4, 2), (27, 3.2, 0)]
    luer: Outline = [(37, 3.4, 0), (37, 4.3), (41, 4.3), (41, 0)]
    port = np.array([(0, 0, -hub - 13), (0, 7, -hub - 20), (0, 15, -hub - 25), (0, 22, -hub - 29)])
    bend = [(0, 21, -28), (1, 36, -34), (5, 54, -34), (12, 72, -29), (22, 88, -22)]
    return (
        ToolPart("sheath", rod(SHEATH_MM / 2, hub + 2.0, around=9), Role.CATHETER),
        ToolPart("sleeve", folded_sleeve(front + MARKER_MM, back), Role.CATHETER),
        ToolPart("marker_front", marker(front), Role.MARKER),
        ToolPart("marker_back", marker(back), Role.MARKER),
        ToolPart("hub", behind(hub, [*neck, *luer], 10), Role.HANDLE),
        ToolPart("port", sweep(port, np.linspace((3.4, 3.4), (2.5, 2.5), len(port)), around=8), Role.HANDLE),
        ToolPart("line", sweep(curve(bend) - np.array([0, 0, hub]), (1.5, 1.5), around=6), Role.CATHETER),
    )


def _bone_filler() -> tuple[ToolPart, ...]:
    start, outer = HUB_END_MM + REACH_MM, FILLER_MM / 2
    hub: Outline = [(0, 0), (0, 2.4), (5, 3.2, 1), (7, 7.5, 0.8), (10, 7.5, 0.8), (12, 3.8, 1), (22, 3.4), (22, 0)]
    thumb: Outline = [(55, 2.2), (58, 5.6, 0.8), (61.5, 5.6, 1.6), (62, 0)]
    return (
        ToolPart("tube", pipe(outer, outer - 0.25, 0.0, start + 2, around=12), Role.NEEDLE),
        ToolPart("hub", behind(start, hub, 12), Role.HANDLE),
        ToolPart("plunger", inner_rod(1.0, start + 12, start + 58, around=10), Role.NEEDLE),
        ToolPart("thumb_rest", behind(start, thumb, 12), Role.COLLAR),
    )


def _cement_needle(gauge: int) -> tuple[ToolPart, ...]:
    outer, bore = OUTER_MM[gauge] / 2, BORE_MM[gauge] / 2
    hub: Outline = [(0, 0), (0, 2.6), (7, 5.0, 3), (16, 5.0, 1.5), (18, 3.4, 0.6), (25, 3.6), (25, 2.4, 0), (22, 1, 0)]
    return (
        ToolPart("shaft", bevelled_pipe(outer, bore, SHAFT_MM + 6, slope=1.1), Role.NEEDLE),
        ToolPart("hub", behind(SHAFT_MM, hub, 14), Role.HANDLE),
        ToolPart("handle", grip(27.0, -SHAFT_MM - 11.5, (3.8, 3.2), (5.2, 3.6)), Role.HANDLE),
    )
