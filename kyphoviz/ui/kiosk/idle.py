"""How long nobody has touched the kiosk, or somebody has held its corner, and what follows from that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from math import ceil

HOLD_S = 3.0  # on the corner that staff hold to get out


class Phase(Enum):
    """What the kiosk is doing for the person in front of it."""

    RESTING = "resting"  # nobody is there: the film invites
    IN_USE = "in use"
    WARNED = "warned"  # somebody may have gone: the kiosk asks


@dataclass(frozen=True, slots=True)
class Idle:
    """One look at the clock.

    `left_s` counts down to the reset while warned, else 0. `ended` is how many visits are over: whoever sees it grow
    puts everything back.
    """

    phase: Phase
    left_s: int
    ended: int


class IdleWatch:
    """Warns after a while without a touch, and ends the visit a while later; who watches the film is there.

    It owns no clock: times are handed in, in seconds that should only grow; one that goes back counts as no time.
    """

    def __init__(self, warn_s: float, reset_s: float) -> None:
        """Args: warn_s, reset_s: seconds after the last touch, 0 < warn_s < reset_s."""
        if not 0.0 < warn_s < reset_s:
            raise ValueError(f"a warning after {warn_s:g} s does not come before a reset after {reset_s:g} s")
        self._warn_s, self._reset_s = warn_s, reset_s
        self._now = self._last_touch = float("-inf")
        self._is_resting = True
        self._ended = 0

    def feed(self, now: float, *, is_watched: bool = False) -> Idle:
        """What is true at that time.

        Args:
            is_watched: the film plays for a visitor, which counts as a touch does.
        """
        self._now = max(self._now, now)
        if is_watched:
            self._last_touch = self._now
        idle_s = 0.0 if self._is_resting else self._now - self._last_touch
        if idle_s >= self._reset_s:
            self._is_resting = True
            self._ended += 1
        if self._is_resting:
            return Idle(Phase.RESTING, 0, self._ended)
        if idle_s >= self._warn_s:
            return Idle(Phase.WARNED, ceil(self._reset_s - idle_s), self._ended)
        return Idle(Phase.IN_USE, 0, self._ended)

    def touched(self, now: float) -> Idle:
        """Somebody is there: a visit begins or goes on; one that was due to end by then ends first."""
        self.feed(now)
        self._is_resting = False
        self._last_touch = self._now
        return self.feed(now)


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
