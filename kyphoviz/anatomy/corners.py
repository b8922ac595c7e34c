"""Brings the corners of a finished body to where its sizes say: thinning cuts a rounded rim into a few facets."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from kyphoviz.anatomy.mesh import Mesh, vertex_normals
from kyphoviz.anatomy.morphometry import VertebraShape
from kyphoviz.anatomy.profile import CORNERS, Profile, farthest, midline, midline_profile

ROUNDS = 14
NEAR_MM, ASIDE_MM = 6.0, 12.0  # how far the shift of a corner is felt in the midline and sideways
TIP_MM, TIP_NEAR_MM, TIP_ASIDE_MM = 0.5, 1.0, 5.0  # a corner stands out so much, or readers would waver along a facet
TILT = 0.24  # a corner in front is sought in a frame tilted so much: there it stays the corner when the body breaks
DISH_MM = 9.0  # radius of the middle of an end plate

Deltas = NDArray[np.float64]


def with_true_corners(mesh: Mesh, s: VertebraShape) -> Mesh:
    """The same surface, moved by fractions of a millimetre near its midline, so that it measures what `s` says."""
    mesh = _tipped(mesh, s)
    tried = []
    for _ in range(ROUNDS):
        found = midline_profile(mesh, s.back)
        off = _off(found, s)
        tried.append((float(np.abs(off).max()), mesh))
        mesh = _shifted(mesh, found, off, s)
    best = min(tried, key=lambda pair: pair[0])[1]
    return replace(best, normals=vertex_normals(best.points, best.triangles))


def _off(found: Profile, s: VertebraShape) -> Deltas:
    """What lacks: anterior, middle and posterior height, upper and lower depth, mm."""
    return np.array([
        s.height_front - found.anterior_mm, s.height_middle - found.middle_mm, s.height_back - found.posterior_mm,
        s.depth_up - found.depth_upper_mm, s.depth_low - found.depth_lower_mm,
    ])  # fmt: skip


def _tipped(mesh: Mesh, s: VertebraShape) -> Mesh:
    """With corners that stand out a little."""
    pieces = midline(mesh)
    body = pieces[(pieces[:, :, 0] < s.back + 4.0).all(axis=1)].reshape(-1, 2)
    tilted = np.array([np.cos(TILT), -np.sin(TILT)])
    level = farthest(body, np.array([1.0, 0.0]))
    level[0] = farthest(body, tilted)[0]
    shift = np.zeros((len(mesh.points), 2))
    for place, way in zip(level, CORNERS.values(), strict=True):
        near = _near(mesh, place, TIP_NEAR_MM, TIP_ASIDE_MM)
        shift += TIP_MM * near[:, None] * np.array(way) / np.sqrt(2)
    return _moved(mesh, shift)


def _shifted(mesh: Mesh, found: Profile, off: Deltas, s: VertebraShape) -> Mesh:
    front, middle, back, upper, lower = 0.4 * off
    ways = np.array([(-upper, front), (-lower, -front), (upper, back), (lower, -back)])
    shift = np.zeros((len(mesh.points), 2))
    for place, way in zip(found.corners, ways, strict=True):
        shift += _near(mesh, place, NEAR_MM, ASIDE_MM)[:, None] * way
    x, y, z = mesh.points.astype(np.float64).T
    dish = np.exp(-(((x**2 + y**2) / DISH_MM**2) ** 2)) * (np.abs(z) > 0.3 * s.height)
    shift[:, 1] += dish * np.sign(z) * middle
    return _moved(mesh, shift)


def _near(mesh: Mesh, place: Deltas, near_mm: float, aside_mm: float) -> Deltas:
    x, y, z = mesh.points.astype(np.float64).T
    return np.asarray(np.exp(-((y - place[0]) ** 2 + (z - place[1]) ** 2) / near_mm**2 - (x / aside_mm) ** 2))


def _moved(mesh: Mesh, shift: Deltas) -> Mesh:
    points = mesh.points.copy()
    points[:, 1:] += shift.astype(np.float32)
    return replace(mesh, points=points)
