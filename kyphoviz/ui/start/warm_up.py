"""Slow work that can wait until the first picture is on the screen, a piece at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QElapsedTimer, QObject, QTimer

PATIENCE_MS = 15_000  # a film that is played at once needs none of it sooner
LOOK_MS = 250  # while it waits
REST_MS = 1000  # between two pieces while the film plays on


class WarmUp(QObject):
    """Runs one piece whenever there is nothing else to do, so that no later instant stutters.

    Between two pieces input and paints are served. A film that is played meanwhile is left in peace for a while. When
    all is done no timer is left.
    """

    def __init__(
        self,
        pieces: Sequence[Callable[[], object]],
        parent: QObject | None = None,
        is_playing: Callable[[], bool] = lambda: False,
    ) -> None:
        """Args: pieces: in the order in which they will be needed; is_playing: whether a stutter would be seen."""
        super().__init__(parent)
        self._left, self._is_playing = list(pieces), is_playing
        self._since_start = QElapsedTimer()
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._run_one)

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do."""
        return not self._left

    def start(self) -> None:
        """Begins with the next idle moment."""
        if self._left:
            self._since_start.start()
            self._timer.start()

    def close(self) -> None:
        """Leaves the rest undone."""
        self._timer.stop()
        self._left.clear()

    def _run_one(self) -> None:
        is_playing = self._is_playing()
        if is_playing and self._since_start.elapsed() < PATIENCE_MS:
            self._timer.setInterval(LOOK_MS)
            return
        self._timer.setInterval(REST_MS if is_playing else 0)
        self._left.pop(0)()
        if not self._left:
            self._timer.stop()
