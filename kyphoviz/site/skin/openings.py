"""Small openings in the skin, one over each needle: the fine rings of skin round a cut, its lip and its pocket."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kyphoviz.anatomy.fields import as_point, smoothstep
from kyphoviz.anatomy.mesh import Floats
from kyphoviz.procedure.state import Point
from kyphoviz.site.skin.trunk_surface import skin_depth_mm, skin_height, skin_normals
from kyphoviz.site.sweep import Array, bands, unit

LONGEST_MM = 12.0  # a stab incision is 3-10 mm long
GAPE = 0.45  # how wide a cut along the back opens, against its length
POCKET_MM = 10.0
PATCH_MM = 13.0  # radius of the finely meshed skin round an opening
AROUND = 26
# Rings of that skin, from its rim (1) to the lip (0) of the opening; then of the pocket, from the lip down (1)
_OUTSIDE = np.array([1.0, 0.58, 0.32, 0.20, 0.12, 0.05, 0.0])
_INSIDE = np.array([0.06, 0.2, 0.55, 1.0])
_RINGS = len(_OUTSIDE) - 1 + len(_INSIDE)  # all but the rims, which belong to the skin around


class Openings:
    """The patches of skin that hold the openings, as rings of points; `radius_mm` is that of their rims."""

    def __init__(self, entries: tuple[tuple[Point, Point], ...]) -> None:
        """Finds where the axes cross the skin.

        Args:
            entries: per needle a point of its axis and its direction of advance.
        """
        self.entries_mm = tuple(_entry(point, direction) for point, direction in entries)
        self._centres = np.array(self.entries_mm, float).reshape(-1, 3)
        self._ahead = unit(np.array([direction for _, direction in entries], float).reshape(-1, 3))
        self.radius_mm = _patch_radius(self._centres)

    def rim(self, radius_mm: float) -> list[Array]:
        """A circle of that radius about each opening as (x, z), clockwise as seen from behind."""
        return [middle + _circle(radius_mm) for middle in self._centres[:, [0, 2]]]

    def points(self, length_mm: float) -> Array:
        """Points of all patches but their rims: rings inwards, then the pocket and its bottom.

        Args:
            length_mm: of the cuts, 0 to `LONGEST_MM`.
        """
        if not len(self._centres):
            return np.zeros((0, 3))
        share = np.concatenate([_OUTSIDE[1:], np.zeros(len(_INSIDE))])[:, None]
        sunk = np.concatenate([np.zeros(len(_OUTSIDE) - 1), _INSIDE])[:, None]
        narrowing = (1 - share) * (1 - 0.6 * sunk)
        flat = share[..., None] * _circle(self.radius_mm) + narrowing[..., None] * _lens(length_mm)
        x = self._centres[:, 0, None, None] + flat[..., 0]
        z = self._centres[:, 2, None, None] + flat[..., 1]
        lip = 0.05 * length_mm * np.exp(-((share * self.radius_mm / 1.4) ** 2)) * (1 - sunk)
        rings = np.stack([x, skin_height(x, z) + lip, z], axis=-1)
        deep = POCKET_MM * smoothstep(0.0, 4.0, np.array(length_mm)) * sunk[..., None]
        rings += deep * self._ahead[:, None, None]
        bottoms = rings[:, -1].mean(axis=1, keepdims=True)
        return np.concatenate([rings.reshape(len(rings), -1, 3), bottoms], axis=1).reshape(-1, 3)

    def triangles(self, rims: list[NDArray[np.intp]], start: int) -> NDArray[np.intp]:
        """Bands from each rim to the lip and on to the bottom of the pocket.

        Args:
            rims: the numbers of the points on each rim.
            start: the number of the first of `points`.
        """
        rows = [np.zeros((0, 3), np.intp)]
        for k, rim in enumerate(rims):
            first = start + k * (_RINGS * AROUND + 1)
            index = np.concatenate([rim, first + np.arange(_RINGS * AROUND)])
            last = index[-AROUND:]
            bottom = np.column_stack([last, np.roll(last, -1), np.full(AROUND, first + _RINGS * AROUND)])
            rows.append(np.concatenate([index[bands(_RINGS + 1, AROUND)], bottom]))
        return np.concatenate(rows)

    def skin_normals(self) -> Floats:
        """The normal of the whole skin at each of `points`, for where a closed cut has none of its own."""
        return np.repeat(skin_normals(self._centres), _RINGS * AROUND + 1, axis=0)

    def redness(self) -> Array:
        """How red each of `points` is in an open wound, 0 to 1."""
        distance = np.concatenate([_OUTSIDE[1:] * self.radius_mm, np.zeros(len(_INSIDE))])
        one = np.concatenate([np.repeat(np.exp(-distance / 1.3), AROUND), [1.0]])
        return np.tile(one, len(self._centres))

    def nearness(self, points: Floats) -> Array:
        """1 at an opening, 0 far from all of them, for points anywhere on the trunk."""
        away = np.full(len(points), np.inf)
        for centre in self._centres:
            away = np.minimum(away, np.hypot(points[:, 0] - centre[0], points[:, 2] - centre[2]))
        away[points[:, 1] < 0] = np.inf
        return np.asarray(1 - smoothstep(7.0, 16.0, np.minimum(away, 100.0)))


def _entry(point: Point, direction: Point) -> Point:
    depth = skin_depth_mm(point, direction)
    return as_point([p + depth * d for p, d in zip(point, direction, strict=True)])


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
