"""The picture in words, for those who listen to it."""

from __future__ import annotations

from kyphoviz.overlay.gauges import readings
from kyphoviz.overlay.stops import stops
from kyphoviz.procedure.plan import IntactSizes
from kyphoviz.procedure.state import ProcedureState


def spoken(state: ProcedureState, intact: IntactSizes, language: str, *, is_clinical: bool) -> str:
    """The step's title, what happens, and the numbers that matter now.

    Args:
        intact: sizes of the body before it broke.
        is_clinical: clinical words, and also the numbers that only frighten who can't read them.
    """
    if state.caption is None:
        return ""
    words = state.caption.clinical if is_clinical else state.caption.patient
    said = [state.caption.title.text(language), words.text(language).rstrip(".")]
    said += [f"{r.name} {r.value}" for r in readings(state, intact, is_clinical=is_clinical) if r.weight > 0.5]
    said += [notice.words.rstrip(".") for notice in stops(state, language, is_clinical=is_clinical)]
    return ". ".join(part for part in said if part) + "."
