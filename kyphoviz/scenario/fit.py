"""What fits only in pairs: the tools the procedure, the filling its balloon."""

from __future__ import annotations

from collections.abc import Iterator

from kyphoviz.scenario.model import BALLOON_MOST_ML, GAUGES_OF, Case

BALLOON_KEYS = ("balloon_mm", "balloon_ml")


def misfits(case: Case) -> Iterator[tuple[str, str]]:
    """(key, words) of every value that is fine by itself but not beside the others.

    One list for a scene's file and for a case that is chosen on the screen, so that both are refused in the same words.
    """
    gauges = GAUGES_OF[case.procedure]
    if case.gauge not in gauges:
        fit = " or ".join(str(gauge) for gauge in gauges)
        yield "gauge", f"`gauge` must be {fit} in {case.procedure}, not `{case.gauge}`"
    most = BALLOON_MOST_ML[case.balloon_mm]
    if case.procedure == "kyphoplasty" and case.balloon_ml > most:
        size = f"a balloon of {case.balloon_mm} mm holds at most {most:g} mL"
        yield "balloon_ml", f"`balloon_ml` is too large: {size}, not {case.balloon_ml:g}"


def unused(case: Case) -> dict[str, str]:
    """Keys that say nothing in this case, and why."""
    found = dict.fromkeys(BALLOON_KEYS, "vertebroplasty uses no balloon")
    idle = found if case.procedure == "vertebroplasty" else {}
    return idle if case.teaches == "leak" else idle | {"leak_ml": "this case does not say `teaches: leak`"}
