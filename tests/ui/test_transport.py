"""The film's bar and the row of controls."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot

from kyphoviz.procedure.timeline import film_time
from kyphoviz.ui.film.scrub_bar import ScrubBar
from kyphoviz.ui.film.transport import clinical_time, speed_name
from tests.ui.conftest import Stage

Left = Qt.MouseButton.LeftButton


def button(stage: Stage, name: str) -> QAbstractButton:
    """The control whose name begins so."""
    found = stage.window.parts.transport.findChildren(QAbstractButton)
    return next(each for each in found if each.accessibleName().startswith(name))


def test_a_click_on_the_bar_seeks(stage: Stage) -> None:
    """The middle of the bar is the middle of the film."""
    bar = stage.window.parts.bar
    QTest.mouseClick(bar, Left, pos=QPoint(bar.width() // 2, 6))

    assert stage.player.time_s == pytest.approx(9.0, abs=0.05)


def test_a_drag_on_the_bar_scrubs(stage: Stage) -> None:
    """The film follows the pointer, beyond the ends too, and stays where it is let go."""
    bar = stage.window.parts.bar
    QTest.mousePress(bar, Left, pos=QPoint(100, 6))
    QTest.mouseMove(bar, QPoint(bar.width() + 300, 6))
    at_end = stage.player.time_s
    QTest.mouseMove(bar, QPoint(bar.width() // 4, 6))
    QTest.mouseRelease(bar, Left, pos=QPoint(bar.width() // 4, 6))
    QTest.mouseMove(bar, QPoint(bar.width() // 2, 6))

    assert at_end == 18.0
    assert stage.player.time_s == pytest.approx(4.5, abs=0.1)


def test_the_bar_follows_without_asking_back(stage: Stage, qtbot: QtBot) -> None:
    """Showing a time is not seeking."""
    with qtbot.assertNotEmitted(stage.window.parts.bar.sought):
        stage.player.seek(12.0)

    assert stage.window.parts.bar.value() == pytest.approx(12_000, abs=30)


def test_segments_name_their_steps(stage: Stage) -> None:
    """The step under the pointer is the one of that time."""
    bar = stage.window.parts.bar
    x = bar.width() * 10.0 / 18.0

    assert bar.places.step_at(x) == 2
    assert bar.places.time_at(-50) == 0.0


def hovering(place: QPointF) -> QMouseEvent:
    """The pointer passes over a place with no button down."""
    none = Qt.MouseButton.NoButton
    return QMouseEvent(QEvent.Type.MouseMove, place, place, none, none, Qt.KeyboardModifier.NoModifier)


def words_on(bar: ScrubBar) -> list[str]:
    return [words for words, _, _ in bar.labels]


def test_titles_are_shown_where_they_fit(stage: Stage, qtbot: QtBot) -> None:
    """All of them where segments are long; in a crowd the present one alone, and the one that is pointed at."""
    long = "Much longer than its segment, step"
    titles = (f"{long} 1", f"{long} 2", "Short", f"{long} 4")
    crowded = ScrubBar(stage.film.timeline, titles, tuple((title, k) for k, title in enumerate(titles)))
    qtbot.addWidget(crowded)
    crowded.resize(440, 40)
    crowded.show_time(10.0)
    alone = words_on(crowded)
    QApplication.sendEvent(crowded, hovering(QPointF(20, 6)))

    assert sorted(words_on(stage.window.parts.bar)) == ["Fill", "Inflate", "Needle", "Position"]
    assert alone == [titles[2]]
    assert words_on(crowded) == [titles[2], titles[0]]


def test_chapters_are_named_and_the_present_one_with_its_step(stage: Stage, qtbot: QtBot) -> None:
    """Steps of one chapter lie closer together than chapters, and no word lies on another."""
    bar = ScrubBar(stage.film.timeline, ("a", "b", "c", "d"), (("Begin", 0), ("End", 2)))
    qtbot.addWidget(bar)
    bar.resize(640, 40)
    bar.show_time(10.0)
    bars = list(bar.places.segments())
    gaps = [later.left() - earlier.right() for earlier, later in pairwise(bars)]

    assert words_on(bar) == ["End: c", "Begin"]
    assert gaps[1] > 1.5 * gaps[0]
    assert bar.words_at(bar.width() - 5).startswith("End\n4. d")


def test_a_tick_that_can_not_be_seen_is_not_painted(stage: Stage) -> None:
    """Less than half a pixel of the knob asks for nothing."""
    stage.player.seek(5.0)
    shown = stage.window.parts.bar.value()
    stage.player.seek(5.004)

    assert stage.window.parts.bar.value() == shown


def test_buttons_play_and_go_by_steps(stage: Stage) -> None:
    """Play becomes pause, and the arrows go from step to step."""
    QTest.mouseClick(button(stage, "Play"), Left)
    plays = stage.player.is_playing
    QTest.mouseClick(button(stage, "Pause (Space)"), Left)
    stage.player.seek(5.0)
    QTest.mouseClick(button(stage, "Next"), Left)
    third, goes_on = stage.player.time_s, stage.player.is_playing
    QTest.mouseClick(button(stage, "Previous"), Left)

    assert plays
    assert goes_on
    assert not stage.player.is_playing
    assert third == 9.0
    assert stage.player.time_s == pytest.approx(9.0, abs=0.01)


def test_loop_and_pause_are_the_player_s(stage: Stage) -> None:
    """Both can be chosen, and show what the player does."""
    QTest.mouseClick(button(stage, "Play again"), Left)
    QTest.mouseClick(button(stage, "Pause at the end"), Left)

    assert stage.player.loops
    assert stage.player.pauses_at_step_end


def test_every_speed_can_be_chosen(stage: Stage) -> None:
    """The menu sets the player's speed and shows it."""
    menu = stage.window.parts.transport.findChildren(QAbstractButton)
    speed = next(each for each in menu if each.text().startswith("Speed"))
    for action in speed.menu().actions():  # type: ignore[attr-defined]
        action.trigger()
        assert stage.player.speed == action.data()
        assert speed.text() == f"Speed {speed_name(action.data())}"


def test_both_clocks_are_shown(stage: Stage) -> None:
    """Film time runs in seconds, the clinical clock in minutes of the operating theatre."""
    stage.player.seek(9.0)
    texts = {label.text() for label in stage.window.parts.transport.findChildren(QLabel)}

    assert {"0:09 / 0:18", "clinical time 11 min"} <= texts


@pytest.mark.parametrize(("seconds", "words"), [(0.0, "0:00"), (59.99, "0:59"), (60.0, "1:00"), (754.2, "12:34")])
def test_film_time_is_minutes_and_seconds(seconds: float, words: str) -> None:
    """Seconds are cut, never rounded up to a minute that has not come."""
    assert film_time(seconds) == words


def test_words_of_clocks() -> None:
    """Speeds have no needless digits."""
    assert (speed_name(0.25), speed_name(1.0), clinical_time(23.6)) == ("0.25x", "1x", "clinical time 24 min")


def test_hovering_names_the_step(stage: Stage) -> None:
    """The tooltip tells number, title and start."""
    bar = stage.window.parts.bar

    assert bar.words_at(bar.width() / 2 + 40) == "3. Inflate  (0:09)"
