"""Where labels point: on the bone, whatever has become of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from kyphoviz.anatomy.bones import shipped_bones
from kyphoviz.film import Film, open_film
from kyphoviz.procedure.state import Fracture, Layer, Opacity, ProcedureState
from kyphoviz.scenario.load import find, load
from kyphoviz.site.anchors.anchors import Anchor


@pytest.fixture(scope="module")
def film() -> Film:
    return open_film(load(find("kyphoplasty"), "kyphoplasty"), shipped_bones())


def state_of(film: Film, step: str, share: float = 0.8) -> ProcedureState:
    return film.timeline.state_at(film.timeline.time_of(step, share))


def places(film: Film, state: ProcedureState, key: str) -> list[Anchor]:
    return [anchor for anchor in film.site.anchors.at(state) if anchor.key == key]


def gap_mm(film: Film, anchor: Anchor) -> float:
    """Distance to the surface of the treated bone at rest."""
    return abs(float(film.site.bones["L1"].distance.at(np.array(anchor.point_mm))))


@pytest.mark.parametrize(
    "key", ["body", "pedicle", "spinous_process", "costal_process", "superior_articular", "lamina"]
)
def test_places_on_the_whole_bone_lie_on_its_surface(film: Film, key: str) -> None:
    """Each part has at least one place, and none hangs in the air or hides in the bone."""
    state = replace(state_of(film, "healthy_spine"), fracture=Fracture())
    found = [anchor for anchor in places(film, state, key) if anchor.level == "L1"]

    assert found
    assert max(gap_mm(film, anchor) for anchor in found) < 1.0


def test_places_lie_on_their_own_side_and_end(film: Film) -> None:
    """Behind is behind, below the arch of the level, left and right alike."""
    state = state_of(film, "healthy_spine")
    spinous, pedicles = places(film, state, "spinous_process"), places(film, state, "pedicle")

    assert all(anchor.point_mm[1] > 45.0 for anchor in spinous)
    assert {np.sign(anchor.point_mm[0]) for anchor in pedicles} == {-1.0, 1.0}


def test_the_broken_edge_sinks_with_the_bone(film: Film) -> None:
    """It has a name only when it is broken, and lies lower the more height is lost."""
    state = state_of(film, "healthy_spine")
    mild, severe = (
        places(film, replace(state, fracture=Fracture(front, 0.9, 1.0)), "broken_edge")[0] for front in (0.9, 0.6)
    )

    assert places(film, replace(state, fracture=Fracture()), "broken_edge") == []
    assert severe.point_mm[2] < mild.point_mm[2] - 3.0


def test_a_biconcave_body_has_no_broken_front(film: Film) -> None:
    """Its front wall stands, so nothing there is called broken, however low the front is."""
    case = replace(film.scenario.case, fracture="biconcave", grade="severe")
    other = open_film(load(find("kyphoplasty"), case=case), shipped_bones())
    state = state_of(other, "cause")

    assert state.fracture.anterior < 0.95
    assert places(other, state, "broken_edge") == []
    assert places(other, state, "upper_plate")


def test_an_instant_s_places_do_not_depend_on_what_was_asked_before(film: Film) -> None:
    """The same state has the same places, in any order."""
    first, other = state_of(film, "inflate"), state_of(film, "evidence")
    before = film.site.anchors.at(first)
    film.site.anchors.at(other)

    assert film.site.anchors.at(first) == before


def test_the_section_names_what_it_lays_bare(film: Film) -> None:
    """Cancellous bone and end plate lie in the plane of the cut; the whole body is no longer named then."""
    state = state_of(film, "inflate")
    plane = film.site.section.plane
    bare = places(film, state, "cancellous") + places(film, state, "upper_plate")

    assert bare
    assert max(abs(float((np.array(a.point_mm) - plane.origin) @ plane.normal)) for a in bare) < 1e-6
    assert [anchor for anchor in places(film, state, "body") if anchor.level == "L1"] == []


def test_what_is_not_shown_has_no_places(film: Film) -> None:
    """A hidden layer takes its names along."""
    state = state_of(film, "inflate")
    hidden = replace(state, layers=tuple(Opacity(layer, 0.0) for layer in Layer))

    assert film.site.anchors.at(hidden) == ()


def test_a_balloon_and_cement_have_places_once_they_are_there(film: Film) -> None:
    """An empty balloon is still a catheter."""
    empty, full = state_of(film, "balloon_insert"), state_of(film, "inflate")

    assert places(film, empty, "balloon") == []
    assert places(film, full, "balloon")
    assert places(film, state_of(film, "fill"), "cement")


def test_cancellous_bone_is_named_clear_of_what_fills_it(film: Film) -> None:
    """The dot of its name lies in bone, not on the balloon or the cement, and there is room for one at every stage."""
    for step in ("balloon_insert", "inflate", "deflate_remove", "fill", "cure"):
        state = state_of(film, step)
        rooms = [shape.distance_mm for shape in film.site.drawn(state) if shape.distance_mm and len(shape.mesh.points)]
        found = places(film, state, "cancellous")
        assert found
        for anchor in found:
            assert all(room(np.array([anchor.point_mm], np.float32))[0] > 2.0 for room in rooms)


def test_every_step_has_something_to_name(film: Film) -> None:
    """No step leaves a student without a word."""
    bare = [span.step.id for span in film.timeline.spans if not film.site.anchors.at(state_of(film, span.step.id))]

    assert bare == []


@pytest.mark.parametrize(
    ("place", "key"),
    [((0.0, -16.0, 0.0), "body"), ((18.0, 18.0, 3.0), "pedicle"), ((3.0, 58.0, -12.0), "spinous_process"),
     ((30.0, 34.0, 3.0), "costal_process"), ((0.0, -2.0, 11.0), "upper_plate")],
)  # fmt: skip
def test_a_place_on_a_vertebra_is_told_by_its_part(film: Film, place: tuple[float, float, float], key: str) -> None:
    """What the pointer rests on has the name of the part, with its level."""
    state = replace(state_of(film, "healthy_spine"), fracture=Fracture(), cut=0.0)

    assert film.site.anchors.part_at("L1", place, state) == (key, "L1")


@pytest.mark.parametrize(
    ("step", "shape", "part"),
    [("inflate", "disc_T12_L1", ("disc", "T12/L1")), ("inflate", "nerve_roots", ("nerve_root", "")),
     ("inflate", "balloon_left", ("balloon", "")),
     ("inflate", "balloon_catheter_left_sheath", ("balloon_catheter", "")),
     ("carm_align", "c_arm_arc", ("c_arm", "")), ("inflate", "something", None)],
)  # fmt: skip
def test_other_shapes_are_told_by_what_they_are(
    film: Film, step: str, shape: str, part: tuple[str, str] | None
) -> None:
    """A catheter is not taken for its balloon, and what is not there has no name."""
    assert film.site.anchors.part_at(shape, (0.0, 0.0, 0.0), state_of(film, step)) == part
