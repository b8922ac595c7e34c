"""The window: what the person does reaches the player, and what the player does reaches the pictures."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from kyphoviz.modes import CONSULT, KIOSK, STUDENT, Mode
from kyphoviz.player import STOP_SHORT_S
from kyphoviz.ui.look.em import em_of
from kyphoviz.ui.look.theme import LIGHT, apply_theme
from tests.ui.conftest import Stage

Key = Qt.Key


class PaintCounter(QObject):
    """Counts the paints of a widget and of everything in it."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        for part in (widget, *widget.findChildren(QWidget)):
            part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def settle(stage: Stage, qtbot: QtBot) -> None:
    """Waits until nothing more will be drawn."""
    QApplication.processEvents()
    qtbot.waitUntil(lambda: stage.is_quiet)


def test_a_paused_window_paints_nothing(stage: Stage) -> None:
    """An idle window costs nothing: no timer, no render, no paint."""
    paints = PaintCounter(stage.window)
    renders = stage.scene.renders

    QApplication.processEvents()

    assert not [timer for timer in stage.window.findChildren(QTimer) if timer.isActive()]
    assert (paints.count, stage.scene.renders) == (0, renders)


def test_one_seek_makes_one_render(stage: Stage) -> None:
    """However many parts follow a seek, the scene is drawn once."""
    before = stage.scene.renders

    stage.player.seek(7.0)
    QApplication.processEvents()

    assert stage.scene.renders == before + 1
    assert stage.scene.shown is not None
    assert stage.scene.shown[0].time_s == 7.0


def test_many_seeks_before_a_paint_make_one_render(stage: Stage) -> None:
    """Scrubbing drops stale pictures."""
    before = stage.scene.renders

    for tenth in range(30):
        stage.player.seek(tenth / 10)
    QApplication.processEvents()

    assert stage.scene.renders == before + 1


def test_an_uncovered_window_shows_the_kept_picture(stage: Stage) -> None:
    """A repaint with nothing new renders nothing."""
    before = stage.scene.renders

    stage.window.parts.viewport.repaint()

    assert stage.scene.renders == before


def test_a_still_picture_is_refined_and_then_left_alone(stage: Stage, qtbot: QtBot) -> None:
    """Refining ends by itself, and what moves is never refined."""
    stage.player.seek(5.0)
    settle(stage, qtbot)

    assert stage.scene.refinements % 3 == 0
    assert stage.scene.refinements > 0


def test_playing_follows_the_clock(stage: Stage) -> None:
    """The film moves by measured time, whatever the timer does."""
    stage.player.play()
    stage.clock.pass_s(0.75)
    stage.window.driver.tick()

    assert stage.player.time_s == pytest.approx(0.75)
    assert stage.window.driver.is_running


def test_a_program_that_was_stopped_goes_on_where_it_was(stage: Stage) -> None:
    """Twenty seconds in which nobody saw a picture are one frame, not twenty seconds of film that nobody saw."""
    stage.player.play()
    stage.clock.pass_s(20.0)
    stage.window.driver.tick()

    assert 0.0 < stage.player.time_s < 0.05


def test_time_before_play_does_not_count(stage: Stage) -> None:
    """A pause, however long, moves nothing."""
    stage.clock.pass_s(60.0)
    stage.player.play()
    stage.window.driver.tick()

    assert stage.player.time_s == 0.0


@pytest.mark.parametrize(
    ("key", "start_s", "expected_s"),
    [
        (Key.Key_Right, 5.0, 7.0),
        (Key.Key_Left, 5.0, 3.0),
        (Key.Key_PageUp, 7.0, 4.0 - STOP_SHORT_S),
        (Key.Key_Home, 7.0, 0.0),
        (Key.Key_End, 7.0, 18.0),
    ],
)
def test_keys_move_through_the_film(stage: Stage, key: Qt.Key, start_s: float, expected_s: float) -> None:
    """Arrows seek two seconds, Page Up goes to the finished step before, home and end the whole way."""
    stage.player.seek(start_s)
    QTest.keyClick(stage.window.parts.viewport, key)

    assert stage.player.time_s == pytest.approx(expected_s)


def test_space_plays_and_pauses_wherever_one_clicked(stage: Stage) -> None:
    """A click on a button leaves the keyboard with the film."""
    buttons = stage.window.parts.transport.findChildren(QAbstractButton)
    following = next(button for button in buttons if button.accessibleName().startswith("Next"))
    QTest.mouseClick(following, Qt.MouseButton.LeftButton)
    QTest.keyClick(stage.window.focusWidget(), Key.Key_Space)
    was_playing = stage.player.is_playing
    QTest.keyClick(stage.window.focusWidget(), Key.Key_Space)

    assert not was_playing  # it was playing the step that was asked for
    assert stage.player.is_playing


@pytest.mark.parametrize("mode", [CONSULT, STUDENT])
@pytest.mark.parametrize("calm", [False, True])
def test_a_clicker_shows_one_finished_step_after_the_other(
    open_stage: Callable[..., Stage], mode: Mode, calm: bool
) -> None:
    """Page Down plays the next step and stops on its last picture, or shows that at once; Page Up goes back to one.

    Words and picture are of the same step each time.
    """
    stage = open_stage(mode)
    stage.window.appearance.set_less_motion(calm)
    for key, step in ((Key.Key_PageDown, 0), (Key.Key_PageDown, 1), (Key.Key_PageDown, 2), (Key.Key_PageUp, 1)):
        QTest.keyClick(stage.window.parts.viewport, key)
        while stage.player.is_playing:
            stage.player.advance(0.5)
        state, span = stage.window.viewing.state, stage.film.timeline.spans[step]
        assert stage.player.time_s == pytest.approx(span.end_s, abs=2 * STOP_SHORT_S)
        assert stage.window.viewing.span.step.id == state.step == span.step.id


def test_full_screen_and_back(stage: Stage, qtbot: QtBot) -> None:
    """F fills the screen, Escape leaves it; the film goes on undisturbed."""
    QTest.keyClick(stage.window, Key.Key_F)
    assert stage.window.isFullScreen()

    QTest.keyClick(stage.window, Key.Key_Escape)
    assert not stage.window.isFullScreen()
    assert stage.window.isVisible()
    settle(stage, qtbot)


def test_the_hand_on_the_mouse_wins_until_follow(stage: Stage) -> None:
    """A dragged camera stays while the film moves on, and the button gives it back."""
    viewport, authored = stage.window.parts.viewport, stage.scene.camera
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=QPoint(200, 200))
    QTest.mouseMove(viewport, QPoint(260, 220))
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=QPoint(260, 220))
    QApplication.processEvents()
    in_hand = stage.scene.camera

    stage.player.seek(8.0)
    QApplication.processEvents()
    held = stage.scene.camera
    QTest.mouseClick(stage.window.parts.follow, Qt.MouseButton.LeftButton)
    QApplication.processEvents()

    assert in_hand != authored
    assert held == in_hand
    assert stage.scene.shown is not None
    assert stage.scene.camera == stage.scene.shown[0].camera
    assert not stage.window.parts.follow.isVisible()


def test_the_follow_button_comes_with_the_hand(stage: Stage) -> None:
    """Who has not touched the camera is not offered to give it back."""
    was_offered = stage.window.parts.follow.isVisible()
    QTest.keyClick(stage.window, Key.Key_Plus)

    assert not was_offered
    assert stage.window.parts.follow.isVisible()


def test_keys_turn_the_camera(stage: Stage) -> None:
    """Whatever the mouse does to the camera the keyboard can do too."""
    QTest.keyClick(stage.window, Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)

    assert stage.window.viewing.choices.camera is not None
    assert stage.player.time_s == 0.0


def test_modes_change_words_and_panels_live(stage: Stage, qtbot: QtBot) -> None:
    """A click on a mode changes what is shown and how it plays, in the same window."""
    stage.player.seek(10.0)
    plain = stage.window.parts.caption.text()
    student = stage.window.parts.header.findChild(QAbstractButton, "student")
    assert isinstance(student, QWidget)
    QTest.mouseClick(student, Qt.MouseButton.LeftButton)

    assert plain == "Balloons raise the sunken end-plate."
    assert stage.window.parts.caption.text() == "Inflation in 0.5 mL steps."
    assert stage.window.parts.steps.list.isVisible()
    assert stage.player.pauses_at_step_end
    settle(stage, qtbot)


@pytest.mark.parametrize("mode", [CONSULT, STUDENT, KIOSK])
def test_each_mode_shows_what_it_says(open_stage: Callable[..., Stage], mode: object) -> None:
    """Panels follow the flags of the mode and nothing else."""
    window = open_stage(mode).window

    assert window.parts.steps.list.isVisible() == window.viewing.mode.shows_steps
    assert window.parts.xrays.isVisible() == window.viewing.mode.shows_xray


def test_a_step_in_the_list_is_a_place_in_the_film(open_stage: Callable[..., Stage]) -> None:
    """A click on a step goes to its start, and the list follows the film."""
    stage = open_stage(STUDENT)
    steps = stage.window.parts.steps.list
    QTest.mouseClick(steps.viewport(), Qt.MouseButton.LeftButton, pos=steps.visualItemRect(steps.item(2)).center())
    reached = stage.player.time_s
    stage.player.seek(17.0)

    assert reached == 9.0
    assert steps.currentRow() == 3


def test_closing_stops_time_before_the_scene_goes(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """The order of closing: timer, pulses, scene, fluoroscope; a second close does nothing."""
    stage.player.play()
    running: list[bool] = []
    close = stage.scene.close

    def watched() -> None:
        running.append(stage.window.driver.is_running or stage.window.parts.xrays.is_pulsing)
        close()

    monkeypatch.setattr(stage.scene, "close", watched)
    stage.window.close()
    stage.window.closeEvent(QCloseEvent())
    stage.player.seek(3.0)

    assert running == [False]
    assert stage.log == ["scene closed", "fluoroscope closed"]


def test_everything_that_can_be_pressed_has_a_name(open_stage: Callable[..., Stage]) -> None:
    """A screen reader finds a name on every control and both kinds of picture."""
    window = open_stage(STUDENT).window
    window.parts.layers.toggle()
    window.aids.toggle_curves()
    window.aids.explain("balloon_pressure")
    window.c_arm.toggle()
    controls = [w for w in window.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus]
    nameless = [w for w in controls if not (w.accessibleName() or getattr(w, "text", str)())]

    assert len(controls) >= 40
    assert not nameless


@pytest.mark.parametrize("size", [(1024, 640), (1280, 800), (1920, 1080), (3840, 2160)])
@pytest.mark.parametrize("mode", [CONSULT, STUDENT, KIOSK])
def test_nothing_is_clipped(
    open_stage: Callable[..., Stage], qtbot: QtBot, size: tuple[int, int], mode: object
) -> None:
    """From a small laptop to a wall, every word has the room it needs and stays inside the window."""
    stage = open_stage(mode)
    stage.window.resize(*size)
    settle(stage, qtbot)
    parts = [w for w in stage.window.findChildren(QWidget) if w.isVisible() and isinstance(w, QLabel | QAbstractButton)]

    for part in parts:
        place = part.rect().translated(part.mapTo(stage.window, QPoint(0, 0)))
        assert stage.window.rect().contains(place), part.accessibleName() or part.objectName()
        assert part.height() >= part.minimumSizeHint().height()
        if not (isinstance(part, QLabel) and part.wordWrap()):
            assert part.width() >= min(part.minimumSizeHint().width(), part.sizeHint().width())
    assert stage.window.parts.viewport.width() > 0.45 * size[0]


def test_the_light_window_opens_too(open_stage: Callable[..., Stage], qapp: QApplication) -> None:
    """A change of colours needs no new window."""
    stage = open_stage()
    apply_theme(qapp, LIGHT)
    QApplication.processEvents()

    assert stage.window.palette().window().color().name() == LIGHT.ground.lower()


def test_the_xrays_are_as_wide_after_a_swap_as_before(stage: Stage) -> None:
    """Giving the large place away and back leaves nothing behind."""
    before = stage.window.parts.xrays.width()
    for _ in range(2):
        stage.window.places.swap("ap")
        QApplication.processEvents()

    assert stage.window.parts.xrays.width() == before


def test_larger_words_are_larger_in_the_caption_too(stage: Stage) -> None:
    """Words that are wanted larger get another line rather than a smaller letter."""
    stage.window.resize(1280, 800)
    stage.window.parts.caption.expect((" ".join(["many words"] * 22),), 1.25)
    usual = em_of(stage.window.parts.caption)
    stage.window.appearance.set_text_size(1.5)

    assert em_of(stage.window.parts.caption) > usual
