"""The operation fits every case that can be chosen: level, preset, tool size, balloon, one side or both, procedure."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kyphoviz.film import Film
from kyphoviz.procedure.state import ProcedureState, Side, StopReason
from kyphoviz.scenario.model import Case
from tests.site.cases import BOTH_SIDES, ONE_SIDE, Figures, all_cases, figures, film_of, take

FLATTEST = Case(level="L2", preset="old_stiff", procedure="vertebroplasty")
HARDEST = (
    Case(level="T12", preset="old_stiff", gauge=8, balloon_mm=20, balloon_ml=6.0, cement_ml=8.0),
    Case(level="L1", preset="typical", bone="sclerotic", gauge=10, balloon_mm=15, balloon_ml=4.0, cement_ml=8.0),
    Case(level="L2", preset="old_stiff", sides=ONE_SIDE, gauge=8, balloon_ml=4.0, cement_ml=6.0),
    Case(level="T12", preset="acute_mobile", sides=ONE_SIDE, gauge=10, balloon_mm=10, cement_ml=3.6),
    replace(FLATTEST, sides=ONE_SIDE, gauge=11, cement_ml=7.5),
    Case(level="T12", preset="typical", procedure="vertebroplasty", gauge=13, cement_ml=4.0),
    Case(preset="old_stiff", fracture="crush", grade="severe", balloon_ml=4.0, cement_ml=8.0),
    Case(level="T12", preset="old_stiff", fracture="biconcave", grade="severe", cement_ml=8.0),
)


def told(case: Case) -> str:
    """A short name of a case."""
    tool = f"{case.balloon_mm}mm-{case.balloon_ml:g}mL" if case.procedure == "kyphoplasty" else f"{case.cement_ml:g}mL"
    kind = f"{case.fracture}-{case.grade}"
    return f"{case.level}-{kind}-{case.preset}-{case.procedure[:6]}-{len(case.sides)}-{case.gauge}G-{tool}"


def assert_fits(case: Case) -> None:
    """Volumes, walls, depths, clearances and the AP/lateral rule of one case."""
    found = figures(film_of(case))
    assert found.volume_error <= 0.02
    assert found.is_closed
    assert all(depth >= 0.3 for depth in found.depth_mm.values()), found.depth_mm
    bars = {"balloon": 2 / 3, "cavity": 2 / 3, "cement": 0.75}
    assert all(found.rearmost[role] < bars[role] for role in found.rearmost), found.rearmost
    assert found.twin_mm > 0.0
    assert found.clearance_mm > 0.5
    assert found.rule_mm > 0.0
    assert 3.0 <= found.drill_short_mm <= 5.0


@pytest.mark.parametrize("case", HARDEST, ids=told)
def test_the_operation_fits_the_hardest_cases(case: Case) -> None:
    """Small and flat bodies, long balloons, wide tools, one side: everything stays where it may be."""
    assert_fits(case)


@pytest.mark.exhaustive
@pytest.mark.parametrize("case", all_cases(), ids=told)
def test_the_operation_fits_every_case(case: Case) -> None:
    """The same for all that can be combined, at the usual and at the largest volumes."""
    assert_fits(case)


def test_what_is_measured_can_fail() -> None:
    """A balloon that is filled beyond its room leaves the bone, and the measuring sees it."""
    film, found = film_of(HARDEST[0]), Figures()
    state = standing(film)
    volume_ml = 2.2 * film.plan.inflation.cortex_ml
    take(film, replace(state, balloons=tuple(replace(b, volume_ml=volume_ml) for b in state.balloons)), found)
    assert found.depth_mm["balloon"] < 0.3


def standing(film: Film) -> ProcedureState:
    """The balloons at the end of their filling."""
    return film.timeline.state_at(film.timeline.time_of("inflate", 0.97))


@pytest.mark.parametrize(
    ("case", "reason"),
    [
        (Case(), StopReason.VOLUME),
        (Case(balloon_ml=4.0), StopReason.CORTEX),
        (Case(balloon_ml=4.0, bone="sclerotic"), StopReason.PRESSURE),
    ],
)
def test_each_limit_can_be_the_one_that_stops(case: Case, reason: StopReason) -> None:
    """The usual volume fits L1; more meets dense bone, or in hard bone the balloon's pressure limit before that."""
    film = film_of(case)
    for balloon in standing(film).balloons:
        assert balloon.stop_reason == reason
        assert balloon.volume_ml <= case.balloon_ml
        assert (balloon.volume_ml == case.balloon_ml) == (reason == StopReason.VOLUME)


@pytest.mark.parametrize("bone", ["osteopenic", "osteoporotic", "sclerotic"])
def test_no_balloon_is_pressed_beyond_its_limit(bone: str) -> None:
    """The syringe never shows more than 400 psi."""
    film = film_of(Case(balloon_ml=4.0, bone=bone))
    states = [film.timeline.state_at(film.timeline.time_of("inflate", k / 200)) for k in range(200)]

    assert 60.0 < max(balloon.pressure_psi for state in states for balloon in state.balloons) <= 400.0


@pytest.mark.parametrize("gauge", [8, 10])
@pytest.mark.parametrize("level", ["T12", "L1", "L2"])
@pytest.mark.parametrize("side", BOTH_SIDES)
def test_one_needle_aims_at_the_midline(level: str, gauge: int, side: Side) -> None:
    """From one side the balloon's middle comes within 5 mm of the midline; with two it stays beside it."""
    alone = film_of(Case(level=level, gauge=gauge, sides=(side,)))
    sign = 1.0 if side == Side.LEFT else -1.0
    (balloon,) = standing(alone).balloons
    assert abs(balloon.center_mm[0]) < 5.0
    both = film_of(Case(level=level, gauge=gauge))
    assert all(abs(b.center_mm[0]) > 6.0 for b in standing(both).balloons)
    assert sign * alone.site.ways[0].wall[0] > 0.0
