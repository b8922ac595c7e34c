"""What lies around the spine: skin with its cuts, muscle, and the schematic figures of the theatre."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from kyphoviz.anatomy.mesh import Mesh
from kyphoviz.anatomy.spine import rest_poses
from kyphoviz.procedure.state import Layer, Point, ProcedureState
from kyphoviz.scenario.model import Case
from kyphoviz.site.cache import Cache
from kyphoviz.site.needles.approach import Approach
from kyphoviz.site.shape import STAYS, Shape
from kyphoviz.site.skin.lean import Lean, lean_of
from kyphoviz.site.skin.pen import pen_cross
from kyphoviz.site.skin.plaster import dressing_mesh
from kyphoviz.site.skin.skin import SkinBlock
from kyphoviz.site.skin.tissue import tissue_floor
from kyphoviz.site.skin.trunk_surface import skin_depth_mm
from kyphoviz.site.spine.column import Poses
from kyphoviz.site.theatre import figures, mannequin

Pieces = tuple[tuple[str, Mesh], ...]
FIGURES: dict[Layer, Callable[[], Pieces]] = {
    Layer.PATIENT: lambda: (("patient", mannequin.patient()),),
    Layer.STANDING_PATIENT: lambda: (("patient", mannequin.standing_patient()),),
    Layer.TABLE: lambda: (("table", figures.table()),),
    Layer.C_ARM: lambda: tuple(zip(figures.C_ARM_PARTS, figures.c_arm_figure(0.0), strict=True)),
    Layer.BOWL: lambda: tuple(zip(figures.BOWL_PARTS, figures.bowl(), strict=True)),
}


class Surroundings:
    """Skin, muscle and figures; a figure is made when it is first seen."""

    def __init__(self, ways: tuple[Approach, ...], case: Case) -> None:
        """Cuts the openings where the axes cross the skin."""
        self._entries = tuple((_point(way.wall), _point(way.direction)) for way in ways)
        self.skin_mm = tuple(skin_depth_mm(wall, direction) for wall, direction in self._entries)
        self._rest = rest_poses(case.level)
        self._sides = [way.side for way in ways]
        self._cache: Cache[list[Shape]] = Cache()
        self._pieces: Cache[Pieces] = Cache()

    @cached_property
    def _skin(self) -> SkinBlock:
        return SkinBlock(self._entries)

    def trunk(self, state: ProcedureState, poses: Poses) -> list[Shape]:
        """Skin and floor, and what is drawn or laid on the skin, with the vertebrae in those places."""
        length, lean = state.incision.length_mm, lean_of(poses, self._rest, self._skin.entries_mm)
        skin = self._cache.part("skin", (length, lean), lambda: self._skin_shapes(length, lean))
        on_skin = self._marks(state.incision.mark, lean) + self._dressings(state.incision.dressing, lean)
        return skin + self._floor + on_skin

    def figures_key(self, state: ProcedureState) -> Hashable:
        """The part of the state that the figures come from."""
        return (tuple(layer for layer in FIGURES if state.opacity(layer) > 0.0), round(state.c_arm_deg, 3))

    def preparations(self) -> tuple[Callable[[], object], ...]:
        """Work that makes skin, floor and figures ahead of the first instant that needs them, in pieces."""
        figures = (lambda layer=layer: self._pieces_of(layer) for layer in FIGURES)
        return (*figures, lambda: self._floor, lambda: self._skin)

    def _pieces_of(self, layer: Layer) -> Pieces:
        return self._pieces.part(layer, None, FIGURES[layer])

    def _skin_shapes(self, length_mm: float, lean: Lean) -> list[Shape]:
        block, key = lean.leaning(self._skin.block(length_mm)), (length_mm, lean)
        near = self._skin.near_entry * np.float32(min(1.0, length_mm / 2.0))  # skin is an island only round a cut
        paint = np.stack([self._skin.redness_at(length_mm), near], axis=1)
        sheet = replace(block, triangles=self._skin.visible_triangles, paint=paint)
        return [
            Shape("torso", "skin", block, key, STAYS, None, None, Layer.SKIN, "soft", "air", True, is_drawn=False),
            Shape("skin_sheet", "skin_sheet", sheet, key, STAYS, None, None, Layer.SKIN, closed=False),
        ]

    @cached_property
    def _floor(self) -> list[Shape]:
        floor = tissue_floor()
        paint = np.stack([floor.tissue / np.float32(255), floor.shade / 2, floor.fade], axis=1).astype(np.float32)
        mesh = replace(floor.mesh, paint=paint)
        return [Shape("tissue_floor", "floor", mesh, ("floor",), STAYS, layer=Layer.MUSCLE, closed=False)]

    def _marks(self, share: float, lean: Lean) -> list[Shape]:
        if share <= 0.0:
            return []
        return [
            Shape(f"skin_mark_{side}", "skin_mark", lean.leaning(pen_cross(entry, share)), ("mark", side, share, lean),
                  STAYS, None, side, Layer.SKIN)
            for side, entry in zip(self._sides, self._skin.entries_mm, strict=True)
        ]  # fmt: skip

    def _dressings(self, share: float, lean: Lean) -> list[Shape]:
        if share <= 0.0:
            return []
        return [
            Shape(f"dressing_{side}", "dressing", lean.leaning(dressing_mesh(entry)), ("dressing", side, lean), STAYS,
                None, side, Layer.SKIN)
            for side, entry in zip(self._sides, self._skin.entries_mm, strict=True)
        ]  # fmt: skip

    def figures(self, state: ProcedureState) -> list[Shape]:
        """Those that are seen."""
        seen = [layer for layer in FIGURES if state.opacity(layer) > 0.0]
        return [shape for layer in seen for shape in self._figure(layer, state.c_arm_deg)]

    def _figure(self, layer: Layer, c_arm_deg: float) -> list[Shape]:
        """The pieces of a figure; the C-arm turns about the patient's long axis, all but its cart."""
        pieces = self._pieces_of(layer)
        turned = _about_z(c_arm_deg) if layer == Layer.C_ARM else STAYS
        return [
            Shape(f"{layer}_{name}", str(layer), mesh, (layer, name), STAYS if name == "cart" else turned, layer=layer)
            for name, mesh in pieces
        ]


def _about_z(degrees: float) -> NDArray[np.float64]:
    pose, a = np.eye(4), np.radians(degrees)
    pose[:2, :2] = [[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]]
    return pose


def _point(v: NDArray[np.float64]) -> Point:
    return (float(v[0]), float(v[1]), float(v[2]))
