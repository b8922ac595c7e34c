"""The mesh of the trunk around its openings: a fine sheet over the back, then flanks, belly and two flat ends."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kyphoviz.anatomy.isosurface import triangulated
from kyphoviz.site.skin.openings import AROUND, Openings
from kyphoviz.site.skin.trunk_surface import WAIST_Y_MM, front_columns, skin_height
from kyphoviz.site.sweep import Array, bands

HALF_HEIGHT_MM = 125.0

# Grid lines of the back between the openings, millimetres
_LINES_X = np.array([0, 4, 8, 13, 20, 28, 37, 48, 61, 74, 87, 100, 112.0])
_LINES_Z = np.array([-125, -110, -95, -82, -69, -46, -23, 0, 12, 23, 34, 46, 69, 82, 95, 110, 125.0])
_SEEN_X_MM, _SEEN_Z_MM = 100.5, 95.5


def sheet_points(openings: Openings) -> tuple[Array, list[NDArray[np.intp]]]:
    """Points of the back outside the openings, their rims last, and which of them are each rim."""
    lines = np.concatenate([-_LINES_X[:0:-1], _LINES_X])
    flat = np.stack(np.meshgrid(lines, _LINES_Z, indexing="ij"), axis=-1).reshape(-1, 2)
    border = (np.abs(flat[:, 0]) == _LINES_X[-1]) | (np.abs(flat[:, 1]) == HALF_HEIGHT_MM)
    middles = np.array(openings.entries_mm, float).reshape(-1, 3)[:, [0, 2]]
    far = np.all(np.hypot(*(flat[:, None] - middles).transpose(2, 0, 1)) > openings.radius_mm + 5.5, axis=1)
    rows = [flat[far | border], *(circle[::2] for circle in openings.rim(openings.radius_mm + 3.0))]
    start = sum(len(r) for r in rows)
    x, z = np.concatenate([*rows, *openings.rim(openings.radius_mm)]).T
    rims = [start + k * AROUND + np.arange(AROUND) for k in range(len(middles))]
    return np.column_stack([x, skin_height(x, z), z]), rims


def sheet_triangles(points: Array, rims: list[NDArray[np.intp]]) -> NDArray[np.intp]:
    """Triangles between the points of the sheet that face backwards; within the rims there are none."""
    flat = points[:, [0, 2]]
    found = triangulated(flat)
    rim_of = np.full(len(points), -1)
    for k, rim in enumerate(rims):
        rim_of[rim] = k
    of = rim_of[found]
    is_within_rim = (of[:, 0] >= 0) & (of[:, 0] == of[:, 1]) & (of[:, 0] == of[:, 2])
    return _facing_back(flat, found[~is_within_rim])


def _facing_back(flat: Array, triangles: NDArray[np.intp]) -> NDArray[np.intp]:
    """Triangles of points given as (x, z), wound so that they face +y."""
    a, b, c = (flat[triangles[:, k]] for k in range(3))
    up = (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0]) - (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1])
    return np.where((up < 0)[:, None], triangles[:, ::-1], triangles)


def rest_of_trunk(sheet: Array, start: int) -> tuple[Array, NDArray[np.intp]]:
    """Flanks and belly between the two side edges of the sheet, and the flat ends."""
    left, right = (_edge(sheet, side) for side in (1.0, -1.0))
    front = front_columns(18, _LINES_X[-1], _LINES_Z)
    inner = start + np.arange(front.shape[0] * front.shape[1]).reshape(front.shape[:2])
    columns = np.concatenate([left[None], inner, right[None]])
    side = _grid_triangles(columns)
    points = np.concatenate([sheet, front.reshape(-1, 3)])
    rows, triangles = [front.reshape(-1, 3)], [side]
    for end in (0, -1):
        back = np.flatnonzero(np.isclose(sheet[:, 2], _LINES_Z[end]))
        back = back[np.argsort(sheet[back, 0])]
        loop = np.concatenate([back, columns[1:-1, end]])
        cap, cap_triangles = _end_cap(points[loop], loop, start + sum(len(r) for r in rows), end == -1)
        rows.append(cap)
        triangles.append(cap_triangles)
    return np.concatenate(rows), np.concatenate(triangles)


def _edge(sheet: Array, side: float) -> NDArray[np.intp]:
    found = np.flatnonzero(np.isclose(sheet[:, 0], side * _LINES_X[-1]))
    return found[np.argsort(sheet[found, 2])]


def _grid_triangles(index: NDArray[np.intp]) -> NDArray[np.intp]:
    """Two triangles for each cell of a grid of point numbers (columns clockwise from the left, rows upwards)."""
    a, b, c, d = index[:-1, :-1], index[:-1, 1:], index[1:, 1:], index[1:, :-1]
    return np.concatenate([np.stack([a, b, c], -1).reshape(-1, 3), np.stack([a, c, d], -1).reshape(-1, 3)])


def _end_cap(ring: Array, loop: NDArray[np.intp], start: int, is_top: bool) -> tuple[Array, NDArray[np.intp]]:
    """A flat end: a ring just inside the edge, which keeps the edge crisp, and a fan."""
    middle = np.array([0.0, WAIST_Y_MM, ring[0, 2]])
    inset = middle + (1 - 5e-4) * (ring - middle)
    count = len(loop)
    index = np.concatenate([loop, start + np.arange(count)])
    last = index[count:]
    fan = np.column_stack([last, np.roll(last, -1), np.full(count, start + count)])
    # the loop runs from the right over the back to the left and back in front: clockwise as seen from the head
    triangles = np.concatenate([index[bands(2, count)], fan])
    return np.concatenate([inset, middle[None]]), triangles[:, ::-1] if is_top else triangles


def in_view(sheet: Array, triangles: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Which triangles of the sheet are drawn: all but those near its edges."""
    inside = (np.abs(sheet[:, 0]) < _SEEN_X_MM) & (np.abs(sheet[:, 2]) < _SEEN_Z_MM)
    return np.asarray(np.all(inside[triangles], axis=1))
