"""Balloons and the cavities they leave: bodies about a needle's axis that flatten where they meet denser bone.

A balloon widens and hardly lengthens. It is held back by the end-plates, by the dense bone behind the front cortex,
by its twin at the midline and by the plane of the anterior two thirds.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property

import numpy as np

from kyphoviz.anatomy.fields import smooth_max
from kyphoviz.anatomy.mesh import Mesh
from kyphoviz.procedure.state import Fracture, Side
from kyphoviz.site.filling.growth import Field, Growth
from kyphoviz.site.filling.marrow import SPACING_MM, MarrowGrid
from kyphoviz.site.needles.approach import Approach

CORTEX_FREE_MM = 1.5  # kept to the outer surface at the plates and sides
FRONT_FREE_MM = 3.6  # and behind the front cortex
TWIN_FREE_MM = 0.35
SHOULDER_MM = 1.8  # how far the inflated body reaches beyond the sleeve's ends
WIDEST_MM = 12.5  # half of the width that the largest balloon takes, 23 to 25 mm
ROUND_MM = 5.0  # of the edges where two of its limits meet


class BalloonBody:
    """One side's balloon at any volume while the fracture goes through its stages.

    Args:
        stages: heights that the body passes while the balloon is filled and emptied, in order of rising anterior
            height, each with the distances to the outer surface on the grid at those heights.
        back_y_mm: plane that it stays in front of.
        has_twin: whether another one holds it back at the midline.
    """

    def __init__(
        self, grid: MarrowGrid, way: Approach, center_depth_mm: float, length_mm: float,
        stages: tuple[tuple[Fracture, Field], ...], back_y_mm: float, has_twin: bool = True,
    ) -> None:  # fmt: skip
        self._grid = grid
        self._heights = [fracture.anterior for fracture, _ in stages]
        self._center, self._axis = way.at(center_depth_mm), way.direction
        self._sign, self._has_twin = (1.0 if way.side == Side.LEFT else -1.0), has_twin
        self._half_mm, self._back_y = 0.5 * length_mm + SHOULDER_MM, back_y_mm
        self._growth, self._per_mm = self._grown()
        self._clips = [self._clip(outside) for _, outside in stages]

    @cached_property
    def _at_stage(self) -> list[Growth]:
        return [Growth(self._grid.surface, self._growth, clip, self._per_mm) for clip in self._clips]

    @property
    def room_ml(self) -> float:
        """What it can hold at the highest stage: then it lies against the dense bone all round."""
        is_room = (self._clips[-1] < 0) & (self._growth < WIDEST_MM)
        return float(is_room.sum()) * SPACING_MM**3 / 1000.0

    def mesh(self, volume_ml: float, fracture: Fracture) -> Mesh:
        """The body of exactly that volume, closed, normals outwards."""
        return self.surface(self.field(volume_ml, fracture), volume_ml)

    def surface(self, field: Field, volume_ml: float) -> Mesh:
        """The mesh of a field that `field` gave for that volume."""
        return self._exact(self._grid.surface(-field), volume_ml)

    def rough_field(self, volume_ml: float) -> Field:
        """The same at the highest stage, without the tables that make it exact: within a percent or two."""
        clip = self._clips[-1]
        count = round(1000.0 * volume_ml / SPACING_MM**3)
        inside = self._growth[clip < 0]
        level = np.partition(inside, count)[count] if count < len(inside) else inside.max()
        return np.asarray(np.maximum((self._growth - level) * self._per_mm, clip), np.float32)

    def field(self, volume_ml: float, fracture: Fracture) -> Field:
        """About the signed distance to the body on the grid, negative inside."""
        k, share = self._between(fracture)
        below, above = self._at_stage[k], self._at_stage[k + 1]
        wanted = max(volume_ml, below.smallest_ml)
        level = below.level(wanted) * (1 - share) + above.level(wanted) * share
        clip = self._clips[k] + np.float32(share) * (self._clips[k + 1] - self._clips[k])
        return np.asarray(np.maximum((self._growth - np.float32(level)) * self._per_mm, clip), np.float32)

    def _between(self, fracture: Fracture) -> tuple[int, float]:
        heights = self._heights
        k = min(max(bisect_right(heights, fracture.anterior) - 1, 0), len(heights) - 2)
        share = (fracture.anterior - heights[k]) / (heights[k + 1] - heights[k])
        return k, float(np.clip(share, 0.0, 1.0))

    def _exact(self, rough: Mesh, volume_ml: float) -> Mesh:
        """Widened or narrowed about the axis by the last half percent, or shrunk to a sleeve too thin for the grid."""
        found = rough.volume_mm3
        if found <= 0.0:
            return rough
        scale = np.float32(np.sqrt(1000.0 * volume_ml / found))
        axis, center = self._axis.astype(np.float32), self._center.astype(np.float32)
        away = rough.points - center
        along = (away @ axis)[:, None] * axis
        points = np.asarray(center + along + scale * (away - along), np.float32)
        return Mesh(points, rough.triangles, rough.normals)

    def _grown(self) -> tuple[Field, Field]:
        away = self._grid.points - self._center.astype(np.float32)
        along = away @ self._axis.astype(np.float32)
        across = np.sqrt(np.clip((away**2).sum(-1) - along**2, 0, None))
        u = np.abs(along) / self._half_mm
        girth = np.sqrt(1 - np.clip(u, 0, 0.98) ** 2)
        growth = across / girth + 60.0 * np.clip(u - 0.98, 0, None)
        slope = np.sqrt(sum(part**2 for part in np.gradient(growth, SPACING_MM)))
        return growth.astype(np.float32), (1 / np.maximum(slope, 1)).astype(np.float32)

    def _clip(self, outside: Field) -> Field:
        ahead = np.clip(-1.6 * np.gradient(outside, SPACING_MM, axis=1), 0, 1)
        front = ahead * (self._grid.y < -4.0)
        wall = outside + CORTEX_FREE_MM + (FRONT_FREE_MM - CORTEX_FREE_MM) * front
        limits = self._grid.y - self._back_y
        if self._has_twin:
            limits = smooth_max(TWIN_FREE_MM - self._sign * self._grid.x, limits, ROUND_MM)
        return np.asarray(smooth_max(wall, limits, ROUND_MM), np.float32)
