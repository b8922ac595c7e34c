"""Ctrl-C in the terminal, a request to end, a terminal that closes: noted, and told to who can end in good order."""

from __future__ import annotations

import signal
import socket
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, Signal

REQUESTS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
OF_SIGNAL = 128  # the exit code of a program that a signal ended, less the signal's number


class Interrupt(QObject):
    """Wakes Qt's loop when a signal comes; no timer has to look for it. One that is ignored stays ignored.

    Signals:
        asked: somebody asked the program to end; also where that was before anybody listened, once the loop runs.
    """

    asked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Listens until `release`."""
        super().__init__(parent)
        self._number = 0
        self._here, self._there = socket.socketpair()
        for end in (self._here, self._there):
            end.setblocking(False)
        heeded = [number for number in REQUESTS if signal.getsignal(number) is not signal.SIG_IGN]
        self._before = [(number, signal.signal(number, self._note)) for number in heeded]
        self._wakeup_before = signal.set_wakeup_fd(self._there.fileno(), warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._here.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._wake)

    def exit_code(self, otherwise: int) -> int:
        """128 and the number of the first signal that asked to end, as shells tell it, or another where none did."""
        return OF_SIGNAL + self._number if self._number else otherwise

    @property
    def told(self) -> str:
        """The name of that signal; empty where none came."""
        return signal.Signals(self._number).name if self._number else ""

    def release(self) -> None:
        """Gives the signals back to whoever had them before."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._wakeup_before)
        for number, before in self._before:
            signal.signal(number, before)
        self._here.close()
        self._there.close()

    def _note(self, number: int, frame: FrameType | None) -> None:
        self._number = self._number or number

    def _wake(self) -> None:
        self._here.recv(64)
        if self._number:  # another signal's byte wakes as well
            self.asked.emit()
