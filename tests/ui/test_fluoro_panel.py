"""X-rays in the window: in pulses while something moves, held otherwise, the same whichever way one came."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pytestqt.qtbot import QtBot

from kyphoviz.film import Film
from kyphoviz.modes import CONSULT
from kyphoviz.overlay import xray_marks
from kyphoviz.procedure.beam_log import BeamLog, seen_by_xray
from tests.ui.conftest import Stage
from tests.ui.stand_ins import fake_film, fake_plan, film_with


def unlit_film() -> Film:
    """The same film, in which nobody takes an X-ray."""
    scenario = fake_film().scenario
    steps = tuple(replace(step, scenery=replace(step.scenery, xray=())) for step in scenario.steps)
    return film_with(replace(scenario, steps=steps), fake_plan())


def test_no_beam_no_picture(stage: Stage) -> None:
    """Before the beam was on for the first time the screens are dark."""
    assert stage.fluoroscope.pulses == []


def test_both_views_are_taken_in_turn(stage: Stage, qtbot: QtBot) -> None:
    """One view at a time, so that a pulse never holds the window up for two."""
    stage.player.seek(6.0)
    assert stage.fluoroscope.pulses == []  # the seek itself waits for no X-ray
    qtbot.waitUntil(lambda: stage.is_quiet)

    assert sorted(stage.fluoroscope.pulses) == ["ap", "lateral"]


def test_a_still_needle_needs_no_pulse(stage: Stage, qtbot: QtBot) -> None:
    """Between two instants that look alike to the X-ray the last picture stays."""
    stage.player.seek(8.8)
    qtbot.waitUntil(lambda: stage.is_quiet)
    taken = len(stage.fluoroscope.pulses)
    stage.player.seek(8.9)
    qtbot.waitUntil(lambda: stage.is_quiet)

    assert len(stage.fluoroscope.pulses) == taken


def test_views_alternate_while_the_film_plays(stage: Stage) -> None:
    """With both out of date, neither view starves."""
    stage.player.seek(5.0)
    for tenth in range(6):
        stage.player.seek(5.0 + tenth / 10)
        stage.window.parts.xrays.pulse()

    assert stage.fluoroscope.pulses in (["ap", "lateral"] * 3, ["lateral", "ap"] * 3)


def test_a_hidden_panel_takes_no_pictures(open_stage: Callable[..., Stage], qtbot: QtBot) -> None:
    """Nobody looks, nobody pays; what was missed is taken when it is shown again."""
    stage = open_stage(CONSULT)
    stage.window.parts.xrays.hide()
    stage.player.seek(6.0)
    qtbot.waitUntil(lambda: stage.is_quiet)
    hidden = list(stage.fluoroscope.pulses)
    stage.window.parts.xrays.show()
    qtbot.waitUntil(lambda: len(stage.fluoroscope.pulses) == 2)

    assert hidden == []


def test_the_held_picture_depends_on_time_alone() -> None:
    """Without a beam a view shows the last instant in which it had one, wherever one came from."""
    film = fake_film()
    log = BeamLog(film.timeline)
    late, early = film.timeline.state_at(16.0), film.timeline.state_at(2.0)
    inflating = film.timeline.state_at(12.0)

    held_ap, held_lateral = log.shown("ap", inflating), log.shown("lateral", late)

    assert log.shown("ap", early) is None
    assert held_ap is not None
    assert seen_by_xray(held_ap) == seen_by_xray(film.timeline.state_at(9.0))
    assert held_lateral is not None
    assert seen_by_xray(held_lateral) == seen_by_xray(film.timeline.state_at(14.0))
    assert log.shown("lateral", inflating) is inflating


def test_a_leak_is_seen() -> None:
    """Cement that runs into a vein shows at once, even while the volume in the body stands still."""
    state = fake_film().timeline.state_at(16.0)
    leaking = replace(state, cement=replace(state.cement, leak_ml=0.1))

    assert seen_by_xray(leaking) != seen_by_xray(state)


def test_going_back_before_the_first_beam_darkens_the_screens(stage: Stage, qtbot: QtBot) -> None:
    """No picture from the future stays."""
    stage.player.seek(6.0)
    qtbot.waitUntil(lambda: stage.is_quiet)
    stage.player.seek(1.0)

    assert [pane.projection for pane in stage.window.parts.xrays.panes] == [None, None]


def test_the_panes_say_that_they_are_simulated(stage: Stage) -> None:
    """Nobody takes the picture for a real one, by eye or by ear."""
    assert all("simulated" in pane.accessibleName() for pane in stage.window.parts.xrays.panes)
    assert "not a diagnostic image" in xray_marks.NOTICE


def test_a_dark_screen_tells_what_comes(stage: Stage) -> None:
    """Before its first X-ray a screen names the step that brings it; a film without any says that there is none."""
    spans = stage.film.timeline.spans
    for pane in stage.window.parts.xrays.panes:
        lit = [k for k, span in enumerate(spans) if pane.view in span.step.scenery.xray]
        told = f"step {lit[0] + 1}:" if lit else "No X-ray"

        assert told in pane.coming


def test_another_film_without_a_beam_shows_no_picture_of_the_last(stage: Stage, qtbot: QtBot) -> None:
    """What is dark in a case shows nothing of the case before it."""
    stage.player.seek(6.0)
    qtbot.waitUntil(lambda: stage.is_quiet)
    stage.window.viewing.show_film(unlit_film())

    assert [pane.projection for pane in stage.window.parts.xrays.panes] == [None, None]
