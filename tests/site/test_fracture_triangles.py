"""Claims about every triangle of the broken bone, measured on the files that the command line writes."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import pairwise, product
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from kyphoviz.anatomy.assets import RestBone, load_bone, load_fine
from kyphoviz.anatomy.mesh import Mesh, write_stl
from kyphoviz.cli import main
from kyphoviz.procedure.fractures import FRACTURES, GRADES, stages_of
from kyphoviz.procedure.mechanics import HEIGHTS, INTACT, between, kyphosis_deg
from kyphoviz.procedure.state import Fracture
from kyphoviz.scenario.model import TREATABLE_LEVELS
from kyphoviz.site.spine.collapse import collapse_of
from kyphoviz.site.spine.fracture import FracturedMesh, displacement_basis, intact_sizes, weights_of

Values = NDArray[np.float64]

MOST_TURNED = np.cos(np.radians(85.0))
ALL = list(product(TREATABLE_LEVELS, FRACTURES, GRADES))
SURFACES = ("outer", "marrow", "fine")


@cache
def bone_at(level: str) -> RestBone:
    return load_bone(level)


@cache
def at_rest(level: str, surface: str) -> Mesh:
    bone = bone_at(level)
    return load_fine(level) if surface == "fine" else bone.outer if surface == "outer" else bone.marrow


@cache
def neighbouring(level: str, surface: str) -> NDArray[np.int64]:
    """The two triangles at every edge."""
    triangles = at_rest(level, surface).triangles
    sides = np.sort(np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]]), axis=1)
    return np.lexsort(sides.T).reshape(-1, 2) % len(triangles)


def exported(mesh: Mesh, path: Path) -> Values:
    """Corners (N, 3, 3) of the triangles as a reader of the file has them."""
    write_stl(mesh, path)
    return read(path)


def read(path: Path) -> Values:
    record = np.dtype([("normal", "<f4", 3), ("corners", "<f4", (3, 3)), ("extra", "<u2")])
    return np.frombuffer(path.read_bytes(), record, offset=84)["corners"].astype(float)


def faces(corners: Values) -> Values:
    """Normals as long as twice the area."""
    return np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])


def unit(vectors: Values) -> Values:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


def bends(corners: Values, edges: NDArray[np.int64]) -> Values:
    """Cosine of the angle between the two triangles at every edge."""
    normal = unit(faces(corners))
    return np.asarray(np.einsum("ij,ij->i", normal[edges[:, 0]], normal[edges[:, 1]]))


def assert_no_triangle_turned_over(whole: Values, broken: Values) -> None:
    """None faces away from where it did, and none is pressed to nothing."""
    before, after = faces(whole), faces(broken)
    assert np.einsum("ij,ij->i", unit(before), unit(after)).min() > MOST_TURNED
    assert (np.linalg.norm(after, axis=1) / np.linalg.norm(before, axis=1)).min() > 0.2


@lru_cache(maxsize=2)
def slopes_per_weight(level: str, surface: str, case: tuple[str, str]) -> Values:
    """How the displacement at the middle of each triangle grows along x, y and z (N, 3, 3), for each weight."""
    rest, shape, step = at_rest(level, surface), bone_at(level).shape, 1e-3
    middle = rest.points.astype(float)[rest.triangles].mean(axis=1)
    ways = [
        displacement_basis(shape, middle + step * way, collapse_of(*case))
        - displacement_basis(shape, middle - step * way, collapse_of(*case))
        for way in np.eye(3)
    ]
    return np.asarray(np.stack(ways, axis=2) / (2 * step))


def assert_keeps_its_side(slopes: Values, whole: Values, broken: Values) -> None:
    """Every triangle faces as the displacement of the bone around it says: its outside stays outside."""
    room = np.linalg.det(slopes)
    assert room.min() > 0.2
    expected = np.einsum("nji,nj->ni", np.linalg.inv(slopes), faces(whole)) * room[:, None]
    assert np.einsum("ij,ij->i", expected, faces(broken)).min() > 0


def assert_sound(level: str, surface: str, case: tuple[str, str], stage: Fracture, path: Path) -> None:
    rest = at_rest(level, surface)
    mesh = FracturedMesh(bone_at(level).shape, rest, collapse_of(*case)).shaped(stage)
    whole, broken = exported(rest, path), exported(mesh, path)
    assert_no_triangle_turned_over(whole, broken)
    assert_keeps_its_side(np.eye(3) + slopes_per_weight(level, surface, case) @ weights_of(stage), whole, broken)
    if surface != "fine":  # it has foramina as narrow as its triangles, and their edges are sharp
        edges = neighbouring(level, surface)
        was_flat = bends(whole, edges) > 0.5
        assert bends(broken, edges)[was_flat].min() > (-0.1 if surface == "outer" else -0.3)


@pytest.mark.parametrize("kind", FRACTURES)
@pytest.mark.parametrize("surface", SURFACES)
def test_no_triangle_of_the_usual_level_is_inverted(kind: str, surface: str, tmp_path: Path) -> None:
    """Severely broken, standing and when most is regained: no triangle turns over and no edge folds."""
    for preset, name in (("old_stiff", "standing"), ("acute_mobile", "balloon_peak")):
        assert_sound("L1", surface, (kind, "severe"), stages_of(preset, kind, "severe")[name], tmp_path / "bone.stl")


def test_the_command_line_writes_what_was_measured(tmp_path: Path) -> None:
    """`shapes` of the whole and of the broken bone: same triangles, none turned over, the arch where it was."""
    assert main(["shapes", "kyphoplasty", "--at", "0", "-o", str(tmp_path / "whole")]) == 0
    assert main(["shapes", "kyphoplasty", "--at", "fracture:1", "-o", str(tmp_path / "broken")]) == 0
    for name in ("L1", "L1_marrow"):
        whole, broken = (read(tmp_path / folder / f"{name}.stl") for folder in ("whole", "broken"))
        assert_no_triangle_turned_over(whole, broken)
        behind = whole[:, :, 1].min(axis=1) > bone_at("L1").shape.back + 6.0
        assert np.array_equal(whole[behind], broken[behind])
        assert np.abs(broken - whole).max() > 5.0


def stages_between(preset: str, case: tuple[str, str]) -> list[Fracture]:
    """Every stage, half-way to the next, and on the way from the whole bone to the broken one."""
    rows = list(stages_of(preset, *case).values())
    return [*rows, *(between(a, b, 0.5) for a, b in pairwise(rows)), between(INTACT, rows[0], 0.5)]


@pytest.mark.exhaustive
@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize(("level", "kind", "grade"), ALL)
def test_no_triangle_is_ever_inverted(level: str, kind: str, grade: str, surface: str, tmp_path: Path) -> None:
    """Of no surface, at no level, kind, grade, preset and stage, nor on the way between them (fine: standing)."""
    for preset in HEIGHTS:
        stages = stages_between(preset, (kind, grade))
        for stage in stages[:1] if surface == "fine" else stages:
            assert_sound(level, surface, (kind, grade), stage, tmp_path / "bone.stl")


@pytest.mark.exhaustive
@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize(("level", "kind", "grade"), ALL)
def test_no_broken_bone_passes_through_itself(level: str, kind: str, grade: str, surface: str) -> None:
    """Where most is lost and where most is regained, no edge passes through a triangle."""
    pytest.importorskip("trimesh.ray.ray_pyembree")
    from kyphoviz.anatomy.soundness import crossings

    mesh = FracturedMesh(bone_at(level).shape, at_rest(level, surface), collapse_of(kind, grade))
    for preset, name in (("old_stiff", "standing"), ("acute_mobile", "balloon_peak")):
        assert not len(crossings(mesh.shaped(stages_of(preset, kind, grade)[name])))


@pytest.mark.parametrize(("level", "kind", "grade"), ALL)
def test_the_angle_of_the_end_plates_is_that_of_the_stage(level: str, kind: str, grade: str, tmp_path: Path) -> None:
    """The corners' heights over the depth give the angle of the state within half a degree, and the arch stays."""
    bone, rest = bone_at(level), at_rest(level, "outer")
    marks, sizes = bone.landmarks, intact_sizes(bone.shape)
    whole = exported(rest, tmp_path / "bone.stl")
    rims = [rim(whole, np.array(place)) for place in (
        marks.anterior_upper, marks.anterior_lower, marks.posterior_upper, marks.posterior_lower,
    )]  # fmt: skip
    behind = whole[:, :, 1] > bone.shape.back + 6.0
    for stage in stages_of("old_stiff", kind, grade).values():
        mesh = FracturedMesh(bone.shape, rest, collapse_of(kind, grade)).shaped(stage)
        broken = exported(mesh, tmp_path / "bone.stl")
        lost = (broken - whole).reshape(-1, 3)[rims, 2] @ np.array([[-1, 0], [1, 0], [0, -1], [0, 1]])
        front, back = sizes.anterior_mm - lost[0], sizes.posterior_mm - lost[1]
        angle = np.degrees(np.arctan((back - front) / sizes.depth_mm))
        assert angle == pytest.approx(kyphosis_deg(stage, sizes), abs=0.5)
        assert np.array_equal(whole[behind], broken[behind])


def rim(corners: Values, place: Values) -> int:
    """The corner of a triangle at a rim: of those near it the one that stands out most its way."""
    points = corners.reshape(-1, 3)
    near = np.linalg.norm(points - place, axis=1) < 2.5
    return int(np.where(near, points @ (0.0, np.sign(place[1]), np.sign(place[2])), -np.inf).argmax())
