"""What lies at each point of the broken bone's face: hollows, cement, and bone that was pushed or crushed there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kyphoviz.anatomy.mesh import Floats
from kyphoviz.site.cut.section import Face, Plane
from kyphoviz.site.filling.compaction import RIM_MM, pushed_mm, rim_packing
from kyphoviz.site.role import Role
from kyphoviz.site.shape import Shape

FAR_MM = 9.0  # nothing near
STEP_MM = 0.4  # over which slopes are taken
SHELL_KEEPS_MM = (1.0, 2.6)  # as far in from the surface the shell holds bone in its place, and where it no longer does
SOAKED_MM, DRY_MM = (0.7, 2.6), 2.5  # how far cement goes between struts; a distance at which there is none
WITHIN_MM = 2.2  # how deep in the hollow one looks for cement
PAST_MM = 0.6, 2.0  # how far it is past that place when it comes to the wall, and when it has soaked in
MOST_PUSHED_MM = 4.5  # more is not drawn: the lattice would be a smear


@dataclass(frozen=True, slots=True, eq=False)
class Hollow:
    """The hollow that balloons or cavities take, at the points of the face.

    Attributes:
        distance_mm: (N,): to its wall, negative inside.
        slope: (N, 2): of that distance, along the plane and up; 0 far away.
        pushed_mm: (N, 2): how far the bone there was pushed along the plane and up.
        packing: bone added to the rim, as a multiple of what was there.
    """

    distance_mm: Floats
    slope: Floats
    pushed_mm: Floats
    packing: float


@dataclass(frozen=True, slots=True, eq=False)
class Matter:
    """Values at the points of the face.

    Attributes:
        at: (N, 4): distance to the hollow, bone crushed in by the sunken end-plate as a multiple of what was there,
            distance to the cement, nothing.
        lie: (N, 4): outward slope of the cement's distance, along the plane and up; place in the plane, mm.
    """

    at: Floats
    lie: Floats
    hollow: Hollow


def hollow_of(plane: Plane, face: Face, inward_mm: Floats, shapes: list[Shape]) -> Hollow:
    """The hollow and what it does to the bone around it.

    Args:
        inward_mm: how far each of the face's points lies inside the bone.
        shapes: balloons or cavities; none means that nothing is hollow.
    """
    if not shapes:
        none = np.zeros((len(face.points), 2), np.float32)
        return Hollow(np.full(len(none), FAR_MM, np.float32), none, none, 0.0)
    distance, slope = _sloped(plane, face.points, shapes, RIM_MM + 0.5)
    volume_ml = shapes[0].mesh.volume_mm3 / 1000.0
    keeps, free = SHELL_KEEPS_MM
    loose = np.clip((inward_mm - keeps) / (free - keeps), 0.0, 1.0)
    pushed = slope * (loose * np.minimum(pushed_mm(distance, volume_ml), MOST_PUSHED_MM))[:, None]
    return Hollow(distance, slope, np.asarray(pushed, np.float32), rim_packing(volume_ml))


def matter(plane: Plane, face: Face, hollow: Hollow, cement: list[Shape]) -> Matter:
    """What lies at each point of the face at one instant."""
    at = np.full((len(face.points), 4), FAR_MM, np.float32)
    at[:, 0], at[:, 1] = hollow.distance_mm, 0.0 if face.crushed is None else face.crushed
    lie = np.zeros((len(at), 4), np.float32)
    lie[:, 2:] = plane.coordinates(face.points)
    if cement:
        at[:, 2], lie[:, :2] = _sloped(plane, face.points, cement, 1.5)
        at[:, 2] = np.minimum(at[:, 2], _soaked(plane, face.points, hollow, cement))
    return Matter(at, lie, hollow)


def known(shapes: tuple[Shape, ...], role: Role) -> list[Shape]:
    """The shapes of that role whose distance is known."""
    return [shape for shape in shapes if shape.role is role and shape.distance_mm is not None]


def _soaked(plane: Plane, points: Floats, hollow: Hollow, cement: list[Shape]) -> Floats:
    """Distance to the cement that has soaked into the rim of the hollow, once its front has come past the wall there.

    The cement's own field is too coarse for what goes on between struts; this is drawn on the face alone.
    """
    found, hollow_mm = np.full(len(points), FAR_MM, np.float32), hollow.distance_mm
    rim = np.flatnonzero((hollow_mm > -0.8) & (hollow_mm < SOAKED_MM[1] + 1.0))
    back = hollow.slope[rim] * (hollow_mm[rim] + np.float32(WITHIN_MM))[:, None]
    up = np.array([0.0, 0.0, 1.0])
    within = points[rim] - (back[:, :1] * plane.along + back[:, 1:] * up).astype(np.float32)
    past = np.clip((-_distance(within, cement) - PAST_MM[0]) / (PAST_MM[1] - PAST_MM[0]), 0.0, 1.0)
    a, b = plane.coordinates(points[rim]).T
    uneven = 0.5 + 0.5 * np.sin(2.1 * a + 2.0 * np.sin(0.9 * b)) * np.sin(1.8 * b + 1.5 * np.sin(1.2 * a))
    found[rim] = hollow_mm[rim] + DRY_MM - (DRY_MM + SOAKED_MM[0] + (SOAKED_MM[1] - SOAKED_MM[0]) * uneven) * past
    return found


def _sloped(plane: Plane, points: Floats, shapes: list[Shape], reach_mm: float) -> tuple[Floats, Floats]:
    """(distance to the nearest of them, its slope along the plane and up); the slope is 0 beyond the reach."""
    away, slope = _distance(points, shapes), np.zeros((len(points), 2), np.float32)
    near = np.flatnonzero(away < reach_mm)
    for k, way in enumerate((plane.along, np.array([0.0, 0.0, 1.0]))):
        step = (STEP_MM * way).astype(np.float32)
        slope[near, k] = _distance(points[near] + step, shapes) - _distance(points[near] - step, shapes)
    steep = np.maximum(np.linalg.norm(slope, axis=1, keepdims=True), np.float32(0.5 * STEP_MM))
    return away, np.asarray(slope / steep, np.float32)


def _distance(points: Floats, shapes: list[Shape]) -> Floats:
    found = np.full(len(points), FAR_MM, np.float32)
    for shape in shapes:
        if shape.distance_mm is not None and len(points):
            np.minimum(found, shape.distance_mm(points), out=found)
    return found
