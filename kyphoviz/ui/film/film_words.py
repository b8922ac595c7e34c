"""The words of a film as one audience reads them."""

from __future__ import annotations

from kyphoviz.film import Film
from kyphoviz.procedure.state import Caption
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
