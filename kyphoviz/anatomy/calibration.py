"""Makes a bone measure what its sizes say: rounding eats rims, lips add girth, so both are searched, not guessed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from kyphoviz.anatomy.distance import DistanceGrid, distance_to_zero, empty_grid, opened
from kyphoviz.anatomy.landmarks import body_corners
from kyphoviz.anatomy.morphometry import VertebraShape
from kyphoviz.anatomy.spine import EDGE_MM
from kyphoviz.anatomy.vertebra import grid_corners, vertebra_field

ROUNDS = 9
SLAB_MM = 4.2  # half the thickness of the piece around the midline in which the corners are looked for
STEP_MM = 0.1


def calibrated(s: VertebraShape, spacing_mm: float) -> VertebraShape:
    """The same sizes with rims and girth such that the finished bone measures them, the best of a few rounds.

    Heights, depths and the tilt of the body are read between the corners of the midline, widths at the widest place
    of each end.

    Args:
        spacing_mm: of the grid that the bone will be made on, for that rounds rims too.
    """
    tried = []
    for _ in range(ROUNDS):
        front, back, depth, tilt = _midline(s, spacing_mm)
        width, wanted = 0.5 * (_width(s, 1) + _width(s, -1)), 0.5 * (s.width_up + s.width_low)
        off = np.array([s.height_front - front, s.height_back - back, s.depth - depth, wanted - width, s.depth * tilt])
        tried.append((float(np.abs(off * (1.0, 1.0, 0.6, 0.3, 1.0)).sum()), s))
        s = replace(
            s,
            rim_front=round(s.rim_front + 0.35 * off[0], 3),
            rim_back=round(s.rim_back + 0.35 * off[1], 3),
            reach=round(s.reach * (s.depth / depth) ** 0.7, 4),
            girth=round(s.girth * (wanted / width) ** 0.9, 4),
            lean=round(s.lean - 0.8 * tilt, 5),
        )
    return min(tried, key=lambda found: found[0])[1]


def _midline(s: VertebraShape, spacing_mm: float) -> tuple[float, float, float, float]:
    """Anterior and posterior height, mean depth, and rise to the back per mm, on the grid points of the whole bone."""
    low, _ = grid_corners(s)
    steps = np.ceil((-SLAB_MM - low[0]) / spacing_mm)
    start = np.array([low[0] + steps * spacing_mm, low[1], low[2]])
    slab = empty_grid(start, np.array([SLAB_MM, s.back + 6.0, 0.75 * s.height]), spacing_mm)
    distance = distance_to_zero(vertebra_field(s, slab.axes).astype(np.float32), spacing_mm)
    finished = opened(distance, spacing_mm, EDGE_MM)
    corner = body_corners(s, DistanceGrid(finished, slab.origin, spacing_mm))

    def apart(one: str, other: str) -> float:
        return float(np.linalg.norm(np.subtract(corner[one], corner[other])))

    depths = [apart(f"anterior_{end}", f"posterior_{end}") for end in ("upper", "lower")]
    front, back = (apart(f"{side}_upper", f"{side}_lower") for side in ("anterior", "posterior"))
    rise = sum(corner[f"posterior_{end}"][2] - corner[f"anterior_{end}"][2] for end in ("upper", "lower"))
    return front, back, float(np.mean(depths)), rise / sum(depths)


def _width(s: VertebraShape, up: int) -> float:
    """Widest place of one end of the body, read without the arch."""
    x = np.arange(0.42 * s.width_up, 0.58 * s.width_low, STEP_MM)
    y, z = np.arange(-0.3 * s.depth, 0.35 * s.depth, 1.0), up * s.height * np.arange(0.25, 0.5, 0.03)
    half = []
    for side in (-1, 1):
        solid = vertebra_field(s, (side * x[:, None, None], y[None, :, None], z[None, None, :])) < 0
        half.append(float(np.where(solid.any(axis=(1, 2)), x, 0).max()))
    return sum(half)
