"""The student's panel: every step explained, sources named, illustrative numbers called so."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtTest import QTest

from kyphoviz.modes import CONSULT, STUDENT
from kyphoviz.scenario import find, load
from kyphoviz.ui.film.step_notes import Notes, as_html, notes_of
from tests.ui.conftest import Stage

OPERATION = ("position", "anaesthesia", "carm_align", "mark_level", "incision", "needle_dock", "needle_advance",
             "mix_cement", "fill", "cure", "remove_close", "recover")  # fmt: skip


@pytest.mark.parametrize("scene", ["kyphoplasty", "vertebroplasty"])
def test_every_operative_step_is_explained(scene: str) -> None:
    """Each step in which something is done to the patient says why, and what can go wrong."""
    steps = load(find(scene)).steps
    first, last = (next(k for k, step in enumerate(steps) if step.id == end) for end in (OPERATION[0], OPERATION[-1]))

    assert {step.id for step in steps} >= set(OPERATION)
    for step in steps[first : last + 1]:
        assert step.caption.why, step.id
        assert step.caption.risk, step.id


def test_illustrative_gauges_are_called_so(stage: Stage) -> None:
    """The notes of the balloon's step name the pressure, which no study gave."""
    timeline, intact = stage.film.timeline, stage.film.plan.intact
    notes = notes_of(timeline, timeline.spans[2], intact, "en")

    assert "Pressure" in {gauge.name for gauge in notes.gauges if gauge.is_illustrative}
    assert "illustrative" in as_html(notes, 12, QPalette()).lower()


def test_words_of_a_scene_are_never_markup() -> None:
    """A scene can't smuggle tags into the panel."""
    shown = as_html(Notes("<b>", "<img src=x>", sources=("<i>",)), 12, QPalette())

    assert not {"<b>", "<img", "<i>"} & {piece for piece in ("<b>", "<img", "<i>") if piece in shown}


def test_the_panel_follows_the_film(open_stage: Callable[..., Stage]) -> None:
    """A new step brings its own notes."""
    stage = open_stage(STUDENT)
    stage.player.seek(10.0)

    assert stage.window.parts.steps.notes.toPlainText().startswith("Inflate\nInflation in 0.5 mL steps.")


def test_the_panel_folds_away_and_comes_back(open_stage: Callable[..., Stage]) -> None:
    """Folded, it leaves its room to the pictures and its words to the caption; by keyboard too."""
    window = open_stage(STUDENT).window
    wide, said = window.parts.steps.width(), window.parts.caption.isVisible()
    button = window.parts.steps._fold
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    narrow, spoken = window.parts.steps.sizeHint().width(), window.parts.caption.isVisible()
    window.parts.steps.toggle_fold()

    assert narrow < wide / 3
    assert (said, spoken) == (False, True)
    assert window.parts.steps.list.isVisible()


def test_other_modes_have_no_panel(open_stage: Callable[..., Stage]) -> None:
    """In consult the sentence is back and the panel gone."""
    window = open_stage(CONSULT).window

    assert window.parts.caption.isVisible()
    assert not window.parts.steps.isVisible()


def test_the_picture_is_described_at_rest(stage: Stage) -> None:
    """Title and numbers are told on a pause or a new step, and left alone while the film runs within one."""
    stage.player.seek(11.0)
    paused = stage.window.parts.viewport.accessibleDescription()
    stage.player.play()
    before = stage.window.parts.viewport.accessibleDescription()
    stage.clock.pass_s(0.5)
    stage.window.driver.tick()
    running = stage.window.parts.viewport.accessibleDescription()
    stage.player.pause()

    assert paused.startswith("Inflate. Balloons raise the sunken end-plate. Balloons ")
    assert running == before
    assert stage.window.parts.viewport.accessibleDescription() != running


@pytest.mark.parametrize("height", [640, 800, 1080])
def test_the_step_that_is_shown_stays_in_sight(open_stage: Callable[..., Stage], height: int) -> None:
    """Curves take room from the list when they come; the list scrolls so far that its step is still seen whole."""
    stage = open_stage(STUDENT)
    steps = stage.window.parts.steps.list
    stage.window.resize(1280, height)
    steps.show_titles(tuple(f"Step {k}" for k in range(40)), (("First", 0), ("Last", 30)))
    steps.show_step(33)
    for room in (300, 140, 110):
        steps.resize(steps.width(), room)

        assert steps.viewport().rect().contains(steps.visualItemRect(steps.currentItem()))


def test_steps_stand_under_their_chapters(student: Stage) -> None:
    """A chapter's name can't be chosen; a step below it is the step that it was without names."""
    steps = student.window.parts.steps.list
    steps.show_titles(("One", "Two", "Three"), (("Begin", 0), ("End", 2)))
    steps.show_step(2)
    chosen: list[int] = []
    steps.step_chosen.connect(chosen.append)
    for row in range(steps.count()):
        steps.itemClicked.emit(steps.item(row))

    assert [steps.item(row).text().strip() for row in (0, 3)] == ["Begin", "End"]
    assert "Three" in steps.currentItem().text()
    assert chosen == [0, 1, 2]
