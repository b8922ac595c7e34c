"""Reads the `chapters`: named stretches of the film, each of one step or several in a row."""

from __future__ import annotations

from kyphoviz.scenario import fields
from kyphoviz.scenario.drafts import Draft
from kyphoviz.scenario.errors import Faults, quoted
from kyphoviz.scenario.model import Chapter
from kyphoviz.scenario.nodes import Entry
from kyphoviz.scenario.views import named_entries

TITLE_LENGTH = 60  # it stands on a button


def read_chapters(top: dict[str, Entry], drafts: tuple[Draft, ...], faults: Faults) -> tuple[Chapter, ...]:
    """The chapters of a scene in the order of its film; none where the file names none.

    A step without `chapter` belongs to that of the step before.

    Args:
        top: the keys of the scene.
        drafts: its steps, as far as they could be read.
        faults: takes what speaks against them.
    """
    entries = named_entries(top, "chapters", faults)
    titles = {name: fields.words(each.value, f"chapter {quoted(name)}", TITLE_LENGTH, faults)
              for name, each in entries.items()}  # fmt: skip
    firsts = _firsts(tuple(titles), drafts, faults)
    if titles and drafts and drafts[0].chapter is None:
        faults.add(drafts[0].line, "the first step needs `chapter`, since the scene has `chapters`")
    for name, entry in entries.items():
        if drafts and name not in firsts:
            faults.add(entry.line, f"no step begins chapter {quoted(name)}")
    return tuple(Chapter(name, title, firsts[name]) for name, title in titles.items() if title and name in firsts)


def _firsts(names: tuple[str, ...], drafts: tuple[Draft, ...], faults: Faults) -> dict[str, int]:
    """The first step of each chapter."""
    firsts: dict[str, int] = {}
    now = -1
    for index, draft in enumerate(drafts):
        if draft.chapter is None:
            continue
        name, line = draft.chapter
        if name not in names:
            known = fields.listed(names) or "none"
            faults.add(line, f"there is no chapter {quoted(name)}; known: {known}")
        elif names.index(name) < now:
            faults.add(line, f"chapter {quoted(name)} is over: steps follow the order of `chapters`")
        else:
            now = names.index(name)
            firsts.setdefault(name, index)
    return firsts
