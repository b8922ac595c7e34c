"""Lets a movie in the making rest while a hand moves the picture."""

from __future__ import annotations

import os
import signal
from contextlib import suppress

from PySide6.QtCore import QObject, QTimer

REST_MS = 250  # after the last move; a hand that is still on its way moves again sooner
CAN_REST = hasattr(signal, "SIGSTOP")  # Windows knows no such rest: there it only gives way


class MovieRest(QObject):
    """Stops a process for a moment and always starts it again, however the hand let go: a timer does it."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Nothing rests."""
        super().__init__(parent)
        self._number = 0
        self._timer = QTimer(self, singleShot=True, interval=REST_MS)
        self._timer.timeout.connect(self.end)

    def take(self, number: int) -> None:
        """That process rests from now on, or goes on resting; its encoder starves meanwhile."""
        if not CAN_REST:
            return
        if not self._timer.isActive():
            self._number = number
            _tell(number, signal.SIGSTOP)
        self._timer.start()

    def end(self) -> None:
        """It goes on at once."""
        self._timer.stop()
        if self._number:
            _tell(self._number, signal.SIGCONT)
            self._number = 0


def _tell(number: int, what: signal.Signals) -> None:
    with suppress(ProcessLookupError):  # it has just come to its end
        os.kill(number, what)
