"""What a ray through a pixel meets, on the surfaces as they were drawn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kyphoviz.anatomy.fields import as_point
from kyphoviz.anatomy.mesh import Floats, Triangles
from kyphoviz.procedure.state import Camera, Point
from kyphoviz.scene.camera import Size, Vector, mm_per_pixel, view_of

SAME_MM = 0.6  # the face of the cut and the surface that it belongs to may lie that far apart
FLAT = 1e-9


@dataclass(frozen=True, slots=True)
class Ray:
    """From the eye through a pixel; `way` is a unit vector."""

    eye: Vector
    way: Vector

    def at(self, distance_mm: float) -> Vector:
        """The place at that distance from the eye."""
        return np.asarray(self.eye + distance_mm * self.way)


@dataclass(frozen=True, slots=True)
class Crossing:
    """Where a ray crosses a surface; `leaves` tells that it comes out of the body there."""

    distance_mm: float
    leaves: bool


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """A surface as it was drawn: `pose` carries its points into the patient's axes.

    `is_clear` tells that one sees through it and still means it: a balloon, not the ghost of a bone.
    """

    name: str
    points: Floats
    triangles: Triangles
    pose: NDArray[np.float64]
    is_clear: bool = False


def ray_through(camera: Camera, size: Size, x: float, y: float) -> Ray:
    """The ray through a pixel, counted from the left and from the top."""
    view, (width, height) = view_of(camera), size
    step = mm_per_pixel(camera, height) / camera.distance_mm
    way = view.ahead + step * ((x - width / 2) * view.right + (height / 2 - y) * view.up)
    return Ray(view.eye, way / np.linalg.norm(way))


def first_beyond(drawn: Drawn, ray: Ray, from_mm: float) -> Crossing | None:
    """The first place at or behind that distance at which the ray crosses the surface."""
    return min(all_beyond(drawn, ray, from_mm), key=lambda found: found.distance_mm, default=None)


def all_beyond(drawn: Drawn, ray: Ray, from_mm: float) -> list[Crossing]:
    """Every place at or behind that distance at which the ray crosses the surface, in no order."""
    turn = drawn.pose[:3, :3]
    start = ((ray.eye - drawn.pose[:3, 3]) @ turn).astype(np.float32)
    way = (ray.way @ turn).astype(np.float32)
    if not len(drawn.triangles) or _misses_box(drawn.points, start, way):
        return []
    distance, facing = _crossings(drawn.points, drawn.triangles, start, way)
    ahead = np.flatnonzero(distance >= from_mm)
    return [Crossing(float(distance[k]), bool(facing[k] > 0.0)) for k in ahead]


def picked(surfaces: list[Drawn], ray: Ray, seen_mm: float | None) -> tuple[str, Point] | None:
    """The name of what a ray meets and the place on it.

    What is solid comes first, but for a clear thing before it; where nothing solid is, the nearest that one sees
    through.

    Args:
        seen_mm: distance along the ray of the solid thing that is seen; None where there is none.
    """
    veils = [drawn for drawn in surfaces if drawn.is_clear or seen_mm is None]
    crossings = [(found.distance_mm, drawn.name) for drawn in veils if (found := first_beyond(drawn, ray, 0.0))]
    nearest = min(crossings, default=None)
    if nearest is not None and (seen_mm is None or nearest[0] < seen_mm):
        return nearest[1], as_point(ray.at(nearest[0]))
    name = None if seen_mm is None else met(surfaces, ray, seen_mm)
    return None if name is None or seen_mm is None else (name, as_point(ray.at(seen_mm)))


def met(surfaces: Iterable[Drawn], ray: Ray, seen_mm: float) -> str | None:
    """The name of what is seen at that distance.

    A surface that passes there comes first. Where none does, the ray has met the face of a cut: what it leaves next
    is the body that was cut.
    """
    touched: list[tuple[float, str]] = []
    cut: list[tuple[float, str]] = []
    for drawn in surfaces:
        crossing = first_beyond(drawn, ray, seen_mm - SAME_MM)
        if crossing is None:
            continue
        if abs(crossing.distance_mm - seen_mm) <= SAME_MM:
            touched.append((abs(crossing.distance_mm - seen_mm), drawn.name))
        elif crossing.leaves:
            cut.append((crossing.distance_mm, drawn.name))
    return min(touched or cut, default=(0.0, None))[1]


def _misses_box(points: Floats, start: Floats, way: Floats) -> bool:
    with np.errstate(divide="ignore", invalid="ignore"):
        low, high = (points.min(axis=0) - start) / way, (points.max(axis=0) - start) / way
    return bool(np.nanmax(np.minimum(low, high)) > np.nanmin(np.maximum(low, high)))


def _crossings(points: Floats, triangles: Triangles, start: Floats, way: Floats) -> tuple[Floats, Floats]:
    """Distance to each triangle's plane where the ray passes through the triangle, else -1; and how it faces.

    The points are first projected along the ray: a triangle is met when the origin lies within its outline.
    """
    right = np.cross(way, np.eye(3, dtype=np.float32)[np.abs(way).argmin()])
    right /= np.linalg.norm(right)
    axes = np.stack([right, np.cross(way, right), way]).astype(np.float32)
    local = (points - start) @ axes.T
    flat, depth = local[:, :2], local[:, 2]
    a, b, c = (flat[triangles[:, k]] for k in range(3))
    weights = np.stack([_cross(b, c), _cross(c, a), _cross(a, b)])
    area = weights.sum(axis=0)
    met_at = np.flatnonzero(((weights >= 0).all(axis=0) | (weights <= 0).all(axis=0)) & (np.abs(area) > FLAT))
    distance = np.full(len(triangles), -1.0, np.float32)
    share = weights[:, met_at] / area[met_at]
    distance[met_at] = (share * depth[triangles[met_at].T]).sum(axis=0)
    return distance, area


def _cross(p: NDArray[np.floating], q: NDArray[np.floating]) -> Floats:
    return np.asarray(p[:, 0] * q[:, 1] - p[:, 1] * q[:, 0])
