"""What is kept from one run to the next, and whether the last run came to a good end.

Nothing about a person is kept: how the window looked, and the place in the film. A file that can't be read counts as
none, and a folder that can't be written to keeps nothing: neither is worth stopping for.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from kyphoviz.aside import written_aside
from kyphoviz.modes import MODES
from kyphoviz.resources import plain_bytes

FILE_NAME, MARKER_NAME = "settings.json", "running"
LONGEST_FILE = 100_000  # bytes; ours has some hundred
REMEMBERED_MODES = tuple(mode.name for mode in MODES if not mode.is_unattended)
THEMES = ("dark", "light", "system")
TEXT_SIZES = (0.85, 1.0, 1.25, 1.5)
SIDE_MOST = 100_000


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that is kept.

    `less_motion` is what was chosen here; the desktop's own wish counts besides.
    `place` is the window's x, y, width and height, or empty; `scene` what was opened, as it was named; `step` and
    `share` the place in its film; `xray_place` as `place`, of the X-rays' own window.
    """

    theme: str = "dark"
    mode: str = "student"
    text_size: float = 1.0
    place: tuple[int, ...] = ()
    is_maximised: bool = False
    is_panel_folded: bool = False
    scene: str = ""
    step: str = ""
    share: float = 0.0
    less_motion: bool = False
    xray_place: tuple[int, ...] = ()


class SettingsFile:
    """The folder with the settings, and a marker that lies there as long as the program runs."""

    def __init__(self, folder: Path) -> None:
        """Args: folder: made when something is first written."""
        self._file, self._marker = folder / FILE_NAME, folder / MARKER_NAME
        self._last: Settings | None = None

    def read(self) -> Settings:
        """The settings; the usual value stands in for whatever is missing or makes no sense."""
        try:
            found = json.loads(plain_bytes(self._file, LONGEST_FILE).decode())
        except (OSError, ValueError, RecursionError):
            return Settings()
        return settings_from(found) if isinstance(found, dict) else Settings()

    def write(self, settings: Settings) -> None:
        """Keeps them, whole or not at all; nothing is written when nothing changed."""
        if settings == self._last:
            return
        self._last = settings
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with written_aside(self._file) as aside:
                aside.write_text(json.dumps(asdict(settings), indent=1), encoding="utf-8")

    def begin(self) -> bool:
        """Lays the marker; whether one was left behind by a run that did not come to its end."""
        left = self._left_behind()
        with suppress(OSError):
            self._marker.parent.mkdir(parents=True, exist_ok=True)
            with written_aside(self._marker) as aside:
                aside.write_text(str(os.getpid()), encoding="ascii")
        return left

    def end(self) -> None:
        """Takes the marker away, if it is still ours."""
        if self._owner() == os.getpid():
            with suppress(OSError):
                self._marker.unlink(missing_ok=True)

    def _left_behind(self) -> bool:
        owner = self._owner()
        return owner is not None and owner != os.getpid() and not _lives(owner)

    def _owner(self) -> int | None:
        """The process that laid the marker; 0 where it does not tell; None where there is none."""
        try:
            words = plain_bytes(self._marker, LONGEST_FILE)[:20]
        except OSError:
            return None
        return int(words) if words.isdigit() else 0


def settings_from(found: dict[str, Any]) -> Settings:
    """Takes over each value that makes sense; the usual one stands in for the rest."""
    usual, kept = Settings(), {}
    for field in fields(Settings):
        value = found.get(field.name)
        kept[field.name] = _sensible(field.name, value, getattr(usual, field.name))
    return Settings(**kept)


def _sensible(name: str, value: Any, usual: Any) -> Any:
    if name in ("place", "xray_place"):
        is_whole = isinstance(value, list) and all(type(n) is int and abs(n) <= SIDE_MOST for n in value)
        return tuple(value) if is_whole and len(value) == 4 and min(value[2:]) > 0 else usual
    if isinstance(usual, bool) or isinstance(value, bool):
        return value if isinstance(value, bool) and isinstance(usual, bool) else usual
    if isinstance(usual, float):
        return _number(name, value, usual)
    choices = {"theme": THEMES, "mode": REMEMBERED_MODES}.get(name)
    is_fine = isinstance(value, str) and len(value) < 4096 and (choices is None or value in choices)
    return value if is_fine else usual


def _number(name: str, value: Any, usual: float) -> float:
    if not isinstance(value, int | float):
        return usual
    if name == "text_size":
        return value if value in TEXT_SIZES else usual
    return float(value) if 0.0 <= value <= 1.0 else usual


def _lives(process: int) -> bool:
    """Whether a process of that number runs; only ever asked of numbers that our own marker gave."""
    if process <= 0 or not hasattr(os, "kill") or os.name == "nt":
        return False  # asking Windows this way would end the process
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True
