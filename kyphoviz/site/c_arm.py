"""The C-arm: where source and detector stand, and where a point of the patient lands on the detector.

The patient lies prone and the tube is under the table: the AP beam runs from the front of the body to its back, and the
picture is read as from behind, the patient's left on image left. The lateral beam runs from the patient's left
(+x) to the right, and the front of the body is on image left.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vector = tuple[float, float, float]

# A mobile C-arm has its image intensifier about a metre from the source and the patient nearer to the detector.
SOURCE_TO_DETECTOR_MM = 1000.0
SOURCE_TO_ISOCENTRE_MM = 620.0
DETECTOR_PIXELS = 512
PIXEL_MM = 0.44  # a field of 225 mm, the common nine-inch intensifier


@dataclass(frozen=True, slots=True)
class Projection:
    """A point source and a flat detector in patient axes (LPS, mm).

    Row 0 is the top: the middle of pixel (row i, column j) is
    centre + (j + 0.5 - width / 2) pixel right + (height / 2 - i - 0.5) pixel up.
    """

    view: str
    source_mm: Vector
    detector_center_mm: Vector
    detector_right: Vector
    detector_up: Vector
    pixel_mm: float = PIXEL_MM
    size: tuple[int, int] = (DETECTOR_PIXELS, DETECTOR_PIXELS)

    def pixel(self, point_mm: Vector | NDArray[np.floating]) -> tuple[float, float]:
        """Column and row (fractions of a pixel, 0 at the image's corner) at which a point of the patient is seen."""
        ((column, row),) = self.pixels(np.asarray(point_mm, float)[None, :])
        return float(column), float(row)

    def pixels(self, points_mm: NDArray[np.floating]) -> NDArray[np.float64]:
        """The same of many points, shape (N, 3): columns and rows, shape (N, 2)."""
        source, centre = np.array(self.source_mm), np.array(self.detector_center_mm)
        right, up = np.array(self.detector_right), np.array(self.detector_up)
        ahead = np.cross(up, right)
        rays = np.asarray(points_mm, float) - source
        hits = source + rays * ((centre - source) @ ahead / (rays @ ahead))[:, None] - centre
        width, height = self.size
        return np.stack([hits @ right / self.pixel_mm + width / 2, height / 2 - hits @ up / self.pixel_mm], axis=1)


def ap_view(isocentre_mm: Vector) -> Projection:
    """Front to back, shown as from behind."""
    return _view("ap", isocentre_mm, ahead=(0.0, 1.0, 0.0), right=(-1.0, 0.0, 0.0))


def lateral_view(isocentre_mm: Vector) -> Projection:
    """Left to right, the front of the body on image left."""
    return _view("lateral", isocentre_mm, ahead=(-1.0, 0.0, 0.0), right=(0.0, 1.0, 0.0))


def _view(name: str, isocentre_mm: Vector, ahead: Vector, right: Vector) -> Projection:
    centre, way = np.array(isocentre_mm), np.array(ahead)
    source = centre - SOURCE_TO_ISOCENTRE_MM * way
    detector = source + SOURCE_TO_DETECTOR_MM * way
    return Projection(name, _vector(source), _vector(detector), right, (0.0, 0.0, 1.0))


def _vector(v: NDArray[np.floating]) -> Vector:
    return (float(v[0]), float(v[1]), float(v[2]))
