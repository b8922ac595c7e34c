"""Ligaments, vessels, ribs and muscles: made when seen, closed, clear of the bones, and carried by the fracture."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from kyphoviz.anatomy.assets import load_bone
from kyphoviz.anatomy.rest_spine import RestSpine
from kyphoviz.anatomy.spine import ORDER
from kyphoviz.procedure.state import Fracture
from kyphoviz.site.column import Column
from kyphoviz.site.shape import Shape
from kyphoviz.site.soft_parts import LAYERS, SoftParts

MOST_TRIANGLES = 13_000


@pytest.fixture(scope="module")
def column() -> Column:
    return Column({level: load_bone(level) for level in ORDER}, "L1")


@pytest.fixture(scope="module")
def parts(column: Column) -> SoftParts:
    return SoftParts(column.bones, "L1")


@pytest.fixture(scope="module")
def whole(column: Column, parts: SoftParts) -> Mapping[str, Shape]:
    poses = column.poses(Fracture())
    return {shape.name: shape for shape in parts.shapes(LAYERS, Fracture(), poses)}


def test_every_soft_part_is_a_closed_solid(whole: Mapping[str, Shape]) -> None:
    """Nothing is inside out or open, and all of it is lean."""
    for shape in whole.values():
        assert shape.mesh.is_closed, shape.name
        assert shape.mesh.volume_mm3 > 0, shape.name
    assert sum(len(shape.mesh.triangles) for shape in whole.values()) < MOST_TRIANGLES


def test_a_hidden_layer_makes_nothing(column: Column, parts: SoftParts) -> None:
    """The default picture pays nothing for what it does not show."""
    assert parts.shapes((), Fracture(), column.poses(Fracture())) == []


@pytest.mark.parametrize("name", ["aorta", "vena_cava", "erector_spinae_left", "multifidus_right", "psoas_left"])
def test_vessels_and_muscles_keep_out_of_the_bone(column: Column, whole: Mapping[str, Shape], name: str) -> None:
    """No muscle or vessel shows through a bone."""
    distance = RestSpine(column.bones, "L1").distance_mm(whole[name].mesh.points.astype(float))
    assert np.quantile(distance, 0.02) > -0.5


def test_the_front_ligament_goes_down_with_the_broken_edge(column: Column, parts: SoftParts) -> None:
    """What lies on the broken body sinks as the body does, and what lies above rides."""
    broken = Fracture(0.6, 0.77, 0.94)
    before, after = (
        next(
            shape.mesh.points
            for shape in parts.shapes(LAYERS, heights, column.poses(heights))
            if shape.name == "anterior_ligament"
        )
        for heights in (Fracture(), broken)
    )
    above, below = before[:, 2] > 20.0, before[:, 2] < -20.0
    assert (after - before)[above, 2].max() < -4.0
    assert np.abs((after - before)[below]).max() < 0.01
