"""How the trunk leans forward over a wedged body, and straightens again as the end plate is lifted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kyphoviz.anatomy.mesh import Mesh
from kyphoviz.anatomy.spine import ORDER, Pose
from kyphoviz.procedure.state import Point
from kyphoviz.site.sweep import Array

EASE_MM = 40.0  # over so much height the lean begins


@dataclass(frozen=True, slots=True)
class Lean:
    """Each level of the trunk slides forwards by how high it lies above `start_mm`, times `slope`; none is tilted.

    The slope is that of the uppermost vertebra, so far up the back leans as the spine does; sections stay level, so
    the trunk can neither fold nor open. It is a rule of drawing. What it leaves out: the skin behind a wedge is also
    drawn out, a few percent, which no picture shows. And it begins only above the openings, though the spine bends a
    little lower: prone on the table the chest is borne by its pad, so the skin that the needles pass hardly moves, and
    their axes do not move at all.
    """

    start_mm: float
    slope: float = 0.0

    def forwards_mm(self, z: NDArray[np.floating]) -> Array:
        """How far skin at heights z has gone forwards."""
        above = np.maximum(np.asarray(z, float) - self.start_mm, 0.0)
        return np.asarray(self.slope * np.where(above < EASE_MM, above**2 / (2 * EASE_MM), above - EASE_MM / 2))

    def leaning(self, mesh: Mesh) -> Mesh:
        """A part of the trunk, or what lies on it, carried along; upright it is the mesh itself."""
        if self.slope == 0.0:
            return mesh
        points, normals = mesh.points.copy(), mesh.normals.copy()
        z = points[:, 2].astype(float)
        points[:, 1] -= self.forwards_mm(z).astype(np.float32)
        steep = self.slope * np.clip((z - self.start_mm) / EASE_MM, 0.0, 1.0)
        normals[:, 2] += steep.astype(np.float32) * normals[:, 1]
        normals /= np.sqrt(np.einsum("ij,ij->i", normals, normals))[:, None]
        return replace(mesh, points=points, normals=normals)


def lean_of(poses: Mapping[str, Pose], rest: Mapping[str, Pose], entries_mm: tuple[Point, ...]) -> Lean:
    """The lean that goes with where the vertebrae stand.

    Args:
        poses: of every bone of `spine.ORDER`; `rest` is where they stand before any fracture.
        entries_mm: the openings in the skin.
    """
    ride = poses[ORDER[0]] @ np.linalg.inv(rest[ORDER[0]])
    return Lean(max((z for _, _, z in entries_mm), default=0.0), round(float(ride[2, 1] / ride[1, 1]), 5))
