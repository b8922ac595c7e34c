"""Why a balloon or the cement is given no more, as a calm line over the gauges."""

from __future__ import annotations

from kyphoviz.overlay.gauge_words import load_stop_words
from kyphoviz.overlay.gauges import Notice
from kyphoviz.procedure.easing import smoothstep
from kyphoviz.procedure.state import ProcedureState, StopReason, Tool

LEAVING_MM = (-30.0, 0.0)  # depths between which a filler on its way out takes the words with it
FILLERS = (Tool.BONE_FILLER, Tool.CEMENT_NEEDLE)


def stops(state: ProcedureState, language: str = "en", *, is_clinical: bool = False) -> tuple[Notice, ...]:
    """What stopped the filling, as long as balloon or filler is where it happened; the state alone decides."""
    reasons = {balloon.stop_reason for balloon in state.balloons}
    found = [("balloon", reason, 1.0) for reason in StopReason if reason in reasons]
    depths = [needle.depth_mm for needle in state.needles if needle.kind in FILLERS]
    weight = smoothstep(*LEAVING_MM, max(depths)) if depths else 0.0
    found.append(("cement", state.cement.stop_reason, weight))
    return tuple(
        Notice(load_stop_words(language)[what, str(reason), is_clinical], weight)
        for what, reason, weight in found
        if reason != StopReason.NONE and weight > 0.0
    )
