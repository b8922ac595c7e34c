"""The block of trunk around the operated level: its skin, the small openings in it, and their dressings.

The trunk is a rounded tube about the spine with a furrow over the spinous processes. It is closed, so the X-ray view
takes it as the soft tissue; the picture draws only the skin of the back.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kyphoviz.anatomy.fields import smoothstep
from kyphoviz.anatomy.isosurface import triangulated
from kyphoviz.anatomy.mesh import Floats, Mesh, vertex_normals
from kyphoviz.procedure.state import Point
from kyphoviz.site.sweep import Array, bands, loft, unit

HALF_WIDTH_MM, WAIST_Y_MM, FRONT_MM = 165.0, -12.0, 113.0  # half width at y = -12, where the trunk is widest; belly
BACK_MM, FURROW_MM, FURROW_WIDTH_MM = 98.0, 5.5, 11.0  # swells of the back muscles above the waist; dip over the spines
ROUNDNESS = 2.5  # superellipse: a little squarer than a circle
HALF_HEIGHT_MM = 125.0

LONGEST_MM = 12.0  # a stab incision is 3-10 mm long
GAPE = 0.45  # how wide a cut along the back opens, against its length
POCKET_MM = 10.0
PATCH_MM = 13.0  # radius of the finely meshed skin round an opening
AROUND = 40
# Rings of that skin, from its rim (1) to the lip (0) of the opening; then of the pocket, from the lip down (1)
_OUTSIDE = np.array([1.0, 0.78, 0.58, 0.42, 0.30, 0.20, 0.13, 0.07, 0.03, 0.0])
_INSIDE = np.array([0.05, 0.15, 0.4, 0.7, 1.0])

# Grid lines of the back between the openings, millimetres
_LINES_X = np.array([0, 4, 8, 13, 20, 28, 37, 46, 56, 67, 78, 89, 100, 112.0])
_LINES_Z = np.concatenate([[-125, -110], np.linspace(-95, 95, 20), [110, 125]])
_SEEN_X_MM, _SEEN_Z_MM = 100.5, 95.5


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


class SkinBlock:
    """The trunk of one case, with an opening over each needle that can be made longer and shorter.

    Made once per case; a new length moves only the points near the openings. `redness` (0 to 1, of an open wound) and
    `near_entry` (1 at an opening, 0 far from it) belong to the points; `triangles` never changes, nor do
    `visible_triangles`, those of the back's skin.

    Args:
        entries: per needle a point of its axis and its direction of advance.
    """

    def __init__(self, entries: tuple[tuple[Point, Point], ...]) -> None:
        self.entries_mm = tuple(_entry(point, direction) for point, direction in entries)
        self._centres = np.array(self.entries_mm, float).reshape(-1, 3)
        self._ahead = unit(np.array([direction for _, direction in entries], float).reshape(-1, 3))
        self._radius = _patch_radius(self._centres)
        sheet, rims = _sheet_points(self._centres, self._radius)
        sheet_triangles = _sheet_triangles(sheet, rims)
        rest, rest_triangles = _rest_of_trunk(sheet, len(sheet))
        self._start = len(sheet) + len(rest)
        patch_triangles = _patch_triangles(rims, self._start)
        seen = _in_view(sheet, sheet_triangles)
        self.triangles = np.concatenate([sheet_triangles, rest_triangles, patch_triangles]).astype(np.int32)
        self.visible_triangles = np.concatenate([sheet_triangles[seen], patch_triangles]).astype(np.int32)
        self._patch_triangles = patch_triangles.astype(np.int32)
        still = np.concatenate([sheet, rest, self._patch_points(0.0)])
        self._points = still.astype(np.float32)
        self._normals = vertex_normals(self._points, self.triangles)
        self._skin_normals = _skin_normals(self._centres)
        self.redness, self.near_entry = self._tints()
        self._length_mm = -1.0
        self._move(0.0)

    def block(self, length_mm: float) -> Mesh:
        """The closed trunk with openings of that length, 0 to 12 mm; its arrays are its own."""
        self._move(length_mm)
        return Mesh(self._points.copy(), self.triangles, self._normals.copy())

    def back_sheet(self, length_mm: float) -> Mesh:
        """The skin of the back alone, an open surface on the same points as the block."""
        self._move(length_mm)
        return Mesh(self._points.copy(), self.visible_triangles, self._normals.copy())

    def redness_at(self, length_mm: float) -> Floats:
        """How red each point is while the openings have that length: nothing before the cut."""
        return (self.redness * np.float32(min(1.0, max(0.0, length_mm) / 2.0))).astype(np.float32)

    def _move(self, length_mm: float) -> None:
        length = float(np.clip(length_mm, 0.0, LONGEST_MM))
        if length == self._length_mm:
            return
        self._length_mm = length
        self._points[self._start :] = self._patch_points(length)
        normals = vertex_normals(self._points, self._patch_triangles)[self._start :]
        lost = np.einsum("ij,ij->i", normals, normals) < 0.5
        if lost.any():
            each = np.repeat(self._skin_normals, len(normals) // len(self._skin_normals), axis=0)
            normals[lost] = each[lost]
        self._normals[self._start :] = normals

    def _patch_points(self, length_mm: float) -> Array:
        """Points of all patches but their rims, which belong to the sheet: rings inwards, pocket, its bottom."""
        if not len(self._centres):
            return np.zeros((0, 3))
        share = np.concatenate([_OUTSIDE[1:], np.zeros(len(_INSIDE))])[:, None]
        sunk = np.concatenate([np.zeros(len(_OUTSIDE) - 1), _INSIDE])[:, None]
        narrowing = (1 - share) * (1 - 0.6 * sunk)
        flat = share[..., None] * _circle(self._radius) + narrowing[..., None] * _lens(length_mm)
        x = self._centres[:, 0, None, None] + flat[..., 0]
        z = self._centres[:, 2, None, None] + flat[..., 1]
        lip = 0.05 * length_mm * np.exp(-((share * self._radius / 1.4) ** 2)) * (1 - sunk)
        rings = np.stack([x, skin_height(x, z) + lip, z], axis=-1)
        deep = POCKET_MM * smoothstep(0.0, 4.0, np.array(length_mm)) * sunk[..., None]
        rings += deep * self._ahead[:, None, None]
        bottoms = rings[:, -1].mean(axis=1, keepdims=True)
        return np.concatenate([rings.reshape(len(rings), -1, 3), bottoms], axis=1).reshape(-1, 3)

    def _tints(self) -> tuple[Floats, Floats]:
        away = np.full(len(self._points), np.inf)
        for centre in self._centres:
            away = np.minimum(away, np.hypot(self._points[:, 0] - centre[0], self._points[:, 2] - centre[2]))
        away[self._points[:, 1] < 0] = np.inf
        near = 1 - smoothstep(7.0, 16.0, np.minimum(away, 100.0))
        distance = np.concatenate([_OUTSIDE[1:] * self._radius, np.zeros(len(_INSIDE))])
        one = np.concatenate([np.repeat(np.exp(-distance / 1.3), AROUND), [1.0]])
        redness = np.zeros(len(self._points))
        redness[self._start :] = np.tile(one, len(self._centres))
        return redness.astype(np.float32), near.astype(np.float32)


def _entry(point: Point, direction: Point) -> Point:
    depth = skin_depth_mm(point, direction)
    x, y, z = (p + depth * d for p, d in zip(point, direction, strict=True))
    return (float(x), float(y), float(z))


def _patch_radius(centres: Array) -> float:
    apart = [float(np.hypot(*(a - b)[[0, 2]])) for i, a in enumerate(centres) for b in centres[:i]]
    return min([PATCH_MM, *(0.42 * d for d in apart)])


def _circle(radius: float) -> Array:
    a = np.linspace(0, 2 * np.pi, AROUND, endpoint=False)
    return radius * np.column_stack([np.sin(a), np.cos(a)])


def _lens(length_mm: float) -> Array:
    """The lip of an opening along z, pointed at both ends, as (x, z) about its middle."""
    a = np.linspace(0, 2 * np.pi, AROUND, endpoint=False)
    return 0.5 * length_mm * np.column_stack([GAPE * np.sign(np.sin(a)) * np.sin(a) ** 2, np.cos(a)])


def _sheet_points(centres: Array, radius: float) -> tuple[Array, list[NDArray[np.intp]]]:
    """Points of the back outside the patches, the patches' rims last, and which of them are each rim."""
    lines = np.concatenate([-_LINES_X[:0:-1], _LINES_X])
    flat = np.stack(np.meshgrid(lines, _LINES_Z, indexing="ij"), axis=-1).reshape(-1, 2)
    border = (np.abs(flat[:, 0]) == _LINES_X[-1]) | (np.abs(flat[:, 1]) == HALF_HEIGHT_MM)
    middles = centres[:, [0, 2]]
    far = np.all(np.hypot(*(flat[:, None] - middles).transpose(2, 0, 1)) > radius + 5.5, axis=1)
    rows = [flat[far | border], *(middle + (1 + 3.0 / radius) * _circle(radius)[::2] for middle in middles)]
    start = sum(len(r) for r in rows)
    rows += [middle + _circle(radius) for middle in middles]
    x, z = np.concatenate(rows).T
    rims = [start + k * AROUND + np.arange(AROUND) for k in range(len(centres))]
    return np.column_stack([x, skin_height(x, z), z]), rims


def _sheet_triangles(points: Array, rims: list[NDArray[np.intp]]) -> NDArray[np.intp]:
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


def _patch_triangles(rims: list[NDArray[np.intp]], start: int) -> NDArray[np.intp]:
    """Bands from each rim to the lip and on to the bottom of the pocket."""
    rings = len(_OUTSIDE) - 1 + len(_INSIDE)
    rows = [np.zeros((0, 3), np.intp)]
    for k, rim in enumerate(rims):
        first = start + k * (rings * AROUND + 1)
        index = np.concatenate([rim, first + np.arange(rings * AROUND)])
        last = index[-AROUND:]
        bottom = np.column_stack([last, np.roll(last, -1), np.full(AROUND, first + rings * AROUND)])
        rows.append(np.concatenate([index[bands(rings + 1, AROUND)], bottom]))
    return np.concatenate(rows)


def _rest_of_trunk(sheet: Array, start: int) -> tuple[Array, NDArray[np.intp]]:
    """Flanks and belly between the two side edges of the sheet, and the flat ends."""
    left, right = (_edge(sheet, side) for side in (1.0, -1.0))
    front = _front_columns(18)
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


def _front_columns(count: int) -> Array:
    """Points from the left edge of the back over flank and belly to the right edge, shape (count, Z, 3)."""
    first = np.arcsin((_LINES_X[-1] / HALF_WIDTH_MM) ** (ROUNDNESS / 2))
    t = np.linspace(first, 2 * np.pi - first, count + 2)[1:-1, None]
    sine, cosine = (np.sign(f(t)) * np.abs(f(t)) ** (2 / ROUNDNESS) for f in (np.sin, np.cos))
    z = np.broadcast_to(_LINES_Z, (count, len(_LINES_Z)))
    depth = np.where(cosine > 0, BACK_MM - 0.055 * z, FRONT_MM)
    return np.stack([np.broadcast_to(HALF_WIDTH_MM * sine, z.shape), WAIST_Y_MM + depth * cosine, z], axis=-1)


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


def _in_view(sheet: Array, triangles: NDArray[np.intp]) -> NDArray[np.bool_]:
    inside = (np.abs(sheet[:, 0]) < _SEEN_X_MM) & (np.abs(sheet[:, 2]) < _SEEN_Z_MM)
    return np.asarray(np.all(inside[triangles], axis=1))


def _skin_normals(centres: Array) -> Floats:
    x, z = centres[:, 0], centres[:, 2]
    step = 0.5
    by_x = (skin_height(x + step, z) - skin_height(x - step, z)) / (2 * step)
    by_z = (skin_height(x, z + step) - skin_height(x, z - step)) / (2 * step)
    return unit(np.column_stack([-by_x, np.ones_like(x), -by_z])).astype(np.float32)


def dressing_mesh(entry: Point) -> Mesh:
    """A plaster over one opening, 25 x 40 mm and 1 mm thick with a pad in its middle, lying on the skin.

    Args:
        entry: the middle of the opening on the skin, one of `SkinBlock.entries_mm`.
    """
    a = np.linspace(0, 2 * np.pi, 32, endpoint=False)
    outline = np.column_stack([12.5 * _squared(np.cos(a)), 20.0 * _squared(np.sin(a))])
    below = [(0.10, 0.1), (0.55, 0.1), (0.98, 0.1), (1.0, 0.5)]  # share of the outline, height above the skin
    above = [(0.985, 0.9), (0.78, 1.0), (0.62, 1.0), (0.5, 1.6), (0.10, 1.7)]
    rings = [_lying(entry, share * outline, height) for share, height in [*below, *above]]
    return loft(np.stack(rings))


def _squared(value: Array) -> Array:
    return np.asarray(np.sign(value) * np.abs(value) ** 0.5)


def _lying(entry: Point, flat: Array, height_mm: float) -> Array:
    x, z = entry[0] + flat[:, 0], entry[2] + flat[:, 1]
    on_skin = np.column_stack([x, skin_height(x, z), z])
    return on_skin + height_mm * _skin_normals(on_skin)
