"""The C-arm in the hand: keys, buttons and drags; an exercise; and back to the film."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from kyphoviz.choices import CArmTurn
from kyphoviz.modes import CONSULT, KIOSK, STUDENT, Mode
from kyphoviz.ui.xray.c_arm_bar import CArmBar
from tests.ui.conftest import Stage

Key, Alt, Control = Qt.Key, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def bar(stage: Stage) -> CArmBar:
    found = stage.window.c_arm.bar
    assert found is not None
    return found


def test_a_takes_the_c_arm_into_the_hand(student: Stage) -> None:
    """And a second A gives it back to the film."""
    QTest.keyClick(student.window, Key.Key_A)
    taken, shown = student.window.viewing.choices.c_arm, bar(student).isVisible()
    QTest.keyClick(student.window, Key.Key_A)

    assert (taken, shown) == ((CArmTurn("ap"),), True)
    assert student.window.viewing.choices.follows
    assert bar(student).isHidden()


@pytest.mark.parametrize("mode", [CONSULT, KIOSK])
def test_only_students_turn_it(open_stage: Callable[..., Stage], mode: Mode) -> None:
    """A patient's window has no such key."""
    stage = open_stage(mode)
    QTest.keyClick(stage.window, Key.Key_A)
    QTest.keyClick(stage.window, Key.Key_Left, Alt)

    assert stage.window.viewing.choices.c_arm == ()


def test_arrows_turn_it_by_a_degree(student: Stage) -> None:
    """With Alt: left and right orbit, up and down tilt."""
    for key in (Key.Key_Right, Key.Key_Right, Key.Key_Up):
        QTest.keyClick(student.window, key, Alt)

    assert student.window.viewing.choices.c_arm == (CArmTurn("ap", 2.0, 1.0),)


def test_each_turn_takes_a_shot_of_that_view(student: Stage, qtbot: QtBot) -> None:
    """The other view costs nothing."""
    taken = len(student.fluoroscope.pulses)
    QTest.keyClick(student.window, Key.Key_Right, Alt)
    qtbot.waitUntil(lambda: student.is_quiet)

    assert student.fluoroscope.pulses[taken:] == ["ap"]


def test_a_drag_with_ctrl_turns_the_view_under_it(student: Stage) -> None:
    """To the right it orbits, upwards it tilts; without Ctrl nothing happens."""
    pane, left = student.window.parts.xrays.panes[1], Qt.MouseButton.LeftButton
    for held in (Qt.KeyboardModifier.NoModifier, Control):
        assert student.window.viewing.choices.c_arm == ()
        QTest.mousePress(pane, left, held, QPoint(50, 50))
        QTest.mouseMove(pane, QPoint(80, 40))
        QTest.mouseRelease(pane, left, held, QPoint(80, 40))

    (turn,) = student.window.viewing.choices.c_arm
    assert turn.view == "lateral"
    assert turn.orbital_deg > 0.0
    assert turn.angular_deg > 0.0


def test_an_exercise_ends_with_praise(student: Stage, qtbot: QtBot) -> None:
    """It stands wrong at first and says so; put right, it says that too, and nothing more."""
    QTest.keyClick(student.window, Key.Key_A)
    student.window.c_arm.begin_exercise()
    qtbot.waitUntil(lambda: student.is_quiet)
    wrong = bar(student).told
    (turn,) = student.window.viewing.choices.c_arm
    student.window.c_arm.turn(-turn.orbital_deg, -turn.angular_deg)
    qtbot.waitUntil(lambda: student.is_quiet)

    assert "not midway" in wrong
    assert bar(student).told.startswith("True AP.")


def test_follow_and_undo_know_the_c_arm(student: Stage) -> None:
    """Follow gives it back to the film; undo takes that back."""
    QTest.keyClick(student.window, Key.Key_Right, Alt)
    student.clock.pass_s(2.0)
    QTest.keyClick(student.window, Key.Key_R)
    followed = student.window.viewing.choices.c_arm
    QTest.keyClick(student.window, Key.Key_Z, Control)

    assert followed == ()
    assert student.window.viewing.choices.c_arm == (CArmTurn("ap", 1.0, 0.0),)


def test_who_stops_studying_gets_the_films_c_arm(student: Stage) -> None:
    """No turned C-arm and no controls are left for a patient."""
    QTest.keyClick(student.window, Key.Key_A)
    student.window.viewing.set_mode(CONSULT)

    assert student.window.viewing.choices.c_arm == ()
    assert bar(student).isHidden()


def test_it_goes_no_farther_than_a_patient_lets_it(student: Stage) -> None:
    """Forty-five degrees each way."""
    student.window.c_arm.turn(400.0, -400.0)

    assert student.window.viewing.choices.c_arm == (CArmTurn("ap", 45.0, -45.0),)


@pytest.mark.parametrize("size", [(1280, 800), (1024, 640), (1920, 1080), (1080, 1920)])
def test_all_that_is_told_of_the_c_arm_has_room(
    open_stage: Callable[..., Stage], qtbot: QtBot, size: tuple[int, int]
) -> None:
    """No line of it is cut, the first time either, and it is written as large as the rest of the window."""
    stage = open_stage(STUDENT)
    stage.window.c_arm.toggle()
    stage.window.resize(*size)
    qtbot.waitUntil(lambda: stage.is_quiet)
    QApplication.processEvents()
    bar = stage.window.c_arm.bar
    assert bar is not None
    assert bar.height() >= bar.minimumSizeHint().height()
    bar.show_turn(CArmTurn("ap", 14.0, -9.0), " ".join(["The spinous process lies beside the middle."] * 3))
    QApplication.processEvents()
    told = next(label for label in bar.findChildren(QLabel) if label.wordWrap())

    assert told.height() >= told.heightForWidth(told.width())
    assert stage.window.parts.xrays.rect().contains(bar.geometry())
    assert bar.height() >= bar.minimumSizeHint().height()
    assert told.font().pixelSize() == stage.window.font().pixelSize()
