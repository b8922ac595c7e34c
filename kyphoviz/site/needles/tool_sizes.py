"""How large the instruments are, in millimetres: diameters of the standard needle gauge table, lengths that nest.

What goes through the cannula is longer than the cannula, so its handle lies behind the cannula's hub.
"""

from __future__ import annotations

from kyphoviz.procedure.state import Tool

OUTER_MM = {8: 4.19, 10: 3.40, 11: 3.05, 13: 2.41}
BORE_MM = {8: 3.60, 10: 2.90, 11: 2.40, 13: 1.80}

SHAFT_MM = 125.0  # from the tip of needle or cannula to its hub: 65-75 mm of tissue and a hand's room
HUB_END_MM = 150.0  # where the cannula's hub ends; what goes through it has its handle behind
REACH_MM = 34.0  # how far drill, catheter and filler may come out of the cannula before their hub meets its hub
WIRE_MM, WIRE_LENGTH_MM = 1.5, 290.0
FILLER_MM = 2.6
DRILL_MM = 3.0  # as wide as a twist drill for kyphoplasty gets; less where the bore is narrower
SHEATH_MM, SLEEVE_MM = 2.0, 2.6  # the balloon catheter's shaft, and the empty balloon folded about it
NOSE_MM = 2.0  # of the catheter beyond the balloon
MARKER_MM = 1.6  # length of a radiopaque band


def tool_radius_mm(tool: Tool, gauge: int) -> float:
    """Outer radius of what goes into the body."""
    diameter = {
        Tool.GUIDE_WIRE: WIRE_MM,
        Tool.DRILL: min(DRILL_MM, BORE_MM[gauge] - 0.1),
        Tool.BALLOON_CATHETER: SLEEVE_MM,
        Tool.BONE_FILLER: FILLER_MM,
    }.get(tool, OUTER_MM[gauge])
    return diameter / 2


def marker_depths_mm(balloon_mm: float) -> tuple[float, float]:
    """How far behind the catheter's tip the middles of the two radiopaque bands lie, just inside the balloon's ends."""
    return NOSE_MM + MARKER_MM / 2, NOSE_MM + balloon_mm - MARKER_MM / 2
