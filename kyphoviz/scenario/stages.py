"""Heights of the treated body by stage of the film, for one case."""

from __future__ import annotations

from kyphoviz.procedure import mechanics
from kyphoviz.procedure.fractures import stages_of
from kyphoviz.procedure.state import Fracture
from kyphoviz.scenario.model import Case


def heights_of(case: Case, stage: str) -> Fracture:
    """Heights of the treated body at a stage, as shares of the intact ones.

    The published stages are those of kyphoplasty. In vertebroplasty nothing but the posture lifts the bone, so cement
    holds the prone heights, and the later loss is taken to be the same (illustrative).
    """
    rows = stages_of(case.preset, case.fracture, case.grade)
    if stage == "healthy":
        return mechanics.INTACT
    if case.procedure != "vertebroplasty" or stage in ("standing", "prone"):
        return rows[stage]
    if stage != "three_months":
        return rows["prone"]
    prone, filled, later = rows["prone"], rows["cement_set"], rows["three_months"]
    return Fracture(
        prone.anterior - (filled.anterior - later.anterior),
        prone.middle - (filled.middle - later.middle),
        prone.posterior - (filled.posterior - later.posterior),
    )
