"""The kinds of steps: what a scene calls them, and what each does to the patient of a case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from kyphoviz.procedure import mechanics
from kyphoviz.procedure.actions import (
    Action,
    Close,
    Deflate,
    Fill,
    Incise,
    Inflate,
    Leak,
    Load,
    MarkSkin,
    Mix,
    Settle,
    Show,
)
from kyphoviz.scenario.model import Case, heights_of


def _inflate(case: Case) -> Inflate:
    return Inflate(case.balloon_ml, heights_of(case, "balloon_peak"), mechanics.BONE_RESISTANCE[case.bone])


ACTIONS: Mapping[str, Callable[[Case, str], Action]] = MappingProxyType(
    {
        "show": lambda case, to: Show(),
        "settle": lambda case, to: Settle(heights_of(case, to)),
        "mark": lambda case, to: MarkSkin(),
        "incise": lambda case, to: Incise(case.incision_mm),
        "tools": lambda case, to: Show(),  # the moves of the step are all that happens
        "inflate": lambda case, to: _inflate(case),
        "deflate": lambda case, to: Deflate(heights_of(case, "after_deflation")),
        "mix": lambda case, to: Mix(),
        "leak": lambda case, to: Leak(case.leak_ml),
        "fill": lambda case, to: Fill(case.cement_ml, heights_of(case, "cement_set")),
        "close": lambda case, to: Close(),
        "load": lambda case, to: Load(),
    }
)
KINDS = tuple(ACTIONS)


def action_of(kind: str, case: Case, to: str) -> Action:
    """What a step of that kind does.

    Args:
        to: the stage that the heights go to, where the kind is `settle`.
    """
    return ACTIONS[kind](case, to)
