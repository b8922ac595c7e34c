"""What goes wrong inside Qt's loop: told in one calm line, noted in a log, and no end of the window.

Qt has nobody to pass an error on to: without this a slot that fails prints a traceback, sixty times a second where it
paints.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from traceback import format_exception
from types import TracebackType

from PySide6.QtCore import QObject, Signal

from kyphoviz.resources import DamagedFileError

CALM = "That did not work; the film goes on."
LOG_NAME, LOG_BYTES = "window.log", 512 * 1024


class Mishaps(QObject):
    """Stands where Python tells of errors that nobody caught, until it is released; the same one is told once.

    Signals:
        told: a line for whoever looks at the picture.
    """

    told = Signal(str)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        """Args: folder: of the log; neither is made before there is something to note."""
        super().__init__(parent)
        self.first = ""
        self._log, self._seen = folder / LOG_NAME, set[str]()
        self._before, sys.excepthook = sys.excepthook, self._take

    def release(self) -> None:
        """Gives its place back to whoever had it before."""
        sys.excepthook = self._before

    def _take(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        story = "".join(format_exception(kind, error, trace))
        for name in ("last_exc", "last_value", "last_traceback"):  # a painter kept there would spoil the next paint
            with suppress(AttributeError):
                delattr(sys, name)
        if story in self._seen:
            return
        self._seen.add(story)
        line = " ".join(f"{error if isinstance(error, DamagedFileError) else f'{kind.__name__}: {error}'}".split())
        self.first = self.first or line
        self._note(story)
        with suppress(OSError, AttributeError):  # there may be no terminal
            sys.stderr.write(f"kyphoviz: something went wrong, and the film goes on: {line[:400]}\n")
        self.told.emit(CALM)

    def _note(self, story: str) -> None:
        """A disk that takes no more is no reason to stop."""
        with suppress(OSError):
            self._log.parent.mkdir(parents=True, exist_ok=True)
            is_long = self._log.exists() and (not self._log.is_file() or self._log.stat().st_size > LOG_BYTES)
            if not is_long:
                with self._log.open("a", encoding="utf-8", errors="replace") as file:
                    file.write(f"{story}\n")
