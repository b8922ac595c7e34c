"""Sums along rays against arithmetic and against an independent ray caster."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import moderngl
import numpy as np
import pytest
import trimesh
from numpy.typing import NDArray
from scipy.spatial.transform import Rotation
from trimesh.ray.ray_pyembree import RayMeshIntersector

from kyphoviz.anatomy.mesh import Mesh
from kyphoviz.fluoroscopy.materials import ATTENUATION_PER_CM as MU
from kyphoviz.fluoroscopy.path_lengths import FluoroscopyUnavailable, PathLengthBuffer
from kyphoviz.fluoroscopy.solid import neighbours_together
from kyphoviz.site.role import Material, Role
from kyphoviz.site.shape import Shape
from kyphoviz.site.xray.c_arm import Projection

MakeBall = Callable[..., Mesh]
MakeShape = Callable[..., Shape]
SOFT_PER_MM = MU[Material.SOFT] / 10


def rays(view: Projection) -> NDArray[np.float64]:
    """Unit directions from the source through the middle of every pixel, shape (height, width, 3)."""
    width, height = view.size
    x = (np.arange(width) + 0.5 - width / 2) * view.pixel_mm
    y = (height / 2 - np.arange(height) - 0.5) * view.pixel_mm
    right, up = np.array(view.detector_right), np.array(view.detector_up)
    spots = np.array(view.detector_center_mm) + x[None, :, None] * right + y[:, None, None] * up
    way = spots - np.array(view.source_mm)
    return np.asarray(way / np.linalg.norm(way, axis=2, keepdims=True))


def cast(mesh: Mesh, view: Projection) -> NDArray[np.float64]:
    """Path lengths through a closed mesh by casting every ray, mm."""
    way, source = rays(view).reshape(-1, 3), np.array(view.source_mm)
    solid = trimesh.Trimesh(mesh.points.astype(float), mesh.triangles, process=False)
    starts = np.repeat(source[None], len(way), axis=0)
    hits, ray, triangle = RayMeshIntersector(solid).intersects_location(starts, way, multiple_hits=True)
    leaving = np.sign(np.einsum("ij,ij->i", solid.face_normals[triangle], way[ray]))
    signed = leaving * np.linalg.norm(hits - source, axis=1)
    return np.asarray(np.bincount(ray, signed, len(way)), np.float64).reshape(view.size[1], view.size[0])


def test_chords_of_a_ball(buffer: PathLengthBuffer, ball: MakeBall, shape: MakeShape, view: Projection) -> None:
    """Through a ball a ray runs the chord that Pythagoras tells."""
    centre, radius = np.array([14.0, 6.0, -21.0]), 25.0
    found = buffer.draw([shape("ball", ball(centre, radius, fine=5))], view)[..., 0] / SOFT_PER_MM
    to_centre = centre - view.source_mm
    nearest_sq = to_centre @ to_centre - (rays(view) @ to_centre) ** 2
    chord = 2 * np.sqrt(np.maximum(radius**2 - nearest_sq, 0))
    well_inside = nearest_sq < (0.95 * radius) ** 2
    assert np.abs(found - chord)[well_inside].max() < 0.06
    assert np.abs(found[nearest_sq > (1.001 * radius) ** 2]).max() == 0.0


def test_agrees_with_a_ray_caster(buffer: PathLengthBuffer, ball: MakeBall, shape: MakeShape, view: Projection) -> None:
    """On a lumpy solid 99 % of the pixels agree within 0.1 % of the longest path, the worst within 1 %."""
    lumpy = ball((-8.0, 12.0, 5.0), 34.0, fine=5, lumpy=0.6)
    expected = cast(lumpy, view)
    error = np.abs(buffer.draw([shape("lumpy", lumpy)], view)[..., 0] / SOFT_PER_MM - expected) / expected.max()
    assert expected.max() > 40
    assert np.percentile(error, 99) < 0.001
    assert error.max() < 0.01


@pytest.mark.parametrize(
    ("material", "reference", "path_mm", "share"),
    [("cement", "soft", 15, 0.16), ("contrast", "soft", 15, 0.26), ("steel", "soft", 3, 0.09),
     ("cancellous", "soft", 30, 0.93), ("cortical", "soft", 30, 0.37), ("soft", "air", 220, 0.010)],
)  # fmt: skip
def test_published_contrasts_are_seen_in_the_picture(
    buffer: PathLengthBuffer,
    shape: MakeShape,
    view: Projection,
    material: str,
    reference: str,
    path_mm: float,
    share: float,
) -> None:
    """A slab of a material leaves the published share of the light, within 3 % or the last digit (clinical table)."""
    box = trimesh.creation.box((path_mm, path_mm, path_mm))
    points = np.array(box.vertices, np.float32) + np.array([0.0, 10.0, 0.0], np.float32)
    triangles = np.array(box.faces, np.int32)
    slab = shape("slab", Mesh(points, triangles, points), material, reference)
    small = replace(view, size=(8, 8), pixel_mm=0.02)  # the middle of the beam, where the path is the slab's depth
    assert np.exp(-buffer.draw([slab], small)[4, 4, 0]) == pytest.approx(share, rel=0.03, abs=0.0005)


def test_nested_solids_count_differences(
    buffer: PathLengthBuffer, ball: MakeBall, shape: MakeShape, view: Projection
) -> None:
    """A core inside a shell counts as core, and the shell only around it."""
    shell = shape("shell", ball((0.0, 10.0, 0.0), 30.0, fine=4), "cortical", "soft")
    core = shape("core", ball((0.0, 10.0, 0.0), 20.0, fine=4), "cancellous", "cortical")
    sums = buffer.draw([shell, core], view)
    middle = sums[127:129, 127:129].mean(axis=(0, 1))
    expected = (
        20.0 * (MU[Material.CORTICAL] - MU[Material.SOFT]) + 40.0 * (MU[Material.CANCELLOUS] - MU[Material.SOFT])
    ) / 10
    assert middle[0] == pytest.approx(expected, rel=0.01)
    assert middle[1] == pytest.approx(40.0, rel=0.01)


def test_pose_equals_moved_mesh(buffer: PathLengthBuffer, ball: MakeBall, shape: MakeShape, view: Projection) -> None:
    """A pose gives the same sums as moving the points."""
    turn = np.eye(4)
    turn[:3, :3] = Rotation.from_rotvec((0.2, 0.4, -0.6)).as_matrix()
    turn[:3, 3] = (12.0, -7.0, 9.0)
    still = shape("posed", ball((4.0, 3.0, 2.0), 22.0, lumpy=0.5), "cement")
    posed = buffer.draw([replace(still, pose=turn)], view)
    moved = buffer.draw([shape("moved", still.mesh.moved(turn), "cement")], view)
    error = np.abs(posed - moved)[..., 0]
    assert np.percentile(error, 99.5) < 1e-4
    assert error.max() < 0.02 * moved.max()


def test_new_key_sends_new_points(buffer: PathLengthBuffer, ball: MakeBall, shape: MakeShape, view: Projection) -> None:
    """Points that change under a new key are seen; a smaller or larger solid of the same name too."""
    for key, (radius, fine) in enumerate([(20.0, 3), (10.0, 3), (12.0, 1), (30.0, 4)]):
        found = buffer.draw([shape("grows", ball((0.0, 10.0, 0.0), radius, fine), key=key)], view)[..., 0]
        assert found.max() / SOFT_PER_MM == pytest.approx(2 * radius, rel=0.03)


def test_thousand_changes_leave_nothing_behind(
    ball: MakeBall, shape: MakeShape, view: Projection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a thousand changes of size, and a hundred parts come and gone, only the last two parts hold memory."""
    held: list[moderngl.Buffer] = []
    make = moderngl.Context.buffer

    def recorded(gl: moderngl.Context, data: Any = None, reserve: int = 0) -> moderngl.Buffer:
        held.append(make(gl, data, reserve=reserve))
        return held[-1]

    def living() -> int:
        return sum(not isinstance(one.mglo, moderngl.InvalidObject) for one in held)

    monkeypatch.setattr(moderngl.Context, "buffer", recorded)
    buffer = PathLengthBuffer()
    small = replace(view, size=(8, 8))
    meshes = [ball((0.0, 10.0, 0.0), 20.0, fine) for fine in (0, 1, 2)]
    for k in range(1000):
        parts = [shape("cement", meshes[k % 3], key=k), shape(f"tool{k // 10}", meshes[0])]
        buffer.forget_all_but([part.name for part in parts])
        buffer.draw(parts, small)
    assert living() == 4
    assert len(held) < 220  # the cement's were made anew only while it grew
    buffer.close()
    assert living() == 0


def test_a_part_of_no_material_is_named(buffer: PathLengthBuffer, ball: MakeBall, view: Projection) -> None:
    """A part of no material is refused by name."""
    with pytest.raises(ValueError, match="odd part is of no material"):
        buffer.draw([Shape(name="odd part", role=Role.HANDLE, mesh=ball((0, 0, 0), 5.0), key=0)], view)


def test_no_opengl_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without OpenGL 3.3 gets one plain line with the remedy."""

    def refuse(**settings: object) -> None:
        raise ValueError("requested OpenGL version 330, got version 110")

    monkeypatch.setattr(moderngl, "create_context", refuse)
    with pytest.raises(FluoroscopyUnavailable, match=r"OpenGL 3\.3.*install") as raised:
        PathLengthBuffer()
    assert "\n" not in str(raised.value)


def test_the_order_of_triangles_loses_none(ball: MakeBall) -> None:
    """Put in order for speed, each triangle is there once, its corners turned the same way round."""
    mesh = ball((5.0, 0.0, 40.0), 30.0, fine=4, lumpy=0.4)
    ordered = neighbours_together(mesh.points, mesh.triangles)
    steps = [np.linalg.norm(np.diff(mesh.points[t[:, 0]], axis=0), axis=1).mean() for t in (mesh.triangles, ordered)]

    assert sorted(map(tuple, ordered)) == sorted(map(tuple, mesh.triangles))
    assert steps[1] < 0.75 * steps[0]
