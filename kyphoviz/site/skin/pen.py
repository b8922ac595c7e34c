"""The mark that a skin pen draws where the cut will be."""

from __future__ import annotations

import numpy as np

from kyphoviz.anatomy.mesh import Mesh, joined
from kyphoviz.procedure.state import Point
from kyphoviz.site.skin.openings import GAPE
from kyphoviz.site.skin.trunk_surface import skin_height
from kyphoviz.site.sweep import loft

ARM_MM, WIDTH_MM, HEIGHT_MM = 7.0, 1.3, 0.35
CLEAR_MM = 0.4  # of the edge of a cut
CORNERS = np.array(
    [(1.0, 0.35), (0.96, 1.0), (-0.96, 1.0), (-1.0, 0.35), (-1.0, -0.35), (-0.96, -1.0), (0.96, -1.0), (1.0, -0.35)]
)


def pen_cross(entry: Point, share: float, cut_mm: float = 0.0) -> Mesh | None:
    """An upright cross on the skin, its upright drawn first; a cut opens its middle; None where nothing of it is left.

    Args:
        entry: middle of the cross on the skin, mm.
        share: how much is drawn, above 0 to 1.
        cut_mm: length of the cut.
    """
    upright, across = min(1.0, 2.0 * share) * ARM_MM, max(0.0, 2.0 * share - 1.0) * ARM_MM
    arms = _arms(0.5 * cut_mm, upright)
    strokes = [_stroke(entry, (0.0, middle), WIDTH_MM / 2, half) for middle, half in arms]
    strokes += [
        _stroke(entry, (middle, 0.0), half, WIDTH_MM / 2) for middle, half in _arms(0.5 * GAPE * cut_mm, across)
    ]
    return joined(strokes) if strokes else None


def _arms(open_mm: float, reach_mm: float) -> list[tuple[float, float]]:
    """Middle and half length of what is left of a stroke whose middle is open that far to both sides."""
    if open_mm <= 0.0:
        return [(0.0, reach_mm)] if reach_mm > 0.0 else []
    half = 0.5 * (reach_mm - open_mm - CLEAR_MM)
    return [(side * (reach_mm - half), half) for side in (1.0, -1.0)] if half > 0.0 else []


def _stroke(entry: Point, middle: tuple[float, float], half_x_mm: float, half_z_mm: float) -> Mesh:
    outline, heights = CORNERS * (half_x_mm, half_z_mm), (0.05, HEIGHT_MM, HEIGHT_MM)
    rings = [_on_skin(entry, outline * k + middle, height) for k, height in zip((1.0, 1.0, 0.3), heights, strict=True)]
    return loft(np.stack(rings))


def _on_skin(entry: Point, flat: np.ndarray, height_mm: float) -> np.ndarray:
    x, z = entry[0] + flat[:, 0], entry[2] + flat[:, 1]
    return np.column_stack([x, skin_height(x, z) + height_mm, z])
