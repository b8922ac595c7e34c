"""Turned and swept solids: rings of points joined to closed surfaces.

Every tool is made of these, so the picture and the X-ray share one closed mesh. Points are never doubled at an edge
(that would open the mesh); instead an edge gets two rings a hair apart, and area-weighted normals do the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kyphoviz.anatomy.mesh import Mesh, vertex_normals

Array: TypeAlias = NDArray[np.float64]
Corner: TypeAlias = tuple[float, float] | tuple[float, float, float]
Outline: TypeAlias = Sequence[Corner]

EDGE_MM = 0.03  # half the width of a crisp edge
SHARP_DEG = 24.0  # a corner of a profile that turns less is shaded as a curve
_BEND = np.array([0.0, 0.5, 1.0])  # where the arc of a rounded corner gets its rings


def loft(rings: ArrayLike, is_loop: bool = False) -> Mesh:
    """The solid through a row of rings, shape (R, K, 3): capped at both ends, or bent back onto itself.

    Args:
        is_loop: whether the last ring is joined to the first (a ring-shaped solid) and no caps are made.
    """
    r = np.asarray(rings, float)
    count, around = r.shape[:2]
    points = r.reshape(-1, 3)
    sides = bands(count, around, is_loop)
    if is_loop:
        return outward(points, sides)
    caps = np.stack([r[0].mean(axis=0), r[-1].mean(axis=0)])
    first, last = np.arange(around), (count - 1) * around + np.arange(around)
    front = np.stack([np.full(around, len(points)), np.roll(first, -1), first], axis=1)
    back = np.stack([np.full(around, len(points) + 1), last, np.roll(last, -1)], axis=1)
    return outward(np.concatenate([points, caps]), np.concatenate([sides, front, back]))


def bands(count: int, around: int, is_loop: bool = False) -> NDArray[np.intp]:
    """Two triangles for each cell between neighbouring rings of points that are numbered ring after ring."""
    i, j = np.meshgrid(np.arange(count if is_loop else count - 1), np.arange(around), indexing="ij")
    here, there = i * around, (i + 1) % count * around
    a, b, c, d = here + j, here + (j + 1) % around, there + (j + 1) % around, there + j
    return np.stack([a, b, c, a, c, d], axis=-1).reshape(-1, 3)


def outward(points: NDArray[np.floating], triangles: NDArray[np.integer]) -> Mesh:
    """A closed surface with its triangles turned outwards and its normals made."""
    p, t = points.astype(np.float32), triangles.astype(np.int32)
    if Mesh(p, t, p).volume_mm3 < 0:
        t = np.ascontiguousarray(t[:, ::-1])
    return Mesh(p, t, vertex_normals(p, t))


def profile(corners: Outline, is_loop: bool = False) -> Array:
    """A drawn outline, shape (N, 2), with its corners made crisp or round.

    Args:
        corners: (along, radius) for a crisp corner, (along, radius, rounding) for one rounded off by that many mm;
            a rounding of 0 leaves the corner as it is, for those that nobody sees.
        is_loop: whether the last corner is followed by the first.
    """
    p = np.array([c[:2] for c in corners], float)
    rows: list[Array] = []
    for k, corner in enumerate(corners):
        if not is_loop and k in (0, len(p) - 1):
            rows.append(p[k][None])
        else:
            rounding = corner[2] if len(corner) == 3 else None
            rows.append(_corner(p[k - 1], p[k], p[(k + 1) % len(p)], rounding))
    return np.concatenate(rows)


def _corner(before: Array, here: Array, after: Array, rounding_mm: float | None) -> Array:
    a, b = before - here, after - here
    la, lb = float(np.hypot(*a)), float(np.hypot(*b))
    turn = 180.0 - np.degrees(np.arccos(np.clip(a @ b / (la * lb), -1, 1)))
    if rounding_mm == 0 or (rounding_mm is None and turn < SHARP_DEG):
        return here[None]
    reach = min(rounding_mm or EDGE_MM, 0.45 * la, 0.45 * lb)
    start, end = here + a / la * reach, here + b / lb * reach
    if rounding_mm is None:
        return np.stack([start, end])
    t = _BEND[:, None]
    return np.asarray((1 - t) ** 2 * start + 2 * t * (1 - t) * here + t**2 * end)


def lathe(corners: Outline, around: int = 16, angles: ArrayLike | None = None) -> Mesh:
    """A profile of (z, radius) turned about the z axis; its ends, on the axis or not, are capped flat.

    Args:
        angles: where its points stand around the axis, radians rising over one turn; evenly if None.
    """
    outline = profile(corners)
    on_axis = outline[:, 1] == 0
    return loft(turned(outline[~on_axis], around, angles))


def lathe_ring(corners: Outline, around: int = 16) -> Mesh:
    """A closed outline of (z, radius) turned about the z axis: a tube with its bore."""
    return loft(turned(profile(corners, is_loop=True), around), is_loop=True)


def turned(outline: Array, around: int, angles: ArrayLike | None = None) -> Array:
    """Rings of an outline, shape (N, around, 3); a point on the axis becomes a tiny ring."""
    even = np.linspace(0, 2 * np.pi, around, endpoint=False)
    a = even if angles is None else np.asarray(angles, float)
    radius = np.maximum(outline[:, 1:], EDGE_MM)
    z = np.broadcast_to(outline[:, :1], (len(outline), len(a)))
    return np.stack([radius * np.cos(a), radius * np.sin(a), z], axis=-1)


def sweep(
    path: ArrayLike,
    half_sizes: ArrayLike,
    across: ArrayLike = (1.0, 0.0, 0.0),
    around: int = 12,
    power: float = 2.0,
) -> Mesh:
    """A superelliptic section drawn along a path: handles, wings, lines, boxes.

    Args:
        path: middle of each section, shape (N, 3).
        half_sizes: of each section along and square to `across`, shape (N, 2) or broadcast to it.
        across: which way the first half size points (made square to the path).
        power: 2 for an ellipse, more for a squarer section.
    """
    p = np.asarray(path, float)
    tangent = unit(np.gradient(p, axis=0))
    u = np.asarray(across, float) - (tangent @ np.asarray(across, float))[:, None] * tangent
    u = unit(u)
    v = np.cross(tangent, u)
    a = np.linspace(0, 2 * np.pi, around, endpoint=False)
    size = np.broadcast_to(np.asarray(half_sizes, float), (len(p), 2))
    first, second = (np.sign(f(a)) * np.abs(f(a)) ** (2 / power) for f in (np.cos, np.sin))
    along_u = size[:, :1, None] * first[None, :, None] * u[:, None]
    along_v = size[:, 1:, None] * second[None, :, None] * v[:, None]
    return loft(p[:, None] + along_u + along_v)


def box(low: ArrayLike, high: ArrayLike, rounding_mm: float, around: int = 16, power: float = 7.0) -> Mesh:
    """A box with rounded edges between two corners, axis-aligned."""
    a, b = np.asarray(low, float), np.asarray(high, float)
    middle, half = (a + b) / 2, (b - a) / 2
    r = min(rounding_mm, 0.45 * float(half.min()))
    inset = r * np.array([1.0, 0.3, 0.0, 0.0, 0.3, 1.0])
    z = np.array([-half[2], -half[2] + 0.3 * r, -half[2] + r, half[2] - r, half[2] - 0.3 * r, half[2]])
    path = np.column_stack([np.full(6, middle[0]), np.full(6, middle[1]), middle[2] + z])
    return sweep(path, np.column_stack([half[0] - inset, half[1] - inset]), around=around, power=power)


def unit(vectors: NDArray[Any]) -> Array:
    """The same directions with length one, along the last axis."""
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(length, 1e-12), float)
