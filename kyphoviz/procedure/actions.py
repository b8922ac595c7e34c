"""What happens to the patient in a step.

An action is a function of the state before the step and the share `u` of it that has passed (0 to 1). It changes
nothing, so the film can be entered anywhere. At u = 0 every physical field is what it was before.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

from kyphoviz.procedure import mechanics
from kyphoviz.procedure.easing import blend, clamp, ease
from kyphoviz.procedure.plan import CasePlan
from kyphoviz.procedure.state import Balloon, Cavity, Fracture, Incision, ProcedureState, StopReason


class Action(Protocol):
    """What happens to the patient in a step."""

    def at(self, before: ProcedureState, u: float, plan: CasePlan) -> ProcedureState:
        """The state after the share `u` of the step; `before` already has the clinical clock of that instant."""
        ...


@dataclass(frozen=True, slots=True)
class Show:
    """Nothing changes: something is shown and said."""

    def at(self, before: ProcedureState, u: float, plan: CasePlan) -> ProcedureState:
        """The same state."""
        return before


@dataclass(frozen=True, slots=True)
class Settle:
    """The body's heights go to another stage: it breaks, or the posture changes."""

    heights: Fracture
    start: float = 0.15
    end: float = 0.85

    def at(self, before: ProcedureState, u: float, plan: CasePlan) -> ProcedureState:
        """Heights on their way between the two shares of the step."""
        share = ease((u - self.start) / (self.end - self.start))
        return replace(before, fracture=mechanics.between(before.fracture, self.heights, share))


@dataclass(frozen=True, slots=True)
class MarkSkin:
    """The places of the cuts are drawn on the skin."""

    def at(self, before: ProcedureState, u: float, plan: CasePlan) -> ProcedureState:
        """The mark grows under the pen."""
        drawn = blend(before.incision.mark, 1.0, ease((u - 0.35) / 0.35))
        return replace(before, incision=replace(before.incision, mark=drawn))


@dataclass(frozen=True, slots=True)
class Incise:
    """The skin is cut over each needle's entry."""

    length_mm: float

    def at(self, before: ProcedureState, u: float, plan: CasePlan) -> ProcedureState:
        """The cut grows to its length along the mark, of which the rest is wiped off once that is done."""
        length_mm = blend(before.incision.length_mm, self.length_mm, ease((u - 0.25) / 0.6))
        mark = blend(before.incision.mark, 0.0, ease((u - 0.88) / 0.1))
        return replace(before, incision=replace(before.incision, mark=mark, length_mm=length_mm))


@dataclass(frozen=True, slots=True)
class Inflate:
    """Balloons are filled in small steps until they hold what is planned or a limit is reached; the plate may rise."""

    volume_ml: float
    peak: Fracture
    resistance: float
    start: float = 0.08
    end: float = 0.94

    def at(self, before: ProcedureState, u: float, plan: CasePlan) -> ProcedureState:
        """Both balloons at the volume of that share, pressure as their response."""
        share = clamp((u - self.start) / (self.end - self.start))
        if share == 0.0:
            return before
        final_ml, reason = plan.inflation.reached(self.volume_ml)
        volume, excess = mechanics.inflation(share, final_ml)
        gap = plan.gap_mm(volume)
        pressure = mechanics.plateau_psi(volume, gap, self.resistance) + excess * self.resistance
        stop = reason if share == 1.0 else StopReason.NONE
        places = [(a.side, a.at(plan.balloon_center_depth_mm)) for a in plan.axes]
        return replace(
            before,
            balloons=tuple(Balloon(side, volume, pressure, middle, stop) for side, middle in places),
            cavities=tuple(Cavity(side, volume) for side, _ in places),
            fracture=mechanics.between(before.fracture, self.peak, volume / final_ml),
            cancellous_mass_g=plan.mass_g(volume),
        )


@dataclass(frozen=True, slots=True)
class Deflate:
    """Balloons are emptied: the room stays, a little smaller, and part of the lift is lost."""

    after: Fracture
    start: float = 0.05
    end: float = 0.5

    def at(self, before: ProcedureState, u: float, plan: CasePlan) -> ProcedureState:
        """Volume and pressure fall together, the cavity springs back a little."""
        share = ease((u - self.start) / (self.end - self.start))
        if share == 0.0:
            return before
        left = 1.0 - share
        balloons = tuple(
            Balloon(b.side, b.volume_ml * left, b.pressure_psi * left, b.center_mm) for b in before.balloons
        )
        kept = blend(1.0, mechanics.CAVITY_KEPT, share)
        cavities = tuple(replace(c, volume_ml=c.volume_ml * kept) for c in before.cavities)
        return replace(
            before,
            balloons=balloons if left else (),
            cavities=cavities,
            fracture=mechanics.between(before.fracture, self.after, share),
            cancellous_mass_g=plan.mass_g(max((c.volume_ml for c in cavities), default=0.0)),
        )


@dataclass(frozen=True, slots=True)
class Mix:
    """Powder and liquid are mixed: the cement's clock starts."""

    def at(self, before: ProcedureState, u: float, plan: CasePlan) -> ProcedureState:
        """The cement ages from the first moment of the step; `u` counts with the clock that the step carries."""
        return before


@dataclass(frozen=True, slots=True)
class Fill:
    """Cement goes in while the fillers are drawn back; its first third may gain a little height."""

    volume_ml: float
    heights: Fracture
    start: float = 0.12
    end: float = 0.9

    def at(self, before: ProcedureState, u: float, plan: CasePlan) -> ProcedureState:
        """Cement at the volume of that share."""
        share = clamp((u - self.start) / (self.end - self.start))
        final_ml = max(min(self.volume_ml, plan.cement_room_ml), before.cement.volume_ml)
        volume = blend(before.cement.volume_ml, final_ml, share)
        is_full = self.volume_ml > plan.cement_room_ml
        reason = StopReason.POSTERIOR_QUARTER if is_full else StopReason.VOLUME
        under_way = before.cement.stop_reason if share == 0.0 else StopReason.NONE
        stop = reason if share == 1.0 else under_way
        heights = mechanics.between(before.fracture, self.heights, ease(3.0 * share))
        return replace(before, cement=replace(before.cement, volume_ml=volume, stop_reason=stop), fracture=heights)


@dataclass(frozen=True, slots=True)
class Leak:
    """Cement goes in while it is thin: some leaves the body by the vein behind it, and the injection stops at once."""

    leak_ml: float
    start: float = 0.12
    end: float = 0.62
    ebb: float = 0.12  # thin cement creeps on for that share of the step

    def at(self, before: ProcedureState, u: float, plan: CasePlan) -> ProcedureState:
        """Cement in the body up to where the leak is seen; the leak begins on the way there and dies away after it."""
        share = clamp((u - self.start) / (self.end - self.start))
        if share == 0.0:
            return before
        begins = self.start + (self.end - self.start) * mechanics.LEAKS_AT_ML / mechanics.LEAK_STOPPED_AT_ML
        cement = replace(
            before.cement,
            volume_ml=max(before.cement.volume_ml, mechanics.LEAK_STOPPED_AT_ML * share),
            leak_ml=blend(before.cement.leak_ml, self.leak_ml, ease((u - begins) / (self.end + self.ebb - begins))),
            stop_reason=StopReason.LEAK if share == 1.0 else StopReason.NONE,
        )
        return replace(before, cement=cement)


@dataclass(frozen=True, slots=True)
class Close:
    """The cut closes and a dressing covers it."""

    def at(self, before: ProcedureState, u: float, plan: CasePlan) -> ProcedureState:
        """Skin edges meet, then the dressing comes on."""
        closing, covering = ease((u - 0.45) / 0.25), ease((u - 0.72) / 0.2)
        skin = before.incision
        return replace(
            before,
            incision=Incision(
                blend(skin.mark, 0.0, closing),
                blend(skin.length_mm, 0.0, closing),
                blend(skin.dressing, 1.0, covering),
            ),
        )


@dataclass(frozen=True, slots=True)
class Load:
    """A load comes onto the bone and goes again, twice, to show what carries it."""

    def at(self, before: ProcedureState, u: float, plan: CasePlan) -> ProcedureState:
        """The load of that share; none at the beginning and at the end."""
        first, second = (ease((u - t) / 0.14) - ease((u - t - 0.22) / 0.12) for t in (0.24, 0.62))
        return replace(before, load=blend(before.load, 1.0, clamp(first + second)))
