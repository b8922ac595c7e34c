"""What lies around the spine: skin with its cuts, muscle, and the schematic figures of the theatre."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import cached_property

from kyphoviz.anatomy.mesh import Mesh
from kyphoviz.procedure.state import Layer, Point, ProcedureState
from kyphoviz.scenario.model import Case
from kyphoviz.site import figures
from kyphoviz.site.approach import Approach
from kyphoviz.site.kept import Kept
from kyphoviz.site.shape import STAYS, Shape
from kyphoviz.site.skin import SkinBlock, dressing_mesh, tissue_floor

FIGURES: dict[Layer, Callable[[float], tuple[Mesh, ...]]] = {
    Layer.PATIENT: lambda _: (figures.patient(),),
    Layer.STANDING_PATIENT: lambda _: (figures.standing_patient(),),
    Layer.TABLE: lambda _: (figures.table(),),
    Layer.C_ARM: figures.c_arm_figure,
    Layer.BOWL: lambda _: figures.bowl(),
}


class Surroundings:
    """Skin, muscle and figures; a figure is made when it is first seen."""

    def __init__(self, ways: tuple[Approach, ...], case: Case) -> None:
        """Cuts the openings where the axes cross the skin."""
        entries = tuple((_point(way.wall), _point(way.direction)) for way in ways)
        self._skin = SkinBlock(entries)
        self.skin_mm = tuple(self._skin.skin_depth_mm(wall, direction) for wall, direction in entries)
        self._entries = [way.at(depth) for way, depth in zip(ways, self.skin_mm, strict=True)]
        self._sides = [way.side for way in ways]
        self._kept: Kept[list[Shape]] = Kept()

    def key(self, state: ProcedureState) -> Hashable:
        """The part of the state that these shapes come from."""
        seen = tuple(layer for layer in FIGURES if state.opacity(layer) > 0.0)
        return (state.incision, seen, round(state.c_arm_deg, 3))

    def shapes(self, state: ProcedureState) -> list[Shape]:
        """Skin and floor always, dressings and figures when they are there."""
        length = state.incision.length_mm
        skin = self._kept.part("skin", length, lambda: self._skin_shapes(length))
        return skin + self._floor + self._dressings(state.incision.dressing) + self._figures(state)

    def _skin_shapes(self, length_mm: float) -> list[Shape]:
        block, sheet = self._skin.block(length_mm), self._skin.back_sheet(length_mm)
        return [
            Shape("torso", "skin", block, ("torso", length_mm), STAYS, None, None, Layer.SKIN, "soft", "air", True,
                  is_drawn=False),
            Shape("skin_sheet", "skin_sheet", sheet, ("sheet", length_mm), STAYS, None, None, Layer.SKIN, closed=False),
        ]  # fmt: skip

    @cached_property
    def _floor(self) -> list[Shape]:
        return [Shape("tissue_floor", "floor", tissue_floor(), ("floor",), STAYS, layer=Layer.MUSCLE, closed=False)]

    def _dressings(self, share: float) -> list[Shape]:
        if share <= 0.0:
            return []
        return [
            Shape(f"dressing_{side}", "dressing", dressing_mesh(entry), ("dressing", side), STAYS, None, side, Layer.SKIN)
            for side, entry in zip(self._sides, self._entries, strict=True)
        ]

    def _figures(self, state: ProcedureState) -> list[Shape]:
        found: list[Shape] = []
        for layer, make in FIGURES.items():
            if state.opacity(layer) > 0.0:
                turn = state.c_arm_deg if layer == Layer.C_ARM else 0.0
                meshes = self._kept_figure(layer, turn, make)
                found += meshes
        return found

    def _kept_figure(self, layer: Layer, turn: float, make: Callable[[float], tuple[Mesh, ...]]) -> list[Shape]:
        def made() -> list[Shape]:
            return [
                Shape(f"{layer}_{k}", str(layer), mesh, (layer, k, turn), STAYS, layer=layer)
                for k, mesh in enumerate(make(turn))
            ]

        return self._kept.part(layer, turn, made)


def _point(v: object) -> Point:
    x, y, z = v  # type: ignore[misc]
    return (float(x), float(y), float(z))
