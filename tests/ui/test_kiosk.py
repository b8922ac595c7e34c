"""The kiosk as a whole: it invites, asks and starts over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kyphoviz.choices import ViewChoices
from kyphoviz.modes import KIOSK
from kyphoviz.overlay import gauge_cards
from kyphoviz.procedure.state import Camera
from kyphoviz.ui.kiosk.button import KioskButton
from kyphoviz.ui.kiosk.chapters import Chapters
from kyphoviz.ui.kiosk.idle import Phase
from kyphoviz.ui.kiosk.pin import hash_pin
from kyphoviz.ui.kiosk.settings import KioskSettings
from kyphoviz.ui.kiosk.words import ENGLISH
from tests.ui.kiosk_room import CORNER, KioskRoom

Key = Qt.Key


def test_it_invites_over_the_running_film(room: KioskRoom) -> None:
    """Nobody there: the film runs, the notice can be read, no control is to be seen."""
    assert room.panels.invitation.isVisible()
    assert room.player.is_playing
    assert any("general education" in line for line in room.panels.invitation.lines())
    parts = (
        room.window.parts.header,
        room.window.parts.transport,
        room.window.parts.bar,
        room.window.parts.xrays,
        room.panels.bar,
    )
    assert not any(part.isVisible() for part in parts)


def test_a_touch_starts_the_film(room: KioskRoom) -> None:
    """The first touch presses nothing: it takes the cover away and the film begins."""
    room.pass_s(2.0)
    room.touch()

    assert room.phase is Phase.IN_USE
    assert not room.panels.invitation.isVisible()
    assert (room.player.time_s, room.player.is_playing) == (0.0, True)
    assert room.panels.bar.isVisible()
    assert not room.window.parts.header.isVisible()
    assert not room.window.parts.transport.isVisible()


def test_a_visit_begins_with_the_width_that_it_keeps(room: KioskRoom) -> None:
    """Nothing jumps sideways in mid-film: whatever has the window fit its parts again changes nothing."""
    room.touch()
    QApplication.processEvents()
    width = room.window.parts.xrays.width()
    room.window.arrangement.fit(room.window)
    QApplication.processEvents()

    assert room.window.parts.xrays.width() == width


def test_targets_fit_a_finger(room: KioskRoom) -> None:
    """Every button of the kiosk is 64 px or more either way, and all have a name."""
    room.touch()
    room.panels.chapters.open_at(0)
    room.panels.pad.open()
    QApplication.processEvents()
    shown = [button for button in room.window.findChildren(KioskButton) if button.isVisible()]

    assert len(shown) > 15
    assert all(min(button.width(), button.height()) >= 64 and button.accessibleName() for button in shown)


def test_no_chapter_stands_alone(room: KioskRoom) -> None:
    """However many there are, the last page holds about as many as the others, in columns of about one height."""
    room.window.resize(1280, 800)
    room.touch()
    chapters = Chapters(tuple((f"{k}", k) for k in range(31)), ENGLISH, room.window)
    chapters.open_at(30)
    last = [button for button in chapters.buttons if not button.isHidden()]

    assert 31 - len(last) >= len(last) > 10
    QApplication.processEvents()
    columns = Counter(button.x() for button in last)
    assert max(columns.values()) - min(columns.values()) <= 2


def test_chapters_can_be_chosen(room: KioskRoom) -> None:
    """One touch opens the list, one goes there."""
    room.touch()
    room.panels.bar.chapters.click()
    room.panels.chapters.buttons[2].click()

    assert room.stage.film.timeline.index_at(room.player.time_s) == 2
    assert not room.panels.chapters.isVisible()


def test_a_visitor_can_stop_the_film(room: KioskRoom) -> None:
    """The button stops it and says how to go on; it stays stopped until it is touched again."""
    room.touch()
    pause = room.panels.bar.pause
    width = pause.sizeHint().width()
    room.pass_s(1.0)
    pause.click()
    stopped_s = room.player.time_s
    room.pass_s(20.0)
    assert (room.player.time_s, pause.text()) == (stopped_s, ENGLISH.play)
    assert pause.sizeHint().width() == width  # nothing beside it moves
    pause.click()
    room.pass_s(1.0)

    assert room.player.time_s > stopped_s
    assert pause.text() == ENGLISH.pause


def test_a_film_left_stopped_starts_over(room: KioskRoom) -> None:
    """Somebody stops it and goes: after 60 s it asks, after 90 s it runs and invites as ever."""
    room.touch()
    room.panels.bar.pause.click()
    room.pass_s(61.0)
    assert room.panels.still_there.isVisible()
    room.pass_s(29.5)

    assert room.phase is Phase.RESTING
    assert room.player.is_playing
    assert room.panels.bar.pause.text() == ENGLISH.pause


def test_a_chapter_plays_though_the_film_stood(room: KioskRoom) -> None:
    """Who chooses a chapter wants to see it."""
    room.touch()
    room.panels.bar.pause.click()
    room.panels.chapters.open_at(0)
    room.panels.chapters.buttons[2].click()

    assert room.player.is_playing


@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080), (1080, 1920), (1024, 640)])
def test_captions_can_be_read_from_afar(room: KioskRoom, size: tuple[int, int]) -> None:
    """A line takes a twentieth of the screen's shorter side, and the picture keeps half of the height."""
    room.window.resize(*size)
    room.touch()
    QApplication.processEvents()
    line_px = room.window.parts.caption.fontMetrics().lineSpacing()

    assert line_px >= 0.93 * min(size) / 20
    assert room.window.parts.viewport.height() > (0.3 if size[0] < size[1] else 0.45) * size[1]


def test_no_number_shines_through_the_invitation(room: KioskRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    """While nobody is there the picture is bare; a visitor sees its numbers again."""
    painted: list[int] = []
    monkeypatch.setattr(gauge_cards, "paint", lambda *_: painted.append(1))
    room.window.parts.viewport.repaint()
    assert not painted
    room.touch()
    room.window.parts.viewport.repaint()

    assert painted


def test_text_grows_and_shrinks_within_limits(room: KioskRoom) -> None:
    """The size of the captions follows the two buttons, and stops at both ends."""
    room.touch()
    usual = room.window.viewing.mode.text_scale
    for _ in range(9):
        room.panels.bar.larger.click()
    largest = room.window.viewing.mode.text_scale
    for _ in range(9):
        room.panels.bar.smaller.click()

    assert room.window.viewing.mode.text_scale < usual < largest <= 2.5
    assert not room.panels.bar.smaller.isEnabled()


def test_it_asks_and_then_starts_over(room: KioskRoom) -> None:
    """After 60 s a card counts down; after 90 s step, camera, text size and choices are as at first."""
    room.touch()
    room.panels.bar.larger.click()
    room.window.viewing.take_camera(Camera(azimuth_deg=10.0))
    room.panels.chapters.open_at(0)  # nobody watches the film behind it
    room.pass_s(61.0)
    assert room.panels.still_there.isVisible()
    assert room.panels.still_there.count.text() == "29"
    room.pass_s(29.5)

    assert room.phase is Phase.RESTING
    assert room.panels.invitation.isVisible()
    assert not room.panels.chapters.isVisible()
    assert not room.panels.still_there.isVisible()
    assert room.window.viewing.choices == ViewChoices(
        theme=room.window.viewing.choices.theme, text_scale=KIOSK.text_scale
    )
    assert room.player.time_s < 1.0


def test_any_touch_answers_the_card_and_presses_nothing(room: KioskRoom) -> None:
    """Where somebody taps does not matter, and what lies below is not pressed."""
    room.touch()
    room.player.seek(10.0)
    room.pass_s(8.0 + 61.0)
    before = room.player.time_s
    room.touch(room.panels.bar.onward.mapTo(room.window, room.panels.bar.onward.rect().center()))

    assert room.phase is Phase.IN_USE
    assert not room.panels.still_there.isVisible()
    assert room.player.time_s == before


def test_keys_walk_over_the_buttons(room: KioskRoom) -> None:
    """Who can't touch uses Tab and Enter."""
    QTest.keyClick(room.window, Key.Key_Space)
    assert room.phase is Phase.IN_USE
    room.window.activateWindow()
    for _ in range(3):
        QTest.keyClick(room.window, Key.Key_Tab)
    assert room.panels.bar.onward.hasFocus()
    QTest.keyClick(room.window, Key.Key_Return)

    assert room.stage.film.timeline.index_at(room.player.time_s) == 1


def test_problems_stand_in_the_corner(open_room: Callable[..., KioskRoom]) -> None:
    """What is wrong with the settings is told on the screen, and the kiosk runs."""
    room = open_room(None, "kiosk.toml, line 3: screen needs the number of a screen.", "Second.")

    assert room.kiosk.problem_card.isVisible()
    assert "line 3" in room.kiosk.problem_card.accessibleName()
    assert "Second." in room.kiosk.problem_card.accessibleName()
    room.touch()
    assert room.phase is Phase.IN_USE
    assert not room.kiosk.problem_card.isVisible()  # it would lie over the X-rays


@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080), (1080, 1920), (1024, 640)])
def test_only_staff_are_told_of_problems(open_room: Callable[..., KioskRoom], size: tuple[int, int]) -> None:
    """For half a minute after the start, then only beside the pad, on none of its keys, and whole."""
    room = open_room(None, "kiosk.toml, line 3: screen needs the number of a screen.", "Second.")
    room.window.resize(*size)
    room.pass_s(29.0)
    at_first = room.kiosk.problem_card.isVisible()
    room.pass_s(2.0)
    assert (at_first, room.kiosk.problem_card.isVisible()) == (True, False)
    room.hold(CORNER, 3.5)
    told, card = room.kiosk.problem_card, room.panels.pad.card

    assert told.isVisible()
    assert room.window.rect().contains(told.geometry())
    assert not told.geometry().intersects(card.geometry())
    room.panels.pad.back.click()
    room.pass_s(0.5)
    assert not room.kiosk.problem_card.isVisible()


def test_nobody_who_watches_is_asked(room: KioskRoom) -> None:
    """The film is seen to its end, however long without a touch; only then it asks, and starts over."""
    room.touch()
    asked = False
    while room.player.is_playing:
        room.pass_s(0.5)
        asked |= room.panels.still_there.isVisible()
    assert room.player.time_s == room.player.timeline.duration_s
    assert room.panels.bar.pause.text() == ENGLISH.play
    assert not asked
    phases = []
    for seconds in (59.0, 2.0, 30.0):
        room.pass_s(seconds)
        phases.append(room.phase)

    assert phases == [Phase.IN_USE, Phase.WARNED, Phase.RESTING]
    assert room.player.is_playing


def test_a_film_longer_than_the_limit_is_never_interrupted(room: KioskRoom) -> None:
    """Ninety seconds of film without a touch: nobody is thrown out."""
    room.touch()
    room.player.set_speed(0.25)  # 72 s
    room.pass_s(71.0)

    assert room.phase is Phase.IN_USE


def test_outside_opening_hours_it_is_dark(open_room: Callable[..., KioskRoom]) -> None:
    """At night the film stands still and a touch does nothing; in the morning it invites again."""
    room = open_room(KioskSettings(pin=hash_pin("471147"), opens=time(8), closes=time(18)))
    room.hour = time(3)
    room.pass_s(1.0)
    assert room.panels.night.isVisible()
    assert not room.player.is_playing
    room.touch()
    assert room.phase is Phase.RESTING
    room.hour = time(8)
    room.pass_s(1.0)

    assert not room.panels.night.isVisible()
    assert room.player.is_playing
