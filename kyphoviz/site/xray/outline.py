"""The lines along which a surface turns away from an eye: what shows of a structure on an X-ray, and its edge in 3D."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kyphoviz.anatomy.mesh import Mesh, Triangles
from kyphoviz.site.shape import Shape

Segments = NDArray[np.float64]


HALF = 0.5  # so much of a corner belongs to a part that it is of it
ROUNDS = 4  # of smoothing, by which the border of a part no longer follows single triangles


class Outlines:
    """Finds outlines; which triangles are neighbours is worked out once for each topology and part."""

    def __init__(self) -> None:
        """Knows no surface yet."""
        self._known: tuple[Triangles | None, tuple[int, ...]] = (None, ())
        self._triangles = np.zeros((0, 3), np.intp)
        self._edges = np.zeros((0, 4), np.intp)
        self._border = Border.of(self._triangles, np.zeros(0))

    def of(self, shape: Shape, eye_mm: NDArray[np.floating], codes: tuple[int, ...] = ()) -> Segments:
        """The outline seen from a point, shape (N, 2 ends, 3), mm; edges of one triangle alone count too.

        Args:
            codes: of `Mesh.part`: what they name is outlined where it lies on the surface; with none all of it is.
        """
        points, triangles = shape.placed.points.astype(float), shape.mesh.triangles
        if self._known[0] is not triangles or self._known[1] != codes:
            self._know(shape.mesh, codes)
        a, b, c = (points[self._triangles[:, k]] for k in range(3))
        faces = np.einsum("ij,ij->i", np.cross(b - a, c - a), a - np.asarray(eye_mm, float)) > 0
        start, end, one, other = self._edges.T
        turns = (other < 0) | (faces[one] != faces[other])
        found = np.stack([points[start[turns]], points[end[turns]]], axis=1)
        return np.asarray(np.concatenate([found, self._border.on(points)]))

    def _know(self, mesh: Mesh, codes: tuple[int, ...]) -> None:
        self._known = mesh.triangles, codes
        self._triangles = np.asarray(mesh.triangles, np.intp)
        self._edges = _edges(self._triangles)
        share = _share(mesh, codes, self._edges)
        self._edges = self._edges[(share[self._edges[:, :2]] >= HALF).all(axis=1)]
        self._border = Border.of(self._triangles, share)


@dataclass(frozen=True, slots=True, eq=False)
class Border:
    """Where a part of a surface ends: each line from one edge of a triangle to another.

    `ends` (N, 2, 2) are the corners of both edges, `shares` (N, 2) how far along each the border lies.
    """

    ends: NDArray[np.intp]
    shares: NDArray[np.float64]

    @classmethod
    def of(cls, triangles: NDArray[np.intp], share: NDArray[np.float64]) -> Border:
        """Args: share: of each corner, how much it belongs to the part."""
        pairs = np.stack([triangles, np.roll(triangles, -1, axis=1)], axis=2)
        is_crossed = (share[pairs] >= HALF).sum(axis=2) == 1
        ends = pairs[is_crossed].reshape(-1, 2, 2)  # none or two of the three edges of each
        one, other = share[ends[..., 0]], share[ends[..., 1]]
        return cls(ends, (HALF - one) / (other - one))

    def on(self, points: NDArray[np.float64]) -> Segments:
        """The lines on a surface with those corners, shape (N, 2, 3)."""
        one, other = points[self.ends[..., 0]], points[self.ends[..., 1]]
        return np.asarray(one + (other - one) * self.shares[..., None])


def _share(mesh: Mesh, codes: tuple[int, ...], edges: NDArray[np.intp]) -> NDArray[np.float64]:
    """How much each corner belongs to those parts, softly, so that a border is smooth; 1 where there are none."""
    if mesh.part is None or not codes:
        return np.ones(len(mesh.points))
    here = np.isin(mesh.part, codes).astype(float)
    one, other = edges[:, :2].T
    soft, beside = here, np.maximum(np.bincount(edges[:, :2].ravel(), minlength=len(here)), 1)
    for _ in range(ROUNDS):
        sums = np.bincount(one, soft[other], len(here)) + np.bincount(other, soft[one], len(here))
        soft = 0.5 * soft + 0.5 * sums / beside
    return soft if (soft >= HALF).any() else here


def _edges(triangles: NDArray[np.intp]) -> NDArray[np.intp]:
    """Each edge with its two triangles, (N, 4): start, end, one, other; -1 where there is no other."""
    pairs = np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]])
    pairs.sort(axis=1)
    owner = np.tile(np.arange(len(triangles)), 3)
    order = np.lexsort((pairs[:, 1], pairs[:, 0]))
    pairs, owner = pairs[order], owner[order]
    is_first = np.ones(len(pairs), bool)
    is_first[1:] = (pairs[1:] != pairs[:-1]).any(axis=1)
    first = np.flatnonzero(is_first)
    has_other = np.append(np.diff(first), len(pairs) - first[-1]) > 1 if len(first) else np.zeros(0, bool)
    other = np.where(has_other, owner[np.minimum(first + 1, len(owner) - 1)], -1)
    return np.column_stack([pairs[first], owner[first], other])
