"""The dressing over an opening."""

from __future__ import annotations

import numpy as np

from kyphoviz.anatomy.mesh import Mesh
from kyphoviz.procedure.state import Point
from kyphoviz.site.skin.trunk_surface import skin_height, skin_normals
from kyphoviz.site.sweep import Array, loft


def dressing_mesh(entry: Point) -> Mesh:
    """A dressing over one opening, 25 x 40 mm and 1 mm thick with a pad in its middle, lying on the skin.

    Args:
        entry: the middle of the opening on the skin, one of `SkinBlock.entries_mm`.
    """
    a = np.linspace(0, 2 * np.pi, 28, endpoint=False)
    outline = np.column_stack([12.5 * _squared(np.cos(a)), 20.0 * _squared(np.sin(a))])
    below = [(0.4, 0.1), (0.98, 0.1), (1.0, 0.5)]  # share of the outline, height above the skin
    above = [(0.985, 0.9), (0.62, 1.0), (0.5, 1.6), (0.10, 1.7)]
    rings = [_lying(entry, share * outline, height) for share, height in [*below, *above]]
    return loft(np.stack(rings))


def _squared(value: Array) -> Array:
    return np.asarray(np.sign(value) * np.abs(value) ** 0.5)


def _lying(entry: Point, flat: Array, height_mm: float) -> Array:
    x, z = entry[0] + flat[:, 0], entry[2] + flat[:, 1]
    on_skin = np.column_stack([x, skin_height(x, z), z])
    return on_skin + height_mm * skin_normals(on_skin)
