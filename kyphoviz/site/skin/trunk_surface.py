"""The surface of the trunk around the operated level: a rounded tube about the spine, with a furrow over its tips."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from kyphoviz.anatomy.mesh import Floats
from kyphoviz.procedure.state import Point
from kyphoviz.site.sweep import Array, unit

HALF_WIDTH_MM, WAIST_Y_MM, FRONT_MM = 165.0, -12.0, 113.0  # half width at y = -12, where the trunk is widest; belly
BACK_MM, FURROW_MM, FURROW_WIDTH_MM = 98.0, 5.5, 11.0  # swells of the back muscles above the waist; dip over the spines
ROUNDNESS = 2.5  # superellipse: a little squarer than a circle


def skin_height(x: ArrayLike, z: ArrayLike) -> Array:
    """y of the skin of the back: two muscle swells and, between them, the furrow over the spinous processes.

    It rises caudally as the spinous tips of a lumbar lordosis do and keeps 8 mm or more above them, whether T12, L1
    or L2 is the origin.
    """
    across, up = np.asarray(x, float), np.asarray(z, float)
    roundness = 1 - np.minimum(np.abs(across) / HALF_WIDTH_MM, 1.0) ** ROUNDNESS
    swell = (BACK_MM - 0.055 * up) * roundness ** (1 / ROUNDNESS)
    return np.asarray(WAIST_Y_MM + swell - FURROW_MM * np.exp(-((across / FURROW_WIDTH_MM) ** 2)))


def skin_depth_mm(axis_point: Point, direction: Point) -> float:
    """Where an axis that comes in from behind crosses the skin, in mm along it from a point of it (negative: behind).

    Args:
        direction: of advance, unit vector, towards the front (-y).
    """
    start, ahead = np.array(axis_point), np.array(direction)
    depth = 0.0
    for _ in range(40):
        x, y, z = start + depth * ahead
        step = float(y - skin_height(x, z)) / -ahead[1]
        depth += 0.8 * step
        if abs(step) < 1e-6:
            break
    return float(depth)


def skin_normals(centres: Array) -> Floats:
    """Unit normals of the skin of the back at places on it, shape (N, 3)."""
    x, z = centres[:, 0], centres[:, 2]
    step = 0.5
    by_x = (skin_height(x + step, z) - skin_height(x - step, z)) / (2 * step)
    by_z = (skin_height(x, z + step) - skin_height(x, z - step)) / (2 * step)
    return unit(np.column_stack([-by_x, np.ones_like(x), -by_z])).astype(np.float32)


def front_columns(count: int, edge_x_mm: float, heights: Array) -> Array:
    """Points from the left edge of the back over flank and belly to the right edge, shape (count, heights, 3).

    Args:
        edge_x_mm: how far from the midline both edges are, which are not among the points.
        heights: z, mm.
    """
    first = np.arcsin((edge_x_mm / HALF_WIDTH_MM) ** (ROUNDNESS / 2))
    t = np.linspace(first, 2 * np.pi - first, count + 2)[1:-1, None]
    sine, cosine = (np.sign(f(t)) * np.abs(f(t)) ** (2 / ROUNDNESS) for f in (np.sin, np.cos))
    z = np.broadcast_to(heights, (count, len(heights)))
    depth = np.where(cosine > 0, BACK_MM - 0.055 * z, FRONT_MM)
    return np.stack([np.broadcast_to(HALF_WIDTH_MM * sine, z.shape), WAIST_Y_MM + depth * cosine, z], axis=-1)
