"""One step of the film: an action, the tools that move with it, how it is shown and what is said.

Like an action, a step is a function of the state before it and the share `u` of it that has passed (0 to 1).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from kyphoviz.procedure import mechanics
from kyphoviz.procedure.actions import Action, Mix
from kyphoviz.procedure.easing import blend, ease
from kyphoviz.procedure.flight import can_fly, flown
from kyphoviz.procedure.plan import CasePlan, NeedleAxis
from kyphoviz.procedure.state import (
    Camera,
    Caption,
    Cement,
    Dissolve,
    Incision,
    Layer,
    Needle,
    Opacity,
    ProcedureState,
    Shot,
    Tool,
)

FLIGHT_S = 1.6  # a camera flight; shorter ones make people seasick, longer ones bore
DISSOLVE_S = 0.8  # one shot melts into the next: half a flight, so that the other half shows what it leads to


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
    """How a step is shown. None keeps what was there. The beam is on until a share of the step has passed."""

    camera: Camera | None = None
    layers: tuple[Opacity, ...] | None = None
    cut: float | None = None
    c_arm_deg: float | None = None
    xray: tuple[str, ...] = ()
    xray_until: float = 1.0

    def at(self, before: ProcedureState, u: float, duration_s: float) -> ProcedureState:
        """The view on its way from that of `before` to the one that this step wants; the C-arm takes the whole step.

        The camera flies where it can. A section opens once the camera is there and closes before it leaves; other looks
        melt as it sets off. Where no flight leads from shot to shot, the whole pictures melt, each from its own place.
        """
        start, end = Shot(before.camera, before.layers, before.cut), self._shot(before)
        turn = before.c_arm_deg if self.c_arm_deg is None else self.c_arm_deg
        c_arm_deg, xray = (
            blend(before.c_arm_deg, turn, ease((u - 0.3) / 0.5)),
            self.xray if u <= self.xray_until else (),
        )
        state = replace(before, c_arm_deg=c_arm_deg, xray=xray)
        passed_s, flies = u * duration_s, can_fly(start, end)
        flight_s = min(FLIGHT_S if flies else DISSOLVE_S, duration_s)
        opens_late = max(flight_s - DISSOLVE_S, 0.0) if flies and end.cut > start.cut else 0.0
        share = ease((passed_s - opens_late) / min(DISSOLVE_S, flight_s))
        camera = flown(start.camera, end.camera, ease(passed_s / flight_s))
        if flies:
            start, end = replace(start, camera=camera), replace(end, camera=camera)
        is_melting = 0.0 < share < 1.0 and start != end
        return replace(
            state,
            camera=camera,
            layers=_faded(start.layers, end.layers, share),
            cut=blend(start.cut, end.cut, share),
            dissolve=Dissolve(start, end, share) if is_melting else None,
        )

    def _shot(self, before: ProcedureState) -> Shot:
        layers = before.layers if self.layers is None else _faded(before.layers, self.layers, 1.0)
        return Shot(self.camera or before.camera, layers, before.cut if self.cut is None else self.cut)


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
        return self.scenery.at(state, u, self.duration_s)


def first_state(plan: CasePlan, scenery: Scenery = Scenery()) -> ProcedureState:
    """Before anything happened: a whole bone, shown from the very first frame as the first step wants it."""
    layers = tuple(Opacity(layer, 0.0) for layer in Layer)
    bare = ProcedureState(
        0.0, "", None, 0.0, mechanics.INTACT, Incision(), (), (), (), Cement(),
        plan.cancellous_mass_g, scenery.camera or Camera(), layers, 0.0, 0.0, 0.0, (),
    )  # fmt: skip
    return replace(scenery.at(bare, 1.0, FLIGHT_S), xray=())


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
