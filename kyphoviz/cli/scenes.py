"""Which scene is meant, and what the commands `scenes`, `check` and `state` print."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kyphoviz.cli.refusal import DONE, Refusal
from kyphoviz.cli.state_report import state_lines, state_report
from kyphoviz.cli.values import as_typed, moments
from kyphoviz.procedure.timeline import film_time
from kyphoviz.scenario.errors import ScenarioError, printable
from kyphoviz.scenario.languages import languages_of, nearest
from kyphoviz.scenario.load import find, load, shipped
from kyphoviz.scenario.model import Case, Scenario

if TYPE_CHECKING:
    from kyphoviz.film import Film


def opened_scenario(given: str, case: Case | None = None) -> Scenario:
    """The scenario of a shipped name or a path, of another case if one is given; a Refusal tells all that is wrong."""
    try:
        return load(find(given), given, case)
    except ScenarioError as error:
        raise Refusal(*error.lines) from error


def opened_film(given: str, bones: str | None = None, case: Case | None = None) -> Film:
    """The whole film of a scene.

    Args:
        bones: the folder of other bones than the shipped ones.
        case: in place of the scene's own.
    """
    scenario = opened_scenario(given, case)
    from kyphoviz.cli.bones import opened_bones
    from kyphoviz.film import open_film

    return open_film(scenario, opened_bones(bones))


def scenes(wanted: argparse.Namespace) -> int:
    """Lists the shipped scenarios."""
    for path in shipped():
        try:
            scenario = load(path, str(path))
        except ScenarioError as error:
            raise Refusal(*error.lines) from error
        print(json.dumps(_summary(scenario)) if wanted.json else _line(scenario))
    return DONE


def language_of(asked: str, scenario: Scenario) -> str:
    """The film's own code for the language that was asked for; a Refusal where the film has no words in it."""
    there = languages_of(scenario)
    found = nearest(asked, there)
    if found is None:
        raise Refusal(f"--language {as_typed(asked)!r}: the film has no words in it; there are: {', '.join(there)}")
    return found


def check(wanted: argparse.Namespace) -> int:
    """Validates scenario files, and tells every error of all of them."""
    lines: list[str] = []
    for path, given in _asked(wanted.files):
        try:
            scenario = load(path, given)
        except ScenarioError as error:
            lines += error.lines
        else:
            print(f"{printable(given)}: fine ({len(scenario.steps)} steps, {film_time(_duration_s(scenario))})")
    if lines:
        raise Refusal(*lines)
    return DONE


def state(wanted: argparse.Namespace) -> int:
    """Prints the state at one or more moments."""
    film = opened_film(wanted.scene, wanted.bones)
    for k, time_s in enumerate(moments(wanted.at, film.timeline)):
        report = state_report(film.timeline.state_at(time_s), film.plan.intact)
        if wanted.json:
            print(json.dumps(report, allow_nan=False))
        else:
            print(*([""] if k else []), *state_lines(report), sep="\n")
    return DONE


def _asked(files: list[str]) -> Iterator[tuple[Path, str]]:
    for given in files:
        yield Path(given), given
    if not files:
        for path in shipped():
            yield path, str(path)


def _summary(scenario: Scenario) -> dict[str, Any]:
    steps = [
        {"id": name, "start_s": start, "end_s": end, "chapter": _chapter(scenario, k)}
        for k, (name, start, end) in enumerate(_spans(scenario))
    ]
    return {
        "name": scenario.name,
        "title": scenario.title.text("en"),
        "duration_s": steps[-1]["end_s"],
        "steps": steps,
    }


def _chapter(scenario: Scenario, step: int) -> str | None:
    chapter = scenario.chapter_of(step)
    return chapter.id if chapter else None


def _line(scenario: Scenario) -> str:
    duration = film_time(_duration_s(scenario))
    return f"{scenario.name:<16} {duration:>5}  {len(scenario.steps):>2} steps  {scenario.title.text('en')}"


def _spans(scenario: Scenario) -> Iterable[tuple[str, float, float]]:
    start = 0.0
    for step in scenario.steps:
        yield step.id, start, start + step.duration_s
        start += step.duration_s


def _duration_s(scenario: Scenario) -> float:
    return sum(step.duration_s for step in scenario.steps)
