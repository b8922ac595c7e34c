"""The broken body: how lost height moves every point of the bone, and what rides on top.

points = rest + basis @ weights, where the three weights are the shares of height lost in front, in the middle and at
the back. A wedge (the middle loses what lies between front and back) tilts the upper end-plate as a plane; more loss
in the middle sinks it as a dish, in some kinds the lower one too. Lost height widens the waist in front and moves the
front corner out along the crack. The arch behind the body does not move.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from kyphoviz.anatomy.fields import smoothstep
from kyphoviz.anatomy.mesh import Floats, Mesh, vertex_normals
from kyphoviz.anatomy.morphometry import VertebraShape
from kyphoviz.anatomy.vertebra import cross_section, end_plate_height
from kyphoviz.procedure import mechanics
from kyphoviz.procedure.plan import IntactSizes
from kyphoviz.procedure.state import Fracture
from kyphoviz.site.spine.collapse import DARK, OPEN_AT, SHADES, USUAL, Collapse, above_crack, crack, crushed

Values = NDArray[np.floating]

RIM_MM = 1.7  # the rounded rim moves with its end-plate as a whole, so the loss is full at the corners
FRONT_CORNER, BACK_CORNER = -0.515, 0.425  # between the rounded corners the plate tilts, as shares of the depth
DISH_REACH = 0.455  # the dish ends in front of and behind the middle so far, as a share of the depth: rims are kept
LEAN = 0.6  # how far a body that is lower in front has its least height farther in front; fitted at T12 to L2
DISH_POWER = 2.5  # a nucleus presses a flat bottom, not a point
FACETS_FREE_MM, FACETS_GIVE_MM = 1.3, 0.4  # so far the column sinks freely; then the joints let it by this at most
FADE_MM = (0.5, 6.0)  # behind the posterior wall the displacement dies out within the pedicle's root
EARLIER_MM = 5.0  # it begins to so much farther in front at the pedicles, which carry the corners of the body


def weights_of(fracture: Fracture) -> NDArray[np.float64]:
    """Lost shares of height in front, middle and back."""
    return np.array([1.0 - fracture.anterior, 1.0 - fracture.middle, 1.0 - fracture.posterior])


def intact_sizes(shape: VertebraShape) -> IntactSizes:
    """Heights and depth of the whole body, by which lost shares become millimetres."""
    return IntactSizes(shape.height_front, shape.height_middle, shape.height_back, shape.depth)


def plate_sink(shape: VertebraShape, x: Values, y: Values, collapse: Collapse = USUAL) -> tuple[Values, Values]:
    """How many mm the upper end-plate sinks and the lower one rises at (x, y) for each weight, each of shape (..., 3).

    A tilted plate is lowest at the front of its middle third, so there a wedge has its middle height.
    """
    u = np.clip((y / shape.depth - FRONT_CORNER) / (BACK_CORNER - FRONT_CORNER), 0.0, 1.0)
    middle = 0.5 * (FRONT_CORNER + BACK_CORNER) * shape.depth
    rho = np.hypot(x / (0.5 * shape.width_up), (y - middle) / (DISH_REACH * shape.depth))
    dish = np.clip(1 - rho**DISH_POWER, 0, 1)
    heights = np.array([shape.height_front, shape.height_middle, shape.height_back])
    plane = np.stack([1 - u, 0 * u, u], axis=-1) * heights
    at = collapse.middle_at - LEAN * (shape.height_back - shape.height_front) / shape.height
    deep = 1 - (abs(at - 0.5) * (BACK_CORNER - FRONT_CORNER) / DISH_REACH) ** DISH_POWER
    hollow = np.stack([-(1 - at) * dish, dish, -at * dish], axis=-1) * heights / deep
    return np.asarray(plane + (1 - collapse.low_share) * hollow), np.asarray(collapse.low_share * hollow)


def crush_level(shape: VertebraShape, x: Values, y: Values, z: Values) -> Values:
    """Height in the body that decides how much of the sinking a point shares: 0 at the lower plate, 1 at the upper."""
    low, span = crush_column(shape, x, y)
    return np.asarray(np.clip((z - low) / span, 0, 1))


def displacement_basis(shape: VertebraShape, points: Values, collapse: Collapse = USUAL) -> NDArray[np.float64]:
    """What each weight does to each point: shape (N, 3 axes, 3 weights), mm per share lost."""
    x, y, z = np.asarray(points, float).T
    sink, rise = plate_sink(shape, x, y, collapse)
    level = crush_level(shape, x, y, z)
    low, span = rise_column(shape, x, y)
    rising = np.clip(1 - (z - low) / span, 0, 1)
    down = sink * crushed(collapse, level)[0][:, None] - rise * crushed(collapse, rising)[0][:, None]
    basis = np.zeros((len(x), 3, 3))
    basis[:, 2, :] = -down * _loose(shape, x, y)[:, None]
    basis[:, :2, 0] = _bulge(shape, x, y, z, collapse)
    basis[:, 1, 0] -= collapse.fragment_mm * _corner(shape, x, y, level, collapse)
    basis[:, 1, 2] += collapse.wall_mm * _wall(shape, x, y, level)
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
    drop = np.array([0.0, 0.0, _ridden_mm((1.0 - fracture.posterior) * intact.posterior_mm)])
    pose[:3, 3] = pivot - pose[:3, :3] @ pivot - drop
    return pose


def _ridden_mm(lost_mm: float) -> float:
    """How far the column sinks with the back of the body: the facets bear on each other, and the disc takes the rest.

    A rule of drawing, not a law: no source says how far. The joints are drawn 1.6 mm open, and with these values 0.3 mm
    of that are left in every kind, grade, preset and stage.
    """
    beyond = max(lost_mm - FACETS_FREE_MM, 0.0)
    return float(min(lost_mm, FACETS_FREE_MM) + FACETS_GIVE_MM * -np.expm1(-beyond / FACETS_GIVE_MM))


class FracturedMesh:
    """A mesh of the broken bone whose points follow the weights, in arrays that are made once."""

    def __init__(self, shape: VertebraShape, rest: Mesh, collapse: Collapse = USUAL) -> None:
        """Works out the basis for points and for blended normals, and where the crack shows."""
        self._rest = rest
        count = len(rest.points)
        basis = displacement_basis(shape, rest.points, collapse)
        x, y, z = rest.points.astype(float).T
        self._crack = crack(shape, collapse, x, y, crush_level(shape, x, y, z)).astype(np.float32)
        self._shade, self._openness = 0, rest.openness
        self._basis = np.ascontiguousarray(basis.reshape(3 * count, 3), np.float32)
        self._normal_basis = _normal_basis(rest, basis)
        self._points, self._normals = rest.points.copy(), rest.normals.copy()

    def shaped(self, fracture: Fracture) -> Mesh:
        """The mesh at that loss of height; valid until the next call."""
        weights = weights_of(fracture).astype(np.float32)
        np.add(self._rest.points, (self._basis @ weights).reshape(-1, 3), out=self._points)
        np.add(self._rest.normals, (self._normal_basis @ weights).reshape(-1, 3), out=self._normals)
        length = np.sqrt(np.einsum("ij,ij->i", self._normals, self._normals))
        self._normals /= np.maximum(length, np.float32(1e-6))[:, None]
        openness = self._shaded(float(weights.max()))
        return replace(self._rest, points=self._points, normals=self._normals, openness=openness)

    def _shaded(self, lost: float) -> Floats | None:
        """Openness with the crack in it: the same array until the crack is a shade darker."""
        shade = min(round(SHADES * lost / OPEN_AT), SHADES)
        if self._rest.openness is not None and shade != self._shade:
            dark = np.float32(DARK * shade / SHADES) * self._crack
            self._openness = self._rest.openness * (1 - dark) if shade else self._rest.openness
            self._shade = shade
        return self._openness


def _normal_basis(rest: Mesh, basis: NDArray[np.float64]) -> Floats:
    step = 0.05
    start = vertex_normals(rest.points, rest.triangles)
    turned = [(vertex_normals(rest.points + step * basis[:, :, k], rest.triangles) - start) / step for k in range(3)]
    return np.ascontiguousarray(np.stack(turned, axis=-1).reshape(-1, 3), np.float32)


def crush_column(shape: VertebraShape, x: Values, y: Values) -> tuple[Values, Values]:
    """Where the sinking begins under (x, y), z in mm, and over how many mm it grows to the whole."""
    low = np.maximum(end_plate_height(shape, x, y, upper=False), -np.asarray(shape.top(y), float))
    return low, end_plate_height(shape, x, y, upper=True) - RIM_MM - low


def rise_column(shape: VertebraShape, x: Values, y: Values) -> tuple[Values, Values]:
    """From where under (x, y), z in mm, the lower plate rises as a whole, and over how many mm it dies out upwards."""
    low = end_plate_height(shape, x, y, upper=False) + RIM_MM
    return low, np.asarray(shape.top(y), float) - low


def _loose(shape: VertebraShape, x: Values, y: Values) -> Values:
    """1 in the body, which sinks, 0 in the arch, which stays; between the pedicles the wall sinks as a whole."""
    half = 0.5 * shape.canal_width
    earlier = EARLIER_MM * smoothstep(3.0, half + 8.0, np.abs(x))
    return 1 - smoothstep(shape.back + FADE_MM[0] - earlier, shape.back + FADE_MM[1], y)


def _bulge(shape: VertebraShape, x: Values, y: Values, z: Values, collapse: Collapse) -> Values:
    top = np.asarray(shape.top(y), float)
    level = np.clip((z + top) / (2 * top), 0, 1)
    rho, _ = cross_section(shape, x, y, level)
    at, spread = collapse.belly
    at_rim, ahead = smoothstep(0.55, 1.0, rho), 1 - smoothstep(-4.0, shape.back - 4, y)
    belly = np.exp(-(((level - at) / spread) ** 2)) * at_rim * ahead
    outward = np.stack([x, y], axis=1) / np.maximum(np.hypot(x, y), 1e-6)[:, None]
    return np.asarray(outward * (collapse.bulge_mm * belly)[:, None])


def _corner(shape: VertebraShape, x: Values, y: Values, level: Values, collapse: Collapse) -> Values:
    """1 in the fragment of the front upper corner, 0 beyond the crack."""
    above = above_crack(shape, collapse, x, y, level)
    return np.asarray(smoothstep(-collapse.shelf, collapse.shelf, above) * (1 - smoothstep(-6.0, 0.0, y)))


def _wall(shape: VertebraShape, x: Values, y: Values, level: Values) -> Values:
    """1 on the upper half of the posterior wall between the pedicles, which is pushed into the canal."""
    half = 0.5 * shape.canal_width
    across = 1 - smoothstep(half - 7.0, half - 1.0, np.abs(x))
    along = smoothstep(shape.back - 10.0, shape.back - 1.0, y) * (1 - smoothstep(shape.back + 1.0, shape.back + 6.0, y))
    return np.asarray(across * along * np.exp(-(((level - 0.65) / 0.25) ** 2)))
