"""What lies around the spine: skin with its cuts, muscle, and the schematic figures of the theatre."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from kyphoviz.anatomy.fields import as_point
from kyphoviz.anatomy.mesh import Mesh
from kyphoviz.procedure.state import Layer, ProcedureState
from kyphoviz.site.needles.approach import Approach
from kyphoviz.site.role import Role
from kyphoviz.site.shape import STAYS, Cache, Shape
from kyphoviz.site.skin.dressing import dressing_mesh
from kyphoviz.site.skin.lean import Lean, lean_of
from kyphoviz.site.skin.pen import pen_cross
from kyphoviz.site.skin.skin import SkinBlock
from kyphoviz.site.skin.tissue import tissue_floor
from kyphoviz.site.skin.trunk_surface import skin_depth_mm
from kyphoviz.site.spine.column import Poses
from kyphoviz.site.theatre import figures, mannequin

Pieces = tuple[tuple[str, Role, Mesh], ...]
FIGURES: dict[Layer, Callable[[], Pieces]] = {
    Layer.PATIENT: lambda: (("patient", Role.PATIENT, mannequin.patient()),),
    Layer.STANDING_PATIENT: lambda: (("patient", Role.STANDING_PATIENT, mannequin.standing_patient()),),
    Layer.TABLE: lambda: (("table", Role.TABLE, figures.table()),),
    Layer.C_ARM: lambda: _pieces(figures.C_ARM_PARTS, figures.c_arm_figure(0.0)),
    Layer.BOWL: lambda: _pieces(figures.BOWL_PARTS, figures.bowl()),
}


class Surroundings:
    """Skin, muscle and figures; a figure is made when it is first seen."""

    def __init__(self, ways: tuple[Approach, ...], rest: Poses) -> None:
        """Cuts the openings where the axes cross the skin.

        Args:
            rest: where the vertebrae stand before any fracture.
        """
        self._entries = tuple((as_point(way.wall), as_point(way.direction)) for way in ways)
        self.skin_mm = tuple(skin_depth_mm(wall, direction) for wall, direction in self._entries)
        self._rest = rest
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
        on_skin = self._pen_crosses(state.incision.mark, length, lean) + self._dressings(state.incision.dressing, lean)
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
            Shape(name="torso", role=Role.SKIN, mesh=block, key=key),
            Shape(name="skin_sheet", role=Role.SKIN_SHEET, mesh=sheet, key=key),
        ]

    @cached_property
    def _floor(self) -> list[Shape]:
        floor = tissue_floor()
        paint = np.stack([floor.tissue / np.float32(255), floor.shade / 2, floor.fade], axis=1).astype(np.float32)
        mesh = replace(floor.mesh, paint=paint)
        return [Shape(name="tissue_floor", role=Role.FLOOR, mesh=mesh, key="floor")]

    def _pen_crosses(self, share: float, cut_mm: float, lean: Lean) -> list[Shape]:
        if share <= 0.0:
            return []
        return [
            Shape(
                name=f"skin_mark_{side}",
                role=Role.SKIN_MARK,
                mesh=lean.leaning(mesh),
                key=(share, cut_mm, lean),
                side=side,
            )
            for side, entry in zip(self._sides, self._skin.entries_mm, strict=True)
            if (mesh := pen_cross(entry, share, cut_mm)) is not None
        ]

    def _dressings(self, share: float, lean: Lean) -> list[Shape]:
        if share <= 0.0:
            return []
        return [
            Shape(
                name=f"dressing_{side}",
                role=Role.DRESSING,
                mesh=lean.leaning(dressing_mesh(entry)),
                key=lean,
                side=side,
            )
            for side, entry in zip(self._sides, self._skin.entries_mm, strict=True)
        ]

    def figures(self, state: ProcedureState) -> list[Shape]:
        """Those that are seen."""
        seen = [layer for layer in FIGURES if state.opacity(layer) > 0.0]
        return [shape for layer in seen for shape in self._figure(layer, state.c_arm_deg)]

    def _figure(self, layer: Layer, c_arm_deg: float) -> list[Shape]:
        """The pieces of a figure; the C-arm turns about the patient's long axis, all but its cart."""
        pieces = self._pieces_of(layer)
        turned = _about_z(c_arm_deg) if layer == Layer.C_ARM else STAYS
        return [
            Shape(
                name=f"{layer}_{name}",
                role=role,
                mesh=mesh,
                key=(layer, name),
                pose=STAYS if role is Role.C_ARM_CART else turned,
            )
            for name, role, mesh in pieces
        ]


def _pieces(roles: Mapping[str, Role], meshes: Iterable[Mesh]) -> Pieces:
    return tuple((name, role, mesh) for (name, role), mesh in zip(roles.items(), meshes, strict=True))


def _about_z(degrees: float) -> NDArray[np.float64]:
    pose, a = np.eye(4), np.radians(degrees)
    pose[:2, :2] = [[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]]
    return pose
