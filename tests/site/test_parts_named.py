"""The part of a vertebra that the pointer rests on, and that a name points at, is told by the surface itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from kyphoviz.anatomy.assets import RestBone, load_fine
from kyphoviz.anatomy.bones import shipped_bones
from kyphoviz.anatomy.landmarks import Landmarks
from kyphoviz.anatomy.mesh import Mesh
from kyphoviz.anatomy.parts import PARTS
from kyphoviz.anatomy.spine import ORDER
from kyphoviz.film import Film, open_film
from kyphoviz.procedure.state import Fracture, ProcedureState
from kyphoviz.scenario.load import find, load
from kyphoviz.site.anchors.bone_places import BonePlaces

Places = NDArray[np.floating]
LATERAL_MM = 5.0  # beside the spinous process
TIPS: dict[str, tuple[set[str], Callable[[Places], Places]]] = {
    "spinous process": ({"spinous_process"}, lambda p: p[:, 1]),
    "left wing": ({"transverse_process", "costal_process"}, lambda p: p[:, 0]),
    "right wing": ({"transverse_process", "costal_process"}, lambda p: -p[:, 0]),
    "upper joint": ({"superior_articular", "superior_facet", "mamillary"}, lambda p: p[:, 2] * (p[:, 0] > LATERAL_MM)),
    "lower joint": ({"inferior_articular", "inferior_facet"}, lambda p: -p[:, 2] * (np.abs(p[:, 0]) > LATERAL_MM)),
    "front": ({"body", "upper_rim", "lower_rim"}, lambda p: -p[:, 1]),
}


@pytest.fixture(scope="module")
def film() -> Film:
    return open_film(load(find("kyphoplasty"), "kyphoplasty"), shipped_bones())


@pytest.fixture(scope="module")
def broken(film: Film) -> ProcedureState:
    """The spine with its broken body, uncut."""
    return replace(film.timeline.state_at(film.timeline.time_of("fracture", 0.9)), cut=0.0)


def named(film: Film, state: ProcedureState, level: str, own_place: Places) -> str:
    """The key of what lies at a place of a vertebra's own frame."""
    pose = film.site.poses(state.fracture)[level]
    x, y, z = pose[:3, :3] @ np.asarray(own_place, float) + pose[:3, 3]
    found = film.site.anchors.part_at(level, (float(x), float(y), float(z)), state)
    assert found is not None
    assert found[1] == level
    return found[0]


@pytest.mark.parametrize("level", ORDER)
@pytest.mark.parametrize("tip", TIPS)
def test_the_tips_of_every_vertebra_are_named_so(film: Film, broken: ProcedureState, level: str, tip: str) -> None:
    """The tip of the spinous process is one of it, and so with the wings, the joints and the front of the body.

    It is so on both surfaces of the bone: the one that moves and the one of pictures that are kept.
    """
    keys, outwards = TIPS[tip]
    whole = replace(broken, fracture=Fracture())
    for surface in (film.site.bones[level].outer, load_fine(level)):
        place = surface.points[int(np.argmax(outwards(surface.points)))]
        assert named(film, whole, level, place) in keys


@pytest.mark.parametrize("level", ORDER)
def test_what_lies_deep_in_a_bone_is_told_by_what_bears_it(film: Film, broken: ProcedureState, level: str) -> None:
    """The line of an X-ray passes through pedicles and the body, not along their walls; no joint face is there."""
    bone = film.site.bones[level]
    marks: Landmarks = bone.landmarks
    half = 0.5 * bone.shape.height

    assert named(film, broken, level, np.array(marks.pedicle_left.centre)) == "pedicle"
    assert named(film, broken, level, np.array(marks.pedicle_right.centre)) == "pedicle"
    for z in (-0.5 * half, -0.2 * half, 0.0):
        assert named(film, broken, level, np.array([0.0, -2.0, z])) == "body"


@pytest.mark.parametrize("level", ORDER)
def test_every_part_is_named_where_its_surface_says_so(film: Film, broken: ProcedureState, level: str) -> None:
    """Each part of a vertebra, foramina and joint faces too, can be pointed at, broken as the bone may be."""
    shape = next(shape for shape in film.site.drawn(broken) if shape.name == level)
    assert shape.mesh.part is not None
    for code in np.unique(shape.mesh.part):
        point = shape.mesh.points[np.flatnonzero(shape.mesh.part == code)[0]]
        assert named(film, broken, level, point) == PARTS[code].key


def test_a_sunken_plate_is_still_the_plate(film: Film, broken: ProcedureState) -> None:
    """What the end-plate of the whole bone was is told by the surface, wherever it has sunk."""
    mesh = next(shape.mesh for shape in film.site.drawn(broken) if shape.name == "L1")
    rest = film.site.bones["L1"].outer
    on_plate = int(np.argmin(np.linalg.norm(rest.points - [0.0, -8.0, film.site.bones["L1"].shape.height / 2], axis=1)))

    assert rest.points[on_plate, 2] - mesh.points[on_plate, 2] > 3.0
    assert named(film, broken, "L1", mesh.points[on_plate]) == "upper_plate"


def test_the_bone_beside_under_load_has_its_parts_too(film: Film) -> None:
    """Hovering over the bone without cement tells the same names, with the level."""
    state = film.timeline.state_at(film.timeline.time_of("load", 0.6))
    twin = next(shape for shape in film.site.drawn(state) if shape.name == "L1_untreated")
    x, y, z = twin.mesh.points[twin.mesh.points[:, 1].argmax()] + twin.pose[:3, 3]

    assert film.site.anchors.part_at(twin.name, (float(x), float(y), float(z)), state) == ("spinous_process", "L1")


def test_names_point_at_their_own_part(film: Film) -> None:
    """Every place of a name on a bone is a corner of that part of its surface."""
    for bone in film.site.bones.values():
        for key, corner in BonePlaces(bone).on_surface:
            assert label_at(bone, corner) in (("body", "upper_plate") if key == "broken_edge" else (key,))


def label_at(bone: RestBone, corner: int) -> str:
    mesh: Mesh = bone.outer
    assert mesh.part is not None
    return str(PARTS[mesh.part[corner]].label)


def test_a_bone_that_is_gone_has_no_name(film: Film) -> None:
    """A click may outlast the instant in which the bone beside stood there: then nothing is told of it."""
    healthy = replace(film.timeline.state_at(0.0), fracture=Fracture())

    assert film.site.anchors.part_at("L1_untreated", (0.0, -110.0, 0.0), healthy) is None
