"""What closes the openings of cut bodies: their inner sides, dear even where all is hidden, need not be drawn then."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto

import numpy as np
from numpy.typing import NDArray
from vtkmodules.util.numpy_support import numpy_to_vtk, vtk_to_numpy
from vtkmodules.vtkCommonCore import vtkPoints
from vtkmodules.vtkCommonDataModel import vtkCellArray, vtkPolyData

from kyphoviz.anatomy.mesh import Floats, Triangles
from kyphoviz.site.cut.remainder import Remainder

Bytes = NDArray[np.uint8]
Edges = NDArray[np.intp]
Vector = NDArray[np.float64]

RIM_MM = 1.8  # under the face, which falls short of a moved bone's outline by less
FADE_STEPS = 2  # so often a lid that fades is quartered
SHORT_MM = 6.0  # over so much height a body fades evenly


class Closure(Enum):
    """What is over the opening of a cut body."""

    NOTHING = auto()  # one sees into it
    FACE = auto()  # its painted face alone
    LID = auto()  # a flat lid
    RIM = auto()  # its painted face, and a rim along the outline for where that falls short


@dataclass(frozen=True, slots=True, eq=False)
class Lid:
    """Flat triangles in the patient's axes; colours are (N, 4)."""

    points: Floats
    triangles: Triangles
    colours: Bytes

    def tinted(self, colour: tuple[float, float, float]) -> Lid:
        """The same in another colour."""
        return replace(self, colours=np.tile(rgba(colour), (len(self.points), 1)))


@dataclass(frozen=True, slots=True, eq=False)
class Opening:
    """A cut surface: its points with the new ones on the cut last, their normals and the colours of its inner side.

    `normal` points to the side that is gone.
    """

    left: Remainder
    points: Floats
    normals: Floats
    colours: Bytes
    normal: Vector


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """Where a cut surface ends.

    `edges` (M, 2) run round the opening against the clock as seen from the side that is gone; `which` tells the point
    of the surface that each point is.
    """

    points: Floats
    edges: Edges
    which: NDArray[np.intp]


def lid_over(opening: Opening, closure: Closure, pose: NDArray[np.float64], deeper_mm: float) -> Lid | None:
    """What closes the opening, or None where it needs nothing.

    Args:
        pose: of the body.
        deeper_mm: how far under the plane of the cut it lies.
    """
    if closure not in (Closure.LID, Closure.RIM) or not len(opening.left.start):
        return None
    found = outline(opening.left, opening.points)
    points, triangles, colours = found.points, np.zeros((0, 3), np.int32), opening.colours[found.which]
    if closure is Closure.LID:
        points, triangles, colours = _softly_gone(points, lid_triangles(found, opening.normal), colours)
    else:
        points, triangles = rim(found, opening.normals[found.which], opening.normal)
        colours = np.concatenate([colours, colours])
    placed = (points - deeper_mm * opening.normal) @ pose[:3, :3].T + pose[:3, 3]
    return Lid(placed.astype(np.float32), triangles, colours)


def _softly_gone(points: Floats, triangles: Triangles, colours: Bytes) -> tuple[Floats, Triangles, Bytes]:
    """A lid whose body fades out upwards or downwards does so at that height too: its own triangles are too long.

    Short ones and those between places that are wholly there stay as they are: bodies fade at their ends alone.
    """
    if not len(triangles) or int(colours[:, 3].min()) + 16 > int(colours[:, 3].max()):
        return points, triangles, colours
    order = points[:, 2].argsort()
    heights, gone = points[order, 2], colours[order, 3]
    for _ in range(FADE_STEPS):
        there = np.interp(points[:, 2], heights, gone)[triangles]
        is_short = np.ptp(points[triangles, 2], axis=1) < SHORT_MM
        is_fine = is_short | (there.min(axis=1) > float(gone.max()) - 1.0)
        points, smaller = quartered(points, triangles[~is_fine])
        triangles = np.concatenate([triangles[is_fine], smaller])
    flat = np.tile(colours[0], (len(points), 1))
    flat[:, 3] = np.rint(np.interp(points[:, 2], heights, gone))
    return points, triangles, flat


def quartered(points: Floats, triangles: Triangles) -> tuple[Floats, Triangles]:
    """Each triangle as four, through the middles of its sides."""
    a, b, c = triangles.T
    first = len(points) + np.arange(len(triangles), dtype=np.int32)
    ab, bc, ca = first, first + len(triangles), first + 2 * len(triangles)
    middles = [(points[one] + points[other]) / np.float32(2) for one, other in ((a, b), (b, c), (c, a))]
    corners = ((a, ab, ca), (ab, b, bc), (ca, bc, c), (ab, bc, ca))
    return np.concatenate([points, *middles]), np.concatenate([np.stack(corner, axis=1) for corner in corners])


def rgba(colour: tuple[float, float, float]) -> Bytes:
    """As bytes, solid."""
    return np.rint(255 * np.array([*colour, 1.0])).astype(np.uint8)


def outline(left: Remainder, points: Floats) -> Outline:
    """The outline of an opening: its new points come twice, once for each triangle on the cut.

    Args:
        points: of the surface, new ones last.
    """
    low, high = np.minimum(left.start, left.end).astype(np.int64), np.maximum(left.start, left.end)
    _, first, same = np.unique(low << 32 | high, return_index=True, return_inverse=True)
    which = first + len(points) - len(left.start)
    return Outline(points[which], same.reshape(-1, 2).astype(np.intp), which)


def lid_triangles(found: Outline, normal: Vector) -> Triangles:
    """The triangles between the outlines, holes left open; `normal` points to the side that is gone."""
    from vtkmodules.vtkFiltersGeneral import vtkContourTriangulator  # not needed before a section opens

    data, places, lines, polygons = vtkPolyData(), vtkPoints(), vtkCellArray(), vtkCellArray()
    places.SetData(numpy_to_vtk(found.points.astype(np.float64), deep=True))
    starts = np.arange(0, 2 * len(found.edges) + 1, 2, dtype=np.int64)
    lines.SetData(numpy_to_vtk(starts, deep=True), numpy_to_vtk(found.edges.astype(np.int64).reshape(-1), deep=True))
    data.SetPoints(places)
    data.SetLines(lines)
    vtkContourTriangulator.TriangulateContours(data, 0, len(found.edges), polygons, [float(v) for v in normal])
    corners = np.array(vtk_to_numpy(polygons.GetConnectivityArray()), np.int32)
    return corners.reshape(-1, 3)


def rim(found: Outline, normals: Floats, normal: Vector) -> tuple[Floats, Triangles]:
    """(points, triangles) of a band along the outline: its points, and after them the same ones farther in.

    Args:
        normals: of the surface at the outline's points.
    """
    way = normal.astype(np.float32)
    flat = normals - (normals @ way)[:, None] * way
    inwards = flat / np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), np.float32(0.2))
    first, second = found.edges.astype(np.int32).T
    deep = len(found.points)
    triangles = np.concatenate([
        np.stack([first, second, second + deep], axis=1), np.stack([first, second + deep, first + deep], axis=1)
    ])  # fmt: skip
    return np.concatenate([found.points, found.points - np.float32(RIM_MM) * inwards]), triangles
