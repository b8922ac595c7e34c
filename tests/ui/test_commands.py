"""The keys: one table, bound to the window whatever in it has the focus."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from kyphoviz.modes import KIOSK, STUDENT
from kyphoviz.resources import scenes_folder
from kyphoviz.scenario import load
from kyphoviz.ui.look.shortcuts import DIGITS, TABLE, Act, Shortcut, meant
from kyphoviz.ui.window.sheets import BlackSheet, KeySheet
from tests.ui.conftest import Stage

Key, Modifier = Qt.Key, Qt.KeyboardModifier


def press(stage: Stage, key: Qt.Key, modifiers: Qt.KeyboardModifier = Modifier.NoModifier) -> None:
    """A key, as it reaches the window when nothing else wants it."""
    QTest.keyClick(stage.window, key, modifiers)


def cover(stage: Stage, kind: type[BlackSheet] | type[KeySheet]) -> BlackSheet | KeySheet:
    return stage.window.findChildren(kind)[0]


def test_no_key_means_two_things() -> None:
    """Every key with its modifiers stands in the table once."""
    bound = [(key, entry.modifiers.value) for entry in TABLE for key in entry.keys]

    assert len(bound) == len(set(bound))
    assert {entry.act for entry in TABLE} == set(Act)


def test_shift_that_only_writes_the_sign_does_not_count() -> None:
    """A question mark or a plus is itself on every keyboard; an arrow with Shift is another thing."""
    question, turn = meant(Key.Key_Question, Modifier.ShiftModifier), meant(Key.Key_Left, Modifier.ShiftModifier)

    assert question is not None
    assert question.act is Act.SHEET
    assert turn is not None
    assert turn.act is Act.TURN
    assert meant(Key.Key_L, Modifier.ControlModifier) is None


@pytest.mark.parametrize(
    ("key", "expected_s"), [(Key.Key_1, 0.0), (Key.Key_2, 4.0), (Key.Key_4, 14.0), (Key.Key_0, 6.0)]
)
def test_digits_are_chapters(stage: Stage, key: Qt.Key, expected_s: float) -> None:
    """A film without chapters has a digit for each step, and the digits beyond do nothing."""
    stage.player.seek(6.0)
    press(stage, key)

    assert stage.player.time_s == expected_s


def test_every_chapter_of_a_shipped_film_has_its_digit() -> None:
    """Risks and evidence too: few enough chapters for ten digits, in every film."""
    for path in sorted(scenes_folder().glob("*.yaml")):
        scenario = load(path)
        assert 1 < len(scenario.chapters) <= len(DIGITS)
        assert scenario.chapter_starts[0] == 0


def test_labels_come_and_go(stage: Stage) -> None:
    """L is names on or off; they are off for patients at first and on for students."""
    before = stage.window.viewing.choices.labels
    press(stage, Key.Key_L)
    after = stage.window.viewing.choices.labels
    stage.window.viewing.set_mode(STUDENT)

    assert (before, after) == (False, True)
    assert stage.window.viewing.choices.labels


def test_cut_is_what_the_film_is_not(stage: Stage) -> None:
    """C opens a whole bone and closes an open one, and stays through steps until reset."""
    press(stage, Key.Key_C)
    opened = stage.window.viewing.choices.cut
    stage.player.seek(8.0)
    kept = stage.window.viewing.seen.cut
    press(stage, Key.Key_C)
    closed = stage.window.viewing.choices.cut
    press(stage, Key.Key_R)

    assert (opened, kept, closed) == (1.0, 1.0, 0.0)
    assert stage.window.viewing.choices.cut is None


def test_undo_goes_back_one_gesture_at_a_time(stage: Stage) -> None:
    """What followed at once was one drag; a second drag later is another step back."""
    film = stage.window.viewing.seen.camera
    for _ in range(3):
        press(stage, Key.Key_Plus)
    first = stage.window.viewing.choices.camera
    stage.clock.pass_s(5.0)
    press(stage, Key.Key_Minus)
    press(stage, Key.Key_Z, Modifier.ControlModifier)
    once = stage.window.viewing.choices.camera
    press(stage, Key.Key_Z, Modifier.ControlModifier)

    assert once == first != film
    assert stage.window.viewing.choices.camera is None
    press(stage, Key.Key_Z, Modifier.ControlModifier | Modifier.ShiftModifier)
    assert stage.window.viewing.choices.camera == first


def test_undo_leaves_names_and_theme_alone(stage: Stage) -> None:
    """Only camera, layers and cut are undone."""
    press(stage, Key.Key_C)
    press(stage, Key.Key_L)
    press(stage, Key.Key_Z, Modifier.ControlModifier)

    assert stage.window.viewing.choices.cut is None
    assert stage.window.viewing.choices.labels


def test_undo_of_nothing_does_nothing(stage: Stage) -> None:
    """A key too many harms nobody."""
    before = stage.window.viewing.choices
    press(stage, Key.Key_Z, Modifier.ControlModifier)
    press(stage, Key.Key_Z, Modifier.ControlModifier | Modifier.ShiftModifier)

    assert stage.window.viewing.choices == before


def test_following_can_be_undone(stage: Stage) -> None:
    """Who reset by mistake gets the own view back."""
    press(stage, Key.Key_Plus)
    own = stage.window.viewing.choices.camera
    stage.clock.pass_s(5.0)
    press(stage, Key.Key_R)
    press(stage, Key.Key_Z, Modifier.ControlModifier)

    assert stage.window.viewing.choices.camera == own


def test_a_black_screen_stops_the_film_until_any_key(stage: Stage) -> None:
    """B covers everything; the next key only takes the black away."""
    stage.player.play()
    press(stage, Key.Key_B)
    black = cover(stage, BlackSheet)
    picture = stage.window.grab().toImage()
    QTest.keyClick(black, Key.Key_PageDown)

    assert picture.pixelColor(picture.width() // 2, picture.height() // 2).lightness() == 0
    assert black.isHidden()
    assert not stage.player.is_playing
    assert stage.player.time_s == 0.0


def test_the_sheet_tells_every_key(stage: Stage) -> None:
    """The sheet is written from the table that binds the keys, and a click puts it away."""
    press(stage, Key.Key_Question)
    sheet = cover(stage, KeySheet)
    was_open = sheet.isVisible()
    stage.window.grab()
    QTest.mouseClick(sheet, Qt.MouseButton.LeftButton)

    assert was_open
    assert sheet.isHidden()
    assert isinstance(sheet, KeySheet)
    assert [words for _, words in sheet.lines] == [entry.words for entry in TABLE]


def test_the_clicker_works_while_the_list_has_the_focus(open_stage: Callable[..., Stage]) -> None:
    """Page keys and letters belong to the film; up and down stay with the list."""
    stage = open_stage(STUDENT)
    steps = stage.window.parts.steps.list
    steps.setFocus()
    QTest.keyClick(steps, Key.Key_PageDown)
    paged = stage.player.is_playing
    QTest.keyClick(steps, Key.Key_C)
    QTest.keyClick(steps, Key.Key_Down)

    assert paged
    assert stage.window.viewing.choices.cut == 1.0
    assert stage.player.time_s == 0.0


def test_space_stays_with_the_button_that_has_the_focus(stage: Stage) -> None:
    """Who walks by Tab presses the button that is marked, not play."""
    loop = next(b for b in stage.window.findChildren(QAbstractButton) if b.accessibleName().startswith("Play again"))
    loop.setFocus()
    QTest.keyClick(loop, Key.Key_Space)

    assert stage.player.loops
    assert not stage.player.is_playing


def test_keys_turn_from_where_the_picture_is_taken(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a narrow window that is farther off than the film says: the picture turns and does not leap nearer."""
    drawn = replace(stage.viewing.seen.camera, distance_mm=900.0)
    monkeypatch.setattr(type(stage.scene), "camera", drawn)
    press(stage, Key.Key_Left, Modifier.ShiftModifier)
    camera = stage.viewing.choices.camera

    assert camera is not None
    assert camera.distance_mm == 900.0
    assert camera.azimuth_deg != drawn.azimuth_deg


def test_a_key_asks_for_a_picture(stage: Stage) -> None:
    """S is the menu's snapshot at the size of the screen."""
    asked: list[int] = []
    stage.window.parts.header.menu.snapshot_asked.connect(asked.append)
    press(stage, Key.Key_S)

    assert asked == [1]


@pytest.mark.parametrize("entry", [entry for entry in TABLE if not entry.in_kiosk], ids=lambda entry: entry.act.name)
def test_a_kiosk_has_only_the_keys_of_the_film(open_stage: Callable[..., Stage], entry: Shortcut) -> None:
    """A visitor cannot blank the screen, leave it, or change what is shown."""
    stage = open_stage(KIOSK)
    before = stage.window.viewing.choices, stage.window.isFullScreen(), stage.player.is_playing
    for key in entry.keys:
        stage.window.keyPressEvent(QKeyEvent(QKeyEvent.Type.KeyPress, key, entry.modifiers))

    assert (stage.window.viewing.choices, stage.window.isFullScreen(), stage.player.is_playing) == before
    assert cover(stage, BlackSheet).isHidden()
    assert cover(stage, KeySheet).isHidden()


def test_x_walks_through_the_pictures(stage: Stage) -> None:
    """3D, AP, lateral and 3D again in the large place, and the scene is never made anew."""
    viewport, (ap, lateral) = stage.window.parts.viewport, stage.window.parts.xrays.panes
    large = []
    for _ in range(3):
        press(stage, Key.Key_X)
        QApplication.processEvents()
        large.append(max((viewport, ap, lateral), key=lambda part: part.width() * part.height()))

    assert large == [ap, lateral, viewport]
    assert not stage.scene.is_closed


def test_a_double_click_gives_an_x_ray_the_large_place_and_takes_it_back(stage: Stage) -> None:
    """The 3D picture goes to the small place meanwhile, above its neighbour as the X-ray was."""
    viewport, (ap, lateral) = stage.window.parts.viewport, stage.window.parts.xrays.panes
    QTest.mouseDClick(lateral, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    QApplication.processEvents()
    swapped = (lateral.width() > 2 * viewport.width(), viewport.parentWidget() is stage.window.parts.xrays)
    below = viewport.y() > ap.y()
    QTest.mouseDClick(lateral, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    QApplication.processEvents()

    assert swapped == (True, True)
    assert below
    assert viewport.width() > 2 * lateral.width()
    assert lateral.y() > ap.y()


def test_less_motion_shows_each_step_from_one_place(stage: Stage) -> None:
    """The camera stands where the step ends, from its first instant on."""
    stage.window.viewing.choose(replace(stage.window.viewing.choices, reduced_motion=True))
    seen = []
    for time_s in (4.1, 6.0, 8.9):
        stage.player.seek(time_s)
        QApplication.processEvents()
        seen.append(stage.scene.camera)

    assert seen[0] == seen[1] == seen[2]


def test_the_readme_tells_the_same_keys() -> None:
    """Its table is the sheet: every line, in the same words and order."""
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| (.+?) \| (.+?) \|$", readme.split("## Keys")[1].split("\n## ")[0], re.MULTILINE)

    assert told[2:] == [(entry.told, entry.words) for entry in TABLE]


def test_k_opens_the_case_and_g_the_curves(stage: Stage) -> None:
    """What the header and the menu offer has a key too, and the same key puts it away."""
    asked: list[str] = []
    stage.window.parts.header.case_asked.connect(lambda: asked.append("case"))
    press(stage, Key.Key_K)
    press(stage, Key.Key_G)
    curves = stage.window.aids.curves

    assert asked == ["case"]
    assert curves is not None
    assert curves.isVisible()
    press(stage, Key.Key_G)
    assert curves.isHidden()
