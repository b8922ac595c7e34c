"""Claims about the orbit camera."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyphoviz.anatomy.bones import shipped_bones
from kyphoviz.film import open_film
from kyphoviz.procedure.state import Camera
from kyphoviz.scenario.load import find, load
from kyphoviz.scene.camera import (
    DISTANCE_LIMITS_MM,
    LEAST_ASPECT,
    clipping_mm,
    fitted,
    mm_per_pixel,
    orbited,
    panned,
    projected,
    view_of,
    zoomed,
)
from kyphoviz.scene.opacity import breadth

angles = st.floats(-720.0, 720.0)
cameras = st.builds(
    Camera,
    focus_mm=st.tuples(*[st.floats(-100.0, 100.0)] * 3),
    azimuth_deg=angles,
    elevation_deg=st.floats(-85.0, 85.0),
    distance_mm=st.floats(60.0, 6000.0),
    roll_deg=angles,
)


@given(cameras)
def test_axes_are_upright_and_square(camera: Camera) -> None:
    """Ahead, right and up are unit vectors at right angles, and the focus lies straight ahead at the distance."""
    view = view_of(camera)
    axes = np.stack([view.right, view.up, -view.ahead])
    assert np.allclose(axes @ axes.T, np.eye(3), atol=1e-9)
    assert np.linalg.det(axes) > 0
    assert np.allclose(view.eye + camera.distance_mm * view.ahead, camera.focus_mm, atol=1e-6)


@given(cameras)
def test_focus_is_in_the_middle(camera: Camera) -> None:
    """The focus is seen in the middle of the picture, whatever the size."""
    assert np.allclose(projected(camera, (640, 360), camera.focus_mm), (320.0, 180.0), atol=1e-6)


def test_convention() -> None:
    """Azimuth 0 stands behind the patient, 90 at the left, elevation 90 above the head."""
    assert np.allclose(view_of(Camera((0, 0, 0), 0, 0, 100)).eye, (0, 100, 0))
    assert np.allclose(view_of(Camera((0, 0, 0), 90, 0, 100)).eye, (100, 0, 0))
    assert np.allclose(view_of(Camera((0, 0, 0), 0, 90, 100)).eye, (0, 0, 100))


def test_roll_turns_the_picture_clockwise() -> None:
    """With roll 90 what was up is on the right."""
    x, y = projected(Camera((0, 0, 0), 0, 0, 100, roll_deg=90), (200, 200), (0.0, 0.0, 10.0))
    assert x > 120
    assert abs(y - 100) < 1e-6


@given(cameras, angles, angles)
def test_orbit_stays_off_the_poles(camera: Camera, across: float, up: float) -> None:
    """However far it is turned, the elevation keeps within 85 degrees and the focus does not move."""
    turned = orbited(camera, across, up)
    assert abs(turned.elevation_deg) <= 85.0
    assert turned.focus_mm == camera.focus_mm


@given(cameras, st.floats(0.001, 1000.0))
def test_zoom_stays_in_reach(camera: Camera, factor: float) -> None:
    """The distance keeps within 60 mm and 6 m."""
    assert 60.0 <= zoomed(camera, factor).distance_mm <= 6000.0


@given(cameras, st.floats(-50.0, 50.0), st.floats(-50.0, 50.0))
def test_pan_follows_the_pointer(camera: Camera, right: float, down: float) -> None:
    """What was at the focus lands where the pointer went."""
    moved = panned(camera, right, down, 360)
    if max(np.abs(moved.focus_mm)) < 899.0:
        assert np.allclose(projected(moved, (640, 360), camera.focus_mm), (320 + right, 180 + down), atol=1e-6)


@given(cameras)
def test_focus_lies_between_the_clipping_planes(camera: Camera) -> None:
    """The near plane stands in front of the focus and the far plane behind it."""
    near, far = clipping_mm(camera)
    assert 0 < near < camera.distance_mm < far


@given(cameras, st.integers(200, 3000), st.integers(200, 3000), st.floats(0.0, 1.0))
def test_a_narrow_picture_shows_as_much_from_side_to_side(
    camera: Camera, width: int, height: int, breadth: float
) -> None:
    """What needs its whole width gets as many millimetres across as in a wide picture; nothing else moves."""
    near = replace(camera, distance_mm=0.1 * camera.distance_mm + 60.0)
    made_for = LEAST_ASPECT * height * mm_per_pixel(near, height)
    whole = fitted(near, (width, height), 1.0)

    assert fitted(near, (width, height), 0.0) == near
    assert near.distance_mm - 1e-9 <= fitted(near, (width, height), breadth).distance_mm <= whole.distance_mm + 1e-9
    assert width * mm_per_pixel(whole, height) >= made_for * (1.0 - 1e-6) or whole.distance_mm == DISTANCE_LIMITS_MM[1]
    assert replace(whole, distance_mm=near.distance_mm) == near


@pytest.mark.parametrize("scene", ["kyphoplasty", "leak", "vertebroplasty"])
def test_an_upright_picture_keeps_what_is_done_in_sight(scene: str) -> None:
    """The way in through the skin and the needle's tip in the body: both lay beyond the sides of a 9:16 picture."""
    film = open_film(load(find(scene)), shipped_bones())
    size = (180, 320)
    for step, share, station in (("incision", 0.6, "skin"), ("fill", 0.7, "fill")):
        span = next(span for span in film.timeline.spans if span.step.id == step)
        state = film.timeline.state_at(span.start_s + share * (span.end_s - span.start_s))
        camera = fitted(state.camera, size, breadth(state))
        for axis in film.plan.axes:
            across, down = projected(camera, size, axis.at(axis.station_mm(station)))
            assert 0 <= across <= size[0], (step, across)
            assert 0 <= down <= size[1]
