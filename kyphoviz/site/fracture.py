"""The broken body: how lost height moves every point of the bone, and what rides on top.

points = rest + basis @ weights, where the three weights are the shares of height lost in front, in the middle and at
the back. A wedge (the middle loses the mean of front and back) tilts the upper end-plate as a plane; more loss in
the middle sinks it as a dish. Lost height widens the waist in front. The arch behind the body does not move.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kyphoviz.anatomy.mesh import Floats, Mesh, vertex_normals
from kyphoviz.anatomy.morphometry import VertebraShape
from kyphoviz.anatomy.vertebra import cross_section, end_plate_height
from kyphoviz.procedure import mechanics
from kyphoviz.procedure.plan import IntactSizes
from kyphoviz.procedure.state import Fracture

Values = NDArray[np.floating]

CRUSH_POWER = 1.7  # how the loss gathers under the upper end-plate; more would fold the bone at severe loss
RIM_MM = 0.9  # bone this near to the end-plate moves with it, so the loss is full at the rounded rim
FRONT_CORNER, BACK_CORNER = -0.54, 0.425  # where the rims' midline corners lie, as shares of the depth
BULGE_MM = 6.0  # widening of the front of the waist if all height were lost: 2 to 3 mm in a moderate fracture
FADE_MM = (0.5, 6.0)  # behind the posterior wall the displacement dies out within the pedicle's root


def weights_of(fracture: Fracture) -> NDArray[np.float64]:
    """Lost shares of height in front, middle and back."""
    return np.array([1.0 - fracture.anterior, 1.0 - fracture.middle, 1.0 - fracture.posterior])


def intact_sizes(shape: VertebraShape) -> IntactSizes:
    """Heights and depth of the whole body, by which lost shares become millimetres."""
    return IntactSizes(shape.height_front, shape.height_middle, shape.height_back, shape.depth)


def plate_sink(shape: VertebraShape, x: Values, y: Values) -> Values:
    """How many mm the upper end-plate sinks at (x, y) for each weight, shape (..., 3)."""
    u = np.clip((y / shape.depth - FRONT_CORNER) / (BACK_CORNER - FRONT_CORNER), 0.0, 1.0)
    middle = 0.5 * (FRONT_CORNER + BACK_CORNER) * shape.depth
    rho = np.hypot(x / (0.5 * shape.width_up), (y - middle) / (0.5 * shape.depth))
    dish = np.clip(1 - rho**2, 0, 1)
    shares = np.stack([(1 - u) - 0.5 * dish, dish, u - 0.5 * dish], axis=-1)
    heights = np.array([shape.height_front, shape.height_middle, shape.height_back])
    return np.asarray(shares * heights)


def crush_level(shape: VertebraShape, x: Values, y: Values, z: Values) -> Values:
    """Height in the body that decides how much of the sinking a point shares: 0 at the lower plate, 1 at the upper."""
    low, span = crush_column(shape, x, y)
    return np.asarray(np.clip((z - low) / span, 0, 1))


def displacement_basis(shape: VertebraShape, points: Values) -> NDArray[np.float64]:
    """What each weight does to each point: shape (N, 3 axes, 3 weights), mm per share lost."""
    x, y, z = np.asarray(points, float).T
    sink = plate_sink(shape, x, y) * (crush_level(shape, x, y, z) ** CRUSH_POWER)[:, None]
    sink *= (1 - _step(shape.back + FADE_MM[0], shape.back + FADE_MM[1], y))[:, None]
    basis = np.zeros((len(x), 3, 3))
    basis[:, 2, :] = -sink
    basis[:, :2, 0] = _bulge(shape, x, y, z)
    return basis


def riding_pose(shape: VertebraShape, fracture: Fracture) -> NDArray[np.float64]:
    """Rigid 4 x 4 motion of all that stands on the body: it tilts by the change of the wedge angle and sinks."""
    intact = intact_sizes(shape)
    whole = mechanics.kyphosis_deg(mechanics.INTACT, intact)
    angle = np.radians(mechanics.kyphosis_deg(fracture, intact) - whole)
    y = 0.5 * shape.depth
    pivot = np.array([0.0, y, float(shape.top(y))])
    pose = np.eye(4)
    pose[1:3, 1:3] = [[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]
    drop = np.array([0.0, 0.0, (1.0 - fracture.posterior) * intact.posterior_mm])
    pose[:3, 3] = pivot - pose[:3, :3] @ pivot - drop
    return pose


class FracturedMesh:
    """A mesh of the broken bone whose points follow the weights, in arrays that are made once."""

    def __init__(self, shape: VertebraShape, rest: Mesh) -> None:
        """Works out the basis for points and for blended normals."""
        self._rest = rest
        count = len(rest.points)
        basis = displacement_basis(shape, rest.points)
        self._basis = np.ascontiguousarray(basis.reshape(3 * count, 3), np.float32)
        self._normal_basis = _normal_basis(rest, basis)
        self._points, self._normals = rest.points.copy(), rest.normals.copy()
        self.mesh = Mesh(self._points, rest.triangles, self._normals, rest.openness)

    def shaped(self, fracture: Fracture) -> Mesh:
        """The mesh at that loss of height; valid until the next call."""
        weights = weights_of(fracture).astype(np.float32)
        np.add(self._rest.points, (self._basis @ weights).reshape(-1, 3), out=self._points)
        np.add(self._rest.normals, (self._normal_basis @ weights).reshape(-1, 3), out=self._normals)
        length = np.sqrt(np.einsum("ij,ij->i", self._normals, self._normals))
        self._normals /= np.maximum(length, np.float32(1e-6))[:, None]
        return self.mesh


def _normal_basis(rest: Mesh, basis: NDArray[np.float64]) -> Floats:
    step = 0.05
    start = vertex_normals(rest.points, rest.triangles)
    turned = [(vertex_normals(rest.points + step * basis[:, :, k], rest.triangles) - start) / step for k in range(3)]
    return np.ascontiguousarray(np.stack(turned, axis=-1).reshape(-1, 3), np.float32)


def crush_column(shape: VertebraShape, x: Values, y: Values) -> tuple[Values, Values]:
    """Where the sinking begins under (x, y), z in mm, and over how many mm it grows to the whole."""
    top = np.asarray(shape.top(y), float)
    return -top, end_plate_height(shape, x, y, upper=True) - RIM_MM + top


def _bulge(shape: VertebraShape, x: Values, y: Values, z: Values) -> Values:
    top = np.asarray(shape.top(y), float)
    level = np.clip((z + top) / (2 * top), 0, 1)
    rho, _ = cross_section(shape, x, y, level)
    belly = np.exp(-(((level - 0.62) / 0.17) ** 2)) * _step(0.55, 1.0, rho) * (1 - _step(-4.0, shape.back - 4, y))
    outward = np.stack([x, y], axis=1) / np.maximum(np.hypot(x, y), 1e-6)[:, None]
    return np.asarray(outward * (BULGE_MM * belly)[:, None])


def _step(low: float, high: float, value: Values) -> Values:
    t = np.clip((value - low) / (high - low), 0, 1)
    return np.asarray(t * t * (3 - 2 * t))
