"""Places on the mesh of a shape that a name may point at."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kyphoviz.anatomy.fields import as_point
from kyphoviz.procedure.state import Point
from kyphoviz.site.shape import Shape

Vector = NDArray[np.float64]

WAYS = ((1, -0.4, 0), (-1, -0.4, 0), (0, -1, 0), (0, 1, 0), (0.5, 0, 1), (0.5, 0, -1))


def extremes(shape: Shape) -> list[Vector]:
    """Points of the mesh that lie farthest in several directions; none of a shape without points."""
    points = shape.mesh.points
    return [points[int(np.argmax(points @ np.array(way, np.float32)))] for way in WAYS] if len(points) else []


def farthest(points: NDArray[np.floating], way: ArrayLike) -> Vector:
    """The one of the points that lies farthest in a direction."""
    return np.asarray(points[int(np.argmax(points @ np.asarray(way, float)))])


def nearest_point(shape: Shape, place: ArrayLike) -> Vector:
    """The point of the mesh that is nearest to a place in the shape's own frame."""
    off = shape.mesh.points - np.asarray(place, np.float32)
    return np.asarray(shape.mesh.points[int(np.einsum("ij,ij->i", off, off).argmin())])


def placed(shape: Shape, place: ArrayLike) -> Point:
    """A place of the shape's own frame where the shape stands."""
    return as_point(shape.pose[:3, :3] @ np.asarray(place, float) + shape.pose[:3, 3])


def lies_near(shape: Shape, place: Vector, clear_mm: float) -> bool:
    """Whether a place lies in a balloon, a cavity or cement, or nearer to its surface than that."""
    if shape.distance_mm is None or not len(shape.mesh.points):
        return False
    return float(shape.distance_mm(place[None].astype(np.float32))[0]) < clear_mm
