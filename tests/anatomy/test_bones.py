"""Claims about the shipped bones as solids."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from kyphoviz.anatomy.assets import RestBone
from kyphoviz.anatomy.measure import measures, table
from kyphoviz.anatomy.mesh import Mesh
from kyphoviz.anatomy.spine import ORDER, moved, rest_poses

TRIANGLES = {"T11": (4400, 2000), "T12": (7000, 3000), "L1": (14000, 6000), "L2": (7000, 3000), "L3": (4400, 2000)}
# Adult bones in ml; an older woman's are three quarters of it and more.
VOLUME_CM3 = {"T11": (25, 45), "T12": (28, 50), "L1": (30, 60), "L2": (35, 65), "L3": (38, 68)}


def euler(mesh: Mesh) -> int:
    sides = np.concatenate([mesh.triangles[:, [0, 1]], mesh.triangles[:, [1, 2]], mesh.triangles[:, [2, 0]]])
    return len(mesh.points) - len(np.unique(np.sort(sides, axis=1), axis=0)) + len(mesh.triangles)


def shells(mesh: Mesh) -> int:
    a, b = mesh.triangles[:, [0, 1]].ravel(), mesh.triangles[:, [1, 2]].ravel()
    size = len(mesh.points)
    return int(connected_components(coo_array((np.ones(len(a)), (a, b)), shape=(size, size)), directed=False)[0])


def crossings(mesh: Mesh) -> int:
    """How many edges pass through a triangle that they do not touch, by ray casting along every edge."""
    trimesh = pytest.importorskip("trimesh")
    ray = pytest.importorskip("trimesh.ray.ray_pyembree")
    middle = mesh.points.mean(axis=0)
    solid = trimesh.Trimesh(mesh.points - middle, mesh.triangles, process=False)
    edges = solid.edges_unique
    start = solid.vertices[edges[:, 0]]
    way = solid.vertices[edges[:, 1]] - start
    length = np.linalg.norm(way, axis=1)
    way /= length[:, None]
    hit, of = ray.RayMeshIntersector(solid).intersects_id(start, way, multiple_hits=True)
    normal = solid.face_normals[hit]
    steep = np.einsum("ij,ij->i", way[of], normal)
    along = np.einsum("ij,ij->i", solid.triangles[hit, 0] - start[of], normal) / np.where(steep == 0, 1e-12, steep)
    touching = (solid.faces[hit][:, :, None] == edges[of][:, None, :]).any(axis=(1, 2))
    return int(((along > 1e-3 * length[of]) & (along < (1 - 1e-3) * length[of]) & ~touching).sum())


@pytest.mark.parametrize("level", ORDER)
def test_outer_surface_is_one_closed_ring(bones: dict[str, RestBone], level: str) -> None:
    """Every bone is one watertight shell with one handle, the canal, and its normals point outwards."""
    outer = bones[level].outer

    assert outer.is_closed
    assert euler(outer) == 0
    assert shells(outer) == 1
    low, high = VOLUME_CM3[level]
    assert low <= outer.volume_mm3 / 1000 <= high


@pytest.mark.parametrize("level", ORDER)
def test_outer_surface_never_crosses_itself(bones: dict[str, RestBone], level: str) -> None:
    """No triangle of a bone passes through another."""
    assert crossings(bones[level].outer) == 0


@pytest.mark.parametrize("level", ORDER)
def test_marrow_lies_inside_the_shell(bones: dict[str, RestBone], level: str) -> None:
    """The marrow is one closed solid, everywhere at least 0.5 mm inside the bone."""
    bone = bones[level]

    assert bone.marrow.is_closed
    assert shells(bone.marrow) == 1
    assert bone.distance.at(bone.marrow.points).max() < -0.5
    assert 0 < bone.marrow.volume_mm3 < bone.outer.volume_mm3


@pytest.mark.parametrize("level", ORDER)
def test_triangle_budget(bones: dict[str, RestBone], level: str) -> None:
    """A CPU renderer pays for triangles: each surface keeps within its budget."""
    outer, marrow = TRIANGLES[level]

    assert 0.97 * outer <= len(bones[level].outer.triangles) <= outer
    assert 0.97 * marrow <= len(bones[level].marrow.triangles) <= marrow


@pytest.mark.parametrize("level", ORDER)
def test_arrays_are_ready_to_draw(bones: dict[str, RestBone], level: str) -> None:
    """Points and normals are float32, indices int32, normals of unit length, openness between 0 and 1."""
    outer = bones[level].outer

    assert {array.dtype for array in (outer.points, outer.normals)} == {np.dtype(np.float32)}
    assert outer.triangles.dtype == np.int32
    assert np.linalg.norm(outer.normals, axis=1) == pytest.approx(1, abs=1e-3)
    assert outer.openness is not None
    assert outer.openness.min() >= 0
    assert outer.openness.max() <= 1
    assert np.ptp(outer.openness) > 0.5


@pytest.mark.parametrize("level", ORDER)
def test_distance_grid_belongs_to_the_surface(bones: dict[str, RestBone], level: str) -> None:
    """The surface lies where the distance is zero, and its normals point where the distance grows."""
    bone = bones[level]

    off = bone.distance.at(bone.outer.points)
    assert np.abs(off).max() < 0.4
    assert np.abs(off).mean() < 0.06
    outwards = np.einsum("ij,ij->i", bone.distance.outward(bone.outer.points), bone.outer.normals)
    assert np.quantile(outwards, 0.02) > 0.7


def test_nothing_outside_the_grid_is_near(bones: dict[str, RestBone]) -> None:
    """Points beyond the grid count as far outside."""
    assert bones["L1"].distance.at(np.array([[0.0, 0.0, 300.0]]))[0] == 5.0


@pytest.mark.parametrize(("upper", "lower"), list(pairwise(ORDER)))
def test_neighbours_keep_their_joint_gap(bones: dict[str, RestBone], upper: str, lower: str) -> None:
    """At rest no bone comes nearer than 1.3 mm to its neighbour."""
    poses = rest_poses()
    to_upper = np.linalg.inv(poses[upper]) @ poses[lower]
    to_lower = np.linalg.inv(to_upper)

    assert bones[upper].distance.at(moved(to_upper, bones[lower].outer.points)).min() >= 1.3
    assert bones[lower].distance.at(moved(to_lower, bones[upper].outer.points)).min() >= 1.3


@pytest.mark.parametrize("treated", ["T12", "L1", "L2"])
def test_treated_vertebra_is_the_origin(treated: str) -> None:
    """The treated body is the origin, those above are higher, and no choice changes how neighbours lie."""
    poses, usual = rest_poses(treated), rest_poses("L1")

    assert poses[treated] == pytest.approx(np.eye(4))
    heights = [poses[level][2, 3] for level in ORDER]
    assert heights == sorted(heights, reverse=True)
    for upper, lower in pairwise(ORDER):
        here = np.linalg.inv(poses[upper]) @ poses[lower]
        assert here == pytest.approx(np.linalg.inv(usual[upper]) @ usual[lower])


@pytest.mark.parametrize("level", ORDER)
def test_sizes_are_those_of_people(bones: dict[str, RestBone], level: str) -> None:
    """Every size with a published mean lies within two standard deviations of it."""
    rows = measures(bones[level])

    assert [row.name for row in rows if not row.is_usual] == []
    assert sum(row.mean is not None for row in rows) >= 9
    assert len(table(rows).splitlines()) == len(rows) + 1
