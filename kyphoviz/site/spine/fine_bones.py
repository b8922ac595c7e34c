"""The finest surfaces of the bones, for pictures that are kept: the same bones with several times the triangles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from kyphoviz.anatomy.bones import Bones
from kyphoviz.anatomy.mesh import Floats, Mesh
from kyphoviz.site.role import Role
from kyphoviz.site.shape import Shape
from kyphoviz.site.spine.collapse import Collapse
from kyphoviz.site.spine.fracture import FracturedMesh

ROLES = (Role.VERTEBRA, Role.COMPARISON)
NEIGHBOURS, SOFT_MM = 4, 0.3  # places of the light surface that shade one of the fine surface, and how softly


class FineBones:
    """Puts the finest surface in the place of the light one; each is read when it is first wanted."""

    def __init__(self, bones: Bones, treated: str, collapse: Collapse) -> None:
        """Reads nothing yet.

        Args:
            treated: which bone breaks, in the manner of `collapse`.
        """
        self._bones, self._treated, self._collapse = bones, bones[treated].shape, collapse
        self._whole: dict[str, Mesh] = {}
        self._broken: dict[str, FracturedMesh] = {}

    def instead(self, shapes: Sequence[Shape]) -> tuple[Shape, ...]:
        """The shapes with finer bones, broken as they are; valid until the next call.

        Raises:
            AssetError: a file of a fine surface is missing or damaged.
        """
        return tuple(self._finer(shape) if shape.role in ROLES else shape for shape in shapes)

    def _finer(self, shape: Shape) -> Shape:
        fine = self._fine(shape.level or "")
        if shape.heights is None:
            return replace(shape, mesh=fine, key=("fine", shape.key))
        if shape.name not in self._broken:
            self._broken[shape.name] = FracturedMesh(self._treated, fine, self._collapse)
        return replace(shape, mesh=self._broken[shape.name].shaped(shape.heights), key=("fine", shape.key))

    def _fine(self, level: str) -> Mesh:
        if level not in self._whole:
            fine = self._bones.fine(level)
            self._whole[level] = replace(fine, openness=_openness(fine, self._bones[level].outer))
        return self._whole[level]


def _openness(fine: Mesh, light: Mesh) -> Floats | None:
    """The fine surface's own openness, which was baked on it alone, under the shade of the neighbours on the light."""
    if fine.openness is None or light.openness is None:
        return fine.openness
    from scipy.spatial import cKDTree

    off_mm, near = cKDTree(light.points).query(fine.points, NEIGHBOURS)
    share = 1.0 / (np.asarray(off_mm) + SOFT_MM)
    shade = (share * light.openness[near]).sum(axis=1) / share.sum(axis=1)
    return np.asarray(np.minimum(fine.openness, shade), np.float32)
