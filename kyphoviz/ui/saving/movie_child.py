"""A movie made by a second process, so that the window stays alive."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Signal

from kyphoviz.aside import aside_of
from kyphoviz.children import this_program
from kyphoviz.ui.saving.movie_rest import MovieRest

NICENESS = 19  # the window comes first
PATIENCE_MS = 5000  # for a polite end; then it is ended
DONE, CANCELLED = 0, 130
PROGRESS = re.compile(r"(\d+) of (\d+) frames(?:, about (\d+) s left)?")


class MovieChild(QObject):
    """Runs `kyphoviz movie` and tells how it goes.

    Signals:
        advanced: frames done, frames in all, seconds left (-1 while unknown).
        succeeded: the movie lies at `path`.
        failed: why, in one line.
        cancelled: it was stopped, and nothing is left of it.
    """

    advanced = Signal(int, int, int)
    succeeded = Signal()
    failed = Signal(str)
    cancelled = Signal()

    def __init__(
        self, path: Path, words: Sequence[str], command: Sequence[str] | None = None, parent: QObject | None = None
    ) -> None:
        """Starts it.

        Args:
            path: where the movie goes.
            words: what follows `movie` on the command line, without the path.
            command: the program; this one if None.
        """
        super().__init__(parent)
        self.path = path
        self._is_cancelled, self._is_over = False, False
        self._said, self._number = "", 0
        self._rest = MovieRest(self)
        self._process = QProcess(self)
        self._process.setProcessEnvironment(_environment())
        self._process.setStandardOutputFile(QProcess.nullDevice())
        self._process.started.connect(self._give_way)
        self._process.readyReadStandardError.connect(self._listen)
        self._process.finished.connect(self._end)
        self._process.errorOccurred.connect(self._note_error)
        first, *rest = command or this_program()
        self._before = _identity(path)
        self._process.start(first, [*rest, "movie", *words, "-o", str(path)])

    @property
    def is_running(self) -> bool:
        """Whether it has not come to its end."""
        return not self._is_over

    def rest(self) -> None:
        """A hand moves the picture: the movie waits until it is still, a quarter of a second at a time."""
        if self._number and not self._is_over and not self._is_cancelled:
            self._rest.take(self._number)

    def cancel(self) -> None:
        """Asks it to end; `cancelled` tells when it has."""
        if self._is_over or self._is_cancelled:
            return
        self._is_cancelled = True
        self._rest.end()  # what rests does not hear
        if os.name == "nt":
            self._process.kill()  # a console program there has no ear for a polite request
        else:
            self._process.terminate()

    def close(self) -> None:
        """Cancels and waits; afterwards no process and no file is left, and nothing is told any more."""
        self.blockSignals(True)
        self.cancel()
        if not self._is_over and not self._process.waitForFinished(PATIENCE_MS):
            self._process.kill()
            self._process.waitForFinished(PATIENCE_MS)

    def _give_way(self) -> None:
        self._number = int(self._process.processId())
        if hasattr(os, "setpriority"):
            os.setpriority(os.PRIO_PROCESS, self._number, NICENESS)
        if sys.platform == "linux":  # what is nice still takes its turn; what is idle runs only where nobody else does
            with suppress(OSError):  # where it is not allowed, nice must do
                os.sched_setscheduler(self._number, os.SCHED_IDLE, os.sched_param(0))

    def _listen(self) -> None:
        data = self._process.readAllStandardError().data()
        self._said = (self._said + bytes(data).decode(errors="replace"))[-4000:]
        found = PROGRESS.findall(self._said)
        if found and not self._is_cancelled:
            done, total, left = found[-1]
            self.advanced.emit(int(done), int(total), int(left) if left else -1)

    def _note_error(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._is_over = True
            self.failed.emit("the program could not be started a second time")

    def _end(self, code: int) -> None:
        self._listen()
        self._rest.end()
        self._is_over = True
        is_done = code == DONE and self._process.exitStatus() == QProcess.ExitStatus.NormalExit
        is_done = is_done and _identity(self.path) not in (None, self._before)  # whoever ended so quietly was not us
        if is_done and not self._is_cancelled:
            self.succeeded.emit()
            return
        self._clear_away()
        if self._is_cancelled or code == CANCELLED:
            self.cancelled.emit()
        else:
            self.failed.emit(self._last_line())

    def _clear_away(self) -> None:
        """Half a film that a process left behind that was ended by force; a film that was just done goes too."""
        aside_of(self.path, self._number).unlink(missing_ok=True)
        if self._is_cancelled:
            self.path.unlink(missing_ok=True)

    def _last_line(self) -> str:
        lines = [line.strip() for line in self._said.splitlines() if line.strip() and not PROGRESS.match(line)]
        if not lines:
            return "it ended without a word"
        return lines[-1].removeprefix("kyphoviz: ").removeprefix(f"{self.path}: ")[:200]


def _identity(path: Path) -> tuple[int, int] | None:
    """What tells a file from another of its name."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns


def _environment() -> QProcessEnvironment:
    environment = QProcessEnvironment.systemEnvironment()
    environment.insert("LP_NUM_THREADS", "1")  # drawn without a graphics card, it leaves the other core to the window
    return environment
