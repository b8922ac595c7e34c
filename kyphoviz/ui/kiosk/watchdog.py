"""Tells whoever started the kiosk that its window still answers."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Mapping

EVERY_S = 5.0  # a sixth of the half minute after which the sample unit gives up


class Watchdog:
    """Sends a word of life to systemd, which starts the kiosk anew when none comes; silent where nobody listens.

    The protocol is sd_notify(3): lines in a datagram to the socket that NOTIFY_SOCKET names.
    """

    def __init__(self, clock: Callable[[], float], environment: Mapping[str, str] = os.environ) -> None:
        """Args: clock: seconds that only ever grow."""
        self._clock, self._due_s = clock, float("-inf")
        name = environment.get("NOTIFY_SOCKET", "")
        self._address = "\0" + name[1:] if name.startswith("@") else name  # @: an abstract one

    def tick(self) -> None:
        """Called by the window's own loop, so that it stops when that does."""
        now = self._clock()
        if not self._address or now < self._due_s:
            return
        self._due_s = now + EVERY_S
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as wire:
                wire.sendto(b"READY=1\nWATCHDOG=1", self._address)
        except (OSError, AttributeError):  # nobody listens any more, or this system has no such sockets
            self._address = ""
