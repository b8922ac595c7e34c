"""The safe layer of YAML: mappings, lists and scalars with their lines, and nothing else.

Built from the parser's events, one at a time and without recursion, so that neither depth nor size of a hostile file
can hurt: reading stops at the limits below. Anchors, aliases, tags, further documents and repeated keys are faults.
Scalars keep their text; what a plain one means is decided where it is read (`fields`), so no YAML 1.1 surprises
("no" stays a word, 1:30 is no number).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, cast

import yaml

from kyphoviz.scenario.errors import Faults, quoted

DEPTH_MOST = 12
NODES_MOST = 40_000
_NUMBER = re.compile(r"[-+]?(([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?|\.(inf|nan))", re.IGNORECASE)
_UNREADABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NUMBER_LENGTH = 400
_PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Scalar:
    """A word or a number; `is_plain` tells that it stood without quotes."""

    line: int
    text: str
    is_plain: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """A YAML sequence."""

    line: int
    items: list[Node] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Entry:
    """One key of a mapping with its value; `key` is None where the key is no text."""

    line: int
    key: str | None
    value: Node


@dataclass(frozen=True, slots=True)
class Mapping:
    """A YAML mapping in the order of the file, repeated keys left out."""

    line: int
    entries: list[Entry] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Broken:
    """Stands where a fault was found already, so that it is told only once."""

    line: int


Node = Scalar | Listing | Mapping | Broken


def compose(text: str, faults: Faults) -> Node | None:
    """The one document of the text, or None where it can't be read on; faults say why."""
    odd = _UNREADABLE.search(text)
    if odd is not None:
        faults.add(text.count("\n", 0, odd.start()) + 1, "the file holds control characters")
        return None
    builder = _Builder(faults)
    try:
        for event in yaml.parse(text, Loader=_PARSER):
            if not builder.take(event):
                return None
    except yaml.YAMLError as error:
        faults.add(_line_of(error), f"this is not valid YAML: {_problem(error)}")
        return None
    if builder.root is None:
        faults.add(1, "the file is empty; it should hold keys with values")
    return builder.root


class _Open:
    """A collection that is being read, and for a mapping the key that waits for its value."""

    __slots__ = ("is_tagged", "key", "keys", "node")

    def __init__(self, node: Listing | Mapping, is_tagged: bool) -> None:
        self.node = node
        self.is_tagged = is_tagged
        self.key: Node | None = None
        self.keys: set[str] = set()


class _Builder:
    """Takes events and grows the tree."""

    def __init__(self, faults: Faults) -> None:
        self.root: Node | None = None
        self._faults = faults
        self._open: list[_Open] = []
        self._nodes = 0
        self._documents = 0

    def take(self, event: Any) -> bool:
        """Adds one event; False once nothing further should be read."""
        line = event.start_mark.line + 1
        if isinstance(event, yaml.DocumentStartEvent):
            return self._starts_document(line)
        if isinstance(event, yaml.AliasEvent):
            self._faults.add(line, "aliases (*name) are not allowed; write the value out")
            return self._place(Broken(line))
        if isinstance(event, yaml.ScalarEvent):
            is_tagged = self._is_marked(event, line)
            return self._place(Broken(line) if is_tagged else Scalar(line, event.value, event.style in (None, "")))
        if isinstance(event, yaml.CollectionStartEvent):
            return self._opens(event, line)
        if isinstance(event, yaml.CollectionEndEvent):
            done = self._open.pop()
            return self._place(Broken(done.node.line) if done.is_tagged else done.node)
        return True

    def _starts_document(self, line: int) -> bool:
        self._documents += 1
        if self._documents > 1:
            self._faults.add(line, "a second document begins here; only one is allowed")
            return False
        return True

    def _opens(self, event: Any, line: int) -> bool:
        node = Mapping(line) if isinstance(event, yaml.MappingStartEvent) else Listing(line)
        self._open.append(_Open(node, self._is_marked(event, line)))
        if len(self._open) > DEPTH_MOST:
            self._faults.add(line, f"lists and mappings lie more than {DEPTH_MOST} deep in each other")
            return False
        return True

    def _is_marked(self, event: Any, line: int) -> bool:
        """Whether the event carries a tag; notes tags and anchors."""
        if event.anchor is not None:
            self._faults.add(line, f"anchors are not allowed: {quoted('&' + event.anchor)}")
        if event.tag is not None:
            self._faults.add(line, f"tags are not allowed: {quoted(event.tag)}")
        return event.tag is not None

    def _place(self, node: Node) -> bool:
        self._nodes += 1
        if self._nodes > NODES_MOST:
            self._faults.add(node.line, f"the file has more than {NODES_MOST} entries")
            return False
        if not self._open:
            self.root = node
            return True
        holder = self._open[-1]
        if isinstance(holder.node, Listing):
            holder.node.items.append(node)
        elif holder.key is None:
            holder.key = node
        else:
            self._pair(holder, holder.node, node)
        return True

    def _pair(self, holder: _Open, mapping: Mapping, value: Node) -> None:
        key = cast(Node, holder.key)
        holder.key = None
        name = key.text if isinstance(key, Scalar) and is_text(key) else None
        if name is None and not isinstance(key, Broken):
            self._faults.add(key.line, f"a key must be text{_shown(key)}")
        if name is not None and name in holder.keys:
            self._faults.add(key.line, f"the key {quoted(name)} stands here a second time")
            return
        if name is not None:
            holder.keys.add(name)
        mapping.entries.append(Entry(key.line, name, value))


_WORDS_OF_YAML = frozenset({"", "~", "null", "true", "false"})


def is_text(scalar: Scalar) -> bool:
    """Whether a scalar is text: quoted, or plain and neither number, true, false nor nothing."""
    return not scalar.is_plain or not (scalar.text.lower() in _WORDS_OF_YAML or looks_like_number(scalar.text))


def looks_like_number(text: str) -> bool:
    """Whether a plain scalar is written as a number, those that are not finite included."""
    return len(text) <= _NUMBER_LENGTH and _NUMBER.fullmatch(text) is not None


def _shown(key: Node) -> str:
    return f", not {quoted(key.text)}" if isinstance(key, Scalar) else ", not a list or mapping"


def _line_of(error: yaml.YAMLError) -> int:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    return mark.line + 1 if mark is not None else 1


def _problem(error: yaml.YAMLError) -> str:
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "it can't be read"
    return str(problem)
