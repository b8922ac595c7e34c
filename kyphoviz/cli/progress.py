"""How far a long command has come, on standard error."""

from __future__ import annotations

import sys
from time import monotonic
from typing import Self

EVERY_S = 0.2
STEP_PERCENT, OFTEN_PERCENT = 10, 1


class Progress:
    """One line that is written over on a terminal; elsewhere a line for every tenth, or for every hundredth."""

    def __init__(self, what: str, *, is_often: bool = False) -> None:
        """Args: what: the things that are counted, as in "frames"; is_often: every hundredth, for another program."""
        self._what, self._percent = what, OFTEN_PERCENT if is_often else STEP_PERCENT
        self._started = self._told = monotonic()
        self._tenth = 0
        self._is_terminal = sys.stderr.isatty()
        self._is_open = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        if self._is_open:
            print(file=sys.stderr)

    def tell(self, done: int, total: int) -> None:
        """So many of so many are done."""
        now = monotonic()
        if self._is_terminal:
            if now - self._told >= EVERY_S or done == total:
                self._told, self._is_open = now, True
                print(f"\r{self._words(done, total, now)}   ", end="", file=sys.stderr, flush=True)
        elif done * 100 // total // self._percent > self._tenth:
            self._tenth = done * 100 // total // self._percent
            print(self._words(done, total, now), file=sys.stderr, flush=True)

    def _words(self, done: int, total: int, now: float) -> str:
        left = (now - self._started) / done * (total - done)
        return f"{done} of {total} {self._what}, about {left:.0f} s left" if done < total else f"{done} {self._what}"
