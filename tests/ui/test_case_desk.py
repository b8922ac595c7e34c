"""Another case of the film that is shown: the place is kept, nonsense is refused, nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kyphoviz.modes import KIOSK, MODES, STUDENT
from kyphoviz.procedure.plan import IntactSizes
from kyphoviz.procedure.state import Layer, Side
from kyphoviz.procedure.timeline import Timeline
from kyphoviz.scenario import Case, ScenarioError
from kyphoviz.scenario.case import KEYS
from kyphoviz.scenario.fit import misfits
from kyphoviz.scenario.model import TREATABLE_LEVELS
from kyphoviz.ui.case.choices import CHOICES, Choice, choices_of, value_of, with_value
from kyphoviz.ui.case.desk import CaseDesk
from kyphoviz.ui.case.words import load_case_words
from tests.ui.conftest import Stage
from tests.ui.stand_ins import FakeFilm, caption, fake_film


def film_of(case: Case) -> FakeFilm:
    """A film whose steps last twice as long at T12, and whose body is smaller."""
    usual = fake_film()
    steps = tuple(replace(step, duration_s=step.duration_s * (2 if case.level == "T12" else 1))
                  for step in (mark.step for mark in usual.timeline.marks))  # fmt: skip
    plan = replace(usual.plan, level=case.level, intact=IntactSizes(22.0, 21.0, 24.0, 30.0))
    return FakeFilm(replace(usual.scenario, case=case), plan, Timeline(steps, plan))


Desk = Callable[..., CaseDesk]


@pytest.fixture
def open_desk() -> Callable[..., CaseDesk]:
    """A desk that makes films at once."""

    def open_one(stage: Stage, make: Callable[[Case], FakeFilm] = film_of) -> CaseDesk:
        return CaseDesk(stage.window, "fake", make=make)

    return open_one


def choose(desk: CaseDesk, case: Case, qtbot: QtBot) -> None:
    """Waits for what comes of the wish."""
    desk.choose(case)
    qtbot.waitUntil(lambda: not desk.is_working)
    qtbot.wait(1)


def test_nothing_is_made_before_the_panel_is_opened(stage: Stage, open_desk: Desk) -> None:
    """The panel costs the start of the program nothing."""
    assert open_desk(stage).panel is None


def test_another_level_keeps_the_place_in_the_film(stage: Stage, open_desk: Desk, qtbot: QtBot) -> None:
    """The same share of the same step, though that step lies elsewhere in the new film."""
    desk = open_desk(stage)
    stage.player.seek(stage.film.timeline.time_of("inflate", 0.4))
    choose(desk, Case(level="T12", mesh="T12"), qtbot)

    assert stage.window.film.plan.level == "T12"
    assert stage.player.time_s == pytest.approx(2 * 9.0 + 0.4 * 10.0)
    assert stage.window.bar.maximum() == 36_000


def test_words_that_fit_the_new_case_are_shown(open_stage: Callable[..., Stage], open_desk: Desk, qtbot: QtBot) -> None:
    """Titles in list and bar, and the notes, are those of the new film: a caption must not stay untrue."""

    def renamed(case: Case) -> FakeFilm:
        film = film_of(case)
        steps = tuple(
            replace(step, caption=caption(f"{step.caption.title.text('en')} at {case.level}", "Plain.", "Clinical."))
            for step in (mark.step for mark in film.timeline.marks)
        )
        return replace(film, timeline=Timeline(steps, film.plan))

    stage = open_stage(STUDENT)
    choose(open_desk(stage, renamed), Case(level="L2", mesh="L2"), qtbot)

    assert stage.window.steps.item(1).text().endswith("Needle at L2")
    assert "Position at L2" in stage.window.bar.words_at(1.0)
    assert stage.window.side.notes.toPlainText().startswith("Position at L2\nClinical.")


def test_the_persons_view_stays(stage: Stage, open_desk: Desk, qtbot: QtBot) -> None:
    """Camera and layers in hand are the person's, not the film's."""
    choices = stage.window.choices.with_layer(Layer.DISCS, 0.3)
    stage.window.choose(choices)
    choose(open_desk(stage), Case(bone="sclerotic"), qtbot)

    assert stage.window.choices == choices


def test_nothing_of_the_old_body_is_kept(stage: Stage, open_desk: Desk, qtbot: QtBot) -> None:
    """X-rays and 3D picture are made anew from the new shapes."""
    renders = stage.scene.renders
    choose(open_desk(stage), Case(level="L2", mesh="L2"), qtbot)
    qtbot.waitUntil(lambda: stage.is_quiet)

    assert "shapes forgotten" in stage.log
    assert stage.scene.renders > renders


def test_values_that_do_not_fit_are_refused_in_words(stage: Stage, open_desk: Desk) -> None:
    """The panel says why, in its own names, and shows what still holds; the film stays."""
    desk, film = open_desk(stage), stage.window.film
    desk.toggle()
    assert desk.panel is not None
    box = desk.panel.boxes["balloon_ml"]
    box.setCurrentIndex(box.count() - 1)
    box.activated.emit(box.count() - 1)

    said = desk.panel._message.text()
    assert "a balloon of 15 mm holds at most 4 mL, not 6" in said
    assert "`" not in said
    assert "balloon_ml" not in said
    assert stage.window.film is film
    assert box.currentData() == 2.4


def test_a_film_that_can_not_be_made_is_refused_in_the_loaders_words(
    stage: Stage, open_desk: Callable[..., CaseDesk], qtbot: QtBot
) -> None:
    """What the loader says of the case is what the panel says, without file and line."""

    def refuse(case: Case) -> FakeFilm:
        raise ScenarioError(("fake.yaml:7: `level` is not in this scene",))

    desk, film = open_desk(stage, refuse), stage.window.film
    choose(desk, Case(bone="sclerotic"), qtbot)

    assert desk.panel is not None
    assert desk.panel._message.text().endswith("Which bone is not in this scene")
    assert stage.window.film is film


def test_the_scenes_own_case_comes_back(stage: Stage, open_desk: Desk, qtbot: QtBot) -> None:
    """One button undoes all choices."""
    desk, written = open_desk(stage), stage.film.scenario.case
    choose(desk, Case(level="T12", mesh="T12", sides=(Side.LEFT,)), qtbot)
    desk.reset()
    qtbot.waitUntil(lambda: not desk.is_working and stage.window.film.scenario.case == written)


def test_of_hasty_wishes_the_last_one_counts(stage: Stage, open_desk: Desk, qtbot: QtBot) -> None:
    """Who turns through the levels ends at the one that is chosen last."""
    desk = open_desk(stage)
    for level in ("T12", "L1", "L2"):
        desk.choose(Case(level=level, mesh=level))
    qtbot.waitUntil(lambda: stage.window.film.plan.level == "L2")
    qtbot.waitUntil(lambda: not desk.is_working)

    assert stage.window.film.plan.level == "L2"


def test_a_kiosk_has_no_case_to_choose(open_stage: Callable[..., Stage], open_desk: Desk) -> None:
    """Neither the button nor the panel; an open panel goes with the mode."""
    stage = open_stage(STUDENT)
    desk = open_desk(stage)
    desk.toggle()
    assert desk.panel is not None
    assert desk.panel.isVisible()
    stage.window.set_mode(KIOSK)

    assert not desk.panel.isVisible()
    assert not stage.window.header._case.isVisible()
    assert [mode.changes_case for mode in MODES] == [True, True, False]


def test_the_two_cards_give_way_to_each_other(stage: Stage, open_desk: Desk) -> None:
    """Case and layers lie in the same corner, never both."""
    desk = open_desk(stage)
    desk.toggle()
    assert desk.panel is not None
    stage.window.layers.toggle()
    assert desk.panel.isHidden()
    desk.toggle()
    assert stage.window.layers.isHidden()
    assert desk.panel.isVisible()


def test_a_kiosk_goes_back_to_what_the_scene_says(stage: Stage, open_desk: Desk, qtbot: QtBot) -> None:
    """A choice made beside a patient is not left in the waiting room."""
    desk, written = open_desk(stage), stage.film.scenario.case
    choose(desk, Case(level="T12", mesh="T12"), qtbot)
    stage.window.set_mode(KIOSK)

    qtbot.waitUntil(lambda: not desk.is_working and stage.window.film.scenario.case == written)


def test_a_clicker_turns_no_choice(stage: Stage, open_desk: Desk) -> None:
    """Page Down goes to the next step though a choice has the focus, the wheel over it changes nothing, Esc closes."""
    desk = open_desk(stage)
    desk.toggle()
    assert desk.panel is not None
    box = desk.panel.boxes["level"]
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_PageDown)
    assert box.currentData() == "L1"
    assert stage.player.time_s == pytest.approx(4.0)
    QTest.wheelEvent(box.window().windowHandle(), box.mapTo(box.window(), box.rect().center()), QPoint(0, -120))
    assert box.currentData() == "L1"
    QTest.keyClick(desk.panel, Qt.Key.Key_Escape)
    assert desk.panel.isHidden()


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


def test_the_panel_can_be_read_beside_any_text_size(stage: Stage, open_desk: Desk) -> None:
    """It stays within the picture."""
    desk = open_desk(stage)
    desk.toggle()
    for size in (1.0, 1.5, 2.0):
        stage.window.set_text_size(size)
        assert desk.panel is not None
        desk.panel.place()
        assert stage.window.viewport.rect().contains(desk.panel.geometry())
