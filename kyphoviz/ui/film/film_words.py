"""The words of a film as one audience reads and hears them."""

from __future__ import annotations

from kyphoviz.film import Film
from kyphoviz.overlay.gauges import readings
from kyphoviz.overlay.stops import stops
from kyphoviz.procedure.plan import IntactSizes
from kyphoviz.procedure.state import Caption, ProcedureState
from kyphoviz.procedure.timeline import Timeline


def titles(timeline: Timeline, language: str) -> tuple[str, ...]:
    """The names of the steps, in order."""
    return tuple(span.step.caption.title.text(language) for span in timeline.spans)


def chapters(film: Film, language: str) -> tuple[tuple[str, int], ...]:
    """Title and first step of each chapter; a film without chapters has one for each step."""
    scenario, steps = film.scenario, titles(film.timeline, language)
    named = [chapter.title.text(language) for chapter in scenario.chapters] or steps
    return tuple(zip(named, scenario.chapter_starts, strict=True))


def told(caption: Caption | None, language: str, *, is_clinical: bool) -> str:
    """What is said about a step; nothing without a caption."""
    if caption is None:
        return ""
    return (caption.clinical if is_clinical else caption.patient).text(language)


def all_told(timeline: Timeline, language: str, *, is_clinical: bool) -> tuple[str, ...]:
    """What is said about each step, in order."""
    return tuple(told(span.step.caption, language, is_clinical=is_clinical) for span in timeline.spans)


def spoken(state: ProcedureState, intact: IntactSizes, language: str, *, is_clinical: bool) -> str:
    """The picture for those who listen to it: the step's title, what happens, and the numbers that matter now.

    Args:
        intact: sizes of the body before it broke.
        is_clinical: clinical words, and also the numbers that only frighten who can't read them.
    """
    if state.caption is None:
        return ""
    words = told(state.caption, language, is_clinical=is_clinical)
    said = [state.caption.title.text(language), words.rstrip(".")]
    said += [f"{r.name} {r.value}" for r in readings(state, intact, is_clinical=is_clinical) if r.weight > 0.5]
    said += [notice.words.rstrip(".") for notice in stops(state, language, is_clinical=is_clinical)]
    return ". ".join(part for part in said if part) + "."
