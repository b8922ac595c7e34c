"""The 3D picture: right way up, at the right size, drawn no more than needed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kyphoviz.procedure.state import Camera
from kyphoviz.ui.picture import camera_drag
from kyphoviz.ui.picture.rendering import LARGEST
from tests.ui.conftest import Stage


def test_the_picture_stands_the_right_way_up(stage: Stage) -> None:
    """The scene's rows run from the bottom up; on the screen its bright upper left corner is up and left."""
    picture = stage.window.parts.viewport.grab().toImage()
    width, height = picture.width(), picture.height()

    assert picture.pixelColor(width // 8, height // 8).lightness() > 200
    assert picture.pixelColor(width // 8, height // 2).lightness() < 100


def test_the_picture_has_the_widget_s_pixels(stage: Stage, qtbot: QtBot) -> None:
    """One pixel of the picture is one of the screen."""
    stage.window.resize(1100, 700)
    QApplication.processEvents()
    viewport = stage.window.parts.viewport

    assert stage.scene.size == (viewport.width(), viewport.height())
    assert viewport.rendering.size == viewport.size()


def test_a_wall_is_not_rendered_in_full(stage: Stage) -> None:
    """Beyond 2560 x 1440 the picture is stretched, in proportion."""
    viewport = stage.window.parts.viewport
    viewport.resize(3600, 1800)
    size = viewport.rendering.size

    assert size.width() <= LARGEST.width()
    assert size.height() <= LARGEST.height()
    assert size.width() / size.height() == pytest.approx(2.0, rel=0.01)


def test_one_resize_makes_one_render(stage: Stage) -> None:
    """The picture is drawn once for a new size."""
    before = stage.scene.renders
    stage.window.resize(1200, 760)
    QApplication.processEvents()

    assert stage.scene.renders - before <= 2  # the X-ray column follows the height, so the width may settle once more


def test_the_first_paint_is_told_once(open_stage: Callable[..., Stage], qtbot: QtBot) -> None:
    """Who waits for the first picture is called when it is there, and not again."""
    stage = open_stage()
    calls: list[int] = []
    stage.window.parts.viewport.first_painted.connect(lambda: calls.append(stage.scene.renders))
    stage.player.seek(3.0)
    QApplication.processEvents()

    assert stage.scene.renders >= 1
    assert calls == []


def test_a_shown_state_is_not_shown_again(stage: Stage) -> None:
    """The same state and choices cost no paint."""
    before = stage.scene.renders
    stage.window.telling.show_now()
    QApplication.processEvents()

    assert stage.scene.renders == before


def test_a_drag_turns_what_is_under_it() -> None:
    """To the right: the patient's left, on picture left when seen from behind, comes to the viewer; down: the head."""
    camera = Camera(azimuth_deg=0.0, elevation_deg=0.0)
    turned = camera_drag.dragged(camera, QPoint(50, 20), 500, pans=False)

    assert 0.0 < turned.azimuth_deg < 90.0
    assert turned.elevation_deg > 0.0


def test_a_pan_moves_the_focus_alone() -> None:
    """Moving the picture turns nothing."""
    camera = Camera()
    moved = camera_drag.dragged(camera, QPoint(50, 20), 500, pans=True)

    assert moved.focus_mm != camera.focus_mm
    assert (moved.azimuth_deg, moved.elevation_deg, moved.distance_mm) == (
        camera.azimuth_deg,
        camera.elevation_deg,
        camera.distance_mm,
    )


@pytest.mark.parametrize(("pixels", "angle"), [(0, 120), (75, 0)])
def test_the_wheel_zooms_in_proportion(pixels: int, angle: int) -> None:
    """A notch of a wheel and a stroke on a trackpad both bring the bone nearer, and back again exactly."""
    camera = Camera()
    nearer = camera_drag.wheeled(camera, wheel(pixels, angle))
    back = camera_drag.wheeled(nearer, wheel(-pixels, -angle))

    assert nearer.distance_mm < camera.distance_mm
    assert back.distance_mm == pytest.approx(camera.distance_mm)


def test_a_drag_with_the_right_button_pans(stage: Stage) -> None:
    """The right button moves the picture, the camera's angles stay."""
    viewport, before = stage.window.parts.viewport, stage.scene.camera
    QTest.mousePress(viewport, Qt.MouseButton.RightButton, pos=QPoint(100, 100))
    QTest.mouseMove(viewport, QPoint(140, 100))
    QTest.mouseRelease(viewport, Qt.MouseButton.RightButton, pos=QPoint(140, 100))
    after = stage.window.viewing.choices.camera

    assert after is not None
    assert after.azimuth_deg == before.azimuth_deg
    assert after.focus_mm != before.focus_mm


def test_the_smallest_widget_still_has_a_picture(stage: Stage) -> None:
    """A squeezed viewport asks for no empty picture."""
    stage.window.parts.viewport.resize(1, 1)

    assert stage.window.parts.viewport.rendering.size.width() >= 16
    assert stage.window.parts.viewport.rendering.size != QSize(0, 0)


def wheel(pixels: int, angle: int) -> QWheelEvent:
    """A turn of the wheel."""
    return QWheelEvent(
        QPointF(10, 10), QPointF(10, 10), QPoint(0, pixels), QPoint(0, angle), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
