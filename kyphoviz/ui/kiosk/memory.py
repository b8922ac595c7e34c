"""Keeps the memory of a program that runs for months where it was."""

from __future__ import annotations

import ctypes
import sys

from kyphoviz.player import Player
from kyphoviz.ui.picture.viewport import Viewport


class Memory:
    """Gives back what only the pictures before needed: when it is asked to, and in each round of the film."""

    def __init__(self, viewport: Viewport, player: Player) -> None:
        """Follows the player until it is closed."""
        self._viewport, self._player, self._seen_s = viewport, player, player.time_s
        player.changed.connect(self._follow)

    def give_back(self) -> None:
        """Takes some 40 ms."""
        self._viewport.rendering.give_memory_back()
        give_memory_back()

    def close(self) -> None:
        """Follows no more."""
        self._player.changed.disconnect(self._follow, missing_ok=True)

    def _follow(self) -> None:
        """Where the film begins anew the picture jumps: nobody sees that it comes a moment later."""
        before_s, self._seen_s = self._seen_s, self._player.time_s
        if self._seen_s < before_s:
            self.give_back()


def give_memory_back() -> None:
    """Hands to the system what the C library holds in reserve; where it can't, nothing happens.

    Pictures and meshes of ever other sizes come and go between small things that stay, so that without this the
    reserve of the GNU C library grows for hours by tens of megabytes. It takes a few milliseconds.
    """
    if not sys.platform.startswith("linux"):
        return
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
