"""Values of one field: checked against what is expected, and told in plain words where they are not.

Each function takes the node found (None where the key is missing is the caller's business), notes a fault and returns
None where the value can't be used.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from math import isfinite

from kyphoviz.procedure.state import Words
from kyphoviz.scenario.errors import Faults, quoted
from kyphoviz.scenario.nodes import Broken, Entry, Listing, Mapping, Node, Scalar, is_text, looks_like_number

LANGUAGES = ("en", "ar", "de", "es", "fr", "it", "ja", "nl", "pl", "pt", "tr", "zh")
NAME_LENGTH = 64
NAME_WORDS = f"1 to {NAME_LENGTH} letters (a to z), digits, _ or -, the first a letter"
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_STEERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # they reorder what is read


def listed(words: Iterable[str]) -> str:
    """Words in a row, as a message names what it expects."""
    return ", ".join(words)


def mapping(node: Node, what: str, known: Iterable[str] | None, faults: Faults) -> dict[str, Entry] | None:
    """The entries of a mapping by key; unknown keys are faults (`known` None allows any)."""
    if isinstance(node, Broken):
        return None
    if not isinstance(node, Mapping):
        faults.add(node.line, f"{what} must be a mapping (keys with values){_found(node)}")
        return None
    names = None if known is None else tuple(known)
    entries = {}
    for entry in node.entries:
        if entry.key is None:
            continue
        if names is not None and entry.key not in names:
            faults.add(entry.line, f"{what} has no key {quoted(entry.key)}; known keys: {listed(names)}")
            continue
        entries[entry.key] = entry
    return entries


def listing(node: Node, what: str, most: int, faults: Faults) -> list[Node] | None:
    """The items of a list of at most `most`."""
    if isinstance(node, Broken):
        return None
    if not isinstance(node, Listing):
        faults.add(node.line, f"{what} must be a list{_found(node)}")
        return None
    if len(node.items) > most:
        faults.add(node.line, f"{what} has {len(node.items)} entries; at most {most} are allowed")
        return None
    return node.items


def text(node: Node, what: str, longest: int, faults: Faults) -> str | None:
    """Text on one line, white space run together; not empty, no control characters, not longer than `longest`."""
    if isinstance(node, Broken):
        return None
    if not isinstance(node, Scalar) or not is_text(node):
        faults.add(node.line, f"{what} must be text{_found(node)}")
        return None
    if len(node.text) > 4 * longest:
        faults.add(node.line, f"{what} is too long: {len(node.text)} characters, at most {longest} are allowed")
        return None
    if any(_is_control(char) for char in node.text if char != "\n"):
        faults.add(node.line, f"{what} holds control characters")
        return None
    found = " ".join(node.text.split())
    if not found:
        faults.add(node.line, f"{what} must not be empty")
        return None
    if len(found) > longest:
        faults.add(node.line, f"{what} is too long: {len(found)} characters, at most {longest} are allowed")
        return None
    return found


def number(node: Node, what: str, low: float, high: float, faults: Faults) -> float | None:
    """A finite number of that range, its ends included."""
    if isinstance(node, Broken):
        return None
    wanted = f"{what} must be a number from {low:g} to {high:g}"
    if not isinstance(node, Scalar) or not node.is_plain or not looks_like_number(node.text):
        faults.add(node.line, f"{wanted}{_found(node)}")
        return None
    value = float(node.text.lower().replace(".inf", "inf").replace(".nan", "nan"))
    if not isfinite(value):
        faults.add(node.line, f"{wanted}, and finite, not {quoted(node.text)}")
        return None
    if not low <= value <= high:
        faults.add(node.line, f"{wanted}, not {quoted(node.text)}")
        return None
    return value


def length(node: Node, what: str, most: float, faults: Faults) -> float | None:
    """A time above 0 and of at most `most`."""
    value = number(node, what, 0.0, most, faults)
    if value == 0.0:
        faults.add(node.line, f"{what} must be above 0")
        return None
    return value


def choice(node: Node, what: str, allowed: Iterable[str], faults: Faults) -> str | None:
    """One word of a closed list."""
    if isinstance(node, Broken):
        return None
    words = tuple(allowed)
    if isinstance(node, Scalar) and is_text(node) and node.text in words:
        return node.text
    faults.add(node.line, f"{what} must be one of {listed(words)}{_found(node)}")
    return None


def choices(node: Node, what: str, allowed: Iterable[str], faults: Faults) -> tuple[str, ...] | None:
    """Several different words of a closed list."""
    words = tuple(allowed)
    items = listing(node, what, len(words), faults)
    if items is None:
        return None
    found = [choice(item, f"each entry of {what}", words, faults) for item in items]
    kept = [word for word in found if word is not None]
    if len(kept) < len(found):
        return None
    if len(set(kept)) < len(kept):
        faults.add(node.line, f"{what} names something twice")
        return None
    return tuple(kept)


def flag(node: Node, what: str, faults: Faults) -> bool | None:
    """True or false."""
    if isinstance(node, Scalar) and node.is_plain and node.text in ("true", "false"):
        return node.text == "true"
    if not isinstance(node, Broken):
        faults.add(node.line, f"{what} must be true or false{_found(node)}")
    return None


def words(node: Node, what: str, longest: int, faults: Faults) -> Words | None:
    """One text by language code, English at least."""
    entries = mapping(node, f"{what} (a text for each language)", LANGUAGES, faults)
    if entries is None:
        return None
    found = [(code, text(entry.value, f"{what} ({code})", longest, faults)) for code, entry in entries.items()]
    if "en" not in entries:
        faults.add(node.line, f"{what} has no English text (`en`)")
        return None
    kept = tuple((code, value) for code, value in found if value is not None)
    return Words(kept) if len(kept) == len(found) else None


def is_name(name: str) -> bool:
    """Whether a word can be an id: it can be typed after --at, and can't be taken for a time."""
    return len(name) <= NAME_LENGTH and _NAME.fullmatch(name) is not None


def name(node: Node, what: str, faults: Faults) -> str | None:
    """An id."""
    if isinstance(node, Broken):
        return None
    if not isinstance(node, Scalar) or not is_text(node):
        faults.add(node.line, f"{what} must be text{_found(node)}")
        return None
    if not is_name(node.text):
        faults.add(node.line, f"{what} must be {NAME_WORDS}, not {quoted(node.text)}")
        return None
    return node.text


def _is_control(char: str) -> bool:
    return char in _STEERING or unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp")


def _found(node: Node) -> str:
    if isinstance(node, Scalar):
        return f", not {quoted(node.text)}" if node.text else ", not nothing"
    return ", not a list" if isinstance(node, Listing) else ", not a mapping"
