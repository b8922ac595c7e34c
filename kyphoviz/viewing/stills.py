"""The film as stills, for people whom movement over the whole screen makes unwell."""

from __future__ import annotations

from dataclasses import replace

from kyphoviz.player import STOP_SHORT_S
from kyphoviz.procedure.state import ProcedureState
from kyphoviz.procedure.timeline import StepSpan, Timeline

STILL_S = 4.0  # about as long as each still stands


def still_of(timeline: Timeline, time_s: float, *, is_playing: bool) -> ProcedureState:
    """What stands for that instant: a picture as the step's own shot shows it, from where its camera comes to rest.

    While the film plays, each stretch of a few seconds is shown as it ends, so that the picture stands until the next;
    where the film is stopped, or moved by hand, it shows that very instant.
    """
    span = timeline.spans[timeline.index_at(time_s)]
    shot = timeline.state_at(span.end_s - STOP_SHORT_S)
    state = timeline.state_at(_end_of_stretch(span, time_s) if is_playing else time_s)
    return replace(state, camera=shot.camera, layers=shot.layers, cut=shot.cut, dissolve=None)


def _end_of_stretch(span: StepSpan, time_s: float) -> float:
    length_s = span.end_s - span.start_s
    count = max(1, round(length_s / STILL_S))
    at = min(int((time_s - span.start_s) / length_s * count), count - 1)
    return span.start_s + (at + 1) / count * length_s - STOP_SHORT_S
