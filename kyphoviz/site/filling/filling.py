"""What is blown up and filled inside the treated body: balloons, cavities, cement."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property, partial

import numpy as np

from kyphoviz.anatomy.assets import RestBone
from kyphoviz.procedure import mechanics
from kyphoviz.procedure.fractures import stages_of
from kyphoviz.procedure.plan import CasePlan
from kyphoviz.procedure.state import Fracture, ProcedureState, Side
from kyphoviz.scenario.model import Case
from kyphoviz.site.filling.balloon import BalloonBody
from kyphoviz.site.filling.cement import CementBody
from kyphoviz.site.filling.chamber import BALLOON_BACK, CEMENT_BACK, lowest_filled
from kyphoviz.site.filling.growth import Field
from kyphoviz.site.filling.leak import LeakBody, vein_hole
from kyphoviz.site.filling.marrow import MarrowGrid
from kyphoviz.site.needles.approach import Approach, y_at_fraction
from kyphoviz.site.role import TRAITS, Material, Role
from kyphoviz.site.shape import Cache, Shape
from kyphoviz.site.spine.collapse import collapse_of

SHOWN_ML, LEAK_SHOWN_ML = 0.01, 0.002  # less is not drawn
LEAK = replace(TRAITS[Role.CEMENT], inside=Material.SOFT)  # it lies outside the bone


class Filling:
    """Balloons, cavities and cement of one case; their fields are worked out when they are first needed."""

    def __init__(self, case: Case, bone: RestBone, ways: tuple[Approach, ...], plan: CasePlan) -> None:
        """Keeps what the fields are made from."""
        self._case, self._bone, self._ways, self._plan = case, bone, ways, plan
        self._cache: Cache[Shape] = Cache()

    def shapes(self, state: ProcedureState) -> list[Shape]:
        """What is in the body at that instant."""
        made = [
            self._body(Role.BALLOON, b.side, b.volume_ml, state.fracture)
            for b in state.balloons
            if b.volume_ml > SHOWN_ML
        ]
        for c in state.cavities:
            if c.volume_ml > SHOWN_ML:
                made.append(self._body(Role.CAVITY, c.side, c.volume_ml, state.fracture))
        if state.cement.volume_ml > 0.0:
            made.append(self._filled("cement", state.cement.volume_ml))
        if state.cement.leak_ml > LEAK_SHOWN_ML:
            made.append(self._filled("cement_leak", state.cement.leak_ml))
        return made

    def preparations(self) -> tuple[Callable[[], object], ...]:
        """Work that makes all fields ahead of the first instant that needs them, in pieces, to be done in order."""
        has_balloons = self._case.procedure == "kyphoplasty"
        balloons = (lambda: self._balloons, self._cavity_field) if has_balloons else ()
        leak = (lambda: self._leak_body,) if self._case.teaches == "leak" else ()
        return (*balloons, lambda: self._cement_body, *leak)

    @cached_property
    def _grid(self) -> MarrowGrid:
        collapse = collapse_of(self._case.fracture, self._case.grade)
        return MarrowGrid(self._bone.shape, self._bone.distance, collapse)

    @cached_property
    def _balloons(self) -> dict[Side, BalloonBody]:
        heights = stages_of(self._case.preset, self._case.fracture, self._case.grade)
        stages = sorted(
            {heights["prone"], heights["after_deflation"], heights["balloon_peak"]}, key=lambda stage: stage.anterior
        )
        at_stages = tuple((stage, self._grid.outside(stage)) for stage in stages)
        back_y = y_at_fraction(self._bone, BALLOON_BACK)
        depth, length = self._plan.balloon_center_depth_mm, float(self._case.balloon_mm)
        has_twin = len(self._ways) > 1
        return {
            way.side: BalloonBody(self._grid, way, depth, length, at_stages, back_y, has_twin) for way in self._ways
        }

    @cached_property
    def _cement_body(self) -> CementBody:
        vein = self._leak_body.distance(self._grid.points) if self._case.teaches == "leak" else None
        return self._cement(vein)

    @cached_property
    def _leak_body(self) -> LeakBody:
        """The leak begins at the back of what is in the body then, on the shortest way to the vein's hole."""
        tips = [way.at(self._plan.axis(way.side).station_mm("fill")) for way in self._ways]
        field = self._cement(None).field(mechanics.LEAKS_AT_ML)
        return LeakBody(self._bone, self._grid.last_inside(field, tips[0], vein_hole(self._bone)))

    def _cement(self, vein: Field | None) -> CementBody:
        first, last = (
            np.array([way.at(self._plan.axis(way.side).station_mm(name)) for way in self._ways])
            for name in ("fill", "fill_end")
        )
        cavity = self._cavity_field() if self._case.procedure == "kyphoplasty" else None
        back_y = y_at_fraction(self._bone, CEMENT_BACK)
        return CementBody(self._grid, first, last, cavity, lowest_filled(self._case), back_y, vein)

    def _cavity_field(self) -> Field:
        after = stages_of(self._case.preset, self._case.fracture, self._case.grade)[
            "cement_set"
        ]  # what filling lifts it to
        volume = self._plan.inflation.reached(self._case.balloon_ml)[0] * mechanics.CAVITY_KEPT
        fields = [body.field(volume, after) for body in self._balloons.values()]
        return np.asarray(np.min(fields, axis=0), np.float32)

    def _body(self, role: Role, side: Side, volume_ml: float, fracture: Fracture) -> Shape:
        key = (role, side, volume_ml, fracture)
        return self._cache.part(f"{role}_{side}", key, lambda: self._made(role, side, volume_ml, fracture))

    def _made(self, role: Role, side: Side, volume_ml: float, fracture: Fracture) -> Shape:
        field = self._balloons[side].field(volume_ml, fracture)
        mesh = self._balloons[side].surface(field, volume_ml)
        key = (role, side, volume_ml, fracture)
        distance_mm = partial(self._grid.sampled, field)
        return Shape(
            name=f"{role}_{side}",
            role=role,
            mesh=mesh,
            key=key,
            level=self._bone.level,
            side=side,
            distance_mm=distance_mm,
        )

    def _filled(self, name: str, volume_ml: float) -> Shape:
        return self._cache.part(name, volume_ml, lambda: self._hardening(name, volume_ml))

    def _hardening(self, name: str, volume_ml: float) -> Shape:
        key = (name, volume_ml)
        if name == "cement_leak":
            mesh = self._leak_body.mesh(volume_ml)
            return Shape(name=name, role=Role.CEMENT, mesh=mesh, key=key, level=self._bone.level, own=LEAK)
        field = self._cement_body.field(volume_ml)
        mesh, distance_mm = self._cement_body.surface(field, volume_ml), partial(self._grid.sampled, field)
        return Shape(name=name, role=Role.CEMENT, mesh=mesh, key=key, level=self._bone.level, distance_mm=distance_mm)
