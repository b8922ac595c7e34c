"""The beginnings of the last two pairs of ribs."""

from __future__ import annotations

import numpy as np

from kyphoviz.anatomy.assets import RestBone
from kyphoviz.anatomy.canal import tube
from kyphoviz.anatomy.mesh import Mesh, joined
from kyphoviz.anatomy.spline import through

LENGTH_SHARE = {"T11": 1.0, "T12": 0.8}
ROWS = 13


def rib_stubs(bone: RestBone) -> Mesh:
    """Both ribs of T11 or T12, in the vertebra's own frame: head beside the body, neck, then out and down."""
    return joined([_rib(bone, side) for side in (1.0, -1.0)])


def _rib(bone: RestBone, side: float) -> Mesh:
    shape = bone.shape
    back, half = shape.back, 0.5 * shape.width_up
    way = np.array([(half - 1.0, back - 3.5, 4.0), (half + 6.0, back + 3.0, 2.5), (36.0, back + 12.0, -3.0),
                    (52.0, back + 13.0, -12.0), (68.0, back + 9.0, -23.0)], float)  # fmt: skip
    path = through(np.arange(5), way, np.linspace(0.0, 4.0 * LENGTH_SHARE[shape.level], ROWS))
    for _ in range(20):
        short = np.clip(4.2 - bone.distance.at(path), 0.0, 0.5)
        short[:2] = 0.0
        path = path + short[:, None] * bone.distance.outward(path) * np.array([1.0, 1.0, 0.3])
    path[1:-1] = 0.25 * path[:-2] + 0.5 * path[1:-1] + 0.25 * path[2:]
    radii = 3.6 + 1.0 * np.exp(-((np.arange(ROWS) / 1.2) ** 2))
    radii[0] = 3.2
    return tube(path * [side, 1.0, 1.0], radii, 10, (1.0, 1.25))
