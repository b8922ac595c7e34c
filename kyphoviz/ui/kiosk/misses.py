"""The misses at the PIN so far, where a restart does not forget them."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from kyphoviz.aside import written_aside
from kyphoviz.resources import plain_bytes

FILE_NAME = "pin-misses"
MOST_BYTES = 20
UNREADABLE = 3  # for a file of ours that somebody has spoiled: as many as make the pad wait


class Misses:
    """A small file with a number in it; where there is no folder for it, the number lasts as long as the program."""

    def __init__(self, folder: Path | None) -> None:
        """Args: folder: made when the first miss is noted."""
        self._path = folder / FILE_NAME if folder else None

    def count(self) -> int:
        """How often a wrong PIN was typed since the right one."""
        if self._path is None or not self._path.exists():
            return 0
        try:
            written = plain_bytes(self._path, MOST_BYTES)
        except OSError:
            return UNREADABLE
        return int(written) if written.strip().isdigit() else UNREADABLE

    def note(self, count: int) -> None:
        """Keeps that number; a disk that takes nothing must not keep staff inside."""
        if self._path is None:
            return
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with written_aside(self._path) as aside:
                aside.write_text(f"{count}\n", encoding="ascii")
