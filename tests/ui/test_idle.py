"""Idle means idle: a window that nobody touches draws, paints and ticks nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kyphoviz.modes import CONSULT, STUDENT, Mode
from tests.ui.conftest import Stage


class Work(QObject):
    """Counts what the whole program paints and every timer that fires."""

    def __init__(self, window: QWidget) -> None:
        super().__init__()
        self.paints, self.ticks = 0, 0
        self._timers = window.findChildren(QTimer)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        self.paints += kind == QEvent.Type.Paint and isinstance(watched, QWidget)
        self.ticks += kind == QEvent.Type.Timer and watched in self._timers
        return False


@pytest.mark.parametrize("mode", [CONSULT, STUDENT])
@pytest.mark.parametrize("time_s", [0.0, 6.0, 12.0])
def test_a_paused_window_does_nothing(
    open_stage: Callable[..., Stage], qtbot: QtBot, qapp: QApplication, mode: Mode, time_s: float
) -> None:
    """After it has settled: no picture, no X-ray, no refinement, no paint of any widget, no tick."""
    stage = open_stage(mode)
    stage.player.seek(time_s)
    qtbot.waitUntil(lambda: stage.is_quiet)
    qapp.processEvents()
    before = (stage.scene.renders, stage.scene.refinements, len(stage.fluoroscope.pulses))
    work = Work(stage.window)
    qapp.installEventFilter(work)
    qtbot.wait(250)
    qapp.removeEventFilter(work)

    assert (stage.scene.renders, stage.scene.refinements, len(stage.fluoroscope.pulses)) == before
    assert (work.paints, work.ticks) == (0, 0)


def test_the_count_counts(stage: Stage, qtbot: QtBot, qapp: QApplication) -> None:
    """While the film plays there are paints and ticks to be counted."""
    work = Work(stage.window)
    qapp.installEventFilter(work)
    stage.player.play()
    with qtbot.waitSignal(stage.window.driver._timer.timeout):
        stage.clock.pass_s(0.5)
    stage.window.viewport.repaint()
    qapp.removeEventFilter(work)
    stage.player.pause()

    assert work.paints > 0
    assert work.ticks > 0
