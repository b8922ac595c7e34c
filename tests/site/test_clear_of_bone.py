"""What lies beside the bones stays out of them, at rest and with any fracture, between its points too."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import pairwise, product

import numpy as np
import pytest
import pyvista as pv
from numpy.typing import NDArray

from kyphoviz.anatomy.bones import shipped_bones
from kyphoviz.anatomy.mesh import Mesh
from kyphoviz.anatomy.spine import moved
from kyphoviz.procedure.fractures import FRACTURES, GRADES
from kyphoviz.procedure.mechanics import INTACT
from kyphoviz.procedure.state import Fracture
from kyphoviz.scenario.model import TREATABLE_LEVELS, Case, heights_of
from kyphoviz.site.shape import Shape
from kyphoviz.site.spine.collapse import collapse_of
from kyphoviz.site.spine.column import Column
from kyphoviz.site.spine.soft_parts import LAYERS, SoftParts

# Ligaments and cartilage are rooted in bone and the basivertebral veins run within it; all else has no business there.
ROOTED = ("ligament", "cartilage", "basivertebral_veins")
IN_CANAL = ("canal", "cord", "nerve")
DEEPEST_MM = 0.5
WORST = (("wedge", "severe"), ("crush", "severe"))
OTHERS = [kind for kind in product(FRACTURES, GRADES) if kind not in WORST]
SHARES = np.array([(i, j, 3 - i - j) for i in range(4) for j in range(4 - i)]) / 3


@cache
def parts_of(level: str, kind: str, grade: str) -> tuple[Column, SoftParts]:
    bones, collapse = shipped_bones(), collapse_of(kind, grade)
    return Column(bones, level, collapse), SoftParts(bones, level, collapse)


def shapes_of(level: str, kind: str, grade: str, heights: Fracture) -> dict[str, Shape]:
    column, soft = parts_of(level, kind, grade)
    found = column.shapes(heights) + soft.shapes(LAYERS, heights, column.poses(heights))
    return {shape.name: shape for shape in found}


def standing(level: str, kind: str, grade: str) -> Fracture:
    return heights_of(Case(level=level, fracture=kind, grade=grade), "standing")


def places_on(mesh: Mesh) -> NDArray[np.float64]:
    """Ten places on each triangle, corners among them."""
    return np.asarray(np.einsum("sk,tkx->tsx", SHARES, mesh.points.astype(float)[mesh.triangles]).reshape(-1, 3))


def outside_mm(places: NDArray[np.float64], column: Column, heights: Fracture) -> NDArray[np.float64]:
    """How far each place is from the nearest bone, negative within it: the whole ones by their grids."""
    poses = column.poses(heights)
    away = [
        bone.distance.at(moved(np.linalg.inv(poses[level]), places))
        for level, bone in column.bones.items()
        if level != column.treated
    ]
    broken = next(shape.mesh for shape in column.shapes(heights) if shape.name == column.treated)
    near = ((places > broken.points.min(axis=0) - 1) & (places < broken.points.max(axis=0) + 1)).all(axis=1)
    own = np.full(len(places), 5.0)
    if near.any():
        surface = pv.make_tri_mesh(broken.points.astype(float), broken.triangles)
        own[near] = pv.PolyData(places[near]).compute_implicit_distance(surface)["implicit_distance"]
    return np.asarray(np.min([*away, own], axis=0))


def deepest(level: str, kind: str, grade: str, heights: Fracture, *, canal: bool = False) -> Mapping[str, float]:
    """How far outside bone the worst place of each free part is; of all, or of what lies in the canal."""
    column, _ = parts_of(level, kind, grade)
    free = [
        shape
        for shape in shapes_of(level, kind, grade, heights).values()
        if shape.role in ("canal", "cord", "nerve")
        or (
            not canal
            and shape.layer in LAYERS
            and shape.role != "disc"
            and not any(word in shape.name for word in ROOTED)
        )
    ]
    return {shape.name: float(outside_mm(places_on(shape.placed), column, heights).min()) for shape in free}


def is_joint(name: str) -> bool:
    """A rib's head lies in its joint face."""
    return name.startswith("rib_")


@pytest.mark.parametrize("level", TREATABLE_LEVELS)
def test_nothing_goes_into_whole_bones(level: str) -> None:
    """Muscles, vessels, ribs, sac, cord and roots keep out of the bones, but for half a millimetre."""
    found = deepest(level, "wedge", "moderate", INTACT)

    assert len(found) > 12
    assert {name: mm for name, mm in found.items() if mm < -DEEPEST_MM and not is_joint(name)} == {}


@pytest.mark.parametrize(("level", "kind"), list(product(TREATABLE_LEVELS, WORST)), ids=str)
def test_nothing_goes_into_broken_bones(level: str, kind: tuple[str, str]) -> None:
    """Nor do they when the body is crushed and the patient stands."""
    found = deepest(level, *kind, standing(level, *kind))

    assert {name: mm for name, mm in found.items() if mm < -DEEPEST_MM and not is_joint(name)} == {}


@pytest.mark.exhaustive
@pytest.mark.parametrize(("level", "kind"), list(product(TREATABLE_LEVELS, OTHERS)), ids=str)
def test_nothing_goes_into_any_broken_bone(level: str, kind: tuple[str, str]) -> None:
    """The same for all other kinds and grades."""
    found = deepest(level, *kind, standing(level, *kind))

    assert {name: mm for name, mm in found.items() if mm < -DEEPEST_MM and not is_joint(name)} == {}


@pytest.mark.parametrize(("level", "grade"), list(product(TREATABLE_LEVELS, GRADES)))
def test_a_wall_in_the_canal_pushes_the_sac(level: str, grade: str) -> None:
    """However far a crushed wall comes back, sac, cord and roots do not touch bone, and the cord stays in the sac."""
    heights = standing(level, "crush", grade)
    found = deepest(level, "crush", grade, heights, canal=True)

    assert min(found[name] for name in ("dural_sac", "spinal_cord", "nerve_roots")) > 0.2
    shapes = shapes_of(level, "crush", grade, heights)
    sac = pv.make_tri_mesh(shapes["dural_sac"].mesh.points.astype(float), shapes["dural_sac"].mesh.triangles)
    cord = shapes["spinal_cord"].mesh.points.astype(float)
    inside = cord[np.abs(cord[:, 2]) < 25.0]
    assert pv.PolyData(inside).compute_implicit_distance(sac)["implicit_distance"].max() < -0.2


@pytest.mark.parametrize("level", TREATABLE_LEVELS)
def test_the_worse_the_crush_the_narrower_the_sac(level: str) -> None:
    """Its front goes back with the wall and its back stays; nothing of that is left when the wall is back in place."""
    worst = standing(level, "crush", "severe")
    rest = shapes_of(level, "crush", "severe", INTACT)["dural_sac"].mesh.points
    behind_body = (np.abs(rest[:, 0]) < 2.0) & (np.abs(rest[:, 2]) < 9.0)
    in_front = rest[:, 1] < rest[behind_body, 1].mean()
    pushed = []
    for share in (0.0, 0.5, 1.0):
        heights = Fracture(*(1.0 - share * (1.0 - h) for h in (worst.anterior, worst.middle, worst.posterior)))
        gone = (shapes_of(level, "crush", "severe", heights)["dural_sac"].mesh.points - rest)[:, 1]
        pushed.append(float(gone[behind_body & in_front].max()))
        assert np.abs(gone[behind_body & ~in_front]).max() < 0.05

    assert pushed[0] == 0.0
    assert all(less < more for less, more in pairwise(pushed))
