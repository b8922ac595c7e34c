"""What lies under a pixel, and what is hidden."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyphoviz.choices import ViewChoices
from kyphoviz.procedure.state import Camera, Cement, Layer, ProcedureState
from kyphoviz.scene.camera import projected
from kyphoviz.scene.picking import Drawn, Ray, first_beyond, picked, ray_through
from kyphoviz.scene.view import SceneView
from tests.scene.conftest import ball

BALL = ball(10.0)
ALONG_Y = Ray(np.array([0.0, -100.0, 0.0]), np.array([0.0, 1.0, 0.0]))


def drawn(name: str = "ball", centre: tuple[float, float, float] = (0.0, 0.0, 0.0), *, is_clear: bool = False) -> Drawn:
    pose = np.eye(4)
    pose[:3, 3] = centre
    return Drawn(name, BALL.points, BALL.triangles, pose, is_clear)


@given(st.floats(10, 310), st.floats(10, 170), st.floats(50, 600), st.floats(-180, 180), st.floats(-80, 80))
def test_a_ray_goes_through_its_pixel(x: float, y: float, far: float, azimuth: float, elevation: float) -> None:
    """The camera that draws and the ray that picks agree."""
    camera = Camera(azimuth_deg=azimuth, elevation_deg=elevation, roll_deg=20.0)
    ray = ray_through(camera, (320, 180), x, y)

    assert projected(camera, (320, 180), ray.at(far)) == pytest.approx((x, y), abs=1e-6)


def test_a_ray_enters_a_ball_and_leaves_it() -> None:
    """In front at one radius, behind at the other; a ray beside it meets nothing."""
    first = first_beyond(drawn(), ALONG_Y, 0.0)
    second = first_beyond(drawn(), ALONG_Y, 95.0)
    beside = first_beyond(drawn(centre=(30.0, 0.0, 0.0)), ALONG_Y, 0.0)

    assert first is not None
    assert first.distance_mm == pytest.approx(90.0, abs=0.5)
    assert not first.leaves
    assert second is not None
    assert second.distance_mm == pytest.approx(110.0, abs=0.5)
    assert second.leaves
    assert beside is None


def test_the_nearest_is_picked_and_a_cut_names_its_body() -> None:
    """A surface where one sees; else the body whose inside was laid bare there."""
    near, far = drawn("near", (0.0, -20.0, 0.0)), drawn("far", (0.0, 20.0, 0.0))
    on_surface, in_body = picked([near, far], ALONG_Y, 70.0), picked([far], ALONG_Y, 115.0)

    assert on_surface is not None
    assert on_surface[0] == "near"
    assert in_body is not None
    assert in_body[0] == "far"
    assert in_body[1] == pytest.approx((0.0, 15.0, 0.0))


def test_a_clear_thing_in_front_comes_first() -> None:
    """A balloon is meant though the cavity behind it is seen through it; a ghost is not."""
    clear, solid = drawn("balloon", (0.0, -20.0, 0.0), is_clear=True), drawn("bone", (0.0, 20.0, 0.0))
    ghost = drawn("ghost", (0.0, -20.0, 0.0))

    met = [picked([first, solid], ALONG_Y, 110.0) for first in (clear, ghost)]

    assert [found[0] for found in met if found] == ["balloon", "bone"]
    assert [found[1][1] for found in met if found] == pytest.approx([-30.0, 10.0], abs=0.5)


def test_a_pick_finds_the_shape_that_is_seen(view_of: Callable[..., SceneView], state: ProcedureState) -> None:
    """The pixel at which a place is drawn gives that place back."""
    view = view_of()
    view.apply(state)
    found = view.pick(*view.project((30.0, 20.0, 40.0)))

    assert found is not None
    assert found[0] == "tool"
    assert view.project(found[1]) == pytest.approx(view.project((30.0, 20.0, 40.0)), abs=1.0)
    assert view.pick(5, 5) is None
    assert view.pick(-4, 900) is None


def test_a_pick_sees_the_cut(view_of: Callable[..., SceneView], state: ProcedureState) -> None:
    """On the face of the open section lies the bone, and a place that was cut away is not there."""
    view = view_of()
    near = replace(state.camera, azimuth_deg=100.0, distance_mm=220.0)
    view.apply(replace(state, cut=1.0, camera=near))
    found = view.pick(*view.project((12.0, 0.0, 0.0)))

    assert found is not None
    assert found[0] == "L1"
    assert view.hidden_mm((12.0, 0.0, 0.0)) == pytest.approx(0.0, abs=1.0)
    assert view.hidden_mm((20.0, 0.0, 0.0)) < -4.0


def test_a_hidden_place_is_hidden_by_so_much(view_of: Callable[..., SceneView], state: ProcedureState) -> None:
    """The middle of the bone lies behind its surface, the near surface does not; beside the picture all is hidden."""
    view = view_of()
    view.apply(state)
    met = view.pick(*view.project((0.0, 0.0, 0.0)))

    assert met is not None
    assert view.hidden_mm((0.0, 0.0, 0.0)) > 8.0
    assert view.hidden_mm(met[1]) == pytest.approx(0.0, abs=0.3)
    assert view.hidden_mm((0.0, 900.0, 0.0)) == float("inf")


def test_a_ghost_hides_nothing_and_is_picked_only_alone(
    view_of: Callable[..., SceneView], state: ProcedureState
) -> None:
    """One looks through it at what is solid behind it."""
    view = view_of()
    inside = replace(state, cement=Cement(volume_ml=3.0))
    ghost = ViewChoices().with_layer(Layer.TREATED_BONE, 0.3)
    view.apply(inside, ghost)

    assert view.hidden_mm((0.0, 0.0, 0.0)) < 0.0
    found = view.pick(*view.project((-10.0, -8.0, 0.0)))
    assert found is None or found[0] in ("L1", "balloon_left", "disc")
