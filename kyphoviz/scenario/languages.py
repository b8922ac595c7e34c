"""Codes of languages: which of those that are there is nearest to one that was asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kyphoviz.scenario.model import Scenario


def nearest(asked: str, there: Iterable[str]) -> str | None:
    """The code that is there for `de`, `DE`, `de-AT`, `de_DE.UTF-8` or `de_AT@euro`; None where there is none.

    What is special is given up from the end until something fits (RFC 4647, 3.4); then a region of the same language.
    """
    codes = {_parts(code): code for code in there}
    wanted = _parts(asked)
    while wanted:
        for parts, code in sorted(codes.items(), key=lambda item: len(item[0])):
            if parts[: len(wanted)] == wanted:
                return code
        wanted = wanted[:-1]
    return None


def languages_of(scenario: Scenario) -> tuple[str, ...]:
    """The codes of all languages that a film has words in."""
    texts = [scenario.title, *(step.caption.patient for step in scenario.steps)]
    return tuple(dict.fromkeys(code for words in texts for code, _ in words.by_language))


def _parts(code: str) -> tuple[str, ...]:
    """Language, script and region, without encoding and currency."""
    plain = re.split("[.@]", code.strip())[0].replace("_", "-").lower()
    return tuple(part for part in plain.split("-") if part)
