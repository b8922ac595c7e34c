"""The forms that instruments are put together from: turned, ground, wound and bent pieces along the axis z.

The tip of a tool is at the origin and its shaft runs along -z; places along it are given in mm behind the tip.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kyphoviz.anatomy.mesh import Mesh
from kyphoviz.site.needles.tool_sizes import MARKER_MM, SHEATH_MM, SLEEVE_MM
from kyphoviz.site.sweep import EDGE_MM, Outline, lathe, lathe_ring, loft, profile, sweep, turned


def rod(radius: float, end: float, around: int = 12) -> Mesh:
    """A round bar from the tip, its front edge rounded, to `end` mm behind."""
    return lathe([(0.0, 0.0), (0.0, radius, 0.7 * radius), (-end, radius), (-end, 0.0)], around)


def inner_rod(radius: float, start: float, end: float, around: int = 12) -> Mesh:
    """A round bar both ends of which are hidden in other parts."""
    return lathe([(-start, radius), (-end, radius)], around)


def pipe(outer: float, bore: float, start: float, end: float, around: int = 16) -> Mesh:
    """A tube with its bore, a little sharpened at its mouth; its back end is hidden in a hub."""
    lip = bore + 0.35 * (outer - bore)
    return lathe_ring([(-start, bore), (-start, lip), (-start - 0.9, outer), (-end, outer, 0), (-end, bore, 0)], around)


def bevelled_pipe(outer: float, bore: float, end: float, slope: float, around: int = 14) -> Mesh:
    """A tube whose mouth is ground off to one side, its farthest point at z = 0."""
    outline: Outline = [(0, bore), (0, outer), (-9, outer, 0), (-end, outer, 0), (-end, bore, 0), (-9, bore, 0)]
    rings = turned(profile(outline, is_loop=True), around)
    rings[..., 2] += np.where(rings[..., 2] > -1.0, slope * (rings[..., 0] - outer), 0.0)
    rings[..., 2] -= rings[..., 2].max()
    return loft(rings, is_loop=True)


def diamond_stylet(radius: float, point_mm: float, end: float) -> Mesh:
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


def twist_bit(radius: float, length: float) -> Mesh:
    """Two lands and two flutes wound about the axis, with a ground point."""
    section = radius * np.tile([1.0, 1.0, 0.96, 0.62, 0.50, 0.66], 2)
    z = np.concatenate([[0.0, -1.2], np.linspace(-1.3, -length, 13)])
    size = np.concatenate([[0.04], np.ones(14)])
    return _wound(size[:, None] * section, 2 * np.pi * z / 15.0, z)


def folded_sleeve(front: float, back: float) -> Mesh:
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


def knob(start: float) -> Mesh:
    """A round palm handle with six shallow finger grooves."""
    outline = profile([(0, 0), (0, 3.2), (9, 9.6, 4), (24, 12, 5), (33, 9, 4), (34, 0)])[1:-1]
    rings = turned(np.column_stack([-start - outline[:, 0], outline[:, 1]]), 18)
    groove = np.where((outline[:, 1:] > 8.5) & (np.arange(18) % 3 == 0), 0.95, 1.0)
    rings[..., :2] *= groove[..., None]
    return loft(rings)


_GRIP = np.array([0.12, 0.5, 0.8, 0.94, 0.99, 1.0])  # where along half a grip its sections stand
_GRIP_END = np.array([1.0, 1.0, 1.0, 0.95, 0.75, 0.45])  # and how they close at its tip


def grip(half_width: float, z: float, waist: tuple[float, float], ends: tuple[float, float]) -> Mesh:
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


def marker(start: float) -> Mesh:
    """A radiopaque band about the catheter's shaft, beginning so far behind the tip."""
    bore, outer = SHEATH_MM / 2 + 0.01, 1.2
    return ring_behind(start, [(0, bore, 0), (0, outer, 0), (MARKER_MM, outer, 0), (MARKER_MM, bore, 0)], 8)


def behind(start: float, corners: Outline, around: int) -> Mesh:
    """A turned part, its outline given in mm behind `start`."""
    return lathe(_shifted(start, corners), around)


def ring_behind(start: float, corners: Outline, around: int) -> Mesh:
    """A turned part with a bore, its closed outline given in mm behind `start`."""
    return lathe_ring(_shifted(start, corners), around)


def _shifted(start: float, corners: Outline) -> Outline:
    return [(-start - c[0], c[1]) if len(c) == 2 else (-start - c[0], c[1], c[2]) for c in corners]


def curve(through: Sequence[tuple[float, float, float]]) -> NDArray[np.float64]:
    """Points on a smooth line through a few, twice as many (Catmull-Rom)."""
    p = np.array(through, float)
    q = np.concatenate([2 * p[:1] - p[1:2], p, 2 * p[-1:] - p[-2:-1]])
    halfway = (-q[:-3] + 9 * q[1:-2] + 9 * q[2:-1] - q[3:]) / 16
    rows = np.stack([p[:-1], halfway], axis=1).reshape(-1, 3)
    return np.concatenate([rows, p[-1:]])
