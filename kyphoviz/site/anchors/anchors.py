"""Where labels point: places on bones, nerves, tools and what fills the bone, at one instant.

A structure may have several places, in the order in which they are preferred; whoever draws takes the first that can be
seen. Places on a bone are points of its mesh, so they ride and break with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from kyphoviz.anatomy.assets import RestBone
from kyphoviz.anatomy.fields import as_point
from kyphoviz.procedure.plan import CasePlan
from kyphoviz.procedure.state import Fracture, Layer, Point, ProcedureState
from kyphoviz.site.anchors.bone_places import BonePlaces, nearest, part_of
from kyphoviz.site.anchors.named import BESIDE, FIGURES, NEIGHBOUR_RANK, RANKS, is_told
from kyphoviz.site.anchors.shape_places import extremes, farthest, lies_near, nearest_point, placed
from kyphoviz.site.cut.section import Section
from kyphoviz.site.role import Role
from kyphoviz.site.shape import Shape
from kyphoviz.site.spine.collapse import Collapse
from kyphoviz.site.spine.column import Poses

ALONG_MM = (14.0, 30.0, 50.0, 75.0, 4.0)  # behind the tip of a tool
NEAR_MM = -110.0  # a tool farther out than this has nothing to do with the bone
OPEN_MM = 1.5  # length from which an incision is named
FILLED_ML = 0.3
BESIDE_MM = 24.0  # so near to the middle of the treated body its neighbours are named
CLEAR_MM = 2.5  # so far from what fills the bone its own inside is named
THERE = 0.05  # opacity from which a layer is there
SOFT = (Role.DISC, Role.CANAL, Role.NERVE)
BESIDE_WAYS = ((0, -1, 0.2), (1, 0, 0.2), (-1, 0, 0.2), (0, 1, 0.2), (0.7, 0.7, -0.2), (0.7, -0.7, -0.2))
BELOW = ((0.3, -0.5, -1.0), (1, -0.4, -0.3), (0, -1, 0), (-1, -0.4, -0.3), (0, 0, 1), (0, 0, -1), (0, 1, -0.5))


@dataclass(frozen=True, slots=True)
class Anchor:
    """One place that a name may point at.

    `key` is the structure's name in the catalogue of words, `level` the vertebra (empty where it has none), `rank` says
    what is named first. `is_solid` tells that the place lies on a surface that hides what is behind it.
    """

    key: str
    point_mm: Point
    level: str = ""
    rank: int = 5
    is_solid: bool = True


class AnchoredSite(Protocol):
    """What has places."""

    @property
    def bones(self) -> Mapping[str, RestBone]:
        """The vertebrae at rest, by level."""
        ...

    @property
    def plan(self) -> CasePlan:
        """The numbers of the case."""
        ...

    @property
    def section(self) -> Section:
        """The cut along the first needle."""
        ...

    @property
    def collapse(self) -> Collapse:
        """The manner in which the treated body breaks."""
        ...

    def poses(self, fracture: Fracture) -> Poses:
        """Where each vertebra stands."""
        ...

    def drawn(self, state: ProcedureState) -> tuple[Shape, ...]:
        """Everything that a picture of that instant may show."""
        ...


class Anchors:
    """The places of one case."""

    def __init__(self, site: AnchoredSite) -> None:
        """Finds the places on the bones at rest, once."""
        self._site = site
        self._treated = site.plan.level
        self._places = {level: BonePlaces(bone) for level, bone in site.bones.items()}

    def at(self, state: ProcedureState) -> tuple[Anchor, ...]:
        """All places at that instant, with the preferred places of a structure first.

        Args:
            state: with the layers and the cut that are shown.
        """
        shapes = {shape.name: shape for shape in self._site.drawn(state)}
        if state.opacity(Layer.LOAD) > THERE:
            return tuple(self._compared(shapes))
        return (
            *self._on_bones(state, shapes),
            *self._in_section(state, shapes),
            *self._soft(state, shapes),
            *self._around(state, shapes),
            *self._tools(state),
            *self._inside(state, shapes),
            *self._skin(state, shapes),
            *_figures(state, shapes),
        )

    def _compared(self, shapes: dict[str, Shape]) -> Iterator[Anchor]:
        """The two bones under the same load, and what presses on them; their parts are told elsewhere."""
        pairs = {"without_cement": f"{self._treated}_untreated", "with_cement": self._treated}
        for key, name in pairs.items():
            for place in (farthest(shapes[name].placed.points, way) for way in BELOW):
                yield Anchor(key, as_point(place), "", 0)
        for place in extremes(shapes["load_on_treated"]):
            yield Anchor("body_weight", placed(shapes["load_on_treated"], place), "", 0)

    def part_at(self, shape_name: str, point_mm: Point, state: ProcedureState) -> tuple[str, str] | None:
        """(key, level) of the structure at a place on a shape; None for what has no name."""
        shape = next((shape for shape in self._site.drawn(state) if shape.name == shape_name), None)
        if shape is None:
            return None
        if shape.role in (Role.VERTEBRA, Role.COMPARISON) and shape.level is not None:
            return self._part_of_bone(shape, shape.level, point_mm, state), shape.level
        return None if shape.term is None else (shape.term, "/".join(shape.between or ()))

    def _part_of_bone(self, shape: Shape, level: str, point_mm: Point, state: ProcedureState) -> str:
        point, bone = (np.array(point_mm) - shape.pose[:3, 3]) @ shape.pose[:3, :3], self._site.bones[level]
        found = nearest(shape.mesh, point)
        plane = self._site.section.plane if state.cut else None
        if plane is not None and abs((np.array(point_mm) - plane.origin) @ plane.normal) < 0.5:
            unbroken = point + bone.outer.points[found.corner] - shape.mesh.points[found.corner]
            return "cancellous" if float(bone.distance.at(unbroken)) < -1.0 else "cortical"
        return part_of(shape.mesh, found)

    def _on_bones(self, state: ProcedureState, shapes: dict[str, Shape]) -> Iterator[Anchor]:
        for level, places in self._places.items():
            shape = shapes[level]
            is_treated, opacity = level == self._treated, state.opacity(Layer(shape.layer))
            if opacity < THERE:
                continue
            for key, index in places.on_surface:
                if not is_told(key, state, is_treated=is_treated):
                    continue
                if key == "broken_edge" and not self._site.collapse.has_broken_front:
                    continue
                rank = RANKS[key] if is_treated else NEIGHBOUR_RANK
                yield Anchor(key, placed(shape, shape.mesh.points[index]), level, rank, opacity > 0.9)

    def _in_section(self, state: ProcedureState, shapes: dict[str, Shape]) -> Iterator[Anchor]:
        if state.cut < 1.0 or state.opacity(Layer.TREATED_BONE) < THERE:
            return
        places = self._places[self._treated]
        solid = state.opacity(Layer.TREATED_BONE) > 0.9
        for key, point in places.in_plane(self._site.section.plane, state.fracture, self._site.collapse):
            if key != "cancellous" or not any(lies_near(shape, point, CLEAR_MM) for shape in shapes.values()):
                yield Anchor(key, as_point(point), self._treated, RANKS.get(key, 5), solid)

    def _soft(self, state: ProcedureState, shapes: dict[str, Shape]) -> Iterator[Anchor]:
        for shape in shapes.values():
            opacity = state.opacity(Layer(shape.layer)) if shape.role in SOFT else 0.0
            if opacity < THERE:
                continue
            if self._treated in (shape.between or ()):
                yield from self._disc(state, shape, opacity > 0.9)
            for key, index in self._places[self._treated].near(shape) if shape.role is not Role.DISC else ():
                yield Anchor(key, placed(shape, shape.mesh.points[index]), "", RANKS[key], opacity > 0.9)

    def _around(self, state: ProcedureState, shapes: dict[str, Shape]) -> Iterator[Anchor]:
        """What lies beside the bones, at its outermost places level with the treated body."""
        for shape in (shape for role in BESIDE for shape in shapes.values() if shape.role is role):
            opacity = state.opacity(Layer(shape.layer))
            if opacity < THERE:
                continue
            points = shape.placed.points
            near = points[np.abs(points[:, 2]) < BESIDE_MM]
            for way in BESIDE_WAYS:
                place = farthest(near if len(near) else points, way)
                yield Anchor(_term(shape), as_point(place), shape.level or "", RANKS[_term(shape)], opacity > 0.9)

    def _disc(self, state: ProcedureState, shape: Shape, is_solid: bool) -> Iterator[Anchor]:
        level = "/".join(shape.between or ())
        places = [placed(shape, point) for point in extremes(shape)[:4]]
        if state.cut:
            middle = np.asarray(shape.placed.points, float).mean(axis=0)
            plane = self._site.section.plane
            a, b = plane.coordinates(middle[None])[0]
            shifts = np.array([-6.0, 4.0, -11.0])
            places = [*map(as_point, plane.points(a + shifts, b + 0.06 * shifts)), *places]
        rank = RANKS["disc"] + (0 if level.endswith(self._treated) else 2)
        for place in places:
            yield Anchor("disc", place, level, rank, is_solid)

    def _tools(self, state: ProcedureState) -> Iterator[Anchor]:
        if state.opacity(Layer.TOOLS) < THERE:
            return
        for needle in state.needles:
            if needle.depth_mm < NEAR_MM:
                continue
            for back in ALONG_MM:
                place = np.array(needle.tip_mm) - back * np.array(needle.direction)
                yield Anchor(str(needle.kind), as_point(place), "", RANKS[str(needle.kind)])

    def _inside(self, state: ProcedureState, shapes: dict[str, Shape]) -> Iterator[Anchor]:
        volumes = {f"balloon_{balloon.side}": balloon.volume_ml for balloon in state.balloons}
        for name, shape in shapes.items():
            key, opacity = shape.role.value, state.opacity(Layer(shape.layer))
            is_cement = shape.role is Role.CEMENT
            volume = state.cement.volume_ml if is_cement else volumes.get(name, 0.0)
            if shape.role in (Role.BALLOON, Role.CEMENT) and volume > FILLED_ML and opacity > THERE:
                for point in extremes(shape):
                    yield Anchor(key, placed(shape, point), "", RANKS[key], is_cement and opacity > 0.9)

    def _skin(self, state: ProcedureState, shapes: dict[str, Shape]) -> Iterator[Anchor]:
        if state.opacity(Layer.SKIN) >= THERE:
            for shape in shapes.values():
                if shape.role in (Role.SKIN_MARK, Role.DRESSING):
                    middle = nearest_point(shape, shape.mesh.points.mean(axis=0))
                    yield Anchor(_term(shape), placed(shape, middle), "", RANKS[_term(shape)], False)
            if state.incision.length_mm > OPEN_MM:
                for axis in self._site.plan.axes:
                    depth = dict(axis.stations)["skin"]
                    place = np.array(axis.wall_mm) + depth * np.array(axis.direction)
                    yield Anchor("incision", as_point(place), "", RANKS["incision"], False)
        if state.opacity(Layer.MUSCLE) > 0.3 and "tissue_floor" in shapes:
            floor = shapes["tissue_floor"]
            for side in (1.0, -1.0):
                place = nearest_point(floor, np.array([side * 40.0, 60.0, 20.0]))
                yield Anchor("muscle", placed(floor, place), "", RANKS["muscle"], False)


def _figures(state: ProcedureState, shapes: dict[str, Shape]) -> Iterator[Anchor]:
    for shape in shapes.values():
        key, opacity = _term(shape), state.opacity(Layer(shape.layer)) if shape.role in FIGURES else 0.0
        if opacity < THERE:
            continue
        for point in (nearest_point(shape, shape.mesh.points.mean(axis=0)), *extremes(shape)):
            yield Anchor(key, placed(shape, point), "", RANKS[key], opacity > 0.9)


def _term(shape: Shape) -> str:
    return shape.term or ""
