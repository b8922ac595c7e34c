"""What a pointer rests on, in a form that every picture can show: a point of the patient, or the ray of an X-ray."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kyphoviz.anatomy.fields import as_point
from kyphoviz.site.xray.c_arm import Projection, Vector

REACH_MM = 90.0  # the ray is shown so far before and behind the middle of the beam


@dataclass(frozen=True, slots=True)
class Pointed:
    """From `start_mm` to `end_mm` in patient axes, one and the same for a point.

    `view` is the X-ray that the pointer is on; empty for the 3D picture.
    """

    view: str
    start_mm: Vector
    end_mm: Vector

    @property
    def is_point(self) -> bool:
        """Whether depth is known too."""
        return self.start_mm == self.end_mm

    @property
    def middle_mm(self) -> Vector:
        """Half way."""
        x, y, z = (0.5 * (a + b) for a, b in zip(self.start_mm, self.end_mm, strict=True))
        return (x, y, z)


def pointed_on(projection: Projection, column: float, row: float) -> Pointed:
    """The ray that ends on that place of the picture."""
    source, way = projection.ray(column, row)
    ahead = np.array(projection.detector_center_mm) - source
    middle_mm = float(np.linalg.norm(ahead)) / projection.magnification
    start, end = (source + (middle_mm + shift) * way for shift in (-REACH_MM, REACH_MM))
    return Pointed(projection.view, as_point(start), as_point(end))
