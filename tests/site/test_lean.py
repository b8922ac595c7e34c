"""The trunk leans over a wedged body and straightens again: closed, clear of the bones, still where needles pass."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyphoviz.anatomy.bones import shipped_bones
from kyphoviz.film import Film, open_film
from kyphoviz.procedure.fractures import FRACTURES, GRADES
from kyphoviz.procedure.mechanics import INTACT
from kyphoviz.procedure.state import Fracture, Incision, ProcedureState
from kyphoviz.scenario.load import find, load
from kyphoviz.scenario.model import TREATABLE_LEVELS, Case, heights_of
from kyphoviz.site.shape import Shape
from kyphoviz.site.skin.lean import Lean
from kyphoviz.site.skin.trunk_surface import skin_height

TOP = 95.0  # mm; up to there the skin of the back is drawn
STAGES = ("healthy", "standing", "prone", "cement_set")


@pytest.fixture(scope="module")
def film() -> Film:
    return open_film(load(find("kyphoplasty"), "kyphoplasty"), shipped_bones())


def at(film: Film, heights: Fracture, incision: Incision | None = None) -> ProcedureState:
    return replace(film.timeline.state_at(0.0), fracture=heights, incision=incision or Incision())


def shape_of(film: Film, state: ProcedureState, name: str) -> Shape:
    return next(shape for shape in film.site.shapes(state) if shape.name == name)


def lean_of(torso: Shape) -> Lean:
    assert isinstance(torso.key, tuple)
    return next(value for value in torso.key if isinstance(value, Lean))


CASES = [
    Case(level=level, fracture=kind, grade=grade) for level, kind, grade in product(TREATABLE_LEVELS, FRACTURES, GRADES)
]


def test_the_upper_back_goes_forwards_and_comes_back(film: Film) -> None:
    """It is farthest forwards in a standing patient with the fracture, and each stage gives some of it back."""
    forwards = []
    for stage in STAGES:
        skin = shape_of(film, at(film, heights_of(film.scenario.case, stage)), "torso").mesh.points
        whole = shape_of(film, at(film, INTACT), "torso").mesh.points
        high = np.abs(whole[:, 2] - TOP) < 1.0
        forwards.append(float((whole - skin)[high, 1].mean()))
    healthy, standing, prone, lifted = forwards

    assert healthy == 0.0
    assert standing > 10.0
    assert all(less < more - 1.0 for more, less in pairwise((standing, prone, lifted)))


@given(slope=st.floats(0.0, 0.5), z=st.floats(-125.0, 125.0), step=st.floats(0.01, 5.0))
def test_the_lean_is_smooth_and_only_forwards(slope: float, z: float, step: float) -> None:
    """Higher skin is never less far forwards, nothing moves below the start, and no level leans more than the spine."""
    lean = Lean(15.0, slope)
    here, above = lean.forwards_mm(np.array([z, z + step]))

    assert 0.0 <= here <= above <= here + slope * step + 1e-9
    assert z > 15.0 or here == 0.0


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.level}-{case.fracture}-{case.grade}")
def test_a_leaning_trunk_is_closed_and_covers_the_bones(case: Case) -> None:
    """Standing with any fracture the trunk is a closed solid, 8 mm or more behind every spinous tip."""
    film = open_film(load(find("kyphoplasty"), case=case), shipped_bones())
    state = at(film, heights_of(case, "standing"))
    shapes = {shape.name: shape for shape in film.site.shapes(state)}
    torso = shapes["torso"].mesh
    lean = lean_of(shapes["torso"])

    assert torso.is_closed
    assert np.linalg.norm(torso.normals, axis=1) == pytest.approx(1, abs=1e-3)
    for level in film.site.bones:
        points = shapes[level].placed.points.astype(float)
        behind = skin_height(points[:, 0], points[:, 2]) - lean.forwards_mm(points[:, 2]) - points[:, 1]
        assert behind.min() > 8.0, level


@pytest.mark.parametrize("stage", ["standing", "prone", "cement_set"])
def test_the_openings_stay_where_the_needles_pass(film: Film, stage: str) -> None:
    """The skin round each opening hardly moves, along the needle at that: its axis still meets the middle of it."""
    heights = heights_of(film.scenario.case, stage)
    torso = shape_of(film, at(film, heights, Incision(1.0, 8.0)), "torso").mesh.points
    still = shape_of(film, at(film, INTACT, Incision(1.0, 8.0)), "torso").mesh.points
    for way, depth in zip(film.site.ways, (dict(axis.stations)["skin"] for axis in film.plan.axes), strict=True):
        entry = way.wall + depth * way.direction
        near = np.linalg.norm(still - entry, axis=1) < 5.0
        assert np.linalg.norm(torso[near] - still[near], axis=1).max() < 0.1


@pytest.mark.parametrize(
    ("name", "incision"), [("skin_mark_left", Incision(1.0)), ("dressing_left", Incision(1.0, 8.0, 1.0))]
)
def test_what_lies_on_the_skin_goes_with_it(film: Film, name: str, incision: Incision) -> None:
    """A pen's mark and a dressing stay on the skin when it leans, neither in it nor in the air."""
    heights = heights_of(film.scenario.case, "standing")
    shape, torso = (shape_of(film, at(film, heights, incision), each) for each in (name, "torso"))
    lean = lean_of(torso)
    x, y, z = shape.mesh.points.astype(float).T
    above = y + lean.forwards_mm(z) - skin_height(x, z)

    assert -0.1 < above.min() < above.max() < 2.0
