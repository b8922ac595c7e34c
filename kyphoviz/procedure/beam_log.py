"""When the beam was last on: what the X-ray screens show at an instant, as a function of time alone."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from kyphoviz.procedure.state import ProcedureState
from kyphoviz.procedure.timeline import Timeline

PULSES_PER_S = 7.5  # the common low rate
JUST_BEFORE_S = 1e-6


@dataclass(frozen=True, slots=True)
class BeamCount:
    """How much one view's beam was used from the start of the film: seconds of film, and pulses at the usual rate."""

    beam_s: float
    pulses: int


class BeamLog:
    """Finds the state that a view shows: the present one while its beam is on, else the last one that it saw.

    A real C-arm keeps its last picture on the screen. Which one that is depends on the film and not on what the person
    at the screen looked at before, so scrubbing leaves no trace.
    """

    def __init__(self, timeline: Timeline) -> None:
        """Looks the steps through once."""
        self._timeline = timeline
        self._lit: dict[str, list[tuple[float, float]]] = {}  # by view, from when until when, s
        for span in timeline.spans:
            scenery = span.step.scenery
            for view in scenery.xray:
                end_s = span.start_s + scenery.xray_until * span.step.duration_s
                self._lit.setdefault(view, []).append((span.start_s, end_s))
        self._held: dict[tuple[str, float], ProcedureState] = {}

    def shown(self, view: str, state: ProcedureState) -> ProcedureState | None:
        """The state that the view's picture tells of; None before its beam was on for the first time."""
        if view in state.xray:
            return state
        ended = [end_s for _, end_s in self._lit.get(view, ()) if end_s - JUST_BEFORE_S <= state.time_s]
        if not ended:
            return None
        if (view, ended[-1]) not in self._held:
            self._held[view, ended[-1]] = self._timeline.state_at(ended[-1] - JUST_BEFORE_S)
        return self._held[view, ended[-1]]

    def counted(self, view: str, time_s: float) -> BeamCount:
        """The use of a view's beam until then."""
        beam_s = sum(min(end_s, time_s) - start_s for start_s, end_s in self._lit.get(view, ()) if start_s < time_s)
        return BeamCount(beam_s, int(beam_s * PULSES_PER_S + 1e-6))


def seen_by_xray(state: ProcedureState) -> Hashable:
    """The part of a state that changes an X-ray; equal values need no new pulse."""
    return (state.fracture, state.needles, state.balloons, state.cavities, state.cement.volume_ml, state.cement.leak_ml)
