"""Fingers on the picture."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice
from PySide6.QtTest import QTest

from kyphoviz.procedure.state import Camera
from kyphoviz.ui.picture import camera_drag
from tests.ui.conftest import Stage

LEFT, RIGHT = QPointF(100, 200), QPointF(300, 200)
places = st.builds(QPointF, st.floats(0, 800), st.floats(0, 600))


@pytest.fixture
def screen() -> QPointingDevice:
    """A touch screen."""
    return QTest.createTouchDevice(QInputDevice.DeviceType.TouchScreen)


def test_one_finger_turns() -> None:
    """As the left button of a mouse does."""
    camera = Camera()
    turned = camera_drag.touched(camera, [LEFT], [LEFT + QPointF(40, 0)], 600)

    assert turned == camera_drag.dragged(camera, QPoint(40, 0), 600, pans=False)


def test_fingers_that_part_bring_it_nearer() -> None:
    """Twice as far apart shows it twice as large, in the same place."""
    camera = Camera()
    nearer = camera_drag.touched(camera, [LEFT, RIGHT], [QPointF(0, 200), QPointF(400, 200)], 600)

    assert nearer.distance_mm == pytest.approx(camera.distance_mm / 2)
    assert nearer.focus_mm == pytest.approx(camera.focus_mm)
    assert nearer.roll_deg == pytest.approx(0.0)


def test_fingers_that_turn_twist_the_picture() -> None:
    """A quarter turn clockwise on the glass is one of the picture."""
    middle = (LEFT + RIGHT) / 2
    turned = camera_drag.touched(Camera(), [LEFT, RIGHT], [middle + QPointF(0, -100), middle + QPointF(0, 100)], 600)

    assert turned.roll_deg == pytest.approx(90.0)
    assert turned.distance_mm == pytest.approx(Camera().distance_mm)


def test_two_fingers_side_by_side_carry() -> None:
    """Both the same way: the picture moves and nothing else."""
    moved = camera_drag.touched(Camera(), [LEFT, RIGHT], [LEFT + QPointF(30, 10), RIGHT + QPointF(30, 10)], 600)

    assert moved.focus_mm != Camera().focus_mm
    assert (moved.distance_mm, moved.roll_deg) == pytest.approx((Camera().distance_mm, 0.0))


@given(places, places, places, places)
def test_no_touch_loses_the_camera(a: QPointF, b: QPointF, c: QPointF, d: QPointF) -> None:
    """Whatever the fingers do, even on one spot, distance and roll stay within their limits."""
    found = camera_drag.touched(Camera(), [a, b], [c, d], 600)

    assert 60.0 <= found.distance_mm <= 6000.0
    assert -180.0 <= found.roll_deg <= 180.0


def test_a_finger_on_the_picture_turns_it_once(stage: Stage, screen: QPointingDevice) -> None:
    """The touch is taken: no mouse is made of it that would turn the picture a second time."""
    viewport = stage.window.parts.viewport
    start = stage.scene.camera
    QTest.touchEvent(viewport, screen).press(0, QPoint(200, 200), viewport).commit()
    QTest.touchEvent(viewport, screen).move(0, QPoint(260, 200), viewport).commit()
    QTest.touchEvent(viewport, screen).release(0, QPoint(260, 200), viewport).commit()

    assert stage.window.viewing.choices.camera == camera_drag.dragged(
        start, QPoint(60, 0), viewport.height(), pans=False
    )


def test_a_second_finger_only_takes_hold(stage: Stage, screen: QPointingDevice) -> None:
    """Nothing jumps when fingers come or go, and afterwards one finger turns again."""
    viewport, start = stage.window.parts.viewport, stage.scene.camera
    QTest.touchEvent(viewport, screen).press(0, QPoint(200, 200), viewport).commit()
    QTest.touchEvent(viewport, screen).move(0, QPoint(200, 200), viewport).press(1, QPoint(300, 200), viewport).commit()
    untouched = stage.window.viewing.choices.camera
    move = QTest.touchEvent(viewport, screen).move(0, QPoint(150, 200), viewport)
    move.move(1, QPoint(350, 200), viewport).commit()
    nearer = stage.window.viewing.choices.camera
    lift = QTest.touchEvent(viewport, screen).release(1, QPoint(350, 200), viewport)
    lift.move(0, QPoint(150, 200), viewport).commit()
    lifted = stage.window.viewing.choices.camera
    QTest.touchEvent(viewport, screen).release(0, QPoint(150, 200), viewport).commit()

    assert untouched is None
    assert nearer is not None
    assert nearer.distance_mm == pytest.approx(start.distance_mm / 2)
    assert lifted == nearer


def test_a_touch_does_not_hold_the_mouse(stage: Stage, screen: QPointingDevice) -> None:
    """After a touch a mouse that only passes turns nothing."""
    viewport = stage.window.parts.viewport
    QTest.touchEvent(viewport, screen).press(0, QPoint(200, 200), viewport).commit()
    QTest.touchEvent(viewport, screen).release(0, QPoint(200, 200), viewport).commit()
    QTest.mouseMove(viewport, QPoint(300, 240))

    assert stage.window.viewing.choices.camera is None
    assert viewport.testAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
