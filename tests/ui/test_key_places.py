"""Keys on the keyboards of the world: the letter where there is one, else the place."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from kyphoviz.ui.look.key_places import OFFSET, key_of
from kyphoviz.ui.look.shortcuts import TABLE, Act
from kyphoviz.ui.window.sheets import BlackSheet
from tests.ui.conftest import Stage

Key, Modifier = Qt.Key, Qt.KeyboardModifier
PLAIN = Modifier.NoModifier
L_PLACE, Q_PLACE, ONE_PLACE, SIX_PLACE = 38, 16, 2, 7  # scan codes


def event(
    key: int, scan: int = 0, modifiers: Qt.KeyboardModifier = Modifier.NoModifier, *, is_held: bool = False
) -> QKeyEvent:
    """A key as the system tells of it."""
    code = scan + OFFSET if scan else 0
    return QKeyEvent(QEvent.Type.KeyPress, key, modifiers, code, 0, 0, "", is_held)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (event(0x0414, L_PLACE), Key.Key_L),  # Russian: the letter De
        (event(0x039B, L_PLACE), Key.Key_L),  # Greek: Lambda
        (event(Key.Key_A, Q_PLACE), Key.Key_A),  # French: where Q is elsewhere
        (event(Key.Key_Ampersand, ONE_PLACE), Key.Key_1),  # French, without Shift
        (event(Key.Key_Minus, SIX_PLACE), Key.Key_6),
        (event(Key.Key_1, ONE_PLACE, Modifier.ShiftModifier), Key.Key_1),  # French, with Shift
        (event(Key.Key_Exclam, ONE_PLACE, Modifier.ShiftModifier), Key.Key_Exclam),
        (event(Key.Key_Question, 53, Modifier.ShiftModifier), Key.Key_Question),
        (event(Key.Key_Left, 105), Key.Key_Left),
        (event(Key.Key_PageDown), Key.Key_PageDown),  # a clicker that tells no place
    ],
)
def test_a_key_is_its_letter_or_its_place(told: QKeyEvent, expected: Qt.Key) -> None:
    """Every key of the table can be reached on every layout, and none is taken for another."""
    assert key_of(told) == expected


def test_only_seeking_turning_and_zooming_repeat() -> None:
    """A key that is held down for seconds does all else once."""
    repeating = {each.act for each in TABLE if each.repeats}

    assert repeating == {Act.BACK, Act.AHEAD, Act.TURN, Act.ZOOM, Act.C_ARM_TURN}


def test_a_key_that_is_held_down_does_it_once(stage: Stage) -> None:
    """The cut opens and stays open, a black screen does not flicker; a seek goes on."""
    for is_held in (False, True, True):
        QApplication.sendEvent(stage.window, event(Key.Key_C, is_held=is_held))
        QApplication.sendEvent(stage.window, event(Key.Key_Right, is_held=is_held))
    QApplication.sendEvent(stage.window, event(Key.Key_B))
    black = stage.window.findChildren(BlackSheet)[0]
    QApplication.sendEvent(black, event(Key.Key_B, is_held=True))

    assert stage.window.viewing.choices.cut == 1.0
    assert stage.player.time_s == 6.0
    assert black.isVisible()


def test_black_lies_on_all_windows_and_goes_from_all(student: Stage) -> None:
    """The X-rays on the second screen are dark too, and a key there brings both back."""
    window = student.window
    QApplication.sendEvent(window, event(Key.Key_W))
    assert window.second_screen.window is not None
    QApplication.sendEvent(window.second_screen.window, event(Key.Key_B))
    sheets = window.findChildren(BlackSheet)
    covered = {sheet.window() for sheet in sheets if sheet.isVisible()}
    other = next(sheet for sheet in sheets if sheet.window() is window.second_screen.window)
    QApplication.sendEvent(other, event(Key.Key_Space))

    assert covered == {window, window.second_screen.window}
    assert not any(sheet.isVisible() for sheet in sheets)


def test_escape_closes_one_thing_after_the_other(student: Stage) -> None:
    """Notes on a number, curves, layers and the C-arm; the keyboard need not be in them."""
    window = student.window
    window.parts.layers.toggle()
    window.c_arm.toggle()
    window.aids.toggle_curves()
    window.aids.explain("balloon_pressure")
    assert window.aids.source is not None
    assert window.aids.curves is not None
    assert window.c_arm.bar is not None
    seen = []
    for _ in range(5):
        there = (window.aids.source, window.aids.curves, window.parts.layers, window.c_arm.bar)
        seen.append(sum(not part.isHidden() for part in there))
        QApplication.sendEvent(window, event(Key.Key_Escape))

    assert seen == [4, 3, 2, 1, 0]
