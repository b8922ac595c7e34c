"""The mark that a skin pen draws where the cut will be."""

from __future__ import annotations

import numpy as np

from kyphoviz.anatomy.mesh import Mesh, joined
from kyphoviz.procedure.state import Point
from kyphoviz.site.skin.trunk_surface import skin_height
from kyphoviz.site.sweep import loft

ARM_MM, WIDTH_MM, HEIGHT_MM = 7.0, 1.3, 0.35
CORNERS = np.array(
    [(1.0, 0.35), (0.96, 1.0), (-0.96, 1.0), (-1.0, 0.35), (-1.0, -0.35), (-0.96, -1.0), (0.96, -1.0), (1.0, -0.35)]
)


def pen_cross(entry: Point, share: float) -> Mesh:
    """An upright cross on the skin, its upright drawn first.

    Args:
        entry: middle of the cross on the skin, mm.
        share: how much is drawn, above 0 to 1.
    """
    upright, across = min(1.0, 2.0 * share), max(0.0, 2.0 * share - 1.0)
    strokes = [_stroke(entry, WIDTH_MM / 2, upright * ARM_MM)]
    if across > 0.0:
        strokes.append(_stroke(entry, across * ARM_MM, WIDTH_MM / 2))
    return joined(strokes)


def _stroke(entry: Point, half_x_mm: float, half_z_mm: float) -> Mesh:
    outline = CORNERS * (half_x_mm, half_z_mm)
    heights = (0.05, HEIGHT_MM, HEIGHT_MM)
    return loft(np.stack([_on_skin(entry, outline * k, h) for k, h in zip((1.0, 1.0, 0.3), heights, strict=True)]))


def _on_skin(entry: Point, flat: np.ndarray, height_mm: float) -> np.ndarray:
    x, z = entry[0] + flat[:, 0], entry[2] + flat[:, 1]
    return np.column_stack([x, skin_height(x, z) + height_mm, z])
