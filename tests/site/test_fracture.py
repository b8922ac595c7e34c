"""Claims about the broken body."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyphoviz.anatomy.assets import RestBone
from kyphoviz.procedure import mechanics
from kyphoviz.procedure.state import Fracture
from kyphoviz.site.spine.fracture import FracturedMesh, displacement_basis, intact_sizes, riding_pose, weights_of

STAGES = [stage for preset in mechanics.HEIGHTS.values() for stage in preset.values()]


def column_height(bone: RestBone, mesh_points: np.ndarray, y_mm: float) -> float:
    """Height of the bone between its highest and lowest surface near the midline at that depth."""
    near = (np.abs(bone.outer.points[:, 0]) < 3.0) & (np.abs(bone.outer.points[:, 1] - y_mm) < 1.2)
    return float(np.ptp(mesh_points[near, 2]))


def test_an_intact_fracture_leaves_the_bone_alone(bone: RestBone) -> None:
    """Heights of one hundred percent move nothing."""
    mesh = FracturedMesh(bone.shape, bone.outer).shaped(mechanics.INTACT)

    assert np.array_equal(mesh.points, bone.outer.points)


@pytest.mark.parametrize("stage", STAGES)
def test_the_front_loses_what_the_stage_says(bone: RestBone, stage: Fracture) -> None:
    """The front rim comes down by the lost share of the front height, within 0.3 mm."""
    mesh = FracturedMesh(bone.shape, bone.outer).shaped(stage)
    corner = np.array(bone.landmarks.anterior_upper)
    near = np.linalg.norm(bone.outer.points - corner, axis=1) < 2.5
    rim = int(np.where(near, bone.outer.points @ (0, -1, 1), -np.inf).argmax())
    drop = float(bone.outer.points[rim, 2] - mesh.points[rim, 2])

    assert drop == pytest.approx((1 - stage.anterior) * intact_sizes(bone.shape).anterior_mm, abs=0.3)


@pytest.mark.parametrize("stage", STAGES)
def test_the_arch_stays(bone: RestBone, stage: Fracture) -> None:
    """Nothing behind the pedicle's root moves."""
    mesh = FracturedMesh(bone.shape, bone.outer).shaped(stage)
    arch = bone.outer.points[:, 1] > bone.shape.back + 6.0

    assert arch.sum() > 1000
    assert np.array_equal(mesh.points[arch], bone.outer.points[arch])


@pytest.mark.parametrize("stage", STAGES)
def test_the_bone_is_never_folded(bone: RestBone, stage: Fracture) -> None:
    """Along every vertical line through the body, what was above stays above."""
    x, y, z = np.meshgrid(np.linspace(-19, 19, 21), np.linspace(-15, 14, 17), np.linspace(-11, 11, 67), indexing="ij")
    points = np.stack([x, y, z], -1).reshape(-1, 3)
    moved = points[:, 2] + (displacement_basis(bone.shape, points) @ weights_of(stage))[:, 2]
    rising = np.diff(moved.reshape(z.shape), axis=2) > 0
    inside = (bone.distance.at(points) < 0).reshape(z.shape)

    assert rising[inside[:, :, 1:] & inside[:, :, :-1]].all()


@given(st.floats(0.5, 1.0), st.floats(0.85, 1.0))
def test_what_rides_turns_by_the_wedge(anterior: float, posterior: float) -> None:
    """The bones above tilt by exactly the change of the angle between the end-plates."""
    from kyphoviz.anatomy.bone_sets import SETS, SHIPPED

    fracture = Fracture(anterior, 0.5 * (anterior + posterior), posterior)
    pose = riding_pose(SETS[SHIPPED].shapes["L1"], fracture)
    intact = intact_sizes(SETS[SHIPPED].shapes["L1"])
    turned = np.degrees(np.arctan2(pose[2, 1], pose[1, 1]))
    wanted = mechanics.kyphosis_deg(fracture, intact) - mechanics.kyphosis_deg(mechanics.INTACT, intact)

    assert turned == pytest.approx(wanted, abs=1e-9)
    assert np.allclose(pose[:3, :3] @ pose[:3, :3].T, np.eye(3))


def test_blended_normals_stay_near_the_true_ones(bone: RestBone) -> None:
    """Normals that follow the weights are off by less than three degrees in the mean at the worst stage."""
    from kyphoviz.anatomy.mesh import vertex_normals

    mesh = FracturedMesh(bone.shape, bone.outer).shaped(mechanics.HEIGHTS["old_stiff"]["standing"])
    exact = vertex_normals(mesh.points, mesh.triangles)
    off = np.degrees(np.arccos(np.clip((exact * mesh.normals).sum(1), -1, 1)))

    assert off.mean() < 3.0
