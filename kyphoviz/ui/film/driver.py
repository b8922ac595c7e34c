"""The one timer that moves the player."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QObject, Qt, QTimer

from kyphoviz.player import Player

TICK_MS = 16
LONGEST_LOOK_S = 1.0  # after more than that the machine or the program slept, and nobody saw the film


class Driver(QObject):
    """Hands the player the time that has passed, as long as it plays.

    Time is measured, never counted in ticks: late ticks drop frames and the film keeps its pace. Only a program that
    was stopped, or a machine that slept, goes on where it was: that look counts as one frame. The timer stands still
    while the player is paused, so that an idle window costs nothing.
    """

    def __init__(
        self, player: Player, clock: Callable[[], float] = perf_counter, parent: QObject | None = None
    ) -> None:
        """Args: clock: seconds that only ever grow."""
        super().__init__(parent)
        self._player, self._clock = player, clock
        self._last_s = clock()
        self._timer = QTimer(self, interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.tick)
        player.changed.connect(self._follow)
        self._follow()

    @property
    def is_running(self) -> bool:
        """Whether the timer runs."""
        return self._timer.isActive()

    def tick(self) -> None:
        """Moves the player on by the time since the last tick."""
        now = self._clock()
        elapsed, self._last_s = now - self._last_s, now
        self._player.advance(elapsed if elapsed <= LONGEST_LOOK_S else TICK_MS / 1000.0)

    def close(self) -> None:
        """Stops for good."""
        self._timer.stop()
        self._player.changed.disconnect(self._follow, missing_ok=True)

    def _follow(self) -> None:
        if self._player.is_playing == self._timer.isActive():
            return
        if self._player.is_playing:
            self._last_s = self._clock()
            self._timer.start()
        else:
            self._timer.stop()
