"""Claims about balloons, cavities and cement."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kyphoviz.anatomy.assets import RestBone
from kyphoviz.anatomy.mesh import Floats, Mesh
from kyphoviz.procedure import mechanics
from kyphoviz.procedure.state import Balloon, Cavity, Fracture, ProcedureState, Side
from kyphoviz.procedure.steps import first_state
from kyphoviz.scenario.model import Case
from kyphoviz.site.filling.filling import Filling
from kyphoviz.site.needles.approach import Approach, depth_fraction
from kyphoviz.site.needles.instruments import tool_radii_mm
from kyphoviz.site.plan import plan_case
from kyphoviz.site.shape import Shape
from kyphoviz.site.spine.fracture import FracturedMesh

HEIGHTS = mechanics.HEIGHTS["typical"]


@pytest.fixture(scope="module")
def filling(bone: RestBone, ways: tuple[Approach, ...]) -> Filling:
    """The fields of the default case."""
    case = Case()
    plan = plan_case(case, bone, ways, (-62.0, -62.0), tool_radii_mm(case))
    return Filling(case, bone, ways, plan)


@pytest.fixture(scope="module")
def start(bone: RestBone, ways: tuple[Approach, ...]) -> ProcedureState:
    """The state before anything happened."""
    return first_state(plan_case(Case(), bone, ways, (-62.0, -62.0), tool_radii_mm(Case())))


def inflated(start: ProcedureState, share: float, volume_ml: float = 2.4) -> ProcedureState:
    """Both balloons on their way up."""
    heights = mechanics.between(HEIGHTS["prone"], HEIGHTS["balloon_peak"], share)
    balloons = tuple(Balloon(side, share * volume_ml, 0.0, (0.0, 0.0, 0.0)) for side in Side)
    return replace(start, fracture=heights, balloons=balloons)


def depth_inside(bone: RestBone, heights: Fracture, mesh: Mesh) -> float:
    """How deep the shallowest point lies under the outer surface of the broken bone, mm."""
    import pyvista as pv

    outer = FracturedMesh(bone.shape, bone.outer).shaped(heights)
    surface = pv.make_tri_mesh(outer.points.astype(float), outer.triangles)
    _, nearest = surface.find_closest_cell(mesh.points.astype(float), return_closest_point=True)
    return float(np.linalg.norm(mesh.points - nearest, axis=1).min())


@settings(max_examples=25, deadline=None)
@given(share=st.floats(0.01, 1.0))
def test_a_balloon_has_the_volume_of_the_state(filling: Filling, start: ProcedureState, share: float) -> None:
    """The mesh of each balloon encloses what the state says, within a thousandth, and is closed."""
    for shape in filling.shapes(inflated(start, share)):
        assert shape.mesh.volume_mm3 / 1000 == pytest.approx(share * 2.4, rel=1e-3)
        assert shape.mesh.is_closed


@settings(max_examples=25, deadline=None)
@given(volume=st.floats(0.005, 4.8))
def test_cement_has_the_volume_of_the_state(filling: Filling, start: ProcedureState, volume: float) -> None:
    """The mesh of the cement encloses what the state says and is closed."""
    state = replace(start, cement=replace(start.cement, volume_ml=volume))
    (shape,) = filling.shapes(state)

    assert shape.mesh.volume_mm3 / 1000 == pytest.approx(volume, rel=1e-3)
    assert shape.mesh.is_closed


@pytest.mark.parametrize("share", [0.3, 0.7, 1.0])
def test_balloons_stay_inside_the_front_two_thirds(
    bone: RestBone, filling: Filling, start: ProcedureState, share: float
) -> None:
    """Each balloon keeps 0.3 mm to the surface and lies in front of the posterior third, on its own side."""
    state = inflated(start, share)
    for shape in filling.shapes(state):
        assert depth_inside(bone, state.fracture, shape.mesh) >= 0.3
        assert depth_fraction(bone, float(shape.mesh.points[:, 1].max())) <= 0.667
        sign = 1 if shape.side == Side.LEFT else -1
        assert (sign * shape.mesh.points[:, 0]).min() > 0.0


@pytest.mark.parametrize("stage", ["after_deflation", "cement_set", "three_months"])
def test_cement_stays_inside_and_short_of_the_posterior_quarter(
    bone: RestBone, filling: Filling, start: ProcedureState, stage: str
) -> None:
    """All 4.8 mL keep 0.3 mm to the surface and leave the last quarter free, also when height is lost again."""
    state = replace(start, fracture=HEIGHTS[stage], cement=replace(start.cement, volume_ml=4.8))
    (shape,) = filling.shapes(state)

    assert depth_inside(bone, HEIGHTS[stage], shape.mesh) >= 0.3
    assert depth_fraction(bone, float(shape.mesh.points[:, 1].max())) < 0.75


def test_cement_grows_and_never_shrinks(filling: Filling, start: ProcedureState) -> None:
    """What is filled at one volume is filled at every later one."""
    body = filling._cement_body
    earlier = body._growth.field(1.5) < -0.2
    later = body._growth.field(3.5) < 0.0

    assert earlier.any()
    assert not (earlier & ~later).any()


def test_a_cavity_is_left_where_the_balloon_was(filling: Filling, start: ProcedureState) -> None:
    """The cavity after deflation has the volume that the state keeps for it."""
    cavities = tuple(Cavity(side, 2.16) for side in Side)
    shapes = filling.shapes(replace(start, fracture=HEIGHTS["after_deflation"], cavities=cavities))

    assert [s.role for s in shapes] == ["cavity", "cavity"]
    assert all(s.mesh.volume_mm3 / 1000 == pytest.approx(2.16, rel=1e-3) for s in shapes)
    assert not any(s.in_xray for s in shapes)


def test_room_closes_with_the_front_of_the_cement(filling: Filling, start: ProcedureState) -> None:
    """While cement comes in, what is open of the cavities shrinks steadily to nothing: it never jumps."""
    points = filling._grid.points.reshape(-1, 3)[::7]
    open_points = []
    for volume in np.linspace(0.05, 4.8, 48):
        heights = HEIGHTS["cement_set"]
        cavities = tuple(Cavity(side, 2.4 * mechanics.CAVITY_KEPT) for side in Side)
        cement = replace(start.cement, volume_ml=float(volume))
        shapes = {s.name: s for s in filling.shapes(replace(start, fracture=heights, cavities=cavities, cement=cement))}
        assert all(shape.is_drawn for shape in shapes.values())
        room = np.minimum(*(_away(shapes[f"cavity_{side}"], points) for side in Side))
        open_points.append(int(((room < 0.0) & (_away(shapes["cement"], points) > 0.0)).sum()))
    closed = -np.diff(open_points) / open_points[0]

    assert open_points[-1] < 0.01 * open_points[0]
    assert closed.min() >= 0.0
    assert closed.max() < 0.04


def test_distance_is_that_of_the_mesh(filling: Filling, start: ProcedureState) -> None:
    """The distance that a balloon's shape tells is nothing on its surface, and an eighth of a millimetre fits all."""
    for shape in filling.shapes(inflated(start, 0.8)):
        assert np.abs(_away(shape, shape.mesh.points)).max() < 0.125


def _away(shape: Shape, points: Floats) -> Floats:
    assert shape.distance_mm is not None
    return shape.distance_mm(points)
