"""The corner that staff hold to get out."""

from __future__ import annotations

from collections.abc import Callable

HOLD_S = 3.0


class CornerHold:
    """Whether a finger has lain on the corner for long enough, without leaving it."""

    def __init__(self, clock: Callable[[], float], side_px: Callable[[], int]) -> None:
        """Args: clock: seconds that only ever grow; side_px: of the corner, 0 while it is of no use."""
        self._clock, self.side_px = clock, side_px
        self._since_s: float | None = None

    def press(self) -> None:
        """A finger lies on it; told again, nothing changes."""
        if self._since_s is None:
            self._since_s = self._clock()

    def release(self) -> None:
        """It does no longer."""
        self._since_s = None

    def was_held(self) -> bool:
        """True once for each hold that was long enough."""
        if self._since_s is None or self._clock() - self._since_s < HOLD_S:
            return False
        self._since_s = None
        return True
