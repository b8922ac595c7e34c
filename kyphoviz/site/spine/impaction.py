"""The band of packed bone at an end-plate that is pushed in, which the X-ray shows as a denser stripe.

Trabeculae that are driven into each other lie closer: radiologists know the stripe as a band of condensation. Its
thickness is a share of the height that is lost there, so a whole bone has none and it thins as height is regained.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kyphoviz.anatomy.mesh import Floats, Mesh, Triangles
from kyphoviz.anatomy.morphometry import VertebraShape
from kyphoviz.anatomy.vertebra import end_plate_height
from kyphoviz.procedure.state import Fracture
from kyphoviz.site.role import Role
from kyphoviz.site.shape import Shape
from kyphoviz.site.spine.collapse import Collapse
from kyphoviz.site.spine.fracture import BACK_CORNER, FRONT_CORNER, displacement_basis, plate_sink, weights_of

RINGS, SPOKES = 7, 28
UNDER_PLATE_MM = 2.4  # inwards of the end-plate: clear of its drawn shell
WIDE, DEEP = 0.74, 0.40  # half axes as shares of half the width and of the depth: clear of the walls
PER_LOST_MM = 0.5  # thickness for each mm that the plate sinks: three quarters of the lost bone are in it; illustrative
LEAST_LOST_MM = 0.6  # by so much a plate is pushed in before there is a band


class Impaction:
    """The bands of one broken body: under the upper plate, and above the lower one where that is pushed in too."""

    def __init__(self, level: str, shape: VertebraShape, collapse: Collapse) -> None:
        """Lays them in the whole bone."""
        self._bands = [_Band(level, shape, collapse, is_upper=True)]
        if collapse.low_share:
            self._bands.append(_Band(level, shape, collapse, is_upper=False))

    def shapes(self, fracture: Fracture) -> list[Shape]:
        """The bands at that loss of height, for the X-ray alone; none in a whole bone."""
        weights = weights_of(fracture)
        return [band.shape(fracture) for band in self._bands if band.lost_mm(weights) > LEAST_LOST_MM]


class _Band:
    """Two sheets that meet at their rim: one keeps its distance from the plate, the other stays behind."""

    def __init__(self, level: str, shape: VertebraShape, collapse: Collapse, *, is_upper: bool) -> None:
        self._level, self._name = level, f"{level}_impaction" + ("" if is_upper else "_below")
        x, y, inward = _disc_points(shape)
        into = -1.0 if is_upper else 1.0
        z = np.asarray(end_plate_height(shape, x, y, upper=is_upper), float) + into * UNDER_PLATE_MM
        near = np.column_stack([x, y, z])
        lost = plate_sink(shape, x, y, collapse)[0 if is_upper else 1]
        self._lost = lost[0]
        follow = displacement_basis(shape, near, collapse)
        behind = follow.copy()
        per_lost = PER_LOST_MM * (0.5 if collapse.low_share else 1.0)  # two bands share the room that is left
        behind[:, 2, :] += into * per_lost * inward[:, None] * lost
        inner = len(near) - SPOKES  # the last ring is the rim, which both sheets share
        self._rest = np.concatenate([near, near[:inner]]).astype(np.float32)
        self._basis = np.concatenate([follow, behind[:inner]]).reshape(-1, 3).astype(np.float32)
        self._triangles = _two_sheets(inner) if is_upper else np.ascontiguousarray(_two_sheets(inner)[:, ::-1])
        out = np.array([0.0, 0.0, -into], np.float32)
        self._normals = np.concatenate([np.tile(out, (len(near), 1)), np.tile(-out, (inner, 1))])

    def lost_mm(self, weights: NDArray[np.float64]) -> float:
        """How far the middle of the plate is pushed in."""
        return float(self._lost @ weights)

    def shape(self, fracture: Fracture) -> Shape:
        points: Floats = self._rest + (self._basis @ weights_of(fracture).astype(np.float32)).reshape(-1, 3)
        mesh = Mesh(points, self._triangles, self._normals)
        return Shape(name=self._name, role=Role.IMPACTION, mesh=mesh, key=fracture, level=self._level)


def _disc_points(shape: VertebraShape) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """(x, y, taper) of the middle and of rings around it, out to the rim, where the taper is 0."""
    share = np.repeat(np.arange(1, RINGS + 1) / RINGS, SPOKES)
    turn = np.tile(2 * np.pi * np.arange(SPOKES) / SPOKES, RINGS)
    middle = 0.5 * (FRONT_CORNER + BACK_CORNER) * shape.depth
    x = 0.5 * WIDE * shape.width_up * share * np.cos(turn)
    y = middle + DEEP * shape.depth * share * np.sin(turn)
    taper = 1 - share**6
    return np.append(0.0, x), np.append(middle, y), np.append(1.0, taper)


def _two_sheets(inner: int) -> Triangles:
    """Triangles of the upper sheet facing up, and of the lower one, whose rim is the upper one's, facing down."""
    spoke = np.arange(SPOKES)
    after = (spoke + 1) % SPOKES
    fan = np.column_stack([0 * spoke, 1 + spoke, 1 + after])
    starts = 1 + SPOKES * np.arange(RINGS - 1)[:, None]
    a, b = (starts + spoke).ravel(), (starts + after).ravel()
    c, d = a + SPOKES, b + SPOKES
    upper = np.concatenate([fan, np.column_stack([a, c, d]), np.column_stack([a, d, b])])
    rim = upper >= inner
    lower = np.where(rim, upper, upper + inner + SPOKES)[:, ::-1]
    return np.concatenate([upper, lower]).astype(np.int32)
