"""How long nobody has touched the kiosk, and what follows from that."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from math import ceil


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
    """Warns after a while without a touch, and ends the visit a while later.

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

    def feed(self, now: float) -> Idle:
        """What is true at that time."""
        self._now = max(self._now, now)
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
