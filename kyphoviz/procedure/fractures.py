"""Kinds of compression fracture: how much height each loses, and how much of it each stage of the film gives back.

The words are those of Genant et al., J Bone Miner Res 1993;8:1137: a wedge lost its front, a biconcave body its middle,
a crushed one all of it; mild means 20 to 25 %, moderate 25 to 40 %, severe more than 40 % of the height concerned.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from kyphoviz.procedure.mechanics import HEIGHTS, INTACT
from kyphoviz.procedure.state import Fracture

FRACTURES = ("wedge", "biconcave", "crush")
GRADES = ("mild", "moderate", "severe")
USUAL = ("wedge", "moderate")  # the kind that the published stages of `mechanics.HEIGHTS` are about

# Heights while standing; single values within Genant's ranges, illustrative.
STANDING: dict[tuple[str, str], Fracture] = {
    ("wedge", "mild"): Fracture(0.78, 0.82, 0.97),
    ("wedge", "severe"): Fracture(0.48, 0.52, 0.88),
    ("biconcave", "mild"): Fracture(0.96, 0.78, 0.98),
    ("biconcave", "moderate"): Fracture(0.92, 0.65, 0.95),
    ("biconcave", "severe"): Fracture(0.88, 0.54, 0.92),
    ("crush", "mild"): Fracture(0.80, 0.77, 0.90),
    ("crush", "moderate"): Fracture(0.71, 0.62, 0.84),
    ("crush", "severe"): Fracture(0.62, 0.40, 0.78),
}


@cache
def stages_of(preset: str, kind: str, grade: str) -> Mapping[str, Fracture]:
    """Heights by stage: each stage gives back the same share of the loss as it does in the usual fracture.

    Args:
        preset: a row set of `mechanics.HEIGHTS`, which is returned as it is for the usual fracture.
    """
    rows = HEIGHTS[preset]
    if (kind, grade) == USUAL:
        return MappingProxyType(rows)
    worst, usual = STANDING[kind, grade], rows["standing"]
    return MappingProxyType(
        {
            name: Fracture(
                _left(worst.anterior, row.anterior, usual.anterior),
                _left(worst.middle, row.middle, usual.middle),
                _left(worst.posterior, row.posterior, usual.posterior),
            )
            for name, row in rows.items()
        }
    )


def _left(worst: float, row: float, usual: float) -> float:
    """The height that is `worst` where the usual one is at its lowest."""
    return min(INTACT.anterior, 1.0 - (1.0 - worst) * (1.0 - row) / (1.0 - usual))
