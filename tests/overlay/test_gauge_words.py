"""Every number on the picture is explained, with its sources; what was not measured is called illustrative."""

from __future__ import annotations

import inspect

import pytest

from kyphoviz.overlay.gauge_words import load_gauge_words, load_stop_words
from kyphoviz.overlay.gauges import readings
from kyphoviz.overlay.stops import stops
from kyphoviz.procedure import mechanics
from kyphoviz.procedure.state import StopReason
from kyphoviz.procedure.timeline import Timeline
from kyphoviz.scenario import find, load
from tests.plans import case_plan

PLAN = case_plan()
TIMELINES = {name: Timeline(load(find(name)).steps, PLAN) for name in ("kyphoplasty", "vertebroplasty", "leak")}
WORDS = load_gauge_words()


@pytest.mark.parametrize("scene", TIMELINES)
def test_every_number_of_a_film_is_explained(scene: str) -> None:
    """Its meaning and a source, or what was designed; a gauge that is called illustrative says what is."""
    timeline = TIMELINES[scene]
    for time_s in timeline.frame_times(2):
        for reading in readings(timeline.state_at(time_s), PLAN.intact, with_clock=True, is_clinical=True):
            words = WORDS[reading.key]
            assert words.meaning
            assert words.sources or words.illustrative
            assert words.illustrative or not reading.is_illustrative


def test_the_sources_are_those_of_the_mechanics() -> None:
    """Each reference that the formulas name is also told to who asks for the number."""
    source, told = inspect.getsource(mechanics), str(WORDS)
    for reference in ("16762891", "K132620", "K223709", "7,968,616", "12:116", "30:2806", "55:6", "21:57", "4:418"):
        assert reference in source
        assert reference in told


@pytest.mark.parametrize(("scene", "what"), [("kyphoplasty", "planned volume"), ("leak", "leaves by a vein")])
def test_why_filling_stopped_is_said_when_it_stops(scene: str, what: str) -> None:
    """In clinical words here; nothing is said before."""
    timeline = TIMELINES[scene]
    said = [
        notice.words
        for time_s in timeline.frame_times(10)
        for notice in stops(timeline.state_at(time_s), is_clinical=True)
    ]

    assert any(what in words for words in said)
    assert stops(timeline.state_at(0.0)) == ()


def test_every_reason_has_calm_words_for_both_audiences() -> None:
    """No exclamation, no alarm."""
    words = load_stop_words()
    for what, reasons in (
        ("balloon", ("volume", "pressure", "cortex")),
        ("cement", ("volume", "posterior_quarter", "leak")),
    ):
        for reason in reasons:
            assert StopReason(reason)
            for is_clinical in (True, False):
                said = words[what, reason, is_clinical]
                assert said.endswith(".")
                assert not {"!", "danger", "burn"} & set(said.lower().split())
