"""The AP/lateral rule: how two X-rays together tell that a needle stays out of the spinal canal.

On its way through the pedicle the tip must not be medial to the pedicle's medial wall (AP view) before it is anterior
to the posterior wall of the body (lateral view): behind that wall, medial of that line, lies the canal.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from kyphoviz.anatomy.landmarks import Landmarks
from kyphoviz.procedure.state import Side


class Verdict(StrEnum):
    """What the rule says of one tip."""

    ON_COURSE = "on_course"
    STOP = "stop"  # medial of the wall of the pedicle before it is past that of the body


def rule(tip_mm: Sequence[float], landmarks: Landmarks, side: Side) -> Verdict:
    """The verdict on a tip.

    Args:
        tip_mm: in the frame of the treated vertebra, whose pedicles and posterior wall no fracture moves sideways.
        side: of the pedicle that it goes through.
    """
    pedicle, outward = (landmarks.pedicle_left, 1.0) if side == Side.LEFT else (landmarks.pedicle_right, -1.0)
    is_medial = outward * (tip_mm[0] - pedicle.medial[0]) < 0.0
    is_behind = tip_mm[1] > landmarks.posterior_wall[1]
    return Verdict.STOP if is_medial and is_behind else Verdict.ON_COURSE
