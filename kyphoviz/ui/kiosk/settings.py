"""The one file that sets a kiosk up: read leniently, with everything that is wrong told in plain words."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import time
from pathlib import Path
from typing import Any

from kyphoviz.resources import plain_bytes
from kyphoviz.ui.kiosk.pin import PinHash, read_hash

FILE_NAME = "kiosk.toml"
MOST_BYTES = 64 * 1024
SHORTEST_S, LONGEST_S = 5.0, 3600.0
SMALLEST_TEXT, LARGEST_TEXT = 1.0, 2.5
NO_PIN = "No PIN is set: whoever holds the upper left corner for 3 seconds can leave. Set pin_hash in the settings."
LOCKED = "So leaving by PIN is off until that is mended; to leave, stop the program from outside."


@dataclass(frozen=True, slots=True)
class KioskSettings:
    """What can be set. Times are seconds after the last touch.

    `is_locked` means that a PIN was meant and can't be read: then nobody leaves from the screen, because a slip in a
    file must not open the desktop to a waiting room.
    """

    pin: PinHash | None = None
    is_locked: bool = False
    screen: int | str = 1
    warn_s: float = 60.0
    reset_s: float = 90.0
    scene: str | None = None
    language: str | None = None
    text_scale: float = 1.5
    opens: time | None = None
    closes: time | None = None
    less_motion: bool = False

    def is_open_at(self, now: time) -> bool:
        """Whether the doors are open then; hours may pass midnight, and from a time to the same is all day."""
        if self.opens is None or self.closes is None or self.opens == self.closes:
            return True
        if self.opens <= self.closes:
            return self.opens <= now < self.closes
        return now >= self.opens or now < self.closes


@dataclass(frozen=True, slots=True)
class ReadSettings:
    """The settings to run with, and a sentence for each thing that was wrong, in the order of the file."""

    settings: KioskSettings = field(default_factory=KioskSettings)
    problems: tuple[str, ...] = ()


class _Wrong(ValueError):
    """A value can't be used; the words follow the name of its key."""


def read_file(path: Path) -> ReadSettings:
    """Reads a file that should be there; never raises for what is in it, or for its absence."""
    try:
        text = plain_bytes(path, MOST_BYTES).decode("utf-8-sig")
    except UnicodeDecodeError:
        return _unreadable(f"{path.name} is not written in UTF-8.")
    except OSError as error:
        return _unreadable(f"{path.name} can't be read: {error.strerror or 'no reason given'}.")
    return read_text(text, path.name)


def read_text(text: str, name: str = FILE_NAME) -> ReadSettings:
    """Reads the words of a settings file.

    A value that can't be used is left at its default and told; the others count all the same.

    Args:
        name: what the file is called in the messages.
    """
    try:
        table = tomllib.loads(text.replace("\r\n", "\n"))
    except (ValueError, RecursionError) as error:  # a number of thousands of digits is a plain ValueError
        return _unreadable(_syntax_problem(name, str(error)))
    found: dict[str, Any] = {}
    problems: list[str] = []
    for key, value in table.items():
        try:
            if key not in _READERS:
                raise _Wrong(f"is no setting{_suggestion(key)}")
            found[_FIELDS.get(key, key)] = _READERS[key](value)
        except _Wrong as wrong:
            problems.append(f"{name}, line {_line_of(key, text)}: {key} {wrong}.")
    return _settled(found, problems, table)


def _settled(found: dict[str, Any], problems: list[str], table: Mapping[str, Any]) -> ReadSettings:
    """Puts the values together; those that only make sense as a pair fall together."""
    settings = replace(KioskSettings(), **found)
    if not settings.warn_s < settings.reset_s:
        both = f"warn_s ({settings.warn_s:g}) must be less than reset_s ({settings.reset_s:g})"
        problems.append(f"{both}; 60 and 90 are used.")
        settings = replace(settings, warn_s=KioskSettings().warn_s, reset_s=KioskSettings().reset_s)
    if (settings.opens is None) != (settings.closes is None):
        problems.append("opens and closes belong together; without both, it is always open.")
        settings = replace(settings, opens=None, closes=None)
    if settings.pin is None and _means_pin(table):
        problems.append(LOCKED)
        settings = replace(settings, is_locked=True)
    return ReadSettings(settings, tuple(problems))


def _means_pin(table: Mapping[str, Any]) -> bool:
    """Whether a PIN was meant, if under a wrong name or in a section of its own."""
    return any("pin" in key.lower() or (isinstance(value, dict) and _means_pin(value)) for key, value in table.items())


def _unreadable(problem: str) -> ReadSettings:
    """Defaults, and locked: the file may have held a PIN."""
    return ReadSettings(KioskSettings(is_locked=True), (problem, LOCKED))


def _syntax_problem(name: str, words: str) -> str:
    place = re.search(r"\(at line (\d+), column (\d+)\)", words)
    reason = re.sub(r"\s*\(at .*\)$", "", words)
    where = f", line {place[1]}, column {place[2]}" if place else ""
    return f"{name}{where}: this is not TOML ({reason[:1].lower()}{reason[1:]}). The defaults are used."


def _suggestion(key: str) -> str:
    close = difflib.get_close_matches(key, _READERS, 1)
    return f"; perhaps {close[0]} is meant" if close else f" (there are: {', '.join(_READERS)})"


def _line_of(key: str, text: str) -> int:
    """The line that a top-level key stands in."""
    pattern = re.compile(rf"""\s*\[*\s*["']?{re.escape(key)}["']?\s*[=.\]]""")
    return next((k for k, line in enumerate(text.splitlines(), 1) if pattern.match(line)), 1)


def _pin(value: Any) -> PinHash:
    try:
        return read_hash(_words(value))
    except ValueError as error:
        raise _Wrong(str(error)) from error


def _words(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _Wrong('needs words in "quotation marks"')
    return value


def _screen(value: Any) -> int | str:
    if isinstance(value, str) and value.strip():
        return value
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise _Wrong('needs the number of a screen, from 1, or its name in "quotation marks"')
    return value


def _between(least: float, most: float, unit: str) -> Callable[[Any], float]:
    def read(value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            raise _Wrong(f"needs a number from {least:g} to {most:g}{unit}")
        return float(value)

    return read


def _yes_or_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise _Wrong("needs true or false")
    return value


def _time(value: Any) -> time:
    if isinstance(value, time):
        return value
    found = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)|24:00", value.strip()) if isinstance(value, str) else None
    if found is None:
        raise _Wrong('needs a time of the day such as "08:30"')
    return time(int(found[1] or 0), int(found[2] or 0))  # a day that ends at 24:00 ends at the next one's 00:00


_READERS: dict[str, Callable[[Any], Any]] = {
    "pin_hash": _pin,
    "screen": _screen,
    "warn_s": _between(SHORTEST_S, LONGEST_S, " seconds"),
    "reset_s": _between(SHORTEST_S, LONGEST_S, " seconds"),
    "scene": _words,
    "language": _words,
    "text_scale": _between(SMALLEST_TEXT, LARGEST_TEXT, ""),
    "less_motion": _yes_or_no,
    "opens": _time,
    "closes": _time,
}
_FIELDS = {"pin_hash": "pin"}
