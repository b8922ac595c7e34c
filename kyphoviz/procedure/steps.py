"""One step of the film: an action, the tools that move with it, how it is shown and what is said.

Like an action, a step is a function of the state before it and the share `u` of it that has passed (0 to 1).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from kyphoviz.procedure import mechanics
from kyphoviz.procedure.actions import Action, Mix
from kyphoviz.procedure.easing import blend, ease
from kyphoviz.procedure.flight import flown
from kyphoviz.procedure.plan import CasePlan, NeedleAxis
from kyphoviz.procedure.state import (
    Camera,
    Caption,
    Cement,
    Incision,
    Layer,
    Needle,
    Opacity,
    ProcedureState,
    Tool,
)

FLIGHT_S = 1.6  # a camera flight; shorter ones make people seasick, longer ones bore


@dataclass(frozen=True, slots=True)
class Move:
    """One tool goes to a named station between two shares of the step; the second side follows `lag` later."""

    tool: Tool
    to: str
    start: float
    end: float
    lag: float = 0.0

    def share(self, u: float, order: int) -> float:
        """How much of the move is done on the axis of that order (0 first, 1 second)."""
        return ease((u - self.start - self.lag * order) / (self.end - self.start))


@dataclass(frozen=True, slots=True)
class Scenery:
    """How a step is shown. None keeps what was there."""

    camera: Camera | None = None
    layers: tuple[Opacity, ...] | None = None
    cut: float | None = None
    c_arm_deg: float | None = None
    xray: tuple[str, ...] = ()

    def at(self, before: ProcedureState, u: float, share: float) -> ProcedureState:
        """The view on its way: flight `share` 0 as before, 1 as this step wants it; the C-arm takes the whole step."""
        camera = flown(before.camera, self.camera, share) if self.camera else before.camera
        layers = _faded(before.layers, self.layers, share) if self.layers is not None else before.layers
        cut = before.cut if self.cut is None else blend(before.cut, self.cut, share)
        turn = before.c_arm_deg if self.c_arm_deg is None else self.c_arm_deg
        c_arm_deg = blend(before.c_arm_deg, turn, ease((u - 0.3) / 0.5))
        return replace(before, camera=camera, layers=layers, cut=cut, c_arm_deg=c_arm_deg, xray=self.xray)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the film: what happens, which tools move, how it is shown and what is said.

    `clinical_min` is how long it takes in the operating theatre.
    """

    id: str
    duration_s: float
    caption: Caption
    action: Action
    moves: tuple[Move, ...] = ()
    scenery: Scenery = Scenery()
    clinical_min: float = 0.0

    def at(self, before: ProcedureState, u: float, plan: CasePlan) -> ProcedureState:
        """The state when the share `u` of the step has passed."""
        minutes = u * self.clinical_min
        state = replace(
            before,
            clinical_min=before.clinical_min + minutes,
            cement=_aged(before.cement, minutes, isinstance(self.action, Mix) and u > 0.0),
            needles=_moved(before, self.moves, u, plan) if self.moves else before.needles,
        )
        state = self.action.at(state, u, plan)
        flight = ease(u * self.duration_s / min(FLIGHT_S, self.duration_s))
        return self.scenery.at(state, u, flight)


def first_state(plan: CasePlan, scenery: Scenery = Scenery()) -> ProcedureState:
    """Before anything happened: a whole bone, shown from the very first frame as the first step wants it."""
    layers = tuple(Opacity(layer, 0.0) for layer in Layer)
    bare = ProcedureState(
        0.0, "", None, 0.0, mechanics.INTACT, Incision(), (), (), (), Cement(),
        plan.cancellous_mass_g, scenery.camera or Camera(), layers, 0.0, 0.0, 0.0, (),
    )  # fmt: skip
    return replace(scenery.at(bare, 1.0, 1.0), xray=())


def _aged(cement: Cement, minutes: float, is_mixing: bool) -> Cement:
    if cement.mixed_min is None and not is_mixing:
        return cement
    t = (cement.mixed_min or 0.0) + minutes
    return replace(
        cement,
        mixed_min=t,
        viscosity_pa_s=mechanics.viscosity_pa_s(t),
        core_temp_c=mechanics.core_temp_c(t),
        set_fraction=mechanics.set_fraction(t),
    )


def _moved(before: ProcedureState, moves: tuple[Move, ...], u: float, plan: CasePlan) -> tuple[Needle, ...]:
    here = {(needle.side, needle.kind): needle for needle in before.needles}
    found = []
    for order, axis in enumerate(plan.axes):
        for tool in Tool:
            needle = here.get((axis.side, tool))
            mine = [move for move in moves if move.tool == tool]
            moved = _advanced(needle, axis, tool, mine, u, order, plan) if mine else needle
            if moved is not None:
                found.append(moved)
    return tuple(found)


def _advanced(
    needle: Needle | None, axis: NeedleAxis, tool: Tool, moves: list[Move], u: float, order: int, plan: CasePlan
) -> Needle | None:
    parked = axis.station_mm("parked")
    depth = needle.depth_mm if needle else parked
    for move in moves:
        depth = blend(depth, axis.station_mm(move.to), move.share(u, order))
    if depth <= parked:
        return None
    clearance = axis.clearance_mm(depth, plan.radius_mm(tool))
    return Needle(axis.side, tool, depth, axis.at(depth), axis.direction, clearance)


def _faded(before: tuple[Opacity, ...], after: tuple[Opacity, ...], share: float) -> tuple[Opacity, ...]:
    wanted = {entry.layer: entry.value for entry in after}
    return tuple(Opacity(entry.layer, blend(entry.value, wanted.get(entry.layer, 0.0), share)) for entry in before)
