"""What is seen as one line of text, so that a second process draws the same."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from kyphoviz.choices import CArmTurn, ViewChoices
from kyphoviz.procedure.state import Camera, Layer, Opacity, Side
from kyphoviz.scenario.model import Case


@dataclass(frozen=True, slots=True)
class Seen:
    """The case, or None for the one that the scene has, and what the person at the screen changed."""

    case: Case | None = None
    choices: ViewChoices = field(default_factory=ViewChoices)


def as_line(seen: Seen) -> str:
    """The line."""
    return json.dumps(asdict(seen))


def from_line(line: str) -> Seen:
    """What was seen.

    Raises:
        ValueError: the line says something else.
    """
    try:
        table = json.loads(line)
        case = None if table["case"] is None else _case(table["case"])
        return Seen(case, _choices(table["choices"]))
    except (AttributeError, KeyError, TypeError, ValueError) as wrong:
        raise ValueError(f"this does not tell what was seen ({wrong})") from wrong


def _case(table: dict[str, Any]) -> Case:
    return Case(**{**table, "sides": tuple(Side(side) for side in table["sides"])})


def _choices(table: dict[str, Any]) -> ViewChoices:
    camera = table["camera"]
    if camera is not None:
        camera = Camera(**{**camera, "focus_mm": tuple(camera["focus_mm"])})
    layers = tuple(Opacity(Layer(entry["layer"]), entry["value"]) for entry in table["layers"])
    c_arm = tuple(CArmTurn(**entry) for entry in table["c_arm"])
    return ViewChoices(**{**table, "camera": camera, "layers": layers, "c_arm": c_arm})
