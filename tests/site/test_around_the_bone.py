"""Ligaments, vessels, ribs and muscles: made when seen, closed, clear of the bones, and carried by the fracture."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import numpy as np
import pytest
from scipy.spatial import KDTree

from kyphoviz.anatomy.bones import shipped_bones
from kyphoviz.anatomy.rest_spine import RestSpine
from kyphoviz.anatomy.spine import ORDER, moved
from kyphoviz.procedure.state import Fracture
from kyphoviz.site.shape import Shape
from kyphoviz.site.spine.column import Column
from kyphoviz.site.spine.soft_parts import LAYERS, SoftParts

MOST_TRIANGLES = 14_000


@pytest.fixture(scope="module")
def column() -> Column:
    return Column(shipped_bones(), "L1")


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


OUTSIDE = ("aorta", "vena_cava", "segmental_arteries", "epidural_veins", "rib_T11", "rib_T12", "erector_spinae_left",
           "erector_spinae_right", "multifidus_left", "multifidus_right", "psoas_left", "psoas_right")  # fmt: skip
HEIGHTS = (Fracture(), Fracture(0.66, 0.68, 0.94))


@pytest.mark.parametrize("heights", HEIGHTS, ids=["whole", "broken"])
def test_what_lies_beside_the_bones_stays_out_of_them(column: Column, parts: SoftParts, heights: Fracture) -> None:
    """Of vessels, ribs and muscles nothing reaches 0.5 mm into a bone, whole or broken (one point in 100 may)."""
    poses = column.poses(heights)
    bones = [shape.placed for shape in column.shapes(heights) if shape.role == "vertebra"]
    surface, normals = (np.concatenate([getattr(bone, name) for bone in bones]) for name in ("points", "normals"))
    tree = KDTree(surface)
    for shape in (shape for shape in parts.shapes(LAYERS, heights, poses) if shape.name in OUTSIDE):
        points = shape.placed.points
        near, found = tree.query(points, distance_upper_bound=6.0)
        close, index = points[np.isfinite(near)], np.asarray(found)[np.isfinite(near)]
        outside = ((close - surface[index]) * normals[index]).sum(axis=1)
        assert (outside < -0.5).sum() < 0.01 * len(points), shape.name


def test_the_front_ligament_lies_close(column: Column, whole: Mapping[str, Shape]) -> None:
    """Its outer face keeps within 1.6 mm of bone along the bodies, and it is broader over discs than over bodies."""
    mesh, poses = whole["anterior_ligament"].mesh, column.poses(Fracture())
    for level in ("T12", "L1", "L2"):
        height = poses[level][2, 3]
        near = mesh.points[np.abs(mesh.points[:, 2] - height) < 8.0].astype(float)
        off = RestSpine(column.bones, "L1").distance_mm(near)
        assert -0.6 < off.min() < off.max() < 1.6, level
    disc = 0.5 * (poses["L1"][2, 3] + poses["T12"][2, 3])
    over_disc, over_body = (mesh.points[np.abs(mesh.points[:, 2] - z) < 4.0] for z in (disc, 0.0))
    assert np.ptp(over_disc[:, 0]) > np.ptp(over_body[:, 0]) + 4.0


def test_vessels_lie_close_in_front_on_their_sides(column: Column, whole: Mapping[str, Shape]) -> None:
    """Beside each lumbar body the aorta, on the left, and the vena cava, on the right, come within 2 to 10 mm."""
    spine = RestSpine(column.bones, "L1")
    for name, side in (("aorta", 1.0), ("vena_cava", -1.0)):
        points = whole[name].mesh.points.astype(float)
        assert side * points[:, 0].mean() > 4.0
        for level in ("L1", "L2"):
            at = points[np.abs(points[:, 2] - spine.poses[level][2, 3]) < 6.0]
            inwards = at[:, None] + np.linspace(0.0, 12.0, 49)[None, :, None] * np.array([0.0, 1.0, 0.0])
            gap = np.argmax((spine.distance_mm(inwards) < 0.0).any(axis=0)) * 0.25
            assert 2.0 <= gap <= 10.0, (name, level)


def test_what_goes_on_beyond_the_picture_fades_out(whole: Mapping[str, Shape]) -> None:
    """Vessels, ribs, muscles and the long ligaments are gone at their ends and wholly there in between."""
    for name in (
        "aorta",
        "vena_cava",
        "rib_T11",
        "rib_T12",
        "psoas_left",
        "anterior_ligament",
        "supraspinous_ligament",
    ):
        paint = whole[name].mesh.paint
        assert paint is not None
        assert (float(paint[:, 0].min()), float(paint[:, 0].max())) == pytest.approx((0.0, 1.0), abs=0.05), name


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


@pytest.mark.parametrize("name", ["yellow_ligaments", "interspinous_ligaments", "supraspinous_ligament"])
def test_ligaments_of_the_arches_stay_rooted_where_they_were(column: Column, parts: SoftParts, name: str) -> None:
    """A wedge spreads the arches; what is rooted in one goes with it, and what bridges two is drawn out between."""
    broken = Fracture(0.48, 0.52, 0.88)
    mesh = {
        heights: next(s.mesh for s in parts.shapes(LAYERS, heights, column.poses(heights)) if s.name == name)
        for heights in (Fracture(), broken)
    }
    depth = {}
    for heights, found in mesh.items():
        poses, points = column.poses(heights), found.points.astype(float)
        depth[heights] = np.stack(
            [column.bones[level].distance.at(moved(np.linalg.inv(poses[level]), points)) for level in ORDER]
        )
    is_rooted = depth[Fracture()] < -0.3

    assert is_rooted.sum() > 10
    assert np.abs(depth[broken] - depth[Fracture()])[is_rooted].max() < 0.6


def test_cartilage_fills_the_small_joints(column: Column, whole: Mapping[str, Shape]) -> None:
    """It lies on the lower bone, thin, and leaves the upper one a hair of room to glide."""
    poses = column.poses(Fracture())
    for upper, lower in pairwise(ORDER):
        mesh = whole[f"cartilage_{lower}"].mesh
        points = mesh.points.astype(float)
        on_lower = column.bones[lower].distance.at(points)
        on_upper = column.bones[upper].distance.at(moved(np.linalg.inv(poses[upper]) @ poses[lower], points))

        assert -0.6 < on_lower.min() < on_lower.max() < 1.7, lower
        assert 0.1 < on_upper.min() < np.median(on_upper) < 2.5, lower
        assert 150.0 < mesh.volume_mm3 < 500.0, lower
