"""The numbers that matter at that instant.

What is shown, and how strongly, is a function of the state alone: a card grows and fades with the quantity it tells.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kyphoviz.procedure.easing import smoothstep
from kyphoviz.procedure.mechanics import SET_MIN, STIFF_MIN, kyphosis_deg
from kyphoviz.procedure.plan import IntactSizes
from kyphoviz.procedure.state import Layer, ProcedureState, Tool

ROOM_FIRST = 0.5  # weight at which a card has all its room; only then it is seen, so that no two overlap
NEAR_BONE_MM = (-60.0, -42.0)  # depths between which the way to the canal begins to matter; on the bone it does
SOLID = (0.6, 0.95)  # opacities between which a bone is no ghost any more, so that its heights can be seen


@dataclass(frozen=True, slots=True)
class Reading:
    """One number with its name; `weight` tells how much it matters now, 0 to 1, and `key` what explains it."""

    name: str
    value: str
    weight: float
    is_illustrative: bool = False
    key: str = ""

    @property
    def room(self) -> float:
        """The share of a card's room that it takes: all of it before anything of it is seen."""
        return smoothstep(0.0, ROOM_FIRST, self.weight)

    @property
    def opacity(self) -> float:
        """How strongly it is seen."""
        return smoothstep(ROOM_FIRST, 1.0, self.weight)


@dataclass(frozen=True, slots=True)
class Notice:
    """A line above the cards; `weight` as in `Reading`."""

    words: str
    weight: float


def readings(
    state: ProcedureState, intact: IntactSizes, *, with_clock: bool = False, is_clinical: bool = False
) -> tuple[Reading, ...]:
    """What is worth reading at that instant, in the order in which it is shown.

    Args:
        intact: sizes of the body before it broke, for the wedge angle.
        with_clock: the clinical clock too, where nothing else shows it.
        is_clinical: also what only frightens who does not know how to read it.
    """
    canal = _canal(state) if is_clinical else ()
    found = [*_balloons(state), *canal, *_heights(state, intact), *_cement(state, is_clinical=is_clinical)]
    if with_clock:
        found.append(Reading("Clinical time", f"{state.clinical_min:.0f} min", 1.0, key="clock"))
    return tuple(reading for reading in found if reading.weight > 0.0)


def _balloons(state: ProcedureState) -> Iterator[Reading]:
    volumes = [balloon.volume_ml for balloon in state.balloons]
    if volumes:
        weight = smoothstep(0.0, 0.25, max(volumes))
        mean = sum(volumes) / len(volumes)
        count = f"{len(volumes)} x " if len(volumes) > 1 else ""
        yield Reading("Balloons" if count else "Balloon", f"{count}{mean:.1f} mL", weight, key="balloon_volume")
        pressure = max(balloon.pressure_psi for balloon in state.balloons)
        yield Reading("Pressure", f"{pressure:.0f} psi", weight, True, "balloon_pressure")


def _canal(state: ProcedureState) -> Iterator[Reading]:
    needles = [needle for needle in state.needles if needle.kind == Tool.ACCESS_NEEDLE]
    if needles:
        nearest = min(needle.clearance_canal_mm for needle in needles)
        yield Reading("To the canal", f"{nearest:.1f} mm", _approach(state), key="canal")


def _heights(state: ProcedureState, intact: IntactSizes) -> Iterator[Reading]:
    broken = 1.0 - smoothstep(0.97, 0.995, state.fracture.anterior)
    weight = broken * smoothstep(*SOLID, state.opacity(Layer.TREATED_BONE)) * (1.0 - _approach(state))
    yield Reading("Front height", f"{100 * state.fracture.anterior:.0f} %", weight, True, "front_height")
    yield Reading("Wedge", f"{kyphosis_deg(state.fracture, intact):.1f}°", weight, True, "wedge")


def _cement(state: ProcedureState, *, is_clinical: bool) -> Iterator[Reading]:
    cement = state.cement
    weight = smoothstep(0.0, 0.25, cement.volume_ml)
    yield Reading("Cement", f"{cement.volume_ml:.1f} mL", weight, key="cement_volume")
    if is_clinical and cement.mixed_min is not None and cement.viscosity_pa_s is not None:
        fluid = smoothstep(0.0, 0.4, cement.mixed_min) * (1.0 - smoothstep(STIFF_MIN, SET_MIN, cement.mixed_min))
        yield Reading("Viscosity", f"{_rounded(cement.viscosity_pa_s):,} Pa s", fluid, True, "viscosity")
    outside = smoothstep(0.0, 0.03, cement.leak_ml)
    yield Reading("Outside bone", f"{cement.leak_ml:.2f} mL", outside, True, "leak")
    if cement.core_temp_c is not None:
        warm = weight * smoothstep(38.0, 41.0, cement.core_temp_c)
        yield Reading("Cement core", f"{cement.core_temp_c:.0f} °C", warm, True, "core_temperature")


def _rounded(pa_s: float) -> int:
    """To two figures: more would say more than is known."""
    return int(float(f"{pa_s:.1e}"))


def _approach(state: ProcedureState) -> float:
    """How far an access needle is on its way past the canal, 0 to 1."""
    depths = [needle.depth_mm for needle in state.needles if needle.kind == Tool.ACCESS_NEEDLE]
    return smoothstep(*NEAR_BONE_MM, max(depths)) if depths else 0.0
