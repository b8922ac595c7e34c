"""What balloons, bone and cement do, as pure functions; each number with its source.

Where no measurement was published the curve is a design that runs through the published points; such values are
marked "illustrative" wherever the program shows them.
"""

from __future__ import annotations

from math import atan2, degrees, exp

from kyphoviz.procedure.easing import clamp, ease, smoothstep
from kyphoviz.procedure.plan import IntactSizes
from kyphoviz.procedure.state import Fracture

INTACT = Fracture(1.0, 1.0, 1.0)

# Shares of the intact heights (front, middle, back) by stage. Composed from different cohorts, so illustrative: the
# posture gain follows Voggenreiter 2005 (Spine 30:2806) and Liu 2014 (J Korean Neurosurg Soc 55:6), the loss on
# deflation Koh 2008 (J Korean Fract Soc 21:57), the end result Crandall 2004 (Spine J 4:418).
HEIGHTS: dict[str, dict[str, Fracture]] = {
    "acute_mobile": {
        "standing": Fracture(0.58, 0.62, 0.93),
        "prone": Fracture(0.78, 0.80, 0.96),
        "balloon_peak": Fracture(0.90, 0.93, 0.98),
        "after_deflation": Fracture(0.83, 0.86, 0.97),
        "cement_set": Fracture(0.86, 0.88, 0.97),
        "three_months": Fracture(0.82, 0.84, 0.96),
    },
    "typical": {
        "standing": Fracture(0.60, 0.66, 0.94),
        "prone": Fracture(0.72, 0.75, 0.95),
        "balloon_peak": Fracture(0.80, 0.84, 0.97),
        "after_deflation": Fracture(0.74, 0.78, 0.96),
        "cement_set": Fracture(0.76, 0.79, 0.96),
        "three_months": Fracture(0.72, 0.75, 0.95),
    },
    "old_stiff": {
        "standing": Fracture(0.56, 0.60, 0.92),
        "prone": Fracture(0.58, 0.62, 0.92),
        "balloon_peak": Fracture(0.64, 0.68, 0.93),
        "after_deflation": Fracture(0.59, 0.63, 0.92),
        "cement_set": Fracture(0.61, 0.65, 0.93),
        "three_months": Fracture(0.58, 0.62, 0.92),
    },
}
STAGES = ("standing", "prone", "balloon_peak", "after_deflation", "cement_set", "three_months")

# How hard the bone resists the balloon, as a factor on the plateau pressure (illustrative).
BONE_RESISTANCE = {"healthy": 1.3, "osteopenic": 1.0, "osteoporotic": 0.6, "sclerotic": 1.6}
STEP_ML = 0.5  # inflation in small steps: the common way, 0.25 to 0.5 mL each
STEP_JUMP_PSI = 40.0  # illustrative, within 20 to 60 psi a step
MOST_PSI = 400.0  # what balloons are made for (510(k) K132620, K223709)
LEAKS_AT_ML, LEAK_STOPPED_AT_ML = 0.9, 1.2  # cement in the body when a leak begins and when it is seen (illustrative)
CAVITY_KEPT = 0.9  # share of the balloon's room that stays after deflation (illustrative)

# Kyphon patent US 7,968,616: 500 Pa s not before 3:15 min after mixing, setting at about 13 min.
WORKABLE_MIN, STIFF_MIN, SET_MIN = 3.25, 10.0, 13.0
GROWTH_PER_MIN = 0.205  # ln 4 / 6.75 min: 500 Pa s at 3.25 min, 2 000 Pa s at 10 min (illustrative)
START_PA_S = 257.0
# Core temperature fitted to a porcine model without leak: 68.1 degrees at the centre, 223 s above 45 degrees
# (BMC Musculoskelet Disord 2011;12:116); peak time illustrative.
BODY_C, RISE_C, PEAK_MIN, RISE_S, FALL_S = 37.0, 31.0, 11.0, 45.0, 110.0


def between(start: Fracture, end: Fracture, share: float) -> Fracture:
    """Heights on the straight way from one stage to another; exactly `start` at 0 and `end` at 1."""
    if share in (0.0, 1.0):
        return end if share else start
    return Fracture(
        start.anterior + (end.anterior - start.anterior) * share,
        start.middle + (end.middle - start.middle) * share,
        start.posterior + (end.posterior - start.posterior) * share,
    )


def kyphosis_deg(fracture: Fracture, intact: IntactSizes) -> float:
    """Angle of the two end-plates: atan((posterior - anterior height) / depth), positive when the front is lower."""
    drop = fracture.posterior * intact.posterior_mm - fracture.anterior * intact.anterior_mm
    return degrees(atan2(drop, intact.depth_mm))


def plateau_psi(volume_ml: float, gap_mm: float, resistance: float = 1.0) -> float:
    """Pressure at which a balloon of that volume comes to rest.

    Runs through the end of cadaver inflation, 2.95 mL at 122.7 psi (PMID 16762891), and stiffens where the
    balloon comes within 1.5 mm of the cortex; the shape of the curve is illustrative.

    Args:
        gap_mm: distance between balloon and cortex, end-plates included.
        resistance: factor of the bone's quality, `BONE_RESISTANCE`.
    """
    opening = 50.0 * smoothstep(0.0, 0.4, volume_ml)
    crushing = 75.0 * smoothstep(0.4, 2.9, volume_ml)
    contact = 180.0 * clamp(1.0 - gap_mm / 1.5) * smoothstep(0.0, 1.0, volume_ml)
    return (opening + crushing + contact) * resistance


def highest_psi(volume_ml: float, gap_mm: float, resistance: float = 1.0) -> float:
    """Pressure at the end of the push that brings a balloon to that volume; arguments as for `plateau_psi`."""
    return plateau_psi(volume_ml, gap_mm, resistance) + STEP_JUMP_PSI * resistance


def inflation(u: float, final_ml: float) -> tuple[float, float]:
    """Volume in mL and excess pressure in psi while a balloon is filled in small steps.

    Each step is a push (two fifths of its time), in which the pressure runs ahead, and a rest, in which it decays
    as the trabeculae yield. The film shortens the rests, so the decay is given in shares of a step.

    Args:
        u: share of the whole inflation, 0 to 1.
    """
    count = max(1, round(final_ml / STEP_ML))
    step = min(int(u * count), count - 1)
    v = u * count - step
    push = ease(clamp(v / 0.4))
    settled = exp(-3.5) if step else 0.0
    excess = settled + (1.0 - settled) * push if v < 0.4 else exp(-3.5 * (v - 0.4) / 0.6)
    return final_ml * (step + push) / count, STEP_JUMP_PSI * excess


def viscosity_pa_s(mixed_min: float) -> float:
    """Viscosity of the cement so many minutes after mixing, held at its last value once set."""
    t = clamp(mixed_min, 0.0, SET_MIN)
    setting = smoothstep(STIFF_MIN, SET_MIN, t)
    return START_PA_S * exp(GROWTH_PER_MIN * t + 6.0 * setting * setting)


def set_fraction(mixed_min: float) -> float:
    """How far the cement has hardened, 0 to 1: nothing before it stiffens at 10 min, all at 13 min."""
    return smoothstep(STIFF_MIN, SET_MIN, mixed_min)


def core_temp_c(mixed_min: float) -> float:
    """Temperature in the middle of the cement in the bone, degrees Celsius."""
    seconds = 60.0 * (mixed_min - PEAK_MIN)
    share = exp(-seconds * seconds / (2 * RISE_S * RISE_S)) if seconds < 0 else exp(-seconds / FALL_S)
    return BODY_C + RISE_C * share
