"""Proves that the picture still comes, and tells whoever started the kiosk."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Mapping

EVERY_S = 5.0  # a sixth of the half minute after which the sample unit gives up
LOST_S = 60.0  # without a picture: longer than systemd waits, so that it acts first where it is there


class Watchdog:
    """Asks for a paint every few seconds; each that was painted is a word of life to systemd, which else starts anew.

    A timer that runs proves nothing: it may run while every picture fails. Where nobody listens, `is_lost` is what
    tells it. The protocol is sd_notify(3): lines in a datagram to the socket that NOTIFY_SOCKET names. A word that does
    not get through is said again the next time.
    """

    def __init__(
        self, clock: Callable[[], float], repaint: Callable[[], None], environment: Mapping[str, str] = os.environ
    ) -> None:
        """Args: clock: seconds that only ever grow; repaint: asks for a paint, which `painted` is told of."""
        self._clock, self._repaint = clock, repaint
        self._due_s, self._alive_s, self._was_painted = float("-inf"), clock(), False
        name = environment.get("NOTIFY_SOCKET", "")
        self._address = "\0" + name[1:] if name.startswith("@") else name  # @: an abstract one

    @property
    def is_lost(self) -> bool:
        """Whether no picture has come for so long that none will."""
        return self._clock() - self._alive_s > LOST_S

    def painted(self) -> None:
        """The picture has been painted to its end."""
        self._was_painted = True

    def tick(self, *, is_hidden: bool = False) -> None:
        """Called by the window's own loop, so that it stops when that does.

        Args:
            is_hidden: the system shows nothing of the window, and so has nothing painted.
        """
        now = self._clock()
        if not (self._was_painted or is_hidden):
            if now >= self._due_s:
                self._repaint()
            return
        self._alive_s = now
        if now >= self._due_s:
            self._due_s, self._was_painted = now + EVERY_S, False
            self._tell()

    def _tell(self) -> None:
        if not self._address:
            return
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as wire:
                wire.setblocking(False)
                wire.sendto(b"READY=1\nWATCHDOG=1", self._address)
        except (OSError, AttributeError):  # nobody listens just now, or this system has no such sockets
            pass
