"""The instruments, at true size and each in its own frame: tip at the origin, +z the way of advance, shaft along -z.

A rigid `pose_of` puts an instrument on a needle's axis. They nest: what goes through the cannula is longer than the
cannula, so its handle lies behind the cannula's hub. Outer diameters are those of the standard needle gauge table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kyphoviz.anatomy.mesh import Mesh, joined
from kyphoviz.procedure.state import Tool
from kyphoviz.site.sweep import EDGE_MM, Outline, lathe, lathe_ring, loft, profile, sweep, turned, unit

OUTER_MM = {8: 4.19, 10: 3.40, 11: 3.05, 13: 2.41}
BORE_MM = {8: 3.60, 10: 2.90, 11: 2.40, 13: 1.80}

SHAFT_MM = 125.0  # from the tip of needle or cannula to its hub: 65-75 mm of tissue and a hand's room
HUB_END_MM = 150.0  # where the cannula's hub ends; what goes through it has its handle behind
REACH_MM = 34.0  # how far drill, catheter and filler may come out of the cannula before their hub meets its hub
WIRE_MM, WIRE_LENGTH_MM = 1.5, 290.0
FILLER_MM = 2.6
DRILL_MM = 3.0  # as wide as a twist drill for kyphoplasty gets; less where the bore is narrower
SHEATH_MM, SLEEVE_MM = 2.0, 2.6  # the balloon catheter's shaft, and the empty balloon folded about it
NOSE_MM = 2.0  # of the catheter beyond the balloon
MARKER_MM = 1.6  # length of a radiopaque band

XRAY_MATERIAL = {"steel": "steel", "marker": "platinum"}


@dataclass(frozen=True, slots=True, eq=False)
class ToolPart:
    """A piece of an instrument of one material: steel, plastic, accent (coloured plastic), polymer or marker."""

    name: str
    mesh: Mesh
    material: str

    @property
    def in_xray(self) -> bool:
        """Whether the beam sees it: steel and markers; plastics are left out."""
        return self.material in XRAY_MATERIAL


def tool_mesh(tool: Tool, gauge: int, balloon_mm: int) -> Mesh:
    """The whole instrument as one surface, see `tool_parts`."""
    return joined([part.mesh for part in tool_parts(tool, gauge, balloon_mm)])


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
            return (ToolPart("wire", _rod(WIRE_MM / 2, WIRE_LENGTH_MM, around=10), "steel"),)
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


def tool_radius_mm(tool: Tool, gauge: int) -> float:
    """Outer radius of what goes into the body."""
    diameter = {
        Tool.GUIDE_WIRE: WIRE_MM,
        Tool.DRILL: min(DRILL_MM, BORE_MM[gauge] - 0.1),
        Tool.BALLOON_CATHETER: SLEEVE_MM,
        Tool.BONE_FILLER: FILLER_MM,
    }.get(tool, OUTER_MM[gauge])
    return diameter / 2


def balloon_span_mm(balloon_mm: float) -> tuple[float, float]:
    """How far behind the catheter's tip the balloon begins and ends."""
    return NOSE_MM, NOSE_MM + balloon_mm


def marker_depths_mm(balloon_mm: float) -> tuple[float, float]:
    """How far behind the catheter's tip the middles of the two radiopaque bands lie, just inside the balloon's ends."""
    front, back = balloon_span_mm(balloon_mm)
    return front + MARKER_MM / 2, back - MARKER_MM / 2


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
        ToolPart("shaft", _pipe(outer, bore, 3.4, SHAFT_MM + 4, around=14), "steel"),
        ToolPart("stylet", _diamond_stylet(bore - 0.03, 4.2, 20.0), "steel"),
        ToolPart("hub", _behind(SHAFT_MM, hub, 14), "plastic"),
        ToolPart("handle", _grip(36.0, -SHAFT_MM - 13.0, (4.8, 4.4), (6.4, 4.8)), "plastic"),
        ToolPart("cap", _behind(SHAFT_MM, [(18, 4.4), (25, 5.0, 2.4), (25, 0)], 14), "accent"),
    )


def _working_cannula(gauge: int) -> tuple[ToolPart, ...]:
    outer, bore = OUTER_MM[gauge] / 2, BORE_MM[gauge] / 2
    front: Outline = [(0, outer, 0), (0, 3.0), (8, 4.0, 3), (11, 6.2, 2), (18, 6.2, 1), (19, 4.8, 0)]
    back: Outline = [(25, 4.8), (25, bore + 1.4), (20, bore), (4, bore, 0)]
    band: Outline = [(21, 4.6, 0), (21, 5.1), (23.6, 5.1), (23.6, 4.6, 0)]
    return (
        ToolPart("shaft", _pipe(outer, bore, 0.0, SHAFT_MM + 5), "steel"),
        ToolPart("hub", _ring_behind(SHAFT_MM, [*front, *back], 16), "plastic"),
        ToolPart("handle", _grip(25.0, -SHAFT_MM - 13.0, (3.4, 3.0), (6.6, 2.6)), "plastic"),
        ToolPart("band", _ring_behind(SHAFT_MM, band, 16), "accent"),
    )


def _drill(radius: float) -> tuple[ToolPart, ...]:
    start = HUB_END_MM + REACH_MM
    return (
        ToolPart("bit", _twist_bit(radius, 32.0), "steel"),
        ToolPart("shaft", _inner_rod(0.98 * radius, 31.5, start + 2.0), "steel"),
        ToolPart("handle", _knob(start), "plastic"),
    )


def _balloon_catheter(balloon_mm: int) -> tuple[ToolPart, ...]:
    hub = HUB_END_MM + REACH_MM
    front, back = (depth - MARKER_MM / 2 for depth in marker_depths_mm(balloon_mm))
    neck: Outline = [(0, 0), (0, 1.6), (11, 4.4, 2), (22, 4.4, 2), (27, 3.2, 0)]
    luer: Outline = [(37, 3.4), (37, 4.3), (41, 4.3), (41, 0)]
    port = np.array([(0, 0, -hub - 13), (0, 7, -hub - 20), (0, 15, -hub - 25), (0, 22, -hub - 29)])
    bend = [(0, 21, -28), (1, 36, -34), (5, 54, -34), (12, 72, -29), (22, 88, -22)]
    return (
        ToolPart("sheath", _rod(SHEATH_MM / 2, hub + 2.0, around=9), "polymer"),
        ToolPart("sleeve", _folded_sleeve(front + MARKER_MM, back), "polymer"),
        ToolPart("marker_front", _marker(front), "marker"),
        ToolPart("marker_back", _marker(back), "marker"),
        ToolPart("hub", _behind(hub, [*neck, *luer], 10), "plastic"),
        ToolPart("port", sweep(port, np.linspace((3.4, 3.4), (2.5, 2.5), len(port)), around=8), "plastic"),
        ToolPart("line", sweep(_curve(bend) - np.array([0, 0, hub]), (1.5, 1.5), around=6), "polymer"),
    )


def _bone_filler() -> tuple[ToolPart, ...]:
    start, outer = HUB_END_MM + REACH_MM, FILLER_MM / 2
    hub: Outline = [(0, 0), (0, 2.4), (5, 3.2, 1), (7, 7.5, 0.8), (10, 7.5, 0.8), (12, 3.8, 1), (22, 3.4), (22, 0)]
    thumb: Outline = [(55, 2.2), (58, 5.6, 0.8), (61.5, 5.6, 1.6), (62, 0)]
    return (
        ToolPart("tube", _pipe(outer, outer - 0.25, 0.0, start + 2, around=14), "steel"),
        ToolPart("hub", _behind(start, hub, 14), "plastic"),
        ToolPart("plunger", _inner_rod(1.0, start + 12, start + 58, around=10), "steel"),
        ToolPart("thumb_rest", _behind(start, thumb, 14), "accent"),
    )


def _cement_needle(gauge: int) -> tuple[ToolPart, ...]:
    outer, bore = OUTER_MM[gauge] / 2, BORE_MM[gauge] / 2
    hub: Outline = [(0, 0), (0, 2.6), (7, 5.0, 3), (16, 5.0, 1.5), (18, 3.4, 0.6), (25, 3.6), (25, 2.4, 0), (22, 1, 0)]
    return (
        ToolPart("shaft", _bevelled_pipe(outer, bore, SHAFT_MM + 6, slope=1.1), "steel"),
        ToolPart("hub", _behind(SHAFT_MM, hub, 14), "plastic"),
        ToolPart("handle", _grip(27.0, -SHAFT_MM - 11.5, (3.8, 3.2), (5.2, 3.6)), "plastic"),
    )


def _rod(radius: float, end: float, around: int = 12) -> Mesh:
    """A round bar from the tip, its front edge rounded, to `end` mm behind."""
    return lathe([(0.0, 0.0), (0.0, radius, 0.7 * radius), (-end, radius), (-end, 0.0)], around)


def _inner_rod(radius: float, start: float, end: float, around: int = 12) -> Mesh:
    """A round bar both ends of which are hidden in other parts."""
    return lathe([(-start, radius), (-end, radius)], around)


def _pipe(outer: float, bore: float, start: float, end: float, around: int = 16) -> Mesh:
    """A tube with its bore, a little sharpened at its mouth; its back end is hidden in a hub."""
    lip = bore + 0.35 * (outer - bore)
    return lathe_ring([(-start, bore), (-start, lip), (-start - 0.9, outer), (-end, outer, 0), (-end, bore, 0)], around)


def _bevelled_pipe(outer: float, bore: float, end: float, slope: float, around: int = 14) -> Mesh:
    """A tube whose mouth is ground off to one side, its farthest point at z = 0."""
    outline: Outline = [(0, bore), (0, outer), (-9, outer, 0), (-end, outer, 0), (-end, bore, 0), (-9, bore, 0)]
    rings = turned(profile(outline, is_loop=True), around)
    rings[..., 2] += np.where(rings[..., 2] > -1.0, slope * (rings[..., 0] - outer), 0.0)
    rings[..., 2] -= rings[..., 2].max()
    return loft(rings, is_loop=True)


def _diamond_stylet(radius: float, point_mm: float, end: float) -> Mesh:
    """A rod with three ground facets that meet in a point at z = 0.

    Args:
        point_mm: length of the ground point.
    """
    facet = 2 * np.pi / 3
    inner = np.array([0.004, 0.25, 0.5, 0.75, 0.996]) * facet  # the facets' edges are crisp
    angles = np.concatenate([inner + k * facet for k in range(3)])
    outline = np.array([[0.0, 0.0], [-point_mm, radius], [-point_mm - 2 * EDGE_MM, radius], [-end, radius]])
    rings = turned(outline, 15, angles)
    rings[:3, :, 2] *= np.cos(np.tile(inner, 3) - facet / 2)
    return loft(rings)


def _twist_bit(radius: float, length: float) -> Mesh:
    """Two lands and two flutes wound about the axis, with a ground point."""
    section = radius * np.tile([1.0, 1.0, 0.96, 0.62, 0.50, 0.66], 2)
    z = np.concatenate([[0.0, -1.2], np.linspace(-1.3, -length, 15)])
    size = np.concatenate([[0.04], np.ones(16)])
    return _wound(size[:, None] * section, 2 * np.pi * z / 15.0, z)


def _folded_sleeve(front: float, back: float) -> Mesh:
    """The empty balloon, wrapped about its sheath in three soft folds."""
    full, slim = SLEEVE_MM / 2, SHEATH_MM / 2 + 0.03
    share = np.array([0.0, 0.08, 0.36, 0.64, 0.92, 1.0])
    radius = np.array([slim, full, full, full, full, slim])
    fold = 1 - 0.10 * (np.arange(12) % 4 == 0)
    return _wound(np.maximum(radius[:, None] * fold, slim), 1.2 * share, -front - share * (back - front))


def _wound(radii: NDArray[np.float64], turns: NDArray[np.float64], z: NDArray[np.float64]) -> Mesh:
    """Sections given by their radii all round, shape (R, K), each turned by its own angle."""
    a = np.linspace(0, 2 * np.pi, radii.shape[1], endpoint=False) + turns[:, None]
    return loft(np.stack([radii * np.cos(a), radii * np.sin(a), np.broadcast_to(z[:, None], radii.shape)], axis=-1))


def _knob(start: float) -> Mesh:
    """A round palm handle with six shallow finger grooves."""
    outline = profile([(0, 0), (0, 3.2), (9, 9.6, 4), (24, 12, 5), (33, 9, 4), (34, 0)])[1:-1]
    rings = turned(np.column_stack([-start - outline[:, 0], outline[:, 1]]), 18)
    groove = np.where((outline[:, 1:] > 8.5) & (np.arange(18) % 3 == 0), 0.95, 1.0)
    rings[..., :2] *= groove[..., None]
    return loft(rings)


_GRIP = np.array([0.12, 0.5, 0.8, 0.94, 0.99, 1.0])  # where along half a grip its sections stand
_GRIP_END = np.array([1.0, 1.0, 1.0, 0.95, 0.75, 0.45])  # and how they close at its tip


def _grip(half_width: float, z: float, waist: tuple[float, float], ends: tuple[float, float]) -> Mesh:
    """A bar across x to hold: slender beside the hub, full at its ends, swept a little towards the patient.

    Args:
        z: where its middle lies.
        waist: half sizes along the axis and square to it, beside the hub; `ends` near the tips.
    """
    u = np.concatenate([-_GRIP[::-1], _GRIP])
    closing = np.concatenate([_GRIP_END[::-1], _GRIP_END])[:, None]
    bulge = (u * u)[:, None]
    size = ((1 - bulge) * np.array(waist) + bulge * np.array(ends)) * closing
    path = np.column_stack([half_width * u, np.zeros_like(u), z + 3.5 * u**2])
    return sweep(path, size, across=(0.0, 0.0, 1.0), around=10, power=2.6)


def _marker(start: float) -> Mesh:
    bore, outer = SHEATH_MM / 2 + 0.01, 1.2
    return _ring_behind(start, [(0, bore, 0), (0, outer), (MARKER_MM, outer), (MARKER_MM, bore, 0)], 8)


def _behind(start: float, corners: Outline, around: int) -> Mesh:
    """A turned part, its outline given in mm behind `start`."""
    return lathe(_shifted(start, corners), around)


def _ring_behind(start: float, corners: Outline, around: int) -> Mesh:
    """A turned part with a bore, its closed outline given in mm behind `start`."""
    return lathe_ring(_shifted(start, corners), around)


def _shifted(start: float, corners: Outline) -> Outline:
    return [(-start - c[0], c[1]) if len(c) == 2 else (-start - c[0], c[1], c[2]) for c in corners]


def _curve(through: Sequence[tuple[float, float, float]]) -> NDArray[np.float64]:
    """Points on a smooth line through a few, twice as many (Catmull-Rom)."""
    p = np.array(through, float)
    q = np.concatenate([2 * p[:1] - p[1:2], p, 2 * p[-1:] - p[-2:-1]])
    halfway = (-q[:-3] + 9 * q[1:-2] + 9 * q[2:-1] - q[3:]) / 16
    rows = np.stack([p[:-1], halfway], axis=1).reshape(-1, 3)
    return np.concatenate([rows, p[-1:]])
