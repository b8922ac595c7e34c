"""Implicit primitives: signed fields (negative inside, about millimetres near the surface) on arrays of points.

A point set is three arrays `(x, y, z)` that broadcast against each other, so a grid and a plain list of points go
through the same functions. Solids are blended by smooth minima, which gives bone its fillets.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Values: TypeAlias = NDArray[Any]
Points: TypeAlias = tuple[Values, Values, Values]
Triple: TypeAlias = tuple[float, float, float]


def as_point(v: Sequence[float] | NDArray[np.floating]) -> Triple:
    """A vector of three as the plain numbers that states, shapes and files hold."""
    x, y, z = v
    return float(x), float(y), float(z)


def smooth_min(a: Values, b: Values, width_mm: float) -> Values:
    """Union of two solids with a fillet (Quilez' polynomial minimum).

    Args:
        width_mm: how far apart the two fields may be and still be blended.
    """
    overlap = np.maximum(width_mm - np.abs(a - b), 0)
    return np.asarray(np.minimum(a, b) - overlap * overlap / (4 * width_mm))


def smooth_max(a: Values, b: Values, width_mm: float) -> Values:
    """Intersection of two solids with a rounded edge; `smooth_max(a, -b, w)` carves b out of a."""
    return -smooth_min(-a, -b, width_mm)


def smoothstep(low: Values | float, high: Values | float, value: Values) -> Values:
    """Rises from 0 at `low` to 1 at `high` without a corner; of arrays, as `procedure.easing` has it of one number."""
    t = np.clip((value - low) / (high - low), 0, 1)
    return np.asarray(t * t * (3 - 2 * t))


def rod(
    p: Points,
    start: ArrayLike,
    end: ArrayLike,
    start_radius_mm: float,
    end_radius_mm: float,
    squash: Triple = (1.0, 1.0, 1.0),
) -> Values:
    """A tapered capsule; `squash` multiplies its radius along each axis, for flattened processes."""
    s = np.asarray(squash, np.float32)
    first, last = np.asarray(start, np.float32), np.asarray(end, np.float32)
    q = [(p[i] - first[i]) / s[i] for i in range(3)]
    axis = (last - first) / s
    t = np.clip((q[0] * axis[0] + q[1] * axis[1] + q[2] * axis[2]) / (axis @ axis), 0, 1)
    away = np.sqrt(sum((q[i] - t * axis[i]) ** 2 for i in range(3)))
    return np.asarray((away - (start_radius_mm + (end_radius_mm - start_radius_mm) * t)) * float(s.min()) ** 0.5)


def blade(
    p: Points,
    centre: ArrayLike,
    normal: ArrayLike,
    up: ArrayLike,
    half_size_mm: Triple,
    edge_mm: float,
    power: float = 2.5,
) -> Values:
    """A rounded superelliptic plate, thin along `normal`.

    Args:
        half_size_mm: half thickness, half width, half height.
        edge_mm: width of the rounding of its edge.
        power: 2 for an ellipse, more for a squarer outline.
    """
    n, u = _frame(normal, up)
    c = np.asarray(centre, np.float32)
    q = [p[i] - c[i] for i in range(3)]
    thick, wide, high = (np.abs(sum(q[i] * axis[i] for i in range(3))) for axis in (n, np.cross(u, n), u))
    rim = ((wide / half_size_mm[1]) ** power + (high / half_size_mm[2]) ** power) ** (1 / power)
    return smooth_max((rim - 1) * min(half_size_mm[1:]), thick - half_size_mm[0], edge_mm)


def _frame(normal: ArrayLike, up: ArrayLike) -> tuple[Values, Values]:
    n = np.asarray(normal, np.float32)
    n = n / np.linalg.norm(n)
    u = np.asarray(up, np.float32)
    u = u - (u @ n) * n
    return n, u / np.linalg.norm(u)


def outline(y: Values, z: Values, corners: Sequence[tuple[float, float]]) -> Values:
    """Signed distance in the y-z plane to a closed polygon."""
    shape = np.broadcast(y, z).shape
    best, inside = np.full(shape, np.inf, np.float32), np.zeros(shape, bool)
    for (y0, z0), (y1, z1) in zip(corners, [*corners[1:], corners[0]], strict=True):
        ey, ez = y1 - y0, z1 - z0
        t = np.clip(((y - y0) * ey + (z - z0) * ez) / (ey * ey + ez * ez), 0, 1)
        best = np.minimum(best, np.hypot(y - y0 - t * ey, z - z0 - t * ez))
        if ez:
            inside ^= ((z0 > z) != (z1 > z)) & (y < y0 + ey * (z - z0) / ez)
    return np.where(inside, -best, best).astype(np.float32)


def rounded(corners: Sequence[tuple[float, float]], passes: int = 2) -> list[tuple[float, float]]:
    """A closed polygon with every corner cut at a quarter of its sides, `passes` times (Chaikin)."""
    c = np.asarray(corners, float)
    for _ in range(passes):
        following = np.roll(c, -1, axis=0)
        c = np.stack([0.75 * c + 0.25 * following, 0.25 * c + 0.75 * following], axis=1).reshape(-1, 2)
    return [(float(a), float(b)) for a, b in c]


def waves(p: Points, wavelength_mm: float, count: int, seed: int) -> Values:
    """Band-limited noise of unit variance: a sum of `count` plane waves, the same for the same seed."""
    rng = np.random.default_rng(seed)
    total: Values = np.zeros((), np.float32)
    for _ in range(count):
        k = rng.normal(size=3)
        k = (k * 2 * np.pi / (wavelength_mm * rng.uniform(0.8, 1.25) * np.linalg.norm(k))).astype(np.float32)
        phase = np.float32(rng.uniform(0, 2 * np.pi))
        total = total + np.sin(p[0] * k[0] + p[1] * k[1] + p[2] * k[2] + phase)
    return np.asarray(total * np.float32((2 / count) ** 0.5))
