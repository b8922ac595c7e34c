"""The C-arm: where source and detector stand, and where a point of the patient lands on the detector.

The patient lies prone and the tube is under the table: the AP beam runs from the front of the body to its back, and the
picture is read as from behind, the patient's left on image left. The lateral beam runs from the patient's left
(+x) to the right, and the front of the body is on image left.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kyphoviz.procedure.state import XrayView

Vector = tuple[float, float, float]

# A mobile C-arm has its image intensifier about a metre from the source and the patient nearer to the detector.
SOURCE_TO_DETECTOR_MM = 1000.0
SOURCE_TO_ISOCENTRE_MM = 620.0
DETECTOR_PIXELS = 512
ORBIT_DEG: dict[str, float] = {XrayView.AP: 0.0, XrayView.LATERAL: 90.0}  # of the two usual stands
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

    @property
    def magnification(self) -> float:
        """How many times larger than life the isocentre is seen on the detector."""
        return SOURCE_TO_DETECTOR_MM / SOURCE_TO_ISOCENTRE_MM

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

    def ray(self, column: float, row: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The source and the unit vector from it to that place of the picture."""
        width, height = self.size
        right, up = np.array(self.detector_right), np.array(self.detector_up)
        across, above = (column - width / 2) * self.pixel_mm, (height / 2 - row) * self.pixel_mm
        source = np.array(self.source_mm)
        way = np.array(self.detector_center_mm) + across * right + above * up - source
        return source, way / np.linalg.norm(way)


@dataclass(frozen=True, slots=True)
class CArmPose:
    """How the C-arm stands about its isocentre, as its own two scales tell.

    Args:
        view: "ap" or "lateral": from which of the two usual stands the angles count.
        isocentre_mm: the point about which it turns, which stays in the middle of the picture.
        orbital_deg: about the patient's long axis, positive as the tube goes from under the table to the left.
        angular_deg: towards head or feet, positive with the detector towards the head.
    """

    view: str
    isocentre_mm: Vector
    orbital_deg: float = 0.0
    angular_deg: float = 0.0

    @property
    def turn(self) -> NDArray[np.float64]:
        """Rigid 4 x 4 motion of a C-arm that stood for an AP view with its isocentre at the origin."""
        around = np.radians(self.orbital_deg + ORBIT_DEG[self.view])
        tilt = np.radians(self.angular_deg)
        c, s, ct, st = np.cos(around), np.sin(around), np.cos(tilt), np.sin(tilt)
        motion = np.eye(4)
        motion[:3, :3] = np.array([[c, -s, 0], [s, c, 0], [0, 0, 1]]) @ np.array([[1, 0, 0], [0, ct, -st], [0, st, ct]])
        motion[:3, 3] = self.isocentre_mm
        return motion

    def turned(self, orbital_deg: float, angular_deg: float) -> CArmPose:
        """The pose that many degrees on."""
        return replace(self, orbital_deg=self.orbital_deg + orbital_deg, angular_deg=self.angular_deg + angular_deg)

    @property
    def projection(self) -> Projection:
        """Source and detector; the lateral picture is turned over, so that the front of the body is on image left."""
        turn = self.turn[:3, :3]
        centre, ahead = np.array(self.isocentre_mm), turn[:, 1]
        source = centre - SOURCE_TO_ISOCENTRE_MM * ahead
        right = -turn[:, 0] if self.view == XrayView.AP else turn[:, 0]
        detector = source + SOURCE_TO_DETECTOR_MM * ahead
        return Projection(self.view, _rounded(source), _rounded(detector), _rounded(right), _rounded(turn[:, 2]))


def _rounded(v: NDArray[np.floating]) -> Vector:
    # Rounding spares the usual poses the last bits of sines and cosines; adding 0.0 turns -0.0 into 0.0.
    x, y, z = (round(float(value), 12) + 0.0 for value in v)
    return (x, y, z)
