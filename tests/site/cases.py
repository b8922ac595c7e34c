"""What can be measured on the shapes of any case: the figures behind the claims of `test_all_cases`."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import product

import numpy as np
import pyvista as pv

from kyphoviz.anatomy.bones import shipped_bones
from kyphoviz.anatomy.mesh import Floats, Mesh
from kyphoviz.film import Film, open_film
from kyphoviz.procedure.fractures import FRACTURES, GRADES, USUAL
from kyphoviz.procedure.mechanics import HEIGHTS
from kyphoviz.procedure.state import ProcedureState, Side, Tool
from kyphoviz.scenario.load import find, load
from kyphoviz.scenario.model import BALLOON_MOST_ML, TREATABLE_LEVELS, Case
from kyphoviz.site.needles.approach import depth_fraction
from kyphoviz.site.shape import Shape

USUAL_ML = {10: 1.5, 15: 2.4, 20: 3.0}  # a side
ONE_SIDE, BOTH_SIDES = (Side.RIGHT,), (Side.LEFT, Side.RIGHT)
INSTANTS = (
    ("inflate", 0.25), ("inflate", 0.6), ("inflate", 0.97), ("deflate_remove", 0.9), ("fill", 0.35), ("fill", 0.97),
)  # fmt: skip
SHOWN_ML = 0.05  # smaller ones are a few cells of the grid


def all_cases() -> list[Case]:
    """Every level with every preset, tool size, balloon and number of sides, at the usual and the largest volumes."""
    found = []
    for level, preset, sides in product(TREATABLE_LEVELS, HEIGHTS, (BOTH_SIDES, ONE_SIDE)):
        body = Case(level=level, preset=preset, sides=sides)
        for gauge, length in product((8, 10), USUAL_ML):
            for volume in (USUAL_ML[length], BALLOON_MOST_ML[length]):
                cement = round(min(8.0, 2 * volume if len(sides) == 2 else 1.5 * volume), 1)
                found.append(replace(body, gauge=gauge, balloon_mm=length, balloon_ml=volume, cement_ml=cement))
        for gauge, cement in product((11, 13), (4.0, 7.5)):
            found.append(replace(body, procedure="vertebroplasty", gauge=gauge, cement_ml=cement))
    return found + all_kinds()


def all_kinds() -> list[Case]:
    """Every level, kind, grade and preset at the largest volumes; vertebroplasty where least is lifted."""
    found = []
    for level, kind, grade, preset in product(TREATABLE_LEVELS, FRACTURES, GRADES, HEIGHTS):
        body = Case(level=level, preset=preset, fracture=kind, grade=grade, cement_ml=8.0)
        if (kind, grade) != USUAL:
            found.append(replace(body, balloon_ml=4.0))
            if preset == "old_stiff":
                found.append(replace(body, procedure="vertebroplasty", gauge=11))
    return found


@dataclass
class Figures:
    """The worst values of one case; lengths in mm, volumes as shares."""

    volume_error: float = 0.0
    is_closed: bool = True
    depth_mm: dict[str, float] = field(default_factory=dict)
    rearmost: dict[str, float] = field(default_factory=dict)
    twin_mm: float = 9.0
    clearance_mm: float = 99.0
    rule_mm: float = 99.0
    drill_short_mm: float = 4.0
    wall_mm: float = 0.0


def film_of(case: Case) -> Film:
    """The shipped film of that procedure with another case."""
    return open_film(load(find(case.procedure), case=case), shipped_bones())


def figures(film: Film) -> Figures:
    """Everything that is bounded, at sampled instants and over all depths of the needles."""
    found = Figures()
    steps = {step.id for step in film.scenario.steps}
    for step, share in INSTANTS:
        if step in steps:
            state = film.timeline.state_at(film.timeline.time_of(step, share))
            take(film, state, found)
    later = film.timeline.state_at(film.timeline.time_of("three_months", 0.9))
    take(film, later, found)
    _take_needles(film, found)
    return found


def take(film: Film, state: ProcedureState, found: Figures) -> None:
    bone = film.site.bones[film.scenario.case.level]
    shapes = film.site.shapes(state)
    outer = next(shape for shape in shapes if shape.name == bone.level).mesh
    wanted = {f"balloon_{b.side}": b.volume_ml for b in state.balloons}
    wanted |= {f"cavity_{c.side}": c.volume_ml for c in state.cavities} | {"cement": state.cement.volume_ml}
    for shape in shapes:
        if wanted.get(shape.name, 0.0) > SHOWN_ML:
            mesh, role = shape.mesh, shape.role
            error = abs(mesh.volume_mm3 / 1000 / wanted[shape.name] - 1)
            found.volume_error = max(found.volume_error, error)
            found.is_closed &= mesh.is_closed
            found.depth_mm[role] = min(found.depth_mm.get(role, 99.0), depth_inside_mm(outer, mesh))
            back = depth_fraction(bone, float(mesh.points[:, 1].max()))
            found.rearmost[role] = max(found.rearmost.get(role, 0.0), back)
    found.twin_mm = min(found.twin_mm, _twins_apart_mm(shapes))


def depth_inside_mm(outer: Mesh, mesh: Mesh) -> float:
    """How deep the shallowest point lies under a closed surface; negative where one is outside."""
    surface = pv.make_tri_mesh(outer.points.astype(float), outer.triangles)
    points = pv.PolyData(mesh.points[:: max(1, len(mesh.points) // 2500)].astype(float))
    return float(-points.compute_implicit_distance(surface)["implicit_distance"].max())


def _twins_apart_mm(shapes: tuple[Shape, ...]) -> float:
    sides: dict[str | None, Floats] = {s.side: s.mesh.points[:, 0] for s in shapes if s.role == "balloon"}
    return float(sides["left"].min() - sides["right"].max()) if len(sides) == 2 else 9.0


def _take_needles(film: Film, found: Figures) -> None:
    bone = film.site.bones[film.scenario.case.level]
    wall_y = bone.landmarks.posterior_wall[1]
    tools = (Tool.WORKING_CANNULA, Tool.ACCESS_NEEDLE)
    radius = max(film.plan.radius_mm(t) for t in tools) if film.scenario.case.procedure == "kyphoplasty" else (
        film.plan.radius_mm(Tool.CEMENT_NEEDLE)
    )  # fmt: skip
    for way, axis in zip(film.site.ways, film.plan.axes, strict=True):
        pedicle = bone.landmarks.pedicle_left if way.side == Side.LEFT else bone.landmarks.pedicle_right
        tips = way.at(np.arange(-60.0, 25.0, 0.25))
        behind = tips[:, 1] > wall_y
        found.rule_mm = min(found.rule_mm, float(np.abs(tips[behind, 0]).min()) - abs(pedicle.medial[0]))
        found.clearance_mm = min(found.clearance_mm, axis.clearance_mm(axis.station_mm("access"), radius))
        short = axis.station_mm("anterior") - axis.station_mm("drill")
        found.drill_short_mm = short if abs(short - 4) > abs(found.drill_short_mm - 4) else found.drill_short_mm
        found.wall_mm = way.thinnest_wall_mm
