"""Marks, counts and tones of the X-ray panes: for whom, and by which key."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kyphoviz.modes import CONSULT, KIOSK, STUDENT, Mode
from kyphoviz.overlay.xray_words import load_xray_words
from kyphoviz.procedure.beam_log import PULSES_PER_S, BeamLog
from tests.ui.conftest import Stage
from tests.ui.stand_ins import fake_film


@pytest.fixture
def pictured(open_stage: Callable[..., Stage], qtbot: QtBot) -> Callable[[Mode], Stage]:
    """Opens a window at an instant at which both screens have a picture."""

    def opened(mode: Mode) -> Stage:
        stage = open_stage(mode)
        stage.player.seek(7.0)
        qtbot.waitUntil(lambda: stage.is_quiet)
        return stage

    return opened


def shot(stage: Stage) -> QImage:
    """What the AP screen shows."""
    return stage.window.parts.xrays.panes[0].grab().toImage()


def middle(stage: Stage) -> int:
    """Grey a little beside the middle of the AP picture, in the flat part."""
    image = shot(stage)
    return QColor(image.pixel(image.width() // 2 - 40, image.height() // 2 - 40)).red()


@pytest.mark.parametrize(("mode", "is_on"), [(STUDENT, True), (CONSULT, False), (KIOSK, False)])
def test_marks_are_there_for_students(pictured: Callable[[Mode], Stage], mode: Mode, is_on: bool) -> None:
    """A learner sees them from the start, a patient does not."""
    assert pictured(mode).window.viewing.choices.teaching == is_on


@pytest.mark.parametrize(("mode", "changes"), [(STUDENT, True), (CONSULT, True), (KIOSK, False)])
def test_t_switches_the_marks(pictured: Callable[[Mode], Stage], mode: Mode, changes: bool) -> None:
    """On both screens, and back again; a kiosk's visitor cannot."""
    stage = pictured(mode)
    before = shot(stage)
    QTest.keyClick(stage.window, Qt.Key.Key_T)
    switched = shot(stage)
    QTest.keyClick(stage.window, Qt.Key.Key_T)

    assert (switched != before) == changes
    assert shot(stage) == before


def test_i_turns_black_and_white_around(pictured: Callable[[Mode], Stage]) -> None:
    """Dense is white, until it is pressed again; no new pulse is needed."""
    stage = pictured(CONSULT)
    before, pulses = middle(stage), len(stage.fluoroscope.pulses)
    QTest.keyClick(stage.window, Qt.Key.Key_I)
    inverted = middle(stage)
    QTest.keyClick(stage.window, Qt.Key.Key_I)

    assert inverted == 255 - before
    assert middle(stage) == before
    assert len(stage.fluoroscope.pulses) == pulses


def test_the_right_button_sets_window_and_level(pictured: Callable[[Mode], Stage]) -> None:
    """Dragged down the picture gets darker; a double click gives it back."""
    stage = pictured(CONSULT)
    pane, right = stage.window.parts.xrays.panes[0], Qt.MouseButton.RightButton
    before = middle(stage)
    QTest.mousePress(pane, right, pos=QPoint(50, 50))
    QTest.mouseMove(pane, QPoint(50, 50 + pane.height() // 4))
    QTest.mouseRelease(pane, right, pos=QPoint(50, 50 + pane.height() // 4))
    dragged = middle(stage)
    QTest.mouseDClick(pane, right, pos=QPoint(50, 50))

    assert dragged < before - 30
    assert middle(stage) == before
    assert stage.window.parts.xrays.panes[1].tone_drag.tone.is_plain


def test_the_beam_is_counted_by_the_film_alone() -> None:
    """Seconds with the beam on up to that instant, and the pulses of the usual rate; never fewer later on."""
    log = BeamLog(fake_film().timeline)
    used = [log.counted("lateral", t) for t in (0.0, 4.0, 6.0, 9.0, 14.0, 18.0)]

    assert [count.beam_s for count in used] == pytest.approx([0.0, 0.0, 2.0, 5.0, 10.0, 10.0])
    assert [count.pulses for count in used] == [int(count.beam_s * PULSES_PER_S + 1e-6) for count in used]
    assert log.counted("ap", 18.0).beam_s == pytest.approx(5.0)
    assert load_xray_words().count(used[-1]) == ("beam 0:10", "75 pulses")
