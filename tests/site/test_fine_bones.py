"""The finest surfaces of the bones, as pictures that are kept show them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial import cKDTree

from kyphoviz.anatomy.bones import shipped_bones
from kyphoviz.anatomy.spine import ORDER
from kyphoviz.film import Film, open_film
from kyphoviz.procedure.state import Fracture, ProcedureState
from kyphoviz.scenario.load import find, load
from kyphoviz.site.shape import Shape

SAME_MM = 1.5  # light triangles have sides of up to 3 mm, and the small holes for vessels are not in them


@pytest.fixture(scope="module")
def film() -> Film:
    return open_film(load(find("kyphoplasty"), "kyphoplasty"), shipped_bones())


def at(film: Film, step: str) -> ProcedureState:
    return film.timeline.state_at(film.timeline.time_of(step, 0.6))


def bones(shapes: tuple[Shape, ...]) -> dict[str, Shape]:
    return {shape.name: shape for shape in shapes if shape.role in ("vertebra", "comparison")}


def test_every_bone_of_a_kept_picture_is_finer(film: Film) -> None:
    """Several times the triangles and the same size, also of the bone that stands beside under load."""
    state = at(film, "load")
    light, fine = bones(film.site.drawn(state)), bones(film.site.drawn_finely(state))

    assert set(fine) == set(light) == {*ORDER, "L1_untreated"}
    for name, bone in fine.items():
        assert len(bone.mesh.triangles) > 4 * len(light[name].mesh.triangles)
        assert bone.mesh.volume_mm3 == pytest.approx(light[name].mesh.volume_mm3, rel=0.01)
        assert np.array_equal(bone.pose, light[name].pose)
        assert bone.key != light[name].key


def test_a_kept_picture_stays_within_its_triangles(film: Film) -> None:
    """At most 400 000 in view."""
    state = at(film, "fracture")
    shown = [s for s in film.site.drawn_finely(state) if s.is_drawn and state.opacity(s.layer)]  # type: ignore[arg-type]

    assert 300_000 < sum(len(shape.mesh.triangles) for shape in shown) <= 400_000


@settings(max_examples=8)
@given(st.tuples(st.floats(0.6, 1.0), st.floats(0.6, 1.0), st.floats(0.85, 1.0)))
def test_a_fine_bone_breaks_as_the_light_one(film: Film, heights: tuple[float, float, float]) -> None:
    """Whatever height is lost, both surfaces lie on each other."""
    state = replace(at(film, "fracture"), fracture=Fracture(*heights))
    light, fine = (bones(shapes)["L1"].mesh for shapes in (film.site.drawn(state), film.site.drawn_finely(state)))

    assert np.max(cKDTree(fine.points).query(light.points)[0]) < SAME_MM


def test_a_fine_bone_is_shaded_as_the_light_one(film: Film) -> None:
    """Joint faces lie in the shade of their neighbours, which the fine surface was baked without."""
    state = at(film, "healthy_spine")
    for name, fine in bones(film.site.drawn_finely(state)).items():
        light = film.site.bones[name].outer
        assert light.openness is not None
        assert fine.mesh.openness is not None
        _, near = cKDTree(light.points).query(fine.mesh.points)
        assert np.mean(fine.mesh.openness - light.openness[near]) < 0.01


def test_fine_bones_end_where_the_cut_face_does(film: Film) -> None:
    """Both come from one field: not a tenth of a millimetre lies between, but for the holes that the field lacks."""
    for name, fine in bones(film.site.drawn_finely(at(film, "healthy_spine"))).items():
        off_mm = np.abs(film.site.bones[name].distance.at(fine.mesh.points))
        assert np.percentile(off_mm, 97) < 0.1


def test_x_rays_and_the_moving_picture_keep_their_bones(film: Film) -> None:
    """A kept picture leaves no trace in what is worked out at the same instant."""
    state = at(film, "fracture")
    before = film.site.shapes(state)
    film.site.drawn_finely(state)

    assert [shape.mesh for shape in film.site.shapes(state)] == [shape.mesh for shape in before]
