"""How the sac, its cord and the roots give way to a posterior wall that is pushed back into the canal."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from kyphoviz.anatomy.assets import RestBone
from kyphoviz.anatomy.mesh import Floats, Mesh, vertex_normals
from kyphoviz.procedure.state import Fracture
from kyphoviz.site.spine.collapse import Collapse
from kyphoviz.site.spine.fracture import displacement_basis, weights_of
from kyphoviz.site.sweep import Array

COLUMNS, ROWS = 11, 21  # of places on the wall
WIDE = 0.34  # of the canal's width to either side: farther out the pedicles begin, which stay
EDGE_MM = 1.5  # beside the wall the push dies out
BEYOND_MM = 1.0  # above and below it, where the rim begins to turn
ROUND_MM = 0.6  # over so much the way from free to pushed is rounded


class CanalRoom:
    """The posterior wall of the treated body, seen from the canal.

    What lies in front of the wall's new place goes back behind it; what is farther back stays, so the sac is flattened
    from in front. That is the direction in which a retropulsed wall narrows a canal; how a sac yields to it is a rule
    of drawing.
    """

    def __init__(self, bone: RestBone, collapse: Collapse) -> None:
        """Lays a grid of places on the whole wall, well between the pedicles and from plate to plate."""
        shape = bone.shape
        self._x = np.linspace(-WIDE, WIDE, COLUMNS) * shape.canal_width
        z = np.linspace(0.5, -0.5, ROWS) * (shape.height_back + 2 * BEYOND_MM)
        x = np.broadcast_to(self._x[:, None], (COLUMNS, ROWS))
        start = np.stack([x, np.full_like(x, shape.back + 0.5 * shape.canal_depth), np.broadcast_to(z, x.shape)], -1)
        self._rest = _forwards(bone, start)
        basis = displacement_basis(shape, self._rest.reshape(-1, 3), collapse)
        self._basis = basis.reshape(COLUMNS, ROWS, 3, 3)
        self._is_still = collapse.wall_mm == 0.0

    def cleared(self, mesh: Mesh, fracture: Fracture, clear_mm: float) -> Mesh:
        """The surface with that clearance to the wall where the wall has come nearer; at rest it is the mesh itself."""
        weights = weights_of(fracture)
        if self._is_still or not weights.any():
            return mesh
        y = mesh.points[:, 1].astype(float)
        now, whole = (
            _rounded(self._wall_y(wall, mesh.points) + clear_mm - y)
            for wall in (self._rest + self._basis @ weights, self._rest)
        )
        beside = np.abs(mesh.points[:, 0]) - self._x[-1]
        push = np.maximum(now - whole, 0.0) * np.clip(1.0 - beside / EDGE_MM, 0.0, 1.0)
        if push.max(initial=0.0) < 1e-3:
            return mesh
        points = mesh.points.copy()
        points[:, 1] += push.astype(np.float32)
        return replace(mesh, points=points, normals=vertex_normals(points, mesh.triangles))

    def _wall_y(self, wall: Array, points: Floats) -> Array:
        """y of a wall at the x and z of each point; beyond its edges the edge counts."""
        x, z = points[:, 0].astype(float), points[:, 2].astype(float)
        each = np.stack([np.interp(-z, np.maximum.accumulate(-column[:, 2]), column[:, 1]) for column in wall])
        at = np.interp(x, self._x, np.arange(COLUMNS))
        low = np.minimum(at.astype(int), COLUMNS - 2)
        own = np.arange(len(x))
        return np.asarray(each[low, own] + (at - low) * (each[low + 1, own] - each[low, own]))


def _forwards(bone: RestBone, start: Array) -> Array:
    """Where rays from the canal to the front meet the bone."""
    places = start.copy()
    for _ in range(40):
        places[..., 1] -= 0.8 * np.clip(bone.distance.at(places), -1.0, 5.0)
        places[..., 1] = np.maximum(places[..., 1], bone.shape.back - 4.0)
    return places


def _rounded(short: Array) -> Array:
    """`short` where it is positive and nothing where it is not, with a rounded corner."""
    return np.asarray(0.5 * (short + np.sqrt(short**2 + ROUND_MM**2)))
