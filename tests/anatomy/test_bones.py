"""Claims about the shipped bones as solids."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from kyphoviz.anatomy.assets import RestBone, load_fine
from kyphoviz.anatomy.bones import Bones
from kyphoviz.anatomy.measure import measures, table
from kyphoviz.anatomy.mesh import Mesh, vertex_normals
from kyphoviz.anatomy.parts import PARTS
from kyphoviz.anatomy.soundness import faults
from kyphoviz.anatomy.spine import ORDER, moved

TRIANGLES = {"T11": (4400, 2000), "T12": (7000, 3000), "L1": (14000, 6000), "L2": (7000, 3000), "L3": (4400, 2000)}
# Adult bones in ml; an older woman's are three quarters of it and more.
VOLUME_CM3 = {"T11": (25, 45), "T12": (28, 50), "L1": (30, 60), "L2": (35, 65), "L3": (38, 68)}


@pytest.mark.parametrize("level", ORDER)
def test_outer_surface_is_one_closed_ring(bones: Bones, level: str) -> None:
    """Every bone is watertight, its normals point outwards, and it has the size of a bone."""
    outer = bones[level].outer

    assert outer.is_closed
    low, high = VOLUME_CM3[level]
    assert low <= outer.volume_mm3 / 1000 <= high


@pytest.mark.parametrize("level", ORDER)
def test_every_surface_is_sound(bones: Bones, level: str) -> None:
    """Light or fine, the surface is one closed ring that never passes through itself."""
    pytest.importorskip("trimesh.ray.ray_pyembree")
    assert faults(bones[level].outer) == []
    assert faults(load_fine(level)) == []


def test_a_crossing_is_noticed() -> None:
    """Two tetrahedra that pass through each other are two shells, no ring, and cross."""
    pytest.importorskip("trimesh.ray.ray_pyembree")
    one = np.array([[0, 0, 0], [4, 0, 0], [0, 4, 0], [0, 0, 4]], np.float32)
    faces = np.array([[0, 2, 1], [0, 1, 3], [0, 3, 2], [1, 2, 3]], np.int32)
    points, triangles = np.concatenate([one, one + np.float32(0.7)]), np.concatenate([faces, faces + 4])
    found = faults(Mesh(points, triangles, vertex_normals(points, triangles)))

    assert "more than one shell" in found
    assert any("pass through" in fault for fault in found)


@pytest.mark.parametrize("level", ORDER)
def test_every_place_has_its_part(bones: Bones, level: str) -> None:
    """Both sides of each paired part are there, about alike, and the parts that a level lacks are not."""
    bone = bones[level]
    assert bone.outer.part is not None
    found = {(PARTS[code].key, PARTS[code].side) for code in np.unique(bone.outer.part)}
    wing = (
        {"costal_process", "mamillary", "accessory"} if bone.shape.is_lumbar else {"transverse_process", "costal_facet"}
    )
    for key in {"pedicle", "lamina", "superior_facet", "inferior_facet", "superior_articular", *wing}:
        assert {(key, "left"), (key, "right")} <= found
    assert {("body", ""), ("upper_plate", ""), ("lower_plate", ""), ("spinous_process", "")} <= found
    assert bone.shape.is_lumbar == (("costal_facet", "left") not in found)


@pytest.mark.parametrize("level", ORDER)
def test_sides_of_parts_are_where_they_should_be(bones: Bones, level: str) -> None:
    """+x is the patient's left."""
    outer = bones[level].outer
    assert outer.part is not None
    for part in PARTS:
        x = outer.points[outer.part == part.code, 0]
        if part.side and len(x):
            assert (np.median(x) > 0) == (part.side == "left")


@pytest.mark.parametrize("level", ORDER)
def test_bend_tells_ridges_from_hollows(bones: Bones, level: str) -> None:
    """The spinous edge stands out, the corner between pedicle and body is hollow."""
    outer, shape = bones[level].outer, bones[level].shape
    assert outer.bend is not None
    assert outer.bend.min() >= -1
    assert outer.bend.max() <= 1
    assert outer.bend[outer.points[:, 1] > shape.spinous_back - 2].mean() > 0.3


@pytest.mark.parametrize("level", ORDER)
def test_bones_measure_what_their_sizes_say(bones: Bones, level: str) -> None:
    """Heights come out within 0.3 mm, depth and widths within 0.8 mm of what the set says."""
    s, found = bones[level].shape, {row.name: row.value for row in measures(bones[level])}

    assert found["height anterior"] == pytest.approx(s.height_front, abs=0.3)
    assert found["height posterior"] == pytest.approx(s.height_back, abs=0.3)
    assert 0.5 * (found["depth upper"] + found["depth lower"]) == pytest.approx(s.depth, abs=0.5)
    assert found["width upper"] + found["width lower"] == pytest.approx(s.width_up + s.width_low, abs=1.2)


@pytest.mark.parametrize("level", ORDER)
def test_end_plates_stand_at_their_angle(bones: Bones, level: str) -> None:
    """Between the corners of the midline the wedge is that of the heights, half of it in each plate."""
    s, (upper, lower) = bones[level].shape, plate_angles_deg(bones[level])
    wedge = np.degrees(np.arctan((s.height_back - s.height_front) / s.depth))

    assert upper - lower == pytest.approx(wedge, abs=0.3)
    assert upper + lower == pytest.approx(0.0, abs=0.4)


def plate_angles_deg(bone: RestBone) -> list[float]:
    """How steeply the upper and the lower end plate rise to the back."""
    marks = bone.landmarks
    ways = (
        np.subtract(marks.posterior_upper, marks.anterior_upper),
        np.subtract(marks.posterior_lower, marks.anterior_lower),
    )
    return [float(np.degrees(np.arctan2(way[2], way[1]))) for way in ways]


@pytest.mark.parametrize("level", ORDER)
def test_cartilage_and_tendons_end_softly(bones: Bones, level: str) -> None:
    """Plates are covered with cartilage and walls are not, and nowhere between is a hard line."""
    outer = bones[level].outer
    assert outer.paint is not None
    assert outer.part is not None
    cartilage = outer.paint[:, 0]
    key = np.array([part.key for part in PARTS])[outer.part]

    assert np.median(cartilage[key == "upper_plate"]) > 0.75
    assert np.median(cartilage[key == "body"]) < 0.05
    a, b = outer.triangles[:, 0], outer.triangles[:, 1]
    steep = np.abs(cartilage[a] - cartilage[b]) / np.linalg.norm(outer.points[a] - outer.points[b], axis=1)
    assert np.quantile(steep, 0.99) < 0.4


@pytest.mark.parametrize("level", ORDER)
def test_marrow_lies_inside_the_shell(bones: Bones, level: str) -> None:
    """The marrow is one closed solid, everywhere at least 0.5 mm inside the bone."""
    bone = bones[level]

    assert bone.marrow.is_closed
    assert bone.distance.at(bone.marrow.points).max() < -0.5
    assert 0 < bone.marrow.volume_mm3 < bone.outer.volume_mm3


@pytest.mark.parametrize("level", ORDER)
def test_triangle_budget(bones: Bones, level: str) -> None:
    """A CPU renderer pays for triangles: each surface keeps within its budget."""
    outer, marrow = TRIANGLES[level]

    assert 0.97 * outer <= len(bones[level].outer.triangles) <= outer
    assert 0.97 * marrow <= len(bones[level].marrow.triangles) <= marrow


@pytest.mark.parametrize("level", ORDER)
def test_arrays_are_ready_to_draw(bones: Bones, level: str) -> None:
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
def test_distance_grid_belongs_to_the_surface(bones: Bones, level: str) -> None:
    """The surface lies where the distance is zero, and its normals point where the distance grows."""
    bone = bones[level]

    off = bone.distance.at(bone.outer.points)
    assert np.quantile(np.abs(off), 0.995) < 0.4  # a light mesh spans the smallest holes
    assert np.abs(off).mean() < 0.06
    outwards = np.einsum("ij,ij->i", bone.distance.outward(bone.outer.points), bone.outer.normals)
    assert np.quantile(outwards, 0.02) > 0.7


def test_nothing_outside_the_grid_is_near(bones: Bones) -> None:
    """Points beyond the grid count as far outside."""
    assert bones["L1"].distance.at(np.array([[0.0, 0.0, 300.0]]))[0] == 5.0


@pytest.mark.parametrize(("upper", "lower"), list(pairwise(ORDER)))
def test_neighbours_keep_their_joint_gap(bones: Bones, upper: str, lower: str) -> None:
    """At rest no bone comes nearer than 1.3 mm to its neighbour."""
    poses = bones.rest_poses("L1")
    to_upper = np.linalg.inv(poses[upper]) @ poses[lower]
    to_lower = np.linalg.inv(to_upper)

    assert bones[upper].distance.at(moved(to_upper, bones[lower].outer.points)).min() >= 1.3
    assert bones[lower].distance.at(moved(to_lower, bones[upper].outer.points)).min() >= 1.3


@pytest.mark.parametrize("treated", ["T12", "L1", "L2"])
def test_treated_vertebra_is_the_origin(bones: Bones, treated: str) -> None:
    """The treated body is the origin, those above are higher, and no choice changes how neighbours lie."""
    poses, usual = bones.rest_poses(treated), bones.rest_poses("L1")

    assert poses[treated] == pytest.approx(np.eye(4))
    heights = [poses[level][2, 3] for level in ORDER]
    assert heights == sorted(heights, reverse=True)
    for upper, lower in pairwise(ORDER):
        here = np.linalg.inv(poses[upper]) @ poses[lower]
        assert here == pytest.approx(np.linalg.inv(usual[upper]) @ usual[lower])


@pytest.mark.parametrize("level", ORDER)
def test_sizes_are_those_of_people(bones: Bones, level: str) -> None:
    """Every size with a published mean lies within two standard deviations of it."""
    rows = measures(bones[level])

    assert [row.name for row in rows if not row.is_usual] == []
    assert sum(row.mean is not None for row in rows) >= 9
    assert len(table(rows).splitlines()) == len(rows) + 1
