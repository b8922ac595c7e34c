"""Idle means idle: a window that nobody touches draws, paints and ticks nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kyphoviz.modes import CONSULT, STUDENT, Mode
from tests.ui.conftest import Stage


class Paints(QObject):
    """Counts what the whole program paints."""

    count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint and isinstance(watched, QWidget)
        return False


@pytest.mark.parametrize("mode", [CONSULT, STUDENT])
@pytest.mark.parametrize("time_s", [0.0, 6.0, 12.0])
def test_a_paused_window_does_nothing(
    open_stage: Callable[..., Stage], qtbot: QtBot, qapp: QApplication, mode: Mode, time_s: float
) -> None:
    """After it has settled: no picture, no X-ray, no refinement, no paint of any widget, and no timer to wake any."""
    stage = open_stage(mode)
    stage.player.seek(time_s)
    qtbot.waitUntil(lambda: stage.is_quiet)
    qapp.processEvents()
    before = (stage.scene.renders, stage.scene.refinements, len(stage.fluoroscope.pulses))
    paints = Paints()
    qapp.installEventFilter(paints)
    qapp.processEvents()
    qapp.removeEventFilter(paints)

    assert (stage.scene.renders, stage.scene.refinements, len(stage.fluoroscope.pulses)) == before
    assert paints.count == 0
    assert stage.timers == []


def test_what_is_counted_is_there_while_the_film_plays(stage: Stage, qtbot: QtBot, qapp: QApplication) -> None:
    """Then there are paints, pictures and a timer."""
    paints, drawn = Paints(), stage.scene.renders
    qapp.installEventFilter(paints)
    stage.player.play()
    stage.clock.pass_s(0.5)
    qtbot.waitUntil(lambda: stage.scene.renders > drawn)
    timers = stage.timers
    qapp.removeEventFilter(paints)
    stage.player.pause()

    assert paints.count > 0
    assert timers
