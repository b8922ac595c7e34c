"""The language of a command's words."""

from __future__ import annotations

from kyphoviz.cli.refusal import Refusal
from kyphoviz.cli.values import as_typed
from kyphoviz.scenario.languages import languages_of, nearest
from kyphoviz.scenario.model import Scenario


def language_of(asked: str, scenario: Scenario) -> str:
    """The film's own code for the language that was asked for; a Refusal where the film has no words in it."""
    there = languages_of(scenario)
    found = nearest(asked, there)
    if found is None:
        raise Refusal(f"--language {as_typed(asked)!r}: the film has no words in it; there are: {', '.join(there)}")
    return found
