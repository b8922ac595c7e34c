"""Claims about sizes, primitives and the field of a bone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyphoviz.anatomy import fields
from kyphoviz.anatomy.bone_sets import SETS, SHIPPED
from kyphoviz.anatomy.distance import DistanceGrid, distance_to_zero, without_islands
from kyphoviz.anatomy.spine import ORDER, neighbours
from kyphoviz.anatomy.vertebra import end_plate_height, vertebra_field
from kyphoviz.resources import assets_folder, scenes_folder

SMALL = st.floats(-20, 20)


@given(SMALL, SMALL, st.floats(0.5, 8))
def test_smooth_union_holds_both_and_little_more(a: float, b: float, width: float) -> None:
    """A smooth minimum is never above the sharp one, nor more than a quarter of its width below it."""
    found = float(fields.smooth_min(np.array(a), np.array(b), width))

    assert min(a, b) - width / 4 - 1e-9 <= found <= min(a, b) + 1e-9


def test_square_outline_is_a_signed_distance() -> None:
    """The outline of a square gives true distances, negative inside."""
    square = [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0)]
    found = fields.outline(np.array([2.0, 6.0, 7.0]), np.array([2.0, 2.0, 8.0]), square)

    assert found == pytest.approx([-2, 2, 5], abs=1e-5)


@pytest.mark.parametrize("level", ORDER)
def test_sources_and_order_of_sizes(level: str) -> None:
    """Each row names its source; bodies are wider below than above; every disc but the last level's is known."""
    shape = SETS[SHIPPED].shapes[level]

    assert "Panjabi" in shape.source
    assert shape.width_low > shape.width_up
    assert (level in SETS[SHIPPED].discs) == (neighbours(level)[1] is not None)
    assert shape.height_middle < shape.height


@pytest.mark.parametrize("level", ORDER)
def test_end_plate_formula_is_the_field(level: str) -> None:
    """The end-plate heights that discs use lie within a millimetre of the field's zero in the middle region."""
    shape = SETS[SHIPPED].shapes[level]
    x, y = (g.ravel() for g in np.meshgrid(np.linspace(-8, 8, 5), np.linspace(-8, 6, 5)))
    for upper in (True, False):
        z = end_plate_height(shape, x, y, upper)
        assert np.abs(vertebra_field(shape, (x, y, z))).max() < 1.3


def test_islands_are_removed() -> None:
    """A crumb beside the solid no longer counts as near."""
    x, y, z = np.meshgrid(*(np.arange(40.0),) * 3, indexing="ij")
    big = np.sqrt((x - 14) ** 2 + (y - 20) ** 2 + (z - 20) ** 2) - 8
    crumb = np.sqrt((x - 34) ** 2 + (y - 20) ** 2 + (z - 20) ** 2) - 2
    cleaned = without_islands(distance_to_zero(np.minimum(big, crumb), 1.0), 1.0)

    assert cleaned[34, 20, 20] == 5.0
    assert cleaned[14, 20, 20] < -4


def test_resampled_grid_gives_the_same_distances() -> None:
    """A coarser grid agrees with the finer one, also at its far faces."""
    axis = np.arange(0, 20.1, 0.5, dtype=np.float32)
    x, _, _ = np.meshgrid(axis, axis, axis, indexing="ij")
    fine = DistanceGrid(x - 7, np.zeros(3, np.float32), 0.5)
    coarse = fine.resampled(0.8)
    points = np.random.default_rng(0).uniform(0, 19.9, (200, 3))

    assert coarse.at(points) == pytest.approx(points[:, 0] - 7, abs=1e-3)


def test_folders_of_the_checkout_are_found() -> None:
    """In a checkout the assets lie beside the package, and so will the scenes."""
    assert (assets_folder() / "meshes" / "manifest.json").is_file()
    assert scenes_folder().name == "scenes"
