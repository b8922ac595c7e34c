"""Claims about the cement that leaves the body."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import pyvista as pv
from hypothesis import given, settings
from hypothesis import strategies as st

from kyphoviz.anatomy.bones import shipped_bones
from kyphoviz.anatomy.mesh import Mesh
from kyphoviz.film import Film, open_film
from kyphoviz.procedure.state import ProcedureState
from kyphoviz.scenario.load import find, load
from kyphoviz.site.filling.leak import LeakBody, vein_hole
from kyphoviz.site.shape import Shape


@pytest.fixture(scope="module")
def film() -> Film:
    """The shipped lesson."""
    return open_film(load(find("leak"), "leak"), shipped_bones())


def leaked(film: Film, cement_ml: float, leak_ml: float) -> dict[str, Shape]:
    """The shapes with so much cement in the body and outside it."""
    state: ProcedureState = film.timeline.state_at(film.timeline.time_of("wait"))
    cement = replace(state.cement, volume_ml=cement_ml, leak_ml=leak_ml)
    return {shape.name: shape for shape in film.site.shapes(replace(state, cement=cement))}


def outside_mm(mesh: Mesh, points: np.ndarray) -> np.ndarray:
    """How far points are outside a closed surface, negative inside."""
    surface = pv.make_tri_mesh(mesh.points.astype(float), mesh.triangles)
    found = pv.PolyData(points.astype(float)).compute_implicit_distance(surface)
    return np.asarray(found["implicit_distance"])


@settings(max_examples=20, deadline=None)
@given(volume=st.floats(0.003, 0.15))
def test_a_leak_has_the_volume_of_the_state(film: Film, volume: float) -> None:
    """Its mesh is closed and encloses what the state says."""
    leak = leaked(film, 1.2, volume)["cement_leak"]

    assert leak.role == "cement"
    assert leak.mesh.is_closed
    assert leak.mesh.volume_mm3 / 1000 == pytest.approx(volume, rel=0.005)
    assert leak.in_xray


def test_a_leak_grows_from_the_cement_to_the_canal(film: Film) -> None:
    """It begins at the cement's back, runs back within the bone, and only then spreads behind the wall."""
    backs = [leaked(film, 1.2, v)["cement_leak"].mesh.points[:, 1].max() for v in (0.01, 0.05, 0.1, 0.15)]
    shapes = leaked(film, 0.9, 0.004)

    assert backs == sorted(backs)
    assert np.abs(outside_mm(shapes["cement"].mesh, shapes["cement_leak"].mesh.points)).min() < 0.7
    assert backs[0] < 4.0 < film.site.landmarks_mm["posterior_wall"][1] < backs[-1]


def test_a_leak_leaves_the_bone_through_the_vein_only(film: Film) -> None:
    """All of it lies 0.3 mm inside the bone, in the hole of the posterior wall, or just behind that wall."""
    shapes = leaked(film, 1.2, 0.15)
    points = shapes["cement_leak"].mesh.points
    out = outside_mm(shapes["L1"].mesh, points) > -0.3
    hole = vein_hole(film.site.bones["L1"])
    wall_y = film.site.landmarks_mm["posterior_wall"][1]
    at_hole = np.hypot(points[:, 0] - hole[0], points[:, 2] - hole[2]) < 4.0
    behind = points[:, 1] > wall_y - 1.0

    assert (at_hole | behind)[out].all()
    assert out.any()
    assert points[:, 1].max() < wall_y + 3.0


def test_a_leak_lies_before_the_dural_sac(film: Film) -> None:
    """It fills veins in the fat in front of the sac and does not enter it."""
    shapes = leaked(film, 1.2, 0.15)

    assert outside_mm(shapes["dural_sac"].placed, shapes["cement_leak"].mesh.points).min() > 0.2


@pytest.mark.parametrize("volume", [1.2, 3.5])
def test_cement_and_leak_do_not_overlap(film: Film, volume: float) -> None:
    """Cement that comes later fills the bone around the vein, so nothing is counted twice."""
    shapes = leaked(film, volume, 0.15)

    assert outside_mm(shapes["cement"].mesh, shapes["cement_leak"].mesh.points).min() > -0.4


def test_the_veins_hold_the_largest_leak(film: Film) -> None:
    """What a scene may ask for fits."""
    assert film.site._filling._leak_body.largest_ml > 0.15


def test_cement_inside_keeps_the_rules(film: Film) -> None:
    """The cement in the body stays short of the posterior quarter while the leak goes on."""
    from kyphoviz.site.needles.approach import depth_fraction

    cement = leaked(film, 3.5, 0.15)["cement"].mesh
    assert depth_fraction(film.site.bones["L1"], float(cement.points[:, 1].max())) < 0.75


def test_the_path_depends_on_where_the_cement_is(film: Film) -> None:
    """The vein is joined where the cement is, so another start gives another trunk to the same hole."""
    bone = film.site.bones["L1"]
    one, other = (LeakBody(bone, np.array([x, -6.0, -1.0])).mesh(0.1).points for x in (-6.0, 6.0))

    assert one[:, 0].min() < -5.0 < 5.0 < other[:, 0].max()
