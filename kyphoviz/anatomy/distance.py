"""Signed distance grids: how far a point is from a bone's outer surface, negative inside."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kyphoviz.anatomy.fields import Points, Values
from kyphoviz.anatomy.mesh import Floats

REACH_MM = 5.0
STEP_MM = 0.04


@dataclass(frozen=True, slots=True, eq=False)
class DistanceGrid:
    """Millimetres to the surface on a regular grid, negative inside, cut off at +-5 mm.

    Axis 0, 1, 2 of `values` run along x, y, z; `origin` is the place of `values[0, 0, 0]`.
    """

    values: Floats
    origin: Floats
    spacing_mm: float

    def at(self, points: NDArray[np.floating]) -> Floats:
        """Distances at points of shape (..., 3), trilinear; everything outside the grid counts as 5 mm away."""
        flat = np.asarray(points, np.float32).reshape(-1, 3)
        where = (flat - self.origin) / np.float32(self.spacing_mm)
        is_inside = np.ones(len(flat), np.bool_)
        for along, count in zip(where.T, self.values.shape, strict=True):
            is_inside &= (along >= 0) & (along <= count - 1)
        if is_inside.all():
            return between_samples(self.values, where).reshape(np.shape(points)[:-1])
        found = np.full(len(flat), REACH_MM, np.float32)
        if is_inside.any():  # soft parts ask all bones of the segment, and most of them are far away
            found[is_inside] = between_samples(self.values, where[is_inside])
        return found.reshape(np.shape(points)[:-1])

    def outward(self, points: NDArray[np.floating]) -> Floats:
        """Unit direction away from the bone at points of shape (N, 3)."""
        half = np.eye(3, dtype=np.float32) * np.float32(0.75 * self.spacing_mm)
        ahead, behind = self.at(np.asarray(points, np.float32) + np.stack([half, -half])[:, :, None])
        slope = (ahead - behind).T
        return np.asarray(slope / np.maximum(np.linalg.norm(slope, axis=-1, keepdims=True), 1e-6), np.float32)

    @property
    def axes(self) -> Points:
        """Coordinates of the grid as three arrays that broadcast to its shape."""
        lines = [
            self.origin[k] + np.float32(self.spacing_mm) * np.arange(n, dtype=np.float32)
            for k, n in enumerate(self.values.shape)
        ]
        return lines[0][:, None, None], lines[1][None, :, None], lines[2][None, None, :]

    def resampled(self, spacing_mm: float) -> DistanceGrid:
        """The same distances on a coarser grid with the same first corner."""
        extent = (np.array(self.values.shape) - 1) * self.spacing_mm
        counts = np.floor(extent / spacing_mm).astype(int) + 1
        lines = [np.arange(n) * spacing_mm / self.spacing_mm for n in counts]
        where = np.stack(np.meshgrid(*lines, indexing="ij"), axis=-1).astype(np.float32)
        values = between_samples(self.values, where.reshape(-1, 3)).reshape(where.shape[:-1])
        return DistanceGrid(values, self.origin, spacing_mm)

    def packed(self) -> NDArray[np.int8]:
        """Whole steps of 0.04 mm, for the file."""
        return np.asarray(np.rint(np.clip(self.values, -REACH_MM, REACH_MM) / STEP_MM), np.int8)


def between_samples(values: Floats, where: Floats) -> Floats:
    """Trilinear look-up in an array of three axes; beyond its faces the nearest sample counts.

    In NumPy alone, and as fast as SciPy's, because importing that would keep the first picture waiting.

    Args:
        where: places in steps of the array from its first sample, shape (N, 3).
    """
    last = np.array(values.shape, np.float32) - 1
    inner = np.clip(where, 0, last)
    corner = np.minimum(inner, last - 1).astype(np.intp)
    x, y, z = (inner - corner).astype(np.float32).T
    flat, step_y = values.ravel(), values.shape[2]
    step_x = step_y * values.shape[1]
    first = corner @ np.array([step_x, step_y, 1])

    def along_z(start: int) -> Floats:
        low, high = flat[first + start], flat[first + (start + 1)]
        return np.asarray(low + (high - low) * z, np.float32)

    front = along_z(0)
    front += (along_z(step_y) - front) * y
    back = along_z(step_x)
    back += (along_z(step_x + step_y) - back) * y
    front += (back - front) * x
    return front


def unpacked(steps: NDArray[np.int8], origin: Floats, spacing_mm: float) -> DistanceGrid:
    """The grid that `DistanceGrid.packed` wrote."""
    return DistanceGrid(steps.astype(np.float32) * np.float32(STEP_MM), origin, spacing_mm)


def empty_grid(low: Values, high: Values, spacing_mm: float) -> DistanceGrid:
    """A grid over a box, all of it far outside."""
    counts = np.ceil((high - low) / spacing_mm).astype(int) + 1
    return DistanceGrid(np.full(counts, REACH_MM, np.float32), np.asarray(low, np.float32), spacing_mm)


def distance_to_zero(field: Values, spacing_mm: float) -> Floats:
    """Signed distance to the zero level of any field by fast marching, cut off at +-5 mm."""
    import skfmm  # not at the top: bones are made once, and the window opens without it

    near = skfmm.distance(field, dx=spacing_mm, narrow=REACH_MM)
    far = np.where(field < 0, -REACH_MM, REACH_MM)
    return np.where(np.ma.getmaskarray(near), far, np.ma.getdata(near)).astype(np.float32)


def opened(distance: Floats, spacing_mm: float, radius_mm: float, level_mm: float = 0.0) -> Floats:
    """The solid `distance < level_mm` with its sharp convex edges rounded and hair-thin parts removed.

    Shrinks and swells again by `radius_mm`: what is thinner than twice that disappears, every outer edge gets that
    radius. Hollow corners stay as they were.
    """
    return distance_to_zero(distance - level_mm + radius_mm, spacing_mm) - np.float32(radius_mm)


def without_islands(distance: Floats, spacing_mm: float) -> Floats:
    """The largest connected solid alone: distances no longer see crumbs that a cut left beside it."""
    from scipy.ndimage import binary_dilation, label  # not at the top, for the same reason

    pieces, count = label(distance < 0)
    if count < 2:
        return distance
    largest = 1 + int(np.bincount(pieces.ravel())[1:].argmax())
    crumbs = binary_dilation((pieces > 0) & (pieces != largest))
    return distance_to_zero(np.where(crumbs, np.float32(REACH_MM), distance), spacing_mm)
