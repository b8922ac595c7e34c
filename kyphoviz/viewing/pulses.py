"""Which X-ray is taken next, and when: one view at a time, each at fluoroscopy's low rate."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from kyphoviz.choices import CArmTurn
from kyphoviz.procedure.beam_log import PULSES_PER_S, seen_by_xray
from kyphoviz.procedure.state import ProcedureState, XrayView

PERIOD_MS = int(1000.0 / (PULSES_PER_S * len(XrayView)))  # the views take turns


@dataclass(frozen=True, slots=True)
class Exposure:
    """What an X-ray is taken of: an instant, and how a hand has turned the C-arm away from its usual stand."""

    state: ProcedureState
    turn: CArmTurn | None = None

    @property
    def seen(self) -> Hashable:
        """The part of it that changes the picture."""
        return seen_by_xray(self.state), self.turn


class Pulses:
    """Notes what each view is to show and what its picture tells of; whoever has a clock and a beam asks what is due.

    It knows neither film nor screen nor clock, so that a needle in a student's hand can be X-rayed by it as well.
    """

    def __init__(self) -> None:
        """Nothing is wanted, and there is no picture."""
        self._turns: list[str] = list(XrayView)  # the one whose turn is next comes first
        self._wanted: dict[str, Exposure] = {}
        self._pictured: dict[str, Hashable] = {}
        self._due_ms = 0

    def want(self, view: str, exposure: Exposure | None) -> None:
        """Notes what a view is to show from now on; without an exposure it is dark."""
        if exposure is None:
            self._wanted.pop(view, None)
            self._pictured.pop(view, None)
        else:
            self._wanted[view] = exposure

    def wanted(self, view: str) -> Exposure | None:
        """What a view's picture tells of, or will with its next pulse; None where it is dark."""
        return self._wanted.get(view)

    @property
    def stale(self) -> tuple[str, Exposure] | None:
        """The view whose picture is out of date, of several the one that has waited longest, and what to take."""
        wanted = ((view, self._wanted[view]) for view in self._turns if view in self._wanted)
        return next(((view, what) for view, what in wanted if self._pictured.get(view) != what.seen), None)

    def taken(self, view: str, exposure: Exposure) -> None:
        """Notes what a view's picture tells of now; the other view comes before it next time."""
        self._pictured[view] = exposure.seen
        self._turns.remove(view)
        self._turns.append(view)

    def begin(self, now_ms: int) -> None:
        """A pulse begins; the next is due one period after this one was, however late it came."""
        self._due_ms = max(self._due_ms, now_ms - PERIOD_MS) + PERIOD_MS

    def wait_ms(self, now_ms: int) -> int:
        """How long it is until the next pulse is due."""
        return max(0, self._due_ms - now_ms)

    def forget(self) -> None:
        """What was pictured is out of date, whatever it shows: another body is X-rayed."""
        self._pictured.clear()

    def stop(self) -> None:
        """Wants no more pictures."""
        self._wanted.clear()
