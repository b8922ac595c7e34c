"""Less motion: stills that melt into each other, for people whom movement makes unwell."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kyphoviz.ui.look.desktop import wants_less_motion
from kyphoviz.ui.picture import cross_fade
from kyphoviz.ui.picture.cross_fade import CrossFade
from kyphoviz.viewing import stills
from tests.ui.conftest import Stage
from tests.ui.stand_ins import FakeClock, fake_film

TIMELINE = fake_film().timeline


@pytest.fixture
def calm(stage: Stage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """A window that was asked for less motion."""
    monkeypatch.setattr(cross_fade, "FADE_MS", 120)
    stage.window.appearance.set_less_motion(True)
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
        calm.window.parts.viewport.repaint()

    assert calm.player.time_s == pytest.approx(2.0)
    assert calm.scene.renders - before <= 2


def test_each_still_ends_its_stretch() -> None:
    """Every step shows its own end before it is over, never anything of the next, and no more stills than needed."""
    for span in TIMELINE.spans:
        shown = {stills.still_of(TIMELINE, span.start_s + k / 50 * span.step.duration_s, is_playing=True).time_s
                 for k in range(50)}  # fmt: skip
        assert len(shown) == max(1, round((span.end_s - span.start_s) / stills.STILL_S))
        assert all(span.start_s < time_s < span.end_s for time_s in shown)
        assert max(shown) == pytest.approx(span.end_s, abs=0.01)


def test_a_jump_melts_and_then_all_is_still(calm: Stage, qtbot: QtBot) -> None:
    """Another step fades in; afterwards no timer runs that could paint anything more."""
    calm.player.seek(6.0)
    melts = calm.window.parts.viewport.is_refining
    qtbot.waitUntil(lambda: calm.is_quiet)

    assert melts
    assert calm.timers == []


def test_the_picture_before_grows_fainter_from_frame_to_frame(qtbot: QtBot) -> None:
    """White over black: all of it at first, less with each frame, gone within half a second."""
    clock, white, black = FakeClock(), QImage(8, 8, QImage.Format.Format_RGB32), Qt.GlobalColor.black
    white.fill(Qt.GlobalColor.white)
    fade = CrossFade(clock=clock)
    fade.begin(white)
    seen = []
    while fade.is_running:
        picture = QImage(8, 8, QImage.Format.Format_RGB32)
        picture.fill(black)
        painter = QPainter(picture)
        fade.paint(painter, QRectF(0, 0, 8, 8))
        painter.end()
        seen.append(picture.pixelColor(4, 4).red())
        clock.pass_s(0.1)
        with qtbot.waitSignal(fade.moved):
            pass

    assert seen[0] == 255
    assert 4 <= len(seen) <= 5
    assert seen == sorted(set(seen), reverse=True)


def test_what_melts_away_is_what_was_on_the_screen(calm: Stage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """However slow the fade, it begins with the old picture and ends with the new one alone."""
    viewport = calm.window.parts.viewport
    before = viewport.grab().toImage()
    monkeypatch.setattr(cross_fade, "FADE_MS", 1e9)
    calm.player.seek(6.0)
    melting = viewport.grab().toImage()
    is_running = viewport.is_refining
    monkeypatch.setattr(cross_fade, "FADE_MS", 1)
    qtbot.waitUntil(lambda: calm.is_quiet)
    middle = viewport.rect().center()

    assert is_running
    assert melting.pixelColor(middle) == before.pixelColor(middle)
    assert viewport.grab().toImage() != melting


def test_the_hand_is_followed_at_once(calm: Stage) -> None:
    """Who drags the bar, or turns the bone, waits for no fade."""
    calm.player.seek(0.3)
    calm.window.viewing.take_camera(calm.scene.camera)
    calm.player.seek(6.0)

    assert not calm.window.parts.viewport._fade.is_running


def test_motion_comes_back(calm: Stage) -> None:
    """The menu turns it off again, and shows what holds."""
    calm.window.parts.header.menu.less_motion_chosen.emit(False)
    calm.player.seek(6.0)

    assert not calm.window.viewing.choices.reduced_motion
    assert not calm.window.parts.viewport._fade.is_running


def test_the_desktop_is_asked() -> None:
    """Whatever it says, the answer is yes or no."""
    assert wants_less_motion() in (True, False)
