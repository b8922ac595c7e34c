"""The kiosk as a whole: it invites, asks, starts over, and lets only staff out."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable, Iterator
from datetime import time

import pytest
from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from kyphoviz.choices import ViewChoices
from kyphoviz.modes import KIOSK
from kyphoviz.overlay import gauges
from kyphoviz.procedure.state import Camera
from kyphoviz.ui import kiosk_pin
from kyphoviz.ui.kiosk import Clocks, Kiosk
from kyphoviz.ui.kiosk_button import KioskButton
from kyphoviz.ui.kiosk_idle import Phase
from kyphoviz.ui.kiosk_pin import hash_pin
from kyphoviz.ui.kiosk_quiet import NoDialogs
from kyphoviz.ui.kiosk_settings import KioskSettings
from kyphoviz.ui.kiosk_words import ENGLISH
from tests.ui.conftest import Stage

Key = Qt.Key
Left = Qt.MouseButton.LeftButton
MIDDLE = QPoint(500, 300)
CORNER = QPoint(20, 20)
EXITS = (
    (Key.Key_Escape, Qt.KeyboardModifier.NoModifier),
    (Key.Key_F4, Qt.KeyboardModifier.AltModifier),
    (Key.Key_Q, Qt.KeyboardModifier.ControlModifier),
    (Key.Key_W, Qt.KeyboardModifier.ControlModifier),
    (Key.Key_F, Qt.KeyboardModifier.NoModifier),
    (Key.Key_F11, Qt.KeyboardModifier.NoModifier),
    (Key.Key_B, Qt.KeyboardModifier.NoModifier),
    (Key.Key_Question, Qt.KeyboardModifier.ShiftModifier),
)


NAMED_KEYS = (
    Key.Key_Escape, Key.Key_Tab, Key.Key_Backtab, Key.Key_Return, Key.Key_Enter, Key.Key_Backspace, Key.Key_Delete,
    Key.Key_Home, Key.Key_End, Key.Key_Left, Key.Key_Up, Key.Key_Right, Key.Key_Down, Key.Key_PageUp, Key.Key_PageDown,
    *(Key(Key.Key_F1 + k) for k in range(12)),
)  # fmt: skip


class Room:
    """A kiosk in a waiting room where time passes only when told to."""

    def __init__(self, stage: Stage, settings: KioskSettings, problems: tuple[str, ...]) -> None:
        self.stage, self.window, self.player, self.clock = stage, stage.window, stage.player, stage.clock
        self.hour = time(12)
        clocks = Clocks(self.clock, lambda: self.hour)
        self.kiosk = Kiosk(self.window, stage.film, self.player, settings, ENGLISH, problems, clocks=clocks)
        self.quiet = NoDialogs(self.window)
        self.kiosk.left.connect(self.window.close)
        self.panels = self.kiosk.panels

    def pass_s(self, seconds: float) -> None:
        """Time passes; the film and the kiosk notice."""
        self.clock.pass_s(seconds)
        self.window.driver.tick()
        self.kiosk.tick()

    def touch(self, place: QPoint = MIDDLE) -> None:
        """A tap on whatever lies there."""
        target = self.window.childAt(place) or self.window
        QTest.mouseClick(target, Left, pos=target.mapFrom(self.window, place))

    def hold(self, place: QPoint, seconds: float) -> None:
        """A finger lies still."""
        target = self.window.childAt(place) or self.window
        where = target.mapFrom(self.window, place)
        QTest.mousePress(target, Left, pos=where)
        self.pass_s(seconds)
        QTest.mouseRelease(target, Left, pos=where)

    def type_pin(self, pin: str) -> None:
        """On the pad's own buttons."""
        for digit in pin:
            next(button for button in self.panels.pad.digits if button.text() == digit).click()
        self.panels.pad.leave.click()

    @property
    def phase(self) -> Phase:
        return self.kiosk.idle.phase

    def census(self) -> tuple[int, int]:
        """How many widgets stand alone, and how many objects hang on the window."""
        return len(QApplication.topLevelWidgets()), len(self.window.findChildren(QObject))


@pytest.fixture
def open_room(open_stage: Callable[..., Stage], monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Room]]:
    """Opens kiosks; their windows may close after the test."""
    monkeypatch.setattr(kiosk_pin, "COST", 2)
    rooms: list[Room] = []

    def open_one(settings: KioskSettings | None = None, *problems: str) -> Room:
        stage = open_stage(KIOSK)
        rooms.append(Room(stage, settings or KioskSettings(pin=hash_pin("4711")), problems))
        QApplication.processEvents()
        return rooms[-1]

    yield open_one
    for room in rooms:
        room.quiet.release()
        room.kiosk.leave()


@pytest.fixture
def room(open_room: Callable[..., Room]) -> Room:
    """A kiosk with the PIN 4711, at noon, with nobody there."""
    return open_room()


def test_it_invites_over_the_running_film(room: Room) -> None:
    """Nobody there: the film runs, the notice can be read, no control is to be seen."""
    assert room.panels.cover.isVisible()
    assert room.player.is_playing
    assert any("general education" in line for line in room.panels.cover.lines())
    parts = (room.window.header, room.window.transport, room.window.bar, room.window.xrays, room.panels.bar)
    assert not any(part.isVisible() for part in parts)


def test_a_touch_starts_the_film(room: Room) -> None:
    """The first touch presses nothing: it takes the cover away and the film begins."""
    room.pass_s(2.0)
    room.touch()

    assert room.phase is Phase.IN_USE
    assert not room.panels.cover.isVisible()
    assert (room.player.time_s, room.player.is_playing) == (0.0, True)
    assert room.panels.bar.isVisible()
    assert not room.window.header.isVisible()
    assert not room.window.transport.isVisible()


def test_targets_fit_a_finger(room: Room) -> None:
    """Every button of the kiosk is 64 px or more either way, and all have a name."""
    room.touch()
    room.panels.chapters.open_at(0)
    room.panels.pad.open()
    QApplication.processEvents()
    shown = [button for button in room.window.findChildren(KioskButton) if button.isVisible()]

    assert len(shown) > 15
    assert all(min(button.width(), button.height()) >= 64 and button.accessibleName() for button in shown)


def test_chapters_can_be_chosen(room: Room) -> None:
    """One touch opens the list, one goes there."""
    room.touch()
    room.panels.bar.chapters.click()
    room.panels.chapters.buttons[2].click()

    assert room.stage.film.timeline.index_at(room.player.time_s) == 2
    assert not room.panels.chapters.isVisible()


def test_a_visitor_can_stop_the_film(room: Room) -> None:
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


def test_a_film_left_stopped_starts_over(room: Room) -> None:
    """Somebody stops it and goes: after 60 s it asks, after 90 s it runs and invites as ever."""
    room.touch()
    room.panels.bar.pause.click()
    room.pass_s(61.0)
    assert room.panels.still_there.isVisible()
    room.pass_s(29.5)

    assert room.phase is Phase.RESTING
    assert room.player.is_playing
    assert room.panels.bar.pause.text() == ENGLISH.pause


def test_a_chapter_plays_though_the_film_stood(room: Room) -> None:
    """Who chooses a chapter wants to see it."""
    room.touch()
    room.panels.bar.pause.click()
    room.panels.chapters.open_at(0)
    room.panels.chapters.buttons[2].click()

    assert room.player.is_playing


@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080), (1080, 1920), (1024, 640)])
def test_captions_can_be_read_from_afar(room: Room, size: tuple[int, int]) -> None:
    """A line takes a twentieth of the screen's shorter side, and the picture keeps half of the height."""
    room.window.resize(*size)
    room.touch()
    QApplication.processEvents()
    line_px = room.window.caption.fontMetrics().lineSpacing()

    assert line_px >= 0.93 * min(size) / 20
    assert room.window.viewport.height() > (0.3 if size[0] < size[1] else 0.45) * size[1]


def test_no_number_shines_through_the_invitation(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """While nobody is there the picture is bare; a visitor sees its numbers again."""
    painted: list[int] = []
    monkeypatch.setattr(gauges, "paint", lambda *_: painted.append(1))
    room.window.viewport.repaint()
    assert not painted
    room.touch()
    room.window.viewport.repaint()

    assert painted


def test_text_grows_and_shrinks_within_limits(room: Room) -> None:
    """The size of the captions follows the two buttons, and stops at both ends."""
    room.touch()
    usual = room.window.mode.text_scale
    for _ in range(9):
        room.panels.bar.larger.click()
    largest = room.window.mode.text_scale
    for _ in range(9):
        room.panels.bar.smaller.click()

    assert room.window.mode.text_scale < usual < largest <= 2.5
    assert not room.panels.bar.smaller.isEnabled()


def test_it_asks_and_then_starts_over(room: Room) -> None:
    """After 60 s a card counts down; after 90 s step, camera, text size and choices are as at first."""
    room.touch()
    room.panels.bar.larger.click()
    room.window.take_camera(Camera(azimuth_deg=10.0))
    room.panels.chapters.open_at(0)
    room.pass_s(61.0)
    assert room.panels.still_there.isVisible()
    assert room.panels.still_there.count.text() == "29"
    room.pass_s(29.5)

    assert room.phase is Phase.RESTING
    assert room.panels.cover.isVisible()
    assert not room.panels.chapters.isVisible()
    assert not room.panels.still_there.isVisible()
    assert room.window.choices == ViewChoices(theme=room.window.choices.theme, text_scale=KIOSK.text_scale)
    assert room.player.time_s == 0.0


def test_any_touch_answers_the_card_and_presses_nothing(room: Room) -> None:
    """Where somebody taps does not matter, and what lies below is not pressed."""
    room.touch()
    room.player.seek(10.0)
    room.pass_s(61.0)
    before = room.player.time_s
    room.touch(room.panels.bar.onward.mapTo(room.window, room.panels.bar.onward.rect().center()))

    assert room.phase is Phase.IN_USE
    assert not room.panels.still_there.isVisible()
    assert room.player.time_s == before


@pytest.mark.parametrize(("key", "modifiers"), EXITS)
def test_no_key_leaves(room: Room, key: Key, modifiers: Qt.KeyboardModifier) -> None:
    """Escape, Alt+F4 and the window's own shortcuts do nothing."""
    room.touch()
    QTest.keyClick(room.window, key, modifiers)
    QTest.keyClick(room.window.viewport, key, modifiers)
    room.window.close()
    QApplication.processEvents()

    assert room.window.isVisible()
    assert not room.window.isFullScreen()  # as it was
    assert room.player.is_playing
    assert room.stage.log == []


def test_keys_walk_over_the_buttons(room: Room) -> None:
    """Who can't touch uses Tab and Enter."""
    QTest.keyClick(room.window, Key.Key_Space)
    assert room.phase is Phase.IN_USE
    room.window.activateWindow()
    for _ in range(3):
        QTest.keyClick(room.window, Key.Key_Tab)
    assert room.panels.bar.onward.hasFocus()
    QTest.keyClick(room.window, Key.Key_Return)

    assert room.stage.film.timeline.index_at(room.player.time_s) == 1


def test_staff_leave_with_corner_and_pin(room: Room) -> None:
    """Three seconds on the corner show the pad; the PIN closes the window in good order."""
    room.hold(CORNER, 2.5)
    assert not room.panels.pad.isVisible()
    room.hold(CORNER, 3.0)
    assert room.panels.pad.isVisible()
    room.type_pin("4711")

    assert not room.window.isVisible()
    assert "scene closed" in room.stage.log


def test_a_hold_elsewhere_is_no_way_out(room: Room) -> None:
    """Neither a long press in the middle nor a finger that slides off the corner opens the pad."""
    room.hold(MIDDLE, 5.0)
    QTest.mousePress(room.window.viewport, Left, pos=QPoint(10, 10))
    QTest.mouseMove(room.window.viewport, QPoint(300, 300))
    room.pass_s(5.0)

    assert not room.panels.pad.isVisible()


def test_a_wrong_pin_has_to_wait(room: Room) -> None:
    """After three misses the pad is dead for half a minute, and says so."""
    room.panels.pad.open()
    for _ in range(3):
        room.type_pin("0000")
    assert not room.panels.pad.leave.isEnabled()
    room.type_pin("4711")
    assert room.window.isVisible()
    room.pass_s(30.0)
    room.type_pin("4711")

    assert not room.window.isVisible()


def test_the_pad_goes_when_nobody_types(room: Room) -> None:
    """A pad left open is no open door: the idle reset takes it away."""
    room.hold(CORNER, 3.0)
    room.pass_s(91.0)

    assert not room.panels.pad.isVisible()


def test_a_locked_kiosk_lets_nobody_out(open_room: Callable[..., Room]) -> None:
    """Settings that can't be read open nothing."""
    room = open_room(KioskSettings(is_locked=True))
    room.hold(CORNER, 3.0)
    room.panels.pad.leave.click()
    room.panels.pad.try_it()
    QTest.keyClick(room.window, Key.Key_Return)

    assert room.window.isVisible()


def test_problems_stand_in_the_corner(open_room: Callable[..., Room]) -> None:
    """What is wrong with the settings is told on the screen, and the kiosk runs."""
    room = open_room(None, "kiosk.toml, line 3: screen needs the number of a screen.", "Second.")

    assert room.kiosk.notice.isVisible()
    assert "line 3" in room.kiosk.notice.accessibleName()
    assert "Second." in room.kiosk.notice.accessibleName()
    room.touch()
    assert room.phase is Phase.IN_USE


def test_outside_opening_hours_it_is_dark(open_room: Callable[..., Room]) -> None:
    """At night the film stands still and a touch does nothing; in the morning it invites again."""
    room = open_room(KioskSettings(pin=hash_pin("4711"), opens=time(8), closes=time(18)))
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


@pytest.mark.qt_log_ignore("propagateSizeHints")  # said of every dialog where there is no screen
def test_no_dialog_is_ever_seen(room: Room, caplog: pytest.LogCaptureFixture) -> None:
    """A message box that some part of the program opens is answered with no, and its words are in the log."""
    seen: list[bool] = []
    box = QMessageBox(QMessageBox.Icon.Critical, "Trouble", "The disk is full.", parent=room.window)
    QTimer.singleShot(0, box, lambda: seen.append(box.testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)))
    with caplog.at_level(logging.WARNING):
        answer = box.exec()

    assert answer != QMessageBox.StandardButton.Yes
    assert seen == [True]
    assert "The disk is full." in caplog.text
    box.deleteLater()


def test_a_day_leaves_nothing_behind(room: Room) -> None:
    """300 visits and 50 rounds of the film: no widget and no object more than before."""
    for _ in range(3):
        visit(room)
    before = room.census()
    for _ in range(297):
        visit(room)
    room.touch()
    rounds, last = 0, 0.0
    while rounds < 50:
        room.kiosk.touched()
        room.pass_s(1.7)
        rounds += room.player.time_s < last
        last = room.player.time_s
    room.pass_s(100.0)
    QApplication.processEvents()

    assert room.census() == before
    assert room.kiosk.idle.ended >= 301
    assert room.quiet.caught == 0


def visit(room: Room) -> None:
    """Somebody comes, looks, goes."""
    room.touch()
    room.panels.bar.chapters.click()
    room.panels.chapters.buttons[1].click()
    room.panels.bar.larger.click()
    for seconds in (1.0, 60.5, 30.0):
        room.pass_s(seconds)
    assert room.phase is Phase.RESTING


def test_a_monkey_never_gets_out(room: Room) -> None:
    """5,000 random touches and keys, some of them held: no way out, no dialog, no other window, the film runs."""
    dice = random.Random(20261)
    keys = [*(Key(value) for value in range(Key.Key_Space, Key.Key_Z + 1)), *NAMED_KEYS]
    modifiers = [Qt.KeyboardModifier(value) for value in (0, 0x02000000, 0x04000000, 0x08000000, 0x0C000000)]
    windows = set(QApplication.topLevelWidgets())
    for count in range(5000):
        place = QPoint(dice.randrange(room.window.width()), dice.randrange(room.window.height()))
        if dice.random() < 0.15:
            room.hold(CORNER if dice.random() < 0.3 else place, dice.uniform(0.0, 4.0))
        elif dice.random() < 0.6:
            room.touch(place)
        else:
            focused = QApplication.focusWidget() or room.window
            target: QWidget = dice.choice((room.window, room.window.viewport, focused))
            QTest.keyClick(target, dice.choice(keys), dice.choice(modifiers))
        room.pass_s(dice.choice((0.05, 0.1, 0.3, 2.0)) if count % 100 else 95.0)
        if count % 250 == 0:
            room.window.close()
            QApplication.processEvents()
        assert room.window.isVisible()
    QApplication.processEvents()

    assert set(QApplication.topLevelWidgets()) == windows
    assert not [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog)]
    assert room.quiet.caught == 0
    room.pass_s(91.0)
    assert room.phase is Phase.RESTING
    assert room.player.is_playing


def test_the_way_out_is_open_only_without_a_pin(open_room: Callable[..., Room], qtbot: QtBot) -> None:
    """Who tries the kiosk on a desk gets out by the corner and one button."""
    room = open_room(KioskSettings())
    room.hold(CORNER, 3.0)
    room.panels.pad.leave.click()

    assert not room.window.isVisible()
