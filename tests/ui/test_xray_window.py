"""The X-rays in a window of their own, and what ties the pictures together."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kyphoviz.anatomy.bones import shipped_bones
from kyphoviz.film import open_film
from kyphoviz.modes import KIOSK
from kyphoviz.scenario.load import find, load
from kyphoviz.site.xray.pointed import Pointed
from kyphoviz.ui.xray.click import under
from kyphoviz.ui.xray.pane import XrayPane
from kyphoviz.ui.xray.window import XrayWindow
from tests.ui.conftest import Stage

Key = Qt.Key


def opened(stage: Stage) -> XrayWindow:
    QTest.keyClick(stage.window, Key.Key_W)
    assert stage.window.second_screen.window is not None
    return stage.window.second_screen.window


def test_w_opens_it_with_the_same_pictures(student: Stage) -> None:
    """At once, at the cost of no pulse, and another W closes it."""
    pulses = len(student.fluoroscope.pulses)
    window = opened(student)
    was_visible, shown = window.isVisible(), [pane.projection for pane in window.panes]
    QTest.keyClick(student.window, Key.Key_W)

    assert was_visible
    assert shown == [pane.projection for pane in student.window.parts.xrays.panes]
    assert None not in shown
    assert len(student.fluoroscope.pulses) == pulses
    assert not window.isVisible()


def test_its_keys_are_the_main_windows(student: Stage) -> None:
    """Who looks at the second screen need not reach for the first."""
    window, before = opened(student), student.player.time_s
    QTest.keyClick(window, Key.Key_Right)

    assert student.player.time_s == pytest.approx(before + 2.0)


def test_it_goes_on_while_the_small_ones_are_hidden(student: Stage, qtbot: QtBot) -> None:
    """A pulse is taken as long as anybody can see it."""
    opened(student)
    student.window.parts.xrays.hide()
    taken = len(student.fluoroscope.pulses)
    student.player.seek(6.0)
    qtbot.waitUntil(lambda: len(student.fluoroscope.pulses) == taken + 2)


def test_it_closes_with_the_main_window(student: Stage) -> None:
    """Nothing stays on the second screen."""
    window = opened(student)
    student.window.close()

    assert not window.isVisible()


def test_it_opens_where_it_was(student: Stage) -> None:
    """The place of the last run is taken up, and the present one is told to whoever keeps it."""
    student.window.second_screen.place = (40, 60, 700, 400)
    window = opened(student)
    was = window.geometry()
    window.setGeometry(50, 70, 720, 420)

    assert (was.x(), was.y(), was.width(), was.height()) == (40, 60, 700, 400)
    assert student.window.second_screen.present_place == (50, 70, 720, 420)


def test_the_menu_opens_it_and_hands_out_the_c_arm(student: Stage) -> None:
    """Who does not know the keys finds both there."""
    menu = student.window.parts.header.menu
    menu.xray_window_asked.emit()
    menu.c_arm_asked.emit()

    assert student.window.second_screen.window is not None
    assert student.window.second_screen.window.isVisible()
    assert student.window.viewing.choices.turn_of("ap") is not None


def test_a_kiosk_has_no_second_window(open_stage: Callable[..., Stage]) -> None:
    """A visitor opens no windows."""
    stage = open_stage(KIOSK)
    QTest.keyClick(stage.window, Key.Key_W)

    assert stage.window.second_screen.window is None


def hover(pane: XrayPane, place: QPointF) -> None:
    """Rests the pointer there, as Qt tells it."""
    no = Qt.MouseButton.NoButton
    event = QMouseEvent(QEvent.Type.MouseMove, place, pane.mapToGlobal(place), no, no, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(pane, event)


def test_pointing_at_one_x_ray_marks_the_other(student: Stage) -> None:
    """The ray through the middle of the AP picture is an upright line from front to back on the lateral one."""
    ap, lateral = student.window.parts.xrays.panes
    before = lateral.grab().toImage()
    hover(ap, ap.square.center())
    pointed = student.window.link.pointed
    after = lateral.grab().toImage()
    hover(ap, QPointF(1.0, 1.0))

    assert pointed is not None
    assert (pointed.view, pointed.is_point) == ("ap", False)
    assert after != before
    assert lateral.grab().toImage() == before


def test_pointing_in_3d_marks_both_x_rays(student: Stage) -> None:
    """A place of the body has one spot on each."""
    before = [pane.grab().toImage() for pane in student.window.parts.xrays.panes]
    over = student.window.parts.viewport.overlays
    hover = over.hover
    hover.text, over.labelling.met = "Body", ("L1", (5.0, 6.0, 0.0))
    hover.changed.emit()
    after = [pane.grab().toImage() for pane in student.window.parts.xrays.panes]

    assert student.window.link.pointed == Pointed("", (5.0, 6.0, 0.0), (5.0, 6.0, 0.0))
    assert all(one != other for one, other in zip(before, after, strict=True))


def test_a_click_beside_all_lights_nothing(student: Stage) -> None:
    """No name, no light."""
    pane = student.window.parts.xrays.panes[0]
    QTest.mouseClick(pane, Qt.MouseButton.LeftButton, pos=QPoint(pane.width() // 2, pane.height() // 2))

    assert student.window.link.clicked is None


def test_what_lies_under_the_pointer_is_what_an_eye_would_name() -> None:
    """Pedicle ring, spinous process, body and balloon, in the view in which each is read; nothing in soft tissue."""
    film = open_film(load(find("kyphoplasty"), "kyphoplasty"), shipped_bones())
    site, marks = film.site, film.site.bones["L1"].landmarks

    def named(step: str, view: str, place: tuple[float, float, float]) -> tuple[str, str] | None:
        state = film.timeline.state_at(film.timeline.time_of(step, 0.5))
        projection = site.projection(view)
        found = under(projection, projection.pixel(place), site.shapes(state), site.anchors, state)
        return None if found is None else (found.key, found.level)

    crest = site.bones["L1"].outer.points[site.bones["L1"].outer.points[:, 1].argmax()] - (0.0, 4.0, 0.0)
    assert named("carm_align", "ap", marks.pedicle_left.centre) == ("pedicle", "L1")
    assert named("carm_align", "ap", tuple(crest)) == ("spinous_process", "L1")
    assert named("carm_align", "lateral", (0.0, 0.0, -6.0)) == ("body", "L1")
    assert named("carm_align", "lateral", (0.0, -80.0, 60.0)) is None
    balloon = next(s for s in site.shapes(film.timeline.state_at(film.timeline.time_of("inflate", 0.9)))
                   if s.name == "balloon_left")  # fmt: skip
    middle = balloon.placed.points.mean(axis=0)
    state = film.timeline.state_at(film.timeline.time_of("inflate", 0.9))
    seen = site.projection("ap")
    found = under(seen, seen.pixel(middle), site.shapes(state), site.anchors, state)
    assert found is not None
    assert found.key == "balloon"
