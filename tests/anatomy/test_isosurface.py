"""Claims about field -> surface."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kyphoviz.anatomy.isosurface import IsoSurface, decimated, largest_shell, smoothed, surface, triangulated

SHAPE, ORIGIN, SPACING = (50, 40, 60), np.array([-24.0, -10.0, -31.0]), (0.9, 1.1, 1.0)
GRID = np.meshgrid(*(o + s * np.arange(n) for o, s, n in zip(ORIGIN, SPACING, SHAPE, strict=True)), indexing="ij")
MAKE = IsoSurface(SHAPE, ORIGIN, SPACING)


def ball(centre: tuple[float, float, float], radius: float) -> np.ndarray:
    return np.asarray(radius - np.sqrt(sum((g - c) ** 2 for g, c in zip(GRID, centre, strict=True))))


@settings(max_examples=20, deadline=None)
@given(st.floats(-6, 0), st.floats(8, 14), st.floats(-6, 4), st.floats(9, 14))
def test_ball_has_its_volume_its_place_and_outward_normals(x: float, y: float, z: float, radius: float) -> None:
    """A ball comes out closed, in its place on an uneven grid, within 1 % of its volume, normals outwards."""
    mesh = MAKE(ball((x, y, z), radius))

    assert mesh.is_closed
    assert mesh.volume_mm3 == pytest.approx(4 / 3 * np.pi * radius**3, rel=0.01)
    out = (mesh.points - np.array([x, y, z])) / radius
    assert np.linalg.norm(out, axis=1) == pytest.approx(1, abs=0.01)
    assert np.einsum("ij,ij->i", out, mesh.normals).min() > 0.98
    assert mesh.points.dtype == np.float32
    assert mesh.triangles.dtype == np.int32


def test_a_result_stays_when_the_next_is_made() -> None:
    """Meshes own their arrays: a later surface does not change an earlier one."""
    first = MAKE(ball((-3, 10, 0), 12))
    before = first.points.copy()
    MAKE(ball((-3, 10, 0), 8))

    assert np.array_equal(first.points, before)


def test_level_shifts_the_surface() -> None:
    """A higher level of a ball's field is a smaller ball."""
    mesh = surface(ball((-3, 10, 0), 12), ORIGIN, SPACING, level=3.0)

    assert mesh.volume_mm3 == pytest.approx(4 / 3 * np.pi * 9**3, rel=0.01)


def test_nothing_inside_gives_an_empty_mesh() -> None:
    """A field that never reaches the level has no surface, and that is no error."""
    mesh = MAKE(np.full(SHAPE, -1.0))

    assert len(mesh.points) == len(mesh.triangles) == 0


def test_largest_shell_smoothing_and_decimation_keep_a_ball() -> None:
    """The smaller of two balls is dropped; the other keeps its volume when smoothed and thinned out."""
    both = np.maximum(ball((-8, 10, 0), 11), ball((15, 10, 20), 4))
    mesh = decimated(smoothed(largest_shell(surface(both, ORIGIN, SPACING)), 20, 0.25), 800)

    assert mesh.is_closed
    assert len(mesh.triangles) <= 800
    assert mesh.volume_mm3 == pytest.approx(4 / 3 * np.pi * 11**3, rel=0.02)


def test_triangles_between_flat_points_cover_their_hull_once_and_hold_no_other_point() -> None:
    """The triangles' areas add up to the square's, every point is a corner, and no circle about three holds another."""
    inner = np.random.default_rng(3).uniform(0.05, 0.95, (40, 2))
    flat = np.concatenate([[(0, 0), (1, 0), (0, 1), (1, 1)], inner])

    found = triangulated(flat)

    a, b, c = (flat[found[:, k]] for k in range(3))
    (px, py), (qx, qy) = (b - a).T, (c - a).T
    twice = px * qy - py * qx
    assert np.abs(twice).sum() / 2 == pytest.approx(1.0)
    assert set(found.ravel()) == set(range(len(flat)))
    p2, q2 = px**2 + py**2, qx**2 + qy**2
    middles = a + np.stack([qy * p2 - py * q2, px * q2 - qx * p2], -1) / (2 * twice[:, None])
    radii = np.linalg.norm(middles - a, axis=1)
    assert (np.linalg.norm(flat[None] - middles[:, None], axis=-1) >= radii[:, None] - 1e-9).all()
