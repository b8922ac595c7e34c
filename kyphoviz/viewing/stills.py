"""The film as stills, for people whom movement over the whole screen makes unwell."""

from __future__ import annotations

from dataclasses import replace

from kyphoviz.player import STOP_SHORT_S
from kyphoviz.procedure.state import ProcedureState
from kyphoviz.procedure.timeline import Mark, Timeline

STILL_S = 4.0  # about as long as each still stands


def still_of(timeline: Timeline, time_s: float, *, is_playing: bool) -> ProcedureState:
    """What stands for that instant: a picture as the step's own shot shows it, from where its camera comes to rest.

    While the film plays, each stretch of a few seconds is shown as it ends, so that the picture stands until the next;
    where the film is stopped, or moved by hand, it shows that very instant.
    """
    mark = timeline.marks[timeline.index_at(time_s)]
    shot = timeline.state_at(mark.end_s - STOP_SHORT_S)
    state = timeline.state_at(_end_of_stretch(mark, time_s) if is_playing else time_s)
    return replace(state, camera=shot.camera, layers=shot.layers, cut=shot.cut, dissolve=None)


def _end_of_stretch(mark: Mark, time_s: float) -> float:
    length_s = mark.end_s - mark.start_s
    count = max(1, round(length_s / STILL_S))
    at = min(int((time_s - mark.start_s) / length_s * count), count - 1)
    return mark.start_s + (at + 1) / count * length_s - STOP_SHORT_S
