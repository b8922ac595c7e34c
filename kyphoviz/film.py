"""A case put together: its scenario, its plan, its timeline and its site."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kyphoviz.anatomy.bones import Bones
from kyphoviz.procedure.plan import CasePlan
from kyphoviz.procedure.timeline import Timeline
from kyphoviz.scenario import Scenario
from kyphoviz.site.operative_site import OperativeSite


@dataclass(frozen=True, slots=True, eq=False)
class Film:
    """What the command line, the window and the exports are handed."""

    scenario: Scenario
    plan: CasePlan
    timeline: Timeline
    site: OperativeSite

    def preparations(self) -> tuple[Callable[[], object], ...]:
        """What the film puts off until it is needed, in pieces, so that it can be done ahead, between two pictures."""
        return (*self.site.preparations(), self.plan.room, lambda: self.timeline.state_at(self.timeline.duration_s))


def open_film(scenario: Scenario, bones: Bones) -> Film:
    """Plans the needles on those bones and lays out the steps."""
    site = OperativeSite(scenario.case, bones)
    return Film(scenario, site.plan, Timeline(scenario.steps, site.plan), site)
