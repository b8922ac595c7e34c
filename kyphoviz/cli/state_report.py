"""A state as scripts and people read it: every number with its unit in its name."""

from __future__ import annotations

import math
from typing import Any

from kyphoviz.procedure.mechanics import INTACT, kyphosis_deg
from kyphoviz.procedure.plan import IntactSizes
from kyphoviz.procedure.state import Fracture, ProcedureState


def state_report(state: ProcedureState, intact: IntactSizes) -> dict[str, Any]:
    """Plain lists, numbers, words and None (for what does not exist yet), ready for JSON.

    Args:
        intact: sizes of the treated body before it broke; the state knows heights as shares of these.
    """
    return {
        "time_s": state.time_s,
        "step": state.step,
        "clinical_min": state.clinical_min,
        "fracture": {**_heights(state.fracture, intact), "intact": _heights(INTACT, intact)},
        "incision_mm": state.incision.length_mm,
        "dressing": state.incision.dressing,
        "needles": [
            {
                "side": str(needle.side),
                "kind": str(needle.kind),
                "depth_mm": needle.depth_mm,
                "tip_mm": list(needle.tip_mm),
                "direction": list(needle.direction),
                "clearance_canal_mm": needle.clearance_canal_mm,
            }
            for needle in state.needles
        ],
        "balloons": [
            {
                "side": str(balloon.side),
                "volume_ml": balloon.volume_ml,
                "pressure_psi": balloon.pressure_psi,
                "center_mm": list(balloon.center_mm),
                "stop_reason": str(balloon.stop_reason),
            }
            for balloon in state.balloons
        ],
        "cavities": [{"side": str(cavity.side), "volume_ml": cavity.volume_ml} for cavity in state.cavities],
        "cement": {
            "volume_ml": state.cement.volume_ml,
            "mixed_min": _finite(state.cement.mixed_min),
            "viscosity_pa_s": _finite(state.cement.viscosity_pa_s),
            "core_temp_c": _finite(state.cement.core_temp_c),
            "set_fraction": state.cement.set_fraction,
            "leak_ml": state.cement.leak_ml,
            "stop_reason": str(state.cement.stop_reason),
        },
        "cancellous_mass_g": state.cancellous_mass_g,
        "xray": list(state.xray),
    }


def state_lines(report: dict[str, Any], before: str = "") -> list[str]:
    """The same for reading: one `name  value` a line, names of nested things joined by dots."""
    lines: list[str] = []
    for name, value in report.items():
        lines += _value_lines(before + name, value)
    return lines


def _value_lines(name: str, value: Any) -> list[str]:
    if isinstance(value, dict):
        return state_lines(value, f"{name}.")
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        return [line for k, item in enumerate(value, 1) for line in state_lines(item, f"{name}{k}.")]
    return [f"{name:<28} {_words(value)}"]


def _words(value: Any) -> str:
    if value is None or value == []:
        return "-"
    if isinstance(value, list):
        return " ".join(_words(item) for item in value)
    return f"{value:.3f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def _heights(fracture: Fracture, intact: IntactSizes) -> dict[str, float]:
    return {
        "anterior_mm": fracture.anterior * intact.anterior_mm,
        "middle_mm": fracture.middle * intact.middle_mm,
        "posterior_mm": fracture.posterior * intact.posterior_mm,
        "kyphosis_deg": kyphosis_deg(fracture, intact),
    }


def _finite(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else value
