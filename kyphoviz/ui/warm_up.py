"""Slow work that can wait until the first picture is on the screen, a slice at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer


class WarmUp(QObject):
    """Runs one slice whenever there is nothing else to do, so that no later instant stutters.

    Between two slices input and paints are served. When all is done no timer is left.
    """

    def __init__(self, slices: Sequence[Callable[[], object]], parent: QObject | None = None) -> None:
        """Args: slices: in the order in which they will be needed."""
        super().__init__(parent)
        self._left = list(slices)
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._run_one)

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do."""
        return not self._left

    def start(self) -> None:
        """Begins with the next idle moment."""
        if self._left:
            self._timer.start()

    def close(self) -> None:
        """Leaves the rest undone."""
        self._timer.stop()
        self._left.clear()

    def _run_one(self) -> None:
        self._left.pop(0)()
        if not self._left:
            self._timer.stop()
