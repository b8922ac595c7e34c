"""The kiosk lets only staff out, whatever a day of visitors does to it."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QWidget

from kyphoviz.ui.kiosk.idle import Phase
from kyphoviz.ui.kiosk.settings import KioskSettings
from tests.ui.kiosk_room import CORNER, MIDDLE, KioskRoom, Left

Key = Qt.Key
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


@pytest.mark.parametrize(("key", "modifiers"), EXITS)
def test_no_key_leaves(room: KioskRoom, key: Key, modifiers: Qt.KeyboardModifier) -> None:
    """Escape, Alt+F4 and the window's own shortcuts do nothing."""
    room.touch()
    QTest.keyClick(room.window, key, modifiers)
    QTest.keyClick(room.window.parts.viewport, key, modifiers)
    room.window.close()
    QApplication.processEvents()

    assert room.window.isVisible()
    assert not room.window.isFullScreen()  # as it was
    assert room.player.is_playing
    assert room.stage.log == []


def test_staff_leave_with_corner_and_pin(room: KioskRoom) -> None:
    """Three seconds on the corner show the pad; the PIN closes the window in good order."""
    room.hold(CORNER, 2.5)
    assert not room.panels.pad.isVisible()
    room.hold(CORNER, 3.0)
    assert room.panels.pad.isVisible()
    room.type_pin("471147")

    assert not room.window.isVisible()
    assert "scene closed" in room.stage.log


def test_a_hold_elsewhere_is_no_way_out(room: KioskRoom) -> None:
    """Neither a long press in the middle nor a finger that slides off the corner opens the pad."""
    room.hold(MIDDLE, 5.0)
    QTest.mousePress(room.window.parts.viewport, Left, pos=QPoint(10, 10))
    QTest.mouseMove(room.window.parts.viewport, QPoint(300, 300))
    room.pass_s(5.0)

    assert not room.panels.pad.isVisible()


def test_a_wrong_pin_has_to_wait(room: KioskRoom) -> None:
    """After three misses the pad is dead for half a minute, and says so."""
    room.panels.pad.open()
    for _ in range(3):
        room.type_pin("000000")
    assert not room.panels.pad.leave.isEnabled()
    room.type_pin("471147")
    assert room.window.isVisible()
    room.pass_s(30.0)
    room.type_pin("471147")

    assert not room.window.isVisible()


def test_the_pad_goes_when_nobody_types(room: KioskRoom) -> None:
    """A pad left open is no open door: the idle reset takes it away."""
    room.hold(CORNER, 3.0)
    room.pass_s(91.0)

    assert not room.panels.pad.isVisible()


def test_a_locked_kiosk_lets_nobody_out(open_room: Callable[..., KioskRoom]) -> None:
    """Settings that can't be read open nothing."""
    room = open_room(KioskSettings(is_locked=True))
    room.hold(CORNER, 3.0)
    room.panels.pad.leave.click()
    room.panels.pad.try_it()
    QTest.keyClick(room.window, Key.Key_Return)

    assert room.window.isVisible()


def test_the_way_out_is_open_only_without_a_pin(open_room: Callable[..., KioskRoom]) -> None:
    """Who tries the kiosk on a desk gets out by the corner and one button."""
    room = open_room(KioskSettings())
    room.hold(CORNER, 3.0)
    room.panels.pad.leave.click()

    assert not room.window.isVisible()


@pytest.mark.qt_log_ignore("propagateSizeHints")  # said of every dialog where there is no screen
def test_no_dialog_is_ever_seen(room: KioskRoom, caplog: pytest.LogCaptureFixture) -> None:
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


def test_a_day_leaves_nothing_behind(room: KioskRoom) -> None:
    """300 visits and 50 rounds of the film: no widget and no object more than before."""
    for _ in range(3):
        visit(room)
    before = room.census()
    for _ in range(297):
        visit(room)
    rounds, last = 0, 0.0
    while rounds < 50:
        room.pass_s(0.9)
        rounds += room.player.time_s < last
        last = room.player.time_s
    room.pass_s(100.0)
    QApplication.processEvents()

    assert room.census() == before
    assert room.kiosk.idle.ended == 300
    assert room.quiet.caught == 0


def visit(room: KioskRoom) -> None:
    """Somebody comes, looks, goes."""
    room.touch()
    room.panels.bar.chapters.click()
    room.panels.chapters.buttons[1].click()
    room.panels.bar.larger.click()
    for seconds in (20.0, 60.5, 30.0):
        room.pass_s(seconds)
    assert room.phase is Phase.RESTING


def test_a_monkey_never_gets_out(room: KioskRoom) -> None:
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
            target: QWidget = dice.choice((room.window, room.window.parts.viewport, focused))
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
    room.pass_s(20.0 + 91.0)
    assert room.phase is Phase.RESTING
    assert room.player.is_playing
