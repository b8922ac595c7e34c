"""What a plane leaves of a surface, and where it meets it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kyphoviz.anatomy.mesh import Floats, Mesh, Triangles
from kyphoviz.site.cut.section import Plane


@dataclass(frozen=True, slots=True, eq=False)
class Remainder:
    """What is left of a surface when one side of a plane is taken away.

    `triangles` index the surface's points followed by new ones on the cut: new point k lies the share `share[k]` of the
    way from point `start[k]` to point `end[k]`. Each triangle on the cut has two of them, one after the other; from the
    first to the second they run round the opening against the clock, as seen from the side that is gone.
    """

    triangles: Triangles
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    share: Floats

    def carried(self, values: NDArray[Any]) -> NDArray[Any]:
        """Values of the surface's points (N, k), with those of the new points after them."""
        share = self.share[:, None]
        new = values[self.start] * (1 - share) + values[self.end] * share
        return np.concatenate([values, new.astype(values.dtype)])


def remainder(points: Floats, triangles: Triangles, origin: ArrayLike, normal: ArrayLike) -> Remainder:
    """Cuts a surface: the side to which the normal points goes.

    Triangles on the cut are split exactly, so whoever draws the rest need not test fragments, which costs more.
    """
    way = np.asarray(normal, np.float32)
    off = points @ way - np.float32(np.dot(np.asarray(origin, float), way))
    gone = (off > 0)[triangles]
    count = gone.sum(axis=1)
    one_left, one_gone = (_lone_first(triangles[count == n], gone[count == n], n == 1) for n in (2, 1))
    lone = np.concatenate([one_left[:, [0, 2, 1]], one_gone])
    first = len(points) + 2 * np.arange(len(lone), dtype=np.int32)
    start = np.repeat(lone[:, 0], 2)
    end = lone[:, 1:].reshape(-1)
    share = off[start] / (off[start] - off[end])
    tips, pairs = first[: len(one_left)], first[len(one_left) :]
    kept = [
        triangles[count == 0],
        np.stack([one_left[:, 0], tips + 1, tips], axis=1),
        np.stack([pairs, one_gone[:, 1], one_gone[:, 2]], axis=1),
        np.stack([pairs, one_gone[:, 2], pairs + 1], axis=1),
    ]
    return Remainder(np.concatenate(kept).astype(np.int32), start, end, share)


def _lone_first(triangles: Triangles, gone: NDArray[np.bool_], lone_is_gone: bool) -> Triangles:
    """The same triangles, each turned so that its corner alone on its side of the plane comes first."""
    first = (gone == lone_is_gone).argmax(axis=1)
    return np.take_along_axis(triangles, (first[:, None] + np.arange(3)) % 3, axis=1)


def sliced(mesh: Mesh, plane: Plane) -> NDArray[np.float64]:
    """Where a surface meets the plane: segments in plane coordinates, shape (N, 2, 2)."""
    off = (np.asarray(mesh.points, float) - plane.origin) @ plane.normal
    off = np.where(np.abs(off) < 1e-9, 1e-9, off)
    side = (off > 0)[mesh.triangles]
    crossed = mesh.triangles[side.any(axis=1) & ~side.all(axis=1)]
    if not len(crossed):
        return np.zeros((0, 2, 2))
    ends = np.stack([crossed, np.roll(crossed, -1, axis=1)], axis=-1)  # the three edges of each triangle
    cut = (off[ends] > 0).sum(axis=-1) == 1
    pairs = ends[cut]  # two a triangle, in order
    near, far = off[pairs[:, 0]], off[pairs[:, 1]]
    share = (near / (near - far))[:, None]
    places = mesh.points[pairs[:, 0]] * (1 - share) + mesh.points[pairs[:, 1]] * share
    return np.asarray(plane.coordinates(places).reshape(-1, 2, 2))
