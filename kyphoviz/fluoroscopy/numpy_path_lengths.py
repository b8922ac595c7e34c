"""Path lengths of X-rays where there is no OpenGL 3.3: the same sums in NumPy, exact but slower.

Every triangle is cut into the runs of pixels that it covers on each row, and each pixel of a run is given the depth at
which its ray meets the triangle's plane: minus where the ray enters, plus where it leaves. A pixel belongs to a run
if its middle lies in it, the left end included and the right one not; an edge that two triangles share is cut at the
same place for both, so no pixel is missed or counted twice, and closed surfaces leave no streaks.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from kyphoviz.fluoroscopy.beam import Beam
from kyphoviz.fluoroscopy.sums import PathLengths, Weighed
from kyphoviz.site.shape import Shape

Reals = NDArray[np.float64]
Counts = NDArray[np.intp]

PIXELS_AT_ONCE = 400_000  # so many pixels of runs fit the processor's cache


@dataclass(frozen=True, slots=True, eq=False)
class _Runs:
    """Rows of triangles: `row`, first `column`, `length` in pixels, and the triangle they belong to."""

    row: Counts
    column: Counts
    length: Counts
    triangle: Counts

    def pieces(self) -> Iterator[_Runs]:
        """The same runs, a handy number at a time."""
        ends = np.cumsum(self.length)
        if not len(ends):
            return
        cuts = np.searchsorted(ends, np.arange(PIXELS_AT_ONCE, ends[-1], PIXELS_AT_ONCE))
        bounds = [0, *cuts.tolist(), len(ends)]
        for low, high in pairwise(bounds):
            if high > low:
                yield _Runs(*(part[low:high] for part in (self.row, self.column, self.length, self.triangle)))


class NumpyPathLengths(PathLengths):
    """The sums as `path_lengths.PathLengthBuffer` gives them; it needs no graphics and keeps nothing."""

    @property
    def renderer(self) -> str:
        """No driver has a name for it."""
        return "NumPy"

    def forget_all_but(self, names: Collection[str]) -> None:
        """Nothing is kept."""

    def close(self) -> None:
        """Nothing is held."""

    def _sum(self, solids: Sequence[Weighed], beam: Beam, sums: NDArray[np.float32]) -> None:
        height, width, _ = sums.shape
        found = np.zeros((2, height, width))
        for solid in solids:
            first, depths = _depths(solid.shape, beam, width, height)
            rows = slice(first, first + len(depths))
            found[0, rows] += solid.attenuation * depths
            if solid.spongy:
                found[1, rows] += solid.spongy * depths
        sums[..., 0], sums[..., 1] = found


def _depths(shape: Shape, beam: Beam, width: int, height: int) -> tuple[int, Reals]:
    """First row that the shape may touch, and the depth inside it for each pixel of the rows from there on."""
    clip = np.c_[shape.mesh.points.astype(np.float64), np.ones(len(shape.mesh.points))] @ (beam.to_image @ shape.pose).T
    depth = clip[:, 3]
    corners = (clip[:, :2] / depth[:, None] + 1.0) * (0.5 * width, 0.5 * height)
    triangles = shape.mesh.triangles
    runs = _runs(corners, triangles, width, height)
    if not len(runs.row):
        return 0, np.zeros((0, width))
    first, last = int(runs.row.min()), int(runs.row.max())
    planes = _planes(corners, depth, triangles)
    low, high = depth[triangles].min(axis=1), depth[triangles].max(axis=1)
    found = np.zeros((last + 1 - first) * width)
    for piece in runs.pieces():
        _add(found, piece, planes, low, high, first, width)
    return first, found.reshape(-1, width) * -beam.handedness


def _planes(corners: Reals, depth: Reals, triangles: NDArray[np.int32]) -> Reals:
    """For each triangle (4,): a, b, c with 1 / depth = a + b column + c row on it, and its winding, -1, 0 or 1.

    The inverse of the depth is linear over the picture of a plane, so this is where the ray meets it.
    """
    (x0, y0), (x1, y1), (x2, y2) = (corners[triangles[:, k]].T for k in range(3))
    q0, q1, q2 = (1.0 / depth[triangles[:, k]] for k in range(3))
    area = (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0)
    share = 1.0 / np.where(area == 0.0, 1.0, area)
    b = ((q1 - q0) * (y2 - y0) - (q2 - q0) * (y1 - y0)) * share
    c = ((x1 - x0) * (q2 - q0) - (x2 - x0) * (q1 - q0)) * share
    return np.stack([q0 - b * x0 - c * y0, b, c, np.sign(area)], axis=1)


def _runs(corners: Reals, triangles: NDArray[np.int32], width: int, height: int) -> _Runs:
    """Every run of pixels of every triangle, inside the picture."""
    # From top to bottom, and of equal ones from left to right: both triangles at an edge see its ends in one order.
    rank = np.empty(len(corners), np.intp)
    rank[np.lexsort(corners.T)] = np.arange(len(corners))
    by_row = np.take_along_axis(triangles, np.argsort(rank[triangles], axis=1), axis=1)
    top, middle, bottom = (corners[by_row[:, k]] for k in range(3))
    begin, turn, end = (np.clip(np.ceil(spot[:, 1] - 0.5), 0, height).astype(np.intp) for spot in (top, middle, bottom))
    owner, row = _spread(begin, end - begin)
    y = row.astype(np.float64) + 0.5
    along = _crossing(top[owner], bottom[owner], y)
    is_lower = (row >= turn[owner])[:, None]
    beside = _crossing(
        np.where(is_lower, middle[owner], top[owner]), np.where(is_lower, bottom[owner], middle[owner]), y
    )
    left, right = (
        np.clip(np.ceil(x - 0.5), 0, width).astype(np.intp)
        for x in (np.minimum(along, beside), np.maximum(along, beside))
    )
    seen = right > left
    return _Runs(row[seen], left[seen], (right - left)[seen], owner[seen])


def _crossing(above: Reals, below: Reals, y: Reals) -> Reals:
    """Column at which the edge between two points crosses a height between theirs."""
    return np.asarray(above[:, 0] + (below[:, 0] - above[:, 0]) * ((y - above[:, 1]) / (below[:, 1] - above[:, 1])))


def _add(found: Reals, runs: _Runs, planes: Reals, low: Reals, high: Reals, first: int, width: int) -> None:
    """Adds the depth at every pixel of the runs, minus or plus by the winding, within what the triangle spans."""
    which, column = _spread(runs.column, runs.length)
    a, b, c, winding = planes[runs.triangle].T
    inverse = (a + c * (runs.row + 0.5) + 0.5 * b)[which]
    inverse += b[which] * column
    # Seen edge-on, a plane tells depths far outside its triangle.
    farthest, nearest = 1.0 / high[runs.triangle], 1.0 / low[runs.triangle]
    np.clip(inverse, farthest[which], nearest[which], out=inverse)
    np.divide(winding[which], inverse, out=inverse)
    column += ((runs.row - first) * width)[which]
    from_pixel, to_pixel = int(column.min()), int(column.max()) + 1
    column -= from_pixel
    found[from_pixel:to_pixel] += np.bincount(column, inverse, to_pixel - from_pixel)


def _spread(starts: Counts, lengths: Counts) -> tuple[Counts, Counts]:
    """Which run each number belongs to, and the numbers start, start + 1, ... of all runs one after the other."""
    which = np.repeat(np.arange(len(lengths)), lengths)
    before = np.cumsum(lengths) - lengths
    return which, np.arange(len(which)) + (starts - before)[which]
