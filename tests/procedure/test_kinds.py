"""Every kind of step, wherever in a film it may stand: what a scene can write, the timeline can play."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kyphoviz.procedure.actions import Action, Show
from kyphoviz.procedure.timeline import Timeline
from kyphoviz.scenario.kinds import KINDS, action_of
from kyphoviz.scenario.model import Case
from tests.plans import case_plan

SHARES = st.floats(0.0, 1.0)
EVERY_KIND = pytest.mark.parametrize("kind", KINDS)
WITHOUT_ACTION = {"show", "tools"}
CASE = Case()


def action(kind: str) -> Action:
    """As a film of the usual case has it; `settle` goes to the broken bone."""
    return action_of(kind, CASE, "standing")


@EVERY_KIND
@settings(max_examples=20, deadline=None)
@given(share=SHARES)
def test_a_kind_begins_with_what_it_finds(timeline: Timeline, kind: str, share: float) -> None:
    """At u = 0 nothing has changed, whatever had been done to the patient."""
    before = timeline.state_at(share * timeline.duration_s)

    assert action(kind).at(before, 0.0, case_plan()) == before


@EVERY_KIND
@settings(max_examples=20, deadline=None)
@given(share=SHARES, u=SHARES)
def test_a_kind_remembers_nothing(timeline: Timeline, kind: str, share: float, u: float) -> None:
    """The same state and the same share give the same, hashable state, whatever was asked for in between."""
    before, acted = timeline.state_at(share * timeline.duration_s), action(kind)
    first = acted.at(before, u, case_plan())
    acted.at(before, 1.0 - u, case_plan())

    assert acted.at(before, u, case_plan()) == first
    assert hash(first) == hash(acted.at(before, u, case_plan()))


@EVERY_KIND
def test_a_kind_does_something_of_its_own(kind: str) -> None:
    """No name falls back to a step in which nothing happens, and no two names mean the same."""
    others = [type(action(other)) for other in KINDS if other != kind and other not in WITHOUT_ACTION]

    assert (type(action(kind)) is Show) == (kind in WITHOUT_ACTION)
    assert type(action(kind)) not in others
