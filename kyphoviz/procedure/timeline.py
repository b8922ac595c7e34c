"""The steps in a row, and the state at any time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kyphoviz.procedure.easing import clamp
from kyphoviz.procedure.plan import CasePlan
from kyphoviz.procedure.state import ProcedureState
from kyphoviz.procedure.steps import Step, first_state


def film_time(time_s: float) -> str:
    """A time of the film in minutes and whole seconds, as all clocks show it: 0:47."""
    whole = int(time_s)
    return f"{whole // 60}:{whole % 60:02d}"


@dataclass(frozen=True, slots=True)
class StepSpan:
    """From when to when a step lasts in the film."""

    step: Step
    start_s: float
    end_s: float


class Timeline:
    """All steps of a film over one case; `state_at` is a pure function of the time alone."""

    def __init__(self, steps: tuple[Step, ...], plan: CasePlan) -> None:
        """Lays out the steps.

        Args:
            steps: at least one, with ids of their own.
            plan: the numbers of the case's shapes.
        """
        self.plan = plan
        self._before = [first_state(plan, steps[0].scenery)]
        spans: list[StepSpan] = []
        start = 0.0
        for step in steps:
            spans.append(StepSpan(step, start, start + step.duration_s))
            start += step.duration_s
        self.spans = tuple(spans)
        self._starts = [span.start_s for span in spans]

    @property
    def duration_s(self) -> float:
        """Length of the film."""
        return self.spans[-1].end_s

    def index_at(self, time_s: float) -> int:
        """Which step that time belongs to: a step owns its start, not its end; the last one owns both."""
        return max(0, min(bisect_right(self._starts, time_s) - 1, len(self.spans) - 1))

    def step_at(self, time_s: float) -> Step:
        """The step that time belongs to."""
        return self.spans[self.index_at(time_s)].step

    def state_at(self, time_s: float) -> ProcedureState:
        """Everything that is true at that time, clamped to the film's length."""
        t = clamp(time_s, 0.0, self.duration_s)
        k = self.index_at(t)
        span = self.spans[k]
        u = clamp((t - span.start_s) / span.step.duration_s)
        state = span.step.at(self._state_before(k), u, self.plan)
        return replace(state, time_s=t, step=span.step.id, caption=span.step.caption)

    def time_of(self, step_id: str, share: float = 0.0) -> float:
        """When that share of a step has passed; raises KeyError for an unknown step."""
        span = {each.step.id: each for each in self.spans}[step_id]
        return span.start_s + clamp(share) * span.step.duration_s

    def frame_times(self, fps: float, start_s: float = 0.0, end_s: float | None = None) -> Iterator[float]:
        """Times of the frames of a movie: round((end - start) x fps) of them, 1 / fps apart."""
        last = self.duration_s if end_s is None else end_s
        return (start_s + k / fps for k in range(round((last - start_s) * fps)))

    def _state_before(self, index: int) -> ProcedureState:
        """The state before a step, kept from then on, so that any instant costs one step."""
        for span in self.spans[len(self._before) - 1 : index]:
            self._before.append(span.step.at(self._before[-1], 1.0, self.plan))
        return self._before[index]
