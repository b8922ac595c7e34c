"""What the cement is for, shown beside it: the same bone without cement gives way under a load, the cemented one holds.

The bone without cement is a model that stands in front of the patient's; nothing of it is in the patient's state or on
the X-rays.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from kyphoviz.anatomy.assets import RestBone
from kyphoviz.anatomy.mesh import Mesh
from kyphoviz.procedure.mechanics import between
from kyphoviz.procedure.state import Fracture
from kyphoviz.site.role import Role
from kyphoviz.site.shape import Shape
from kyphoviz.site.spine.collapse import Collapse
from kyphoviz.site.spine.fracture import FracturedMesh
from kyphoviz.site.sweep import lathe

BESIDE_MM = (0.0, -118.0, 0.0)  # from the cemented bone to the one without cement, clear of its spinous process
HOVER_MM = 9.0  # between the arrow's tip and the end plate before the load comes
PLATE_MM = 5.0  # half the size of the place on the end plate where the arrow presses


class AxialLoad:
    """Two arrows of the same load and the bone without cement; made when it is first seen."""

    def __init__(self, bone: RestBone, lying: Fracture, standing: Fracture, collapse: Collapse) -> None:
        """Takes the heights between which the bone moves without treatment: those without and with a load."""
        self._bone, self._lying, self._standing, self._collapse = bone, lying, standing, collapse

    def shapes(self, load: float, treated: Mesh) -> list[Shape]:
        """Both bones' arrows and the untreated bone under `load` (0 none, 1 full).

        Args:
            treated: outer surface of the cemented bone at this instant.
        """
        heights = between(self._lying, self._standing, load)
        twin = self._twin.shaped(heights)
        place = _moved_by(np.array(BESIDE_MM))
        return [
            Shape(
                name=f"{self._bone.level}_untreated",
                role=Role.COMPARISON,
                mesh=twin,
                key=heights,
                pose=place,
                level=self._bone.level,
                heights=heights,
            ),
            self._pressing("untreated", load, twin, np.array(BESIDE_MM)),
            self._pressing("treated", load, treated, np.zeros(3)),
        ]

    def _pressing(self, on: str, load: float, bone: Mesh, at_mm: NDArray[np.float64]) -> Shape:
        lift = HOVER_MM * (1.0 - load)
        y, near = self._place
        tip = at_mm + np.array([0.0, y, float(bone.points[near, 2].mean()) + lift])
        return Shape(name=f"load_on_{on}", role=Role.LOAD, mesh=self._arrow, key="arrow", pose=_moved_by(tip))

    @cached_property
    def _twin(self) -> FracturedMesh:
        return FracturedMesh(self._bone.shape, self._bone.outer, self._collapse)

    @cached_property
    def _arrow(self) -> Mesh:
        return lathe([(0.0, 0.2), (11.0, 7.0, 0.8), (11.0, 3.0, 0.4), (34.0, 3.0, 0.8), (34.0, 0.2)], 24)

    @cached_property
    def _place(self) -> tuple[float, NDArray[np.intp]]:
        """y of the middle of the upper end plate, and the points of the bone around it."""
        points, normals = self._bone.outer.points, self._bone.outer.normals
        y = 0.0
        near = (np.abs(points[:, 0]) < PLATE_MM) & (np.abs(points[:, 1] - y) < PLATE_MM)
        return y, np.flatnonzero(near & (points[:, 2] > 0) & (normals[:, 2] > 0.5))


def _moved_by(way_mm: NDArray[np.float64]) -> NDArray[np.float64]:
    pose = np.eye(4)
    pose[:3, 3] = way_mm
    return pose
