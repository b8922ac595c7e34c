"""The inside of the treated body on a small grid, in the shape that the body has at a given loss of height.

Balloon, cavity and cement grow in it. Each is the iso-surface of a field, so its volume can be had exactly.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kyphoviz.anatomy.distance import DistanceGrid, between_samples
from kyphoviz.anatomy.isosurface import IsoSurface
from kyphoviz.anatomy.mesh import Floats
from kyphoviz.anatomy.morphometry import VertebraShape
from kyphoviz.procedure.state import Fracture
from kyphoviz.site.spine.collapse import USUAL, Collapse, crushed
from kyphoviz.site.spine.fracture import crush_column, plate_sink, rise_column, weights_of

SPACING_MM = 0.68
SHAPE = (66, 58, 44)
ROUNDS = 5


class MarrowGrid:
    """Coordinates of the grid, the bone's distances at rest on it, and the surface filter of that grid."""

    def __init__(self, shape: VertebraShape, distance: DistanceGrid, collapse: Collapse = USUAL) -> None:
        """Lays the grid around the middle of the body."""
        self._collapse = collapse
        self.shape, self._distance = shape, distance
        self.origin = (-0.5 * SPACING_MM * (np.array(SHAPE) - 1)).astype(np.float32)
        lines = [o + SPACING_MM * np.arange(n, dtype=np.float32) for o, n in zip(self.origin, SHAPE, strict=True)]
        self.x, self.y, self.z = np.meshgrid(*lines, indexing="ij")
        self.surface = IsoSurface(SHAPE, self.origin, SPACING_MM)
        flat_x, flat_y = self.x[:, :, 0], self.y[:, :, 0]
        self._sink, self._rise = plate_sink(shape, flat_x, flat_y, collapse)
        low, span = crush_column(shape, flat_x, flat_y)
        self._low, self._per_span = low[..., None].astype(np.float32), (1 / span)[..., None].astype(np.float32)
        foot, reach = rise_column(shape, flat_x, flat_y)
        self._foot, self._per_reach = foot[..., None].astype(np.float32), (1 / reach)[..., None].astype(np.float32)

    @property
    def points(self) -> Floats:
        """All samples, shape (..., 3)."""
        return np.stack([self.x, self.y, self.z], axis=-1)

    def outside(self, fracture: Fracture) -> Floats:
        """Signed distance to the outer surface of the broken bone, negative inside, mm near the surface.

        Each column of samples is taken back to where it stood before the bone broke; the bulge of the waist, which
        only makes room, is left out. Crushed bone is thinner than it was at rest, by the slope of what is found.
        """
        found = self._distance.at(np.stack([self.x, self.y, self.at_rest(fracture)], axis=-1))
        slope = np.sqrt(sum(np.square(part) for part in np.gradient(found, SPACING_MM)))
        found /= np.maximum(slope, np.float32(1))
        self._close(found)
        return found

    def at_rest(self, fracture: Fracture) -> Floats:
        """Height z in mm at which the bone of each sample stood before it broke."""
        weights = weights_of(fracture)
        sink = (self._sink @ weights)[:, :, None].astype(np.float32)
        rise = (self._rise @ weights)[:, :, None].astype(np.float32)
        rest = self.z - rise if rise.any() else self.z.copy()
        for _ in range(ROUNDS):  # Newton's way, from below: crushed bone is too steep for plain iteration
            share, steep = crushed(self._collapse, np.clip((rest - self._low) * self._per_span, 0, 1))
            slope = 1 - self._per_span * sink * steep
            away = self.z + sink * share - rest
            if rise.any():
                share, steep = crushed(self._collapse, np.clip(1 - (rest - self._foot) * self._per_reach, 0, 1))
                slope -= self._per_reach * rise * steep
                away -= rise * share
            rest += away / np.maximum(slope, np.float32(0.1))
        return np.asarray(rest, np.float32)

    def last_inside(self, field: Floats, start: NDArray[np.floating], end: NDArray[np.floating]) -> NDArray[np.float64]:
        """The last point between two points at which a field on the grid is negative."""
        line = np.asarray(start + np.linspace(0.0, 1.0, 200)[:, None] * (end - start), float)
        values = between_samples(field, np.asarray((line - self.origin) / SPACING_MM, np.float32))
        return np.asarray(line[np.flatnonzero(values < 0.0)[-1]])

    def sampled(self, field: Floats, points: Floats) -> Floats:
        """A field of the grid at any points (N, 3)."""
        return between_samples(field, (points - self.origin) / np.float32(SPACING_MM))

    @staticmethod
    def _close(field: NDArray[np.float32]) -> None:
        for axis in range(3):
            for end in (0, -1):
                np.moveaxis(field, axis, 0)[end] = 5.0
