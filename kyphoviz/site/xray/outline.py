"""The lines along which a surface turns away from an eye: what shows of a structure on an X-ray, and its edge in 3D."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kyphoviz.anatomy.mesh import Triangles
from kyphoviz.site.shape import Shape

Segments = NDArray[np.float64]


class Outlines:
    """Finds outlines; which triangles are neighbours is worked out once for each topology."""

    def __init__(self) -> None:
        """Knows no surface yet."""
        self._triangles: Triangles | None = None
        self._edges = np.zeros((0, 4), np.intp)

    def of(self, shape: Shape, eye_mm: NDArray[np.floating]) -> Segments:
        """The outline seen from a point, shape (N, 2 ends, 3), mm; edges of one triangle alone count too."""
        points, triangles = shape.placed.points.astype(float), shape.mesh.triangles
        if self._triangles is not triangles:
            self._triangles, self._edges = triangles, _edges(triangles)
        a, b, c = (points[triangles[:, k]] for k in range(3))
        faces = np.einsum("ij,ij->i", np.cross(b - a, c - a), a - np.asarray(eye_mm, float)) > 0
        start, end, one, other = self._edges.T
        turns = (other < 0) | (faces[one] != faces[other])
        return np.asarray(np.stack([points[start[turns]], points[end[turns]]], axis=1))


def _edges(triangles: Triangles) -> NDArray[np.intp]:
    """Each edge with its two triangles, (N, 4): start, end, one, other; -1 where there is no other."""
    corners = np.asarray(triangles, np.intp)
    pairs = np.concatenate([corners[:, [0, 1]], corners[:, [1, 2]], corners[:, [2, 0]]])
    pairs.sort(axis=1)
    owner = np.tile(np.arange(len(corners)), 3)
    order = np.lexsort((pairs[:, 1], pairs[:, 0]))
    pairs, owner = pairs[order], owner[order]
    is_first = np.ones(len(pairs), bool)
    is_first[1:] = (pairs[1:] != pairs[:-1]).any(axis=1)
    first = np.flatnonzero(is_first)
    has_other = np.append(np.diff(first), len(pairs) - first[-1]) > 1 if len(first) else np.zeros(0, bool)
    other = np.where(has_other, owner[np.minimum(first + 1, len(owner) - 1)], -1)
    return np.column_stack([pairs[first], owner[first], other])
