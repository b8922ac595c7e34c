"""What stands in for SciPy on the way to the first picture gives what SciPy gives."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.ndimage import gaussian_filter, map_coordinates

from kyphoviz.anatomy.blur import blurred
from kyphoviz.anatomy.distance import REACH_MM, DistanceGrid, between_samples

RANDOM = np.random.default_rng(20)
VALUES = RANDOM.uniform(-5, 5, (9, 7, 12)).astype(np.float32)


def test_distances_are_trilinear_and_far_outside() -> None:
    """At any point, on samples, on the faces and outside, as SciPy's look-up of first order."""
    grid = DistanceGrid(VALUES, np.array([-3.0, 2.0, 1.0], np.float32), 0.8)
    corners = np.stack(np.meshgrid([0, 8], [0, 6], [0, 11], indexing="ij"), axis=-1).reshape(-1, 3)
    where = np.concatenate([RANDOM.uniform(-2, 13, (4000, 3)), corners])
    expected = map_coordinates(VALUES, where.T, order=1, mode="constant", cval=REACH_MM)
    found = grid.at(where * 0.8 + grid.origin)
    is_on_a_face = np.isclose(where, np.rint(where), atol=1e-5).any(axis=1)

    assert found[~is_on_a_face] == pytest.approx(expected[~is_on_a_face], abs=2e-5)
    assert (found == REACH_MM).any()


def test_look_up_ends_at_the_faces() -> None:
    """Beyond a face the nearest sample counts, on it the sample itself, whatever the order of the array in memory."""
    where = np.concatenate([RANDOM.uniform(-3, 14, (2000, 3)), [[8, 6, 11], [0, 0, 0]]]).astype(np.float32)
    expected = map_coordinates(VALUES, where.T, order=1, mode="nearest")

    assert between_samples(VALUES, where) == pytest.approx(expected, abs=1e-5)
    assert between_samples(np.asfortranarray(VALUES), where) == pytest.approx(expected, abs=1e-5)
    assert between_samples(VALUES, where[-2:]) == pytest.approx([VALUES[8, 6, 11], VALUES[0, 0, 0]])


def test_outward_is_up_the_slope() -> None:
    """Away from a flat solid it is the plane's normal, whatever the shape of the question."""
    x = np.meshgrid(*(np.arange(8, dtype=np.float32),) * 3, indexing="ij")[0]
    grid = DistanceGrid(0.6 * x - 2.0, np.zeros(3, np.float32), 1.0)

    assert grid.outward(np.full((5, 3), 3.3)) == pytest.approx(np.tile([1.0, 0.0, 0.0], (5, 1)), abs=1e-5)


def test_blur_is_a_gauss_blur() -> None:
    """On all axes and beyond the ends as SciPy's; an axis of width 0 is left alone."""
    assert blurred(VALUES, 0.5) == pytest.approx(gaussian_filter(VALUES, 0.5, mode="reflect"), abs=1e-5)
    one_way = gaussian_filter(VALUES, (2.3, 0, 0), mode="nearest")
    assert blurred(VALUES, (2.3, 0, 0), "edge") == pytest.approx(one_way, abs=1e-5)
