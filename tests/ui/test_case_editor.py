"""Another case of the film that is shown: the place is kept, nonsense is refused, nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kyphoviz.film import Film
from kyphoviz.modes import KIOSK, MODES, STUDENT
from kyphoviz.procedure.plan import IntactSizes
from kyphoviz.procedure.state import Layer, Side
from kyphoviz.procedure.timeline import Timeline
from kyphoviz.scenario import Case, ScenarioError
from kyphoviz.scenario.case import KEYS
from kyphoviz.scenario.fit import misfits
from kyphoviz.scenario.model import TREATABLE_LEVELS
from kyphoviz.ui.case.choices import CHOICES, Choice, choices_of, value_of, with_value
from kyphoviz.ui.case.editor import CaseEditor
from kyphoviz.ui.case.words import load_case_words
from kyphoviz.ui.opening import offer_case
from tests.ui.conftest import Stage
from tests.ui.stand_ins import caption, fake_film, film_with


def film_of(case: Case) -> Film:
    """A film whose steps last twice as long at T12, and whose body is smaller."""
    usual = fake_film()
    steps = tuple(replace(step, duration_s=step.duration_s * (2 if case.level == "T12" else 1))
                  for step in (span.step for span in usual.timeline.spans))  # fmt: skip
    plan = replace(usual.plan, level=case.level, intact=IntactSizes(22.0, 21.0, 24.0, 30.0))
    return film_with(replace(usual.scenario, case=case, steps=steps), plan)


Editors = Callable[..., CaseEditor]


@pytest.fixture
def open_editor() -> Callable[..., CaseEditor]:
    """A editor that makes films at once."""

    def open_one(stage: Stage, make: Callable[[Case], Film] = film_of) -> CaseEditor:
        return offer_case(stage.window, "fake", "en", make)

    return open_one


def choose(editor: CaseEditor, case: Case, qtbot: QtBot) -> None:
    """Waits for what comes of the wish."""
    editor.choose(case)
    qtbot.waitUntil(lambda: not editor.is_working)
    qtbot.wait(1)


def test_nothing_is_made_before_the_panel_is_opened(stage: Stage, open_editor: Editors) -> None:
    """The panel costs the start of the program nothing."""
    assert open_editor(stage).panel is None


def test_another_level_keeps_the_place_in_the_film(stage: Stage, open_editor: Editors, qtbot: QtBot) -> None:
    """The same share of the same step, though that step lies elsewhere in the new film."""
    editor = open_editor(stage)
    stage.player.seek(stage.film.timeline.time_of("inflate", 0.4))
    choose(editor, Case(level="T12"), qtbot)

    assert stage.window.viewing.film.plan.level == "T12"
    assert stage.player.time_s == pytest.approx(2 * 9.0 + 0.4 * 10.0)
    assert stage.window.parts.bar.maximum() == 36_000


def test_words_that_fit_the_new_case_are_shown(
    open_stage: Callable[..., Stage], open_editor: Editors, qtbot: QtBot
) -> None:
    """Titles in list and bar, and the notes, are those of the new film: a caption must not stay untrue."""

    def renamed(case: Case) -> Film:
        film = film_of(case)
        steps = tuple(
            replace(step, caption=caption(f"{step.caption.title.text('en')} at {case.level}", "Plain.", "Clinical."))
            for step in (span.step for span in film.timeline.spans)
        )
        return replace(film, timeline=Timeline(steps, film.plan))

    stage = open_stage(STUDENT)
    choose(open_editor(stage, renamed), Case(level="L2"), qtbot)

    assert stage.window.parts.steps.list.item(1).text().endswith("Needle at L2")
    assert "Position at L2" in stage.window.parts.bar.words_at(1.0)
    assert stage.window.parts.steps.notes.toPlainText().startswith("Position at L2\nClinical.")


def test_the_persons_view_stays(stage: Stage, open_editor: Editors, qtbot: QtBot) -> None:
    """Camera and layers in hand are the person's, not the film's."""
    choices = stage.window.viewing.choices.with_layer(Layer.DISCS, 0.3)
    stage.window.viewing.choose(choices)
    choose(open_editor(stage), Case(bone="sclerotic"), qtbot)

    assert stage.window.viewing.choices == choices


def test_nothing_of_the_old_body_is_kept(stage: Stage, open_editor: Editors, qtbot: QtBot) -> None:
    """X-rays and 3D picture are made anew from the new shapes."""
    renders = stage.scene.renders
    choose(open_editor(stage), Case(level="L2"), qtbot)
    qtbot.waitUntil(lambda: stage.is_quiet)

    assert "shapes forgotten" in stage.log
    assert stage.scene.renders > renders


def test_values_that_do_not_fit_are_refused_in_words(stage: Stage, open_editor: Editors) -> None:
    """The panel says why, in its own names, and shows what still holds; the film stays."""
    editor, film = open_editor(stage), stage.window.viewing.film
    editor.toggle()
    assert editor.panel is not None
    box = editor.panel.boxes["balloon_ml"]
    box.setCurrentIndex(box.count() - 1)
    box.activated.emit(box.count() - 1)

    said = editor.panel._message.text()
    assert "a balloon of 15 mm holds at most 4 mL, not 6" in said
    assert "`" not in said
    assert "balloon_ml" not in said
    assert stage.window.viewing.film is film
    assert box.currentData() == 2.4


def test_a_film_that_can_not_be_made_is_refused_in_the_loaders_words(
    stage: Stage, open_editor: Callable[..., CaseEditor], qtbot: QtBot
) -> None:
    """What the loader says of the case is what the panel says, without file and line."""

    def refuse(case: Case) -> Film:
        raise ScenarioError(("fake.yaml:7: `level` is not in this scene",))

    editor, film = open_editor(stage, refuse), stage.window.viewing.film
    choose(editor, Case(bone="sclerotic"), qtbot)

    assert editor.panel is not None
    assert editor.panel._message.text().endswith("Which bone is not in this scene")
    assert stage.window.viewing.film is film


def test_the_scenes_own_case_comes_back(stage: Stage, open_editor: Editors, qtbot: QtBot) -> None:
    """One button undoes all choices."""
    editor, written = open_editor(stage), stage.film.scenario.case
    choose(editor, Case(level="T12", sides=(Side.LEFT,)), qtbot)
    editor.reset()
    qtbot.waitUntil(lambda: not editor.is_working and stage.window.viewing.film.scenario.case == written)


def test_of_hasty_wishes_the_last_one_counts(stage: Stage, open_editor: Editors, qtbot: QtBot) -> None:
    """Who turns through the levels ends at the one that is chosen last."""
    editor = open_editor(stage)
    for level in ("T12", "L1", "L2"):
        editor.choose(Case(level=level))
    qtbot.waitUntil(lambda: stage.window.viewing.film.plan.level == "L2")
    qtbot.waitUntil(lambda: not editor.is_working)

    assert stage.window.viewing.film.plan.level == "L2"


def test_a_kiosk_has_no_case_to_choose(open_stage: Callable[..., Stage], open_editor: Editors) -> None:
    """Neither the button nor the panel; an open panel goes with the mode."""
    stage = open_stage(STUDENT)
    editor = open_editor(stage)
    editor.toggle()
    assert editor.panel is not None
    assert editor.panel.isVisible()
    stage.window.viewing.set_mode(KIOSK)

    assert not editor.panel.isVisible()
    assert not stage.window.parts.header._case.isVisible()
    assert [mode.changes_case for mode in MODES] == [True, True, False]


def test_the_two_cards_give_way_to_each_other(stage: Stage, open_editor: Editors) -> None:
    """Case and layers lie in the same corner, never both."""
    editor = open_editor(stage)
    editor.toggle()
    assert editor.panel is not None
    stage.window.parts.layers.toggle()
    assert editor.panel.isHidden()
    editor.toggle()
    assert stage.window.parts.layers.isHidden()
    assert editor.panel.isVisible()


def test_a_kiosk_goes_back_to_what_the_scene_says(stage: Stage, open_editor: Editors, qtbot: QtBot) -> None:
    """A choice made beside a patient is not left in the waiting room."""
    editor, written = open_editor(stage), stage.film.scenario.case
    choose(editor, Case(level="T12"), qtbot)
    stage.window.viewing.set_mode(KIOSK)

    qtbot.waitUntil(lambda: not editor.is_working and stage.window.viewing.film.scenario.case == written)


def test_a_clicker_turns_no_choice(stage: Stage, open_editor: Editors) -> None:
    """Page Down plays a step though a choice has the focus, the wheel over it changes nothing, Esc closes."""
    editor = open_editor(stage)
    editor.toggle()
    assert editor.panel is not None
    box = editor.panel.boxes["level"]
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_PageDown)
    assert box.currentData() == "L1"
    assert stage.player.is_playing
    QTest.wheelEvent(box.window().windowHandle(), box.mapTo(box.window(), box.rect().center()), QPoint(0, -120))
    assert box.currentData() == "L1"
    QTest.keyClick(editor.panel, Qt.Key.Key_Escape)
    assert editor.panel.isHidden()


def test_every_choice_has_words_for_both_audiences() -> None:
    """No key of the file reaches a person's eyes."""
    for is_clinical in (True, False):
        words = load_case_words(is_clinical=is_clinical)
        for choice in CHOICES:
            assert words.name(choice.key)
            for procedure in ("kyphoplasty", "vertebroplasty"):
                case = Case(procedure=procedure, gauge=10 if procedure == "kyphoplasty" else 13)
                for value in choice.offers(case):
                    assert "_" not in words.value(choice.key, value)


def test_the_panel_promises_nothing() -> None:
    """It says that it is a general illustration; nothing in it forecasts or judges."""
    for is_clinical in (True, False):
        words = load_case_words(is_clinical=is_clinical)
        assert "general illustration" in words.text("note")
        spoken = str(words.table).lower()
        assert not [word for word in ("eligib", "expected", "candidate", "predict", "suitable") if word in spoken]


@pytest.mark.parametrize("choice", choices_of(Case()), ids=lambda choice: choice.key)
def test_a_choice_changes_what_it_says(choice: Choice) -> None:
    """Each offered value can be set and is then the present one; every key is one of the loader's."""
    assert choice.key in KEYS
    for value in choice.values(Case()):
        assert value_of(with_value(Case(), choice.key, value), choice.key) == value


def test_the_bone_goes_with_its_level() -> None:
    """No choice of a level leaves the bone of another one."""
    for level in TREATABLE_LEVELS:
        assert not list(misfits(with_value(Case(), "level", level)))


def test_the_panel_can_be_read_beside_any_text_size(stage: Stage, open_editor: Editors) -> None:
    """It stays within the picture."""
    editor = open_editor(stage)
    editor.toggle()
    for size in (1.0, 1.5, 2.0):
        stage.window.appearance.set_text_size(size)
        assert editor.panel is not None
        editor.panel.place()
        assert stage.window.parts.viewport.rect().contains(editor.panel.geometry())
