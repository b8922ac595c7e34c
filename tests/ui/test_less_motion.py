"""Less motion: stills that melt into each other, for people whom movement makes unwell."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kyphoviz.ui.film import stills
from kyphoviz.ui.look.motion import wants_less_motion
from kyphoviz.ui.picture import cross_fade
from tests.ui.conftest import Stage
from tests.ui.stand_ins import fake_film

TIMELINE = fake_film().timeline


class Paints(QObject):
    """Counts the paints of a widget."""

    def __init__(self, widget: QObject) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


@pytest.fixture
def calm(stage: Stage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """A window that was asked for less motion."""
    monkeypatch.setattr(cross_fade, "FADE_MS", 120)
    stage.window.set_less_motion(True)
    qtbot.waitUntil(lambda: stage.is_quiet)
    return stage


def test_the_film_stands_between_its_stills(calm: Stage) -> None:
    """Two seconds of film at sixty ticks a second: at most two pictures are drawn, and time goes on all the same."""
    calm.player.play()
    QApplication.processEvents()
    before = calm.scene.renders
    for _ in range(120):
        calm.clock.pass_s(1 / 60)
        calm.window.driver.tick()
        calm.window.viewport.repaint()

    assert calm.player.time_s == pytest.approx(2.0)
    assert calm.scene.renders - before <= 2


def test_each_still_ends_its_stretch() -> None:
    """Every step shows its own end before it is over, never anything of the next, and no more stills than needed."""
    for mark in TIMELINE.marks:
        shown = {stills.still_of(TIMELINE, mark.start_s + k / 50 * mark.step.duration_s, is_playing=True).time_s
                 for k in range(50)}  # fmt: skip
        assert len(shown) == max(1, round((mark.end_s - mark.start_s) / stills.STILL_S))
        assert all(mark.start_s < time_s < mark.end_s for time_s in shown)
        assert max(shown) == pytest.approx(mark.end_s, abs=0.01)


def test_a_jump_melts_and_then_all_is_still(calm: Stage, qtbot: QtBot) -> None:
    """Another step fades in within half a second, frame by frame; afterwards nothing is painted any more."""
    viewport = calm.window.viewport
    paints = Paints(viewport)
    calm.player.seek(6.0)
    assert viewport.is_refining
    qtbot.waitUntil(lambda: calm.is_quiet)
    QApplication.processEvents()
    assert paints.count >= 3
    paints.count = 0
    qtbot.wait(150)

    assert paints.count == 0


def test_the_picture_before_is_seen_at_first_and_gone_at_last(calm: Stage, qtbot: QtBot) -> None:
    """What melts away is what was on the screen."""
    viewport = calm.window.viewport
    before = viewport.grab().toImage()
    calm.player.seek(6.0)
    melting = viewport.grab().toImage()
    qtbot.waitUntil(lambda: calm.is_quiet)
    after = viewport.grab().toImage()

    assert before != after
    assert melting != after


def test_the_hand_is_followed_at_once(calm: Stage) -> None:
    """Who drags the bar, or turns the bone, waits for no fade."""
    calm.player.seek(0.3)
    calm.window.take_camera(calm.scene.camera)
    calm.player.seek(6.0)

    assert not calm.window.viewport._fade.is_running


def test_motion_comes_back(calm: Stage) -> None:
    """The menu turns it off again, and shows what holds."""
    calm.window.header.menu.less_motion_chosen.emit(False)
    calm.player.seek(6.0)

    assert not calm.window.choices.reduced_motion
    assert not calm.window.viewport._fade.is_running


def test_the_desktop_is_asked() -> None:
    """Whatever it says, the answer is yes or no."""
    assert wants_less_motion() in (True, False)
