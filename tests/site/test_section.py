"""Claims about the geometry of the cut."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from kyphoviz.anatomy.assets import load_bone
from kyphoviz.anatomy.bones import Bones, shipped_bones
from kyphoviz.anatomy.mesh import Floats, Mesh, vertex_normals
from kyphoviz.anatomy.spine import ORDER
from kyphoviz.procedure import mechanics
from kyphoviz.procedure.state import Fracture
from kyphoviz.site.cut.remainder import remainder, sliced
from kyphoviz.site.cut.section import Plane, Section, plane_along
from kyphoviz.site.needles.approach import Approach
from kyphoviz.site.spine.fracture import FracturedMesh, riding_pose, weights_of

REST = shipped_bones().rest_poses("L1")

WHOLE = np.zeros(3)


@pytest.fixture(scope="module")
def bones() -> Bones:
    return shipped_bones()


@pytest.fixture(scope="module")
def plane(ways: tuple[Approach, ...]) -> Plane:
    return plane_along(ways[0].wall, ways[0].direction)


@pytest.fixture(scope="module")
def section(bones: Bones, plane: Plane) -> Section:
    return Section(bones, "L1", plane, REST)


def cube(half: float) -> Mesh:
    """A closed cube about the origin."""
    points = np.array([[x, y, z] for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)], np.float32) * np.float32(half)
    quads = [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)]
    triangles = np.array([t for a, b, c, d in quads for t in ((a, b, c), (a, c, d))], np.int32)
    return Mesh(points, triangles, vertex_normals(points, triangles))


def area_mm2(points: NDArray[np.floating], triangles: NDArray[np.int32]) -> float:
    a, b, c = (points[triangles[:, k]].astype(float) for k in range(3))
    return float(0.5 * np.linalg.norm(np.cross(b - a, c - a), axis=1).sum())


def distance_to_outline(points: NDArray[np.floating], segments: NDArray[np.float64]) -> Floats:
    """Signed distance in mm of plane points to a closed outline: negative inside.

    Args:
        points: plane coordinates, shape (N, 2).
        segments: the outline in pieces of any order, shape (M, 2, 2), M > 0.
    """
    (a, b), (first_a, first_b), (last_a, last_b) = (
        np.asarray(v, np.float32).T for v in (points, segments[:, 0], segments[:, 1])
    )
    way_a, way_b = last_a - first_a, last_b - first_b
    off_a, off_b = a[:, None] - first_a, b[:, None] - first_b
    length = np.maximum(way_a**2 + way_b**2, np.float32(1e-12))
    share = np.clip((off_a * way_a + off_b * way_b) / length, 0, 1)
    distance = np.sqrt(((off_a - share * way_a) ** 2 + (off_b - share * way_b) ** 2).min(axis=1))
    spans = (b[:, None] >= np.minimum(first_b, last_b)) & (b[:, None] < np.maximum(first_b, last_b))
    rise = np.where(way_b == 0, np.float32(1e-12), way_b)
    meets = spans & (off_a < off_b / rise * way_a)
    return np.asarray(np.where(meets.sum(axis=1) % 2 == 1, -distance, distance), np.float32)


def test_plane_holds_the_needle(plane: Plane, ways: tuple[Approach, ...]) -> None:
    """The plane is upright, holds the whole axis, and takes the patient's left away."""
    axis = ways[0].at(np.array([-60.0, 0.0, 25.0]))
    assert np.allclose((axis - plane.origin) @ plane.normal, 0, atol=1e-9)
    assert plane.normal[2] == 0
    assert plane.normal[0] > 0.8


def test_faces_lie_in_the_plane(section: Section, plane: Plane) -> None:
    """Every face is flat in the plane, at rest and with a broken body and bones that ride."""
    fracture = Fracture(0.7, 0.82, 0.97)
    shape = load_bone("L1").shape
    poses = {n: riding_pose(shape, fracture) @ p if n.startswith("T") else p for n, p in REST.items()}
    for weights, where in ((WHOLE, REST), (weights_of(fracture), poses)):
        faces = section.faces(weights, where)
        assert {face.name for face in faces} == set(ORDER)
        for face in faces:
            assert np.abs((face.points - plane.origin) @ plane.normal).max() < 1e-4


def test_face_is_where_the_bone_is(section: Section, bones: Bones, plane: Plane) -> None:
    """Texels are painted as bone where they lie inside the outline of its surface; 2 % on the edge may differ."""
    for name, bone in section.bones.items():
        outline = sliced(bones[name].outer.moved(REST[name]), plane)
        inside = bone.tissue.distance_mm < 0
        texels = plane.points(*np.meshgrid(*_coordinates(bone.tissue.distance_mm.shape, section, name)))
        at = plane.coordinates(texels.reshape(-1, 3))[::37]
        found = distance_to_outline(at, outline) < 0
        assert len(outline) > 50
        assert np.mean(found != inside.reshape(-1)[::37]) < 0.02, name


def test_face_follows_the_broken_bone(section: Section, bones: Bones, plane: Plane) -> None:
    """What is inside the bone at rest lies inside the broken bone's outline, what is outside lies outside."""
    fracture = Fracture(0.7, 0.85, 1.0)
    surface = FracturedMesh(bones["L1"].shape, bones["L1"].outer).shaped(fracture)
    net = section.bones["L1"]
    depth = bones["L1"].distance.at(net.at(WHOLE, REST["L1"]))
    moved = plane.coordinates(net.at(weights_of(fracture), REST["L1"]).astype(float))
    away = distance_to_outline(moved, sliced(surface, plane))
    assert (away[depth < -0.6] < 0).all()
    assert (away[depth > 0.6] > 0).all()
    still = plane.coordinates(net.at(WHOLE, REST["L1"]).astype(float))
    assert np.linalg.norm(moved - still, axis=1).max() > 4.0


def test_texture_places_are_in_the_picture(section: Section) -> None:
    """Texture coordinates keep within 0 and 1, and no triangle is degenerate."""
    for face in section.faces(WHOLE, REST):
        assert face.uv.min() > 0
        assert face.uv.max() < 1
        corners = face.points[face.triangles].astype(float)
        twice = np.linalg.norm(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1)
        assert twice.min() > 1e-3
        assert area_mm2(face.points, face.triangles) > 500


def test_slice_of_a_cube() -> None:
    """A plane through a cube meets it in its square outline; one beside it in nothing."""
    segments = sliced(cube(5.0), plane_along((1.0, 0.0, 0.0), (0.0, -1.0, 0.0)))
    assert np.linalg.norm(segments[:, 1] - segments[:, 0], axis=1).sum() == pytest.approx(40.0)
    assert np.abs(segments).max(axis=(0, 1)) == pytest.approx(5.0)
    assert not len(sliced(cube(5.0), plane_along((6.0, 0.0, 0.0), (0.0, -1.0, 0.0))))


def test_distance_to_an_outline() -> None:
    """Distances to a square are negative inside and exact on both sides."""
    segments = sliced(cube(5.0), plane_along((1.0, 0.0, 0.0), (0.0, -1.0, 0.0)))
    points = np.array([[0.0, 0.0], [3.0, 1.0], [7.0, 0.0], [8.0, 9.0], [-5.5, 4.0]])
    assert distance_to_outline(points, segments) == pytest.approx([-5.0, -2.0, 2.0, 5.0, 0.5])


def _coordinates(shape: tuple[int, ...], section: Section, name: str) -> tuple[NDArray[np.float64], ...]:
    """Plane coordinates of a face's texels, from the corners of its net."""
    bone = section.bones[name]
    at = section.plane.coordinates(bone.at(WHOLE, REST[name]).astype(float))
    lines = [np.polyfit(bone.uv[:, k], at[:, k], 1) for k in (0, 1)]
    counts = reversed(shape)  # columns run along the plane, rows up
    return tuple(
        np.asarray(np.polyval(line, (np.arange(n) + 0.5) / n), float) for line, n in zip(lines, counts, strict=True)
    )


@pytest.mark.parametrize("direction", [(1.0, 0.0, 0.0), (0.3, -0.8, 0.52)])
def test_remainder_keeps_one_side(bones: Bones, direction: tuple[float, float, float]) -> None:
    """Nothing is left beyond the plane, everything is left before it, and winding is kept."""
    mesh, normal = bones["L1"].outer, np.array(direction) / np.linalg.norm(direction)
    origin = 9.0 * normal
    left = remainder(mesh.points, mesh.triangles, origin, normal)
    gone = remainder(mesh.points, mesh.triangles, origin, -normal)
    points = left.carried(mesh.points)
    assert ((points[left.triangles] - origin) @ normal).max() < 1e-4
    whole = area_mm2(mesh.points, mesh.triangles)
    rest = area_mm2(gone.carried(mesh.points), gone.triangles)
    assert area_mm2(points, left.triangles) + rest == pytest.approx(whole)
    a, b, c = (points[left.triangles[:, k]].astype(float) for k in range(3))
    turned = np.einsum("ij,ij->i", np.cross(b - a, c - a), left.carried(mesh.normals)[left.triangles].sum(axis=1))
    assert (turned > -1e-3).mean() > 0.999


def test_remainder_beside_the_plane(bones: Bones) -> None:
    """A surface that the plane does not meet stays whole or goes whole."""
    mesh = bones["L1"].outer
    all_left = remainder(mesh.points, mesh.triangles, (500.0, 0.0, 0.0), (1.0, 0.0, 0.0))
    assert np.array_equal(all_left.triangles, mesh.triangles)
    assert not len(remainder(mesh.points, mesh.triangles, (-500.0, 0.0, 0.0), (1.0, 0.0, 0.0)).triangles)


def test_crushed_band_under_the_sunken_plate(section: Section) -> None:
    """A whole body is crushed nowhere; a broken one in the 3 to 6 mm under its upper plate, less when it is lifted."""
    net = section.bones["L1"]
    standing, lifted = (weights_of(mechanics.HEIGHTS["typical"][stage]) for stage in ("standing", "balloon_peak"))
    whole, low, high = (net.crushed(weights) for weights in (WHOLE, standing, lifted))
    assert whole is not None
    assert low is not None
    assert high is not None

    assert np.abs(whole).max() < 1e-6
    assert (high <= low + 1e-6).all()
    assert high.sum() < 0.7 * low.sum()
    now = net.at(standing, REST["L1"])
    for y in (-10.0, -5.0, 0.0):
        column = np.abs(now[:, 1] - y) < 1.0
        band = now[column & (low > 0.2 * low[column].max()), 2]
        assert 2.4 < np.ptp(band) < 6.5
        assert band.max() > now[column & (net.inward_mm > 1.0), 2].max() - 1.0


def test_only_the_broken_bone_is_crushed(section: Section) -> None:
    """Neighbours know of no crushed bone."""
    faces = {face.name: face for face in section.faces(np.array([0.4, 0.34, 0.06]), REST)}
    assert [name for name, face in faces.items() if face.crushed is not None] == ["L1"]
