"""The beam of one projection in the numbers that the graphics card and the detector need."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from kyphoviz.site.xray.c_arm import Projection


@dataclass(frozen=True, slots=True, eq=False)
class Beam:
    """Where points land, how deep they lie, and how slanted the ray of each pixel is.

    `to_image` (4 x 4) takes a point (mm, 1) to clip coordinates with the image's first row at the bottom, as graphics
    memory has it, so that what is read back starts with the top row. `depth_row` gives millimetres from the source
    along the middle of the beam. `handedness` is +1 where a surface that winds counter-clockwise seen from the source
    does so in graphics memory, -1 where it winds the other way. `slant` (height, width, 2) is the length of each
    pixel's ray for one millimetre of depth, written out for both sums: so it multiplies them in a tenth of the time.
    """

    to_image: NDArray[np.float64]
    depth_row: NDArray[np.float64]
    handedness: float
    slant: NDArray[np.float32]


@lru_cache(maxsize=8)
def beam_of(projection: Projection) -> Beam:
    """The beam of a projection; the last few are kept."""
    source, centre = np.array(projection.source_mm), np.array(projection.detector_center_mm)
    right, up = np.array(projection.detector_right), np.array(projection.detector_up)
    across = np.cross(right, up)
    ahead = across * np.sign(across @ (centre - source))
    to_detector = float((centre - source) @ ahead)
    width, height = projection.size
    depth_row = np.array([*ahead, -ahead @ source])
    to_image = np.zeros((4, 4))
    for row, axis, pixels in ((0, right, width), (1, -up, height)):
        landing = np.array([*axis, -axis @ source]) * to_detector - depth_row * ((centre - source) @ axis)
        to_image[row] = landing / (0.5 * pixels * projection.pixel_mm)
    to_image[3] = depth_row
    x = (np.arange(width) + 0.5 - width / 2) * projection.pixel_mm + (centre - source) @ right
    y = (height / 2 - np.arange(height) - 0.5) * projection.pixel_mm + (centre - source) @ up
    slant = np.sqrt(1.0 + (x[None, :] ** 2 + y[:, None] ** 2) / to_detector**2).astype(np.float32)
    return Beam(to_image, depth_row, float(np.sign(across @ ahead)), np.repeat(slant[:, :, None], 2, axis=2))
