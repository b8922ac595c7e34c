"""What goes wrong inside Qt's loop: told in one calm line, noted in a log, and no end of the window.

Qt has nobody to pass an error on to: without this a slot that fails prints a traceback, sixty times a second where it
paints.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from traceback import extract_tb, format_exception
from types import TracebackType

from PySide6.QtCore import QObject, Signal

from kyphoviz.resources import DamagedFileError

CALM = "That did not work; the film goes on."
Note = Callable[[str, str], None]
LOG_NAME, LOG_BYTES = "window.log", 512 * 1024


class ExceptHook(QObject):
    """Stands where Python tells of errors that nobody caught, until it is released; one in the same place is told once.

    Signals:
        told: a line for whoever looks at the picture.
        starved: there was no memory for something.
    """

    told, starved = Signal(str), Signal()

    def __init__(self, note: Note, parent: QObject | None = None) -> None:
        """Args: note: keeps an error, as one line and as the whole story."""
        super().__init__(parent)
        self.first = ""
        self._note, self._seen = note, set[tuple[object, ...]]()
        self._before, sys.excepthook = sys.excepthook, self._take

    def release(self) -> None:
        """Gives its place back to whoever had it before."""
        sys.excepthook = self._before

    def _take(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        story = "".join(format_exception(kind, error, trace))
        error = _carried(error)
        kind, trace = type(error), error.__traceback__
        place = (kind.__name__, *((frame.filename, frame.lineno) for frame in extract_tb(trace)))
        for name in ("last_exc", "last_value", "last_traceback"):  # a painter kept there would spoil the next paint
            with suppress(AttributeError):
                delattr(sys, name)
        if issubclass(kind, MemoryError):
            self.starved.emit()
        if place in self._seen:
            return
        self._seen.add(place)
        line = " ".join(f"{error if isinstance(error, DamagedFileError) else f'{kind.__name__}: {error}'}".split())
        self.first = self.first or line
        self._note(line, story)
        self.told.emit(CALM)


def _carried(error: BaseException) -> BaseException:
    """What went wrong itself, where a signal only carried it here."""
    from psygnal import EmitLoopError  # not before something went wrong: the splash waits for nothing

    while isinstance(error, EmitLoopError) and error.__cause__ is not None:
        error = error.__cause__
    return error


def noted_in(folder: Path | None) -> Note:
    """Keeps errors in a log, if there is a folder for one, and tells their lines in the terminal.

    Neither log nor folder is made before the first.
    """
    return partial(_note, folder)


def _note(folder: Path | None, line: str, story: str) -> None:
    with suppress(OSError, AttributeError):  # there may be no terminal
        sys.stderr.write(f"kyphoviz: something went wrong, and the film goes on: {line[:400]}\n")
    if folder is not None:
        write_story(folder, story)


def write_story(folder: Path, story: str) -> None:
    """Adds to the log in that folder; a full one is put aside first, and takes the place of the one before."""
    log = folder / LOG_NAME
    with suppress(OSError):  # a disk that takes no more is no reason to stop
        folder.mkdir(parents=True, exist_ok=True)
        if log.is_file() and log.stat().st_size > LOG_BYTES:
            log.replace(log.with_name(f"{LOG_NAME}.1"))
        if log.is_file() or not log.exists():  # no pipe
            with log.open("a", encoding="utf-8", errors="replace") as file:
                file.write(f"{story}\n")
