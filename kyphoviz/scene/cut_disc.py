"""The cut through a disc: a strip from its outline in to a line along its middle."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kyphoviz.anatomy.mesh import Floats, Triangles
from kyphoviz.scene.cut_paint import DISC_DEPTH_MM
from kyphoviz.site.cut.remainder import sliced
from kyphoviz.site.cut.section import Plane
from kyphoviz.site.shape import Shape

AROUND = 96  # points on a disc's outline
PROUD_MM = 0.03  # before the plane, for its lid, but less than bone, which is in front where they overlap


def disc_strip(shape: Shape, plane: Plane) -> tuple[Floats, Floats] | None:
    """(points, texture coordinates) of a disc's cut: a strip from its outline in to a line along its middle."""
    segments = sliced(shape.placed, plane)
    if len(segments) < 8:
        return None
    rim = _even_outline(segments.reshape(-1, 2))
    spine = _midline(rim)
    flat = np.concatenate([rim, spine])
    inward = np.linalg.norm(rim - spine, axis=1) / DISC_DEPTH_MM
    flat[len(rim) :] += 0.02 * (spine - rim)  # a little too far, or specks would show along the midline
    around = np.arange(len(rim)) / (len(rim) - 1)
    uv = np.stack([np.concatenate([np.zeros(len(rim)), inward]), np.tile(around, 2)], axis=1)
    before = plane.points(flat[:, 0], flat[:, 1]) + PROUD_MM * plane.normal
    return before.astype(np.float32), uv.astype(np.float32)


def _even_outline(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """The outline as `AROUND` + 1 points at even angles from its middle; the last is the first.

    Tilt is taken out and the shape stretched to a square first, so that the angles mean something on a flat disc.
    """
    slope = np.polyfit(points[:, 0], points[:, 1], 1)[0]
    level = points - np.outer(points[:, 0], [0.0, slope])
    low, high = level.min(axis=0), level.max(axis=0)
    middle, reach = (low + high) / 2, np.maximum((high - low) / 2, 1e-6)
    off = (level - middle) / reach
    angle, order = np.unique(np.arctan2(off[:, 1], off[:, 0]).round(5), return_index=True)
    radius = np.hypot(*off[order].T)
    wanted = np.linspace(-np.pi, np.pi, AROUND + 1)
    length = np.interp(wanted, angle, radius, period=2 * np.pi)
    found = middle + reach * length[:, None] * np.stack([np.cos(wanted), np.sin(wanted)], axis=1)
    return np.asarray(found + np.outer(found[:, 0], [0.0, slope]))


def _midline(rim: NDArray[np.float64]) -> NDArray[np.float64]:
    """For each point of the outline the one across which it looks: on the curve half-way between top and bottom."""
    front, back = rim[:, 0].argmin(), rim[:, 0].argmax()
    first, last = min(front, back), max(front, back)
    one, other = rim[first : last + 1], np.concatenate([rim[last:-1], rim[: first + 1]])
    low, high = rim[:, 0].min(), rim[:, 0].max()
    across = np.linspace(low, high, 48)
    heights = [np.interp(across, *side[np.argsort(side[:, 0])].T) for side in (one, other)]
    thick = np.abs(heights[0] - heights[1]) / 2
    a = np.clip(rim[:, 0], low + thick[8], high - thick[-9])
    return np.stack([a, np.interp(a, across, (heights[0] + heights[1]) / 2)], axis=1)


def strip_triangles() -> Triangles:
    """The triangles of every strip."""
    here = np.arange(AROUND)
    inner = here + AROUND + 1
    first = np.stack([here, here + 1, inner + 1], axis=1)
    second = np.stack([here, inner + 1, inner], axis=1)
    return np.concatenate([first, second]).astype(np.int32)
