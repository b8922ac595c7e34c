"""Ctrl-C in the terminal, and a request to end, close the window in good order."""

from __future__ import annotations

import signal
import socket
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, Signal
from PySide6.QtWidgets import QWidget

REQUESTS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


class Interrupt(QObject):
    """Wakes Qt's loop when a signal comes; no timer has to look for it. One that is ignored stays ignored.

    Signals:
        asked: the window is about to be closed, which is the moment to unlock it.
    """

    asked = Signal()

    def __init__(self, window: QWidget) -> None:
        """Watches until the window is gone."""
        super().__init__(window)
        self._window = window
        self._here, self._there = socket.socketpair()
        for end in (self._here, self._there):
            end.setblocking(False)
        heeded = [number for number in REQUESTS if signal.getsignal(number) is not signal.SIG_IGN]
        self._before = [(number, signal.signal(number, self._note)) for number in heeded]
        self._wakeup_before = signal.set_wakeup_fd(self._there.fileno(), warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._here.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._close_window)

    def release(self) -> None:
        """Gives the signal back to whoever had it before."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._wakeup_before)
        for number, before in self._before:
            signal.signal(number, before)
        self._here.close()
        self._there.close()

    def _note(self, number: int, frame: FrameType | None) -> None:
        """Nothing more: the byte in the socket does the rest."""

    def _close_window(self) -> None:
        self._here.recv(64)
        self.asked.emit()
        self._window.close()
