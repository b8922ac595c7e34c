"""A vertebra as an implicit field: the body, the canal, and the whole bone; the arch is in `arch`."""

from __future__ import annotations

import numpy as np

from kyphoviz.anatomy.arch import arch_field
from kyphoviz.anatomy.distance import DistanceGrid, distance_to_zero, empty_grid
from kyphoviz.anatomy.fields import Points, Values, smooth_max, smooth_min, smoothstep, waves
from kyphoviz.anatomy.foramina import basivertebral_field
from kyphoviz.anatomy.morphometry import VertebraShape


def cross_section(s: VertebraShape, x: Values, y: Values, level: Values | float) -> tuple[Values, Values]:
    """Where a point lies in the outline of the body: (1 on the wall and 0 in the middle, slope of that per mm).

    The front half is close to an ellipse, the back half squarer, and the widest place lies behind the centre.

    Args:
        level: height as a fraction of the body, 0 at the lower and 1 at the upper end plate.
    """
    flare = np.abs(2 * np.asarray(level, np.float32) - 1) ** 2.3
    wide = 0.5 * (s.width_low + (s.width_up - s.width_low) * level)
    deep = 0.5 * (s.depth_low + (s.depth_up - s.depth_low) * level)
    waist = 2 * s.waist_width / (s.width_up + s.width_low)
    a, b = wide * (waist + (1.04 * s.girth - waist) * flare), s.reach * deep * (0.955 + 0.15 * flare)
    behind = y - 0.16 * b
    b = b * np.where(behind > 0, np.float32(0.84), np.float32(1.16))
    power = np.where(behind > 0, np.float32(2.4), np.float32(2.25))
    u, v = np.abs(x) / a, np.abs(behind) / b
    rho = np.maximum((u**power + v**power) ** (1 / power), 1e-3)
    slope = np.hypot(u ** (power - 1) / a, v ** (power - 1) / b) * rho ** (1 - power)
    return rho, np.maximum(slope, 1e-3)


def end_plate_height(s: VertebraShape, x: Values, y: Values, upper: bool) -> Values:
    """z of the upper or lower end plate with its dish, in the vertebra's frame, by the formula of its field."""
    rho, _ = cross_section(s, x, y, 1.0 if upper else 0.0)
    return _plate(s, rho, y, s.dish_up) if upper else -_plate(s, rho, y, s.dish_low)


def _plate(s: VertebraShape, rho: Values, y: Values, dish_mm: float) -> Values:
    """Height of an end plate above the centre: the dish in the middle, outside it a rim that rounding will lower.

    How much it stands out is set so that the finished bone measures its heights between the corners of its midline.
    """
    rim = s.rim_front + (s.rim_back - s.rim_front) * smoothstep(s.back - 10.0, s.back - 1.0, y)
    hollow = np.clip(1 - (rho / 0.84) ** 2, 0, None) ** 0.75
    return np.asarray(s.top(y) + rim - (rim + dish_mm) * hollow)


def body_field(s: VertebraShape, p: Points) -> Values:
    """The vertebral body: waisted wall, rims, dished end plates, kidney dent and basivertebral foramen."""
    x, y, z = p
    top = s.top(y)
    level = np.clip((z + top) / (2 * top), 0, 1)
    rho, slope = cross_section(s, x, y, level)
    wall = (rho - 1) / slope - _rim(s, p, level)
    kidney_mm = 24.0
    wall = smooth_max(wall, kidney_mm - np.hypot(x, y - (s.back + 1.0 + kidney_mm)), 5.0)
    body = smooth_max(wall, z - _plate(s, rho, y, s.dish_up), 3.0)
    body = smooth_max(body, -z - _plate(s, rho, y, s.dish_low), 3.0)
    return smooth_max(body, -basivertebral_field(s, p), 1.2)


def _rim(s: VertebraShape, p: Points, level: Values) -> Values:
    """How far the rounded lips stand out, uneven around the body and weak at the back."""
    x, y, _ = p
    lip = s.lip * np.exp(-(((np.abs(2 * level - 1) - 0.9) / 0.12) ** 2))
    lip = lip * (1 + 0.3 * np.sin(3 * np.arctan2(x, y) + s.seed))
    return np.asarray(np.where(y < s.back - 2, lip, 0.3 * lip), np.float32)


def canal_field(s: VertebraShape, p: Points) -> Values:
    """The spinal canal: round in the thoracic spine, a rounded triangle in the lumbar, wider below the laminae."""
    x, y, z = p
    a, b = 0.5 * s.canal_width, 0.5 * s.canal_depth
    behind = y - canal_middle_y(s, z)
    slope_mm = 0.55 * np.log1p(np.exp((-0.12 * s.height - z) / 3.0)) * 3.0
    v = behind / np.where(behind > 0, b + np.minimum(slope_mm, 9.0), b)
    narrow = 1 - (0.42 if s.is_lumbar else 0.22) * np.clip(v, 0, 1.3) - 0.10 * np.clip(-v, 0, 1)
    return ((np.abs(x / (a * narrow)) ** 2.35 + np.abs(v) ** 2.35) ** (1 / 2.35) - 1) * b


def canal_middle_y(s: VertebraShape, z: Values | float) -> Values | float:
    """y of the middle of the canal at height z; it leans with the laminae."""
    return s.back + 0.2 + 0.5 * s.canal_depth - 0.04 * z


def asymmetry(s: VertebraShape, p: Points) -> Points:
    """Low-frequency warp of less than a millimetre, its own for each level: no real bone is a mirror image.

    What it would tilt the body forwards or backwards is taken out again: end plates keep their published angles.
    """
    x, y, z = p
    f = np.float32(s.seed)
    twist = np.radians(1.3) * np.clip((y - s.back) / 45, 0, 1) * (-1) ** s.seed
    return (
        x + 0.55 * np.sin(z / 11 + f) + 0.4 * np.sin(y / 13 + 2 * f) + twist * y,
        y + 0.45 * np.sin(x / 14 + f),
        z + 0.5 * np.sin(x / 15 + 1.7 * f) + 0.3 * np.sin(y / 12 + f) - s.lean * np.clip(y, -0.6 * s.depth, s.back),
    )


def vertebra_field(s: VertebraShape, p: Points) -> Values:
    """The whole bone: negative inside, roughly in millimetres near the surface."""
    q = asymmetry(s, p)
    field = smooth_min(body_field(s, q), arch_field(s, q), 4.0)
    field = smooth_max(field, -canal_field(s, q), 1.4)
    return field + _roughness(s, q) * (0.30 * waves(p, 15, 10, s.seed) + 0.07 * waves(p, 5, 12, s.seed + 50))


def _roughness(s: VertebraShape, p: Points) -> Values:
    """Strength of the relief: more at the spinous tip, where ligaments pull, less on the end plates."""
    _, y, z = p
    behind = np.clip((y - s.back - 24) / 20, 0, 1)
    plate = np.exp(-(((np.abs(z) - 0.46 * s.height) / 3.0) ** 2)) * np.clip((s.back - y) / 3, 0, 1)
    return np.asarray(0.75 + 0.35 * behind - 0.45 * plate, np.float32)


def vertebra_distance(s: VertebraShape, spacing_mm: float) -> DistanceGrid:
    """Signed distance to the surface of the whole bone on a grid that leaves 5 mm of air around it."""
    grid = empty_grid(*grid_corners(s), spacing_mm)
    field = vertebra_field(s, grid.axes).astype(np.float32)
    return DistanceGrid(distance_to_zero(field, spacing_mm), grid.origin, spacing_mm)


def grid_corners(s: VertebraShape) -> tuple[Values, Values]:
    """Lowest and highest corner of the box of that grid."""
    low = np.array([-0.5 * s.transverse_span - 6, -0.5 * s.depth - 6, -0.5 * s.height - 21])
    return low, np.array([0.5 * s.transverse_span + 6, s.spinous_back + 8, 0.5 * s.height + 16])
