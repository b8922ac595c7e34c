"""When the beam was last on: what the X-ray screens show at an instant, as a function of time alone."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from kyphoviz.procedure.state import ProcedureState
from kyphoviz.procedure.timeline import Timeline

PULSES_PER_S = 7.5  # the common low rate


@dataclass(frozen=True, slots=True)
class BeamCount:
    """How much one view's beam was used from the start of the film: seconds of film, and pulses at the usual rate."""

    beam_s: float
    pulses: int

    @property
    def words(self) -> tuple[str, str]:
        """As a screen shows it."""
        whole_s = int(self.beam_s)
        return f"beam {whole_s // 60}:{whole_s % 60:02d}", f"{self.pulses} pulses"


class BeamLog:
    """Finds the state that a view shows: the present one while its beam is on, else the last one that it saw.

    A real C-arm keeps its last picture on the screen. Which one that is depends on the film and not on what the person
    at the screen looked at before, so scrubbing leaves no trace.
    """

    def __init__(self, timeline: Timeline) -> None:
        """Looks the steps through once."""
        self._timeline = timeline
        self._held: dict[tuple[str, int], ProcedureState | None] = {}

    def shown(self, view: str, state: ProcedureState) -> ProcedureState | None:
        """The state that the view's picture tells of; None before its beam was on for the first time."""
        if view in state.xray:
            return state
        step = self._timeline.index_at(state.time_s)
        if (view, step) not in self._held:
            self._held[view, step] = self._last_before(view, step)
        return self._held[view, step]

    def counted(self, view: str, time_s: float) -> BeamCount:
        """The use of a view's beam until then."""
        lit = (span for span in self._timeline.spans if view in span.step.scenery.xray and span.start_s < time_s)
        beam_s = sum(min(span.end_s, time_s) - span.start_s for span in lit)
        return BeamCount(beam_s, int(beam_s * PULSES_PER_S + 1e-6))

    def _last_before(self, view: str, step: int) -> ProcedureState | None:
        """The end of the last step before that one in which the beam was on."""
        for span in reversed(self._timeline.spans[:step]):
            if view in span.step.scenery.xray:
                return self._timeline.state_at(span.end_s)
        return None


def seen_by_xray(state: ProcedureState) -> Hashable:
    """The part of a state that changes an X-ray; equal values need no new pulse."""
    return (state.fracture, state.needles, state.balloons, state.cavities, state.cement.volume_ml, state.cement.leak_ml)
