"""What lies in the beam besides the spine: the last two pairs of ribs, and gas in the bowel.

The 3D picture leaves both out for a clear view; on an X-ray their absence would look wrong.
"""

from __future__ import annotations

import numpy as np

from kyphoviz.anatomy.assets import RestBone
from kyphoviz.anatomy.mesh import Mesh, joined, vertex_normals
from kyphoviz.anatomy.spline import through
from kyphoviz.site.column import Poses
from kyphoviz.site.shape import STAYS, Shape
from kyphoviz.site.sweep import sweep

RIB_SHARE = {"T11": 1.0, "T12": 0.72}  # how far they reach; the twelfth is the shorter one
RIB_MM, RIB_MARROW_MM = (4.0, 6.0), (3.2, 5.2)  # half thickness and half height
GAS = (  # middle and half sizes, mm; loops in front of the spine
    ((-62.0, -88.0, -62.0), (32.0, 13.0, 18.0)),
    ((34.0, -92.0, -80.0), (26.0, 11.0, 15.0)),
    ((74.0, -86.0, -28.0), (17.0, 12.0, 24.0)),
    ((-20.0, -94.0, 70.0), (30.0, 10.0, 14.0)),
)


class Background:
    """Ribs that ride with their vertebrae, and gas that stays."""

    def __init__(self, bones: dict[str, RestBone]) -> None:
        """Sweeps the ribs once, in their vertebrae's own frames."""
        self._ribs = {
            (level, name): joined([_rib(bones[level], side, share, size, inset) for side in (1.0, -1.0)])
            for level, share in RIB_SHARE.items()
            for name, size, inset in (("ribs", RIB_MM, 0), ("ribs_marrow", RIB_MARROW_MM, 1))
        }
        self._gas = joined([_ellipsoid(middle, half) for middle, half in GAS])

    def shapes(self, poses: Poses) -> list[Shape]:
        """All of it, for the beam alone."""
        ribs = [
            Shape(f"{level}_{name}", "rib", mesh, (level, name), poses[level], None, None, "other_bones",
                  *(("cortical", "soft") if name == "ribs" else ("cancellous", "cortical")), True, is_drawn=False)
            for (level, name), mesh in self._ribs.items()
        ]  # fmt: skip
        gas = Shape("bowel_gas", "gas", self._gas, ("gas",), STAYS, None, None, "muscle", "air", "soft", True,
                    is_drawn=False)  # fmt: skip
        return [*ribs, gas]


def _rib(bone: RestBone, side: float, share: float, half_mm: tuple[float, float], inset: int) -> Mesh:
    """A rib from beside its vertebra round the flank, thinner inside by as many rows as `inset` at both ends."""
    back = bone.shape.back
    way = np.array([(24, back + 4, 2), (36, back + 13, -3), (66, back + 10, -22), (100, back - 18, -52),
                    (122, back - 60, -82)], float) * [side, 1.0, 1.0]  # fmt: skip
    path = through(np.arange(5), way, np.linspace(0.0, 4.0 * share, 26))
    kept = path[inset : len(path) - inset]
    return sweep(kept, np.tile(half_mm, (len(kept), 1)), (0.0, 0.0, 1.0), 12)


def _ellipsoid(middle: tuple[float, float, float], half_mm: tuple[float, float, float]) -> Mesh:
    rows, around = 9, 18
    polar = np.linspace(0.0, np.pi, rows + 2)[1:-1, None]
    turn = np.linspace(0.0, 2 * np.pi, around, endpoint=False)[None]
    ring = np.stack([np.sin(polar) * np.cos(turn), np.sin(polar) * np.sin(turn), np.cos(polar) + 0 * turn], -1)
    unit = np.concatenate([[[0.0, 0.0, 1.0]], ring.reshape(-1, 3), [[0.0, 0.0, -1.0]]])
    points = (unit * half_mm + middle).astype(np.float32)
    triangles = _globe(rows, around)
    return Mesh(points, triangles, vertex_normals(points, triangles))


def _globe(rows: int, around: int) -> np.ndarray:
    at = 1 + np.arange(rows)[:, None] * around + np.arange(around)
    beside = np.roll(at, -1, axis=1)
    first = np.stack([at[:-1], at[1:], beside[1:]], -1).reshape(-1, 3)
    second = np.stack([at[:-1], beside[1:], beside[:-1]], -1).reshape(-1, 3)
    top = np.stack([np.zeros(around, int), at[0], beside[0]], -1)
    last = np.full(around, 1 + rows * around)
    return np.concatenate([first, second, top, np.stack([last, beside[-1], at[-1]], -1)]).astype(np.int32)
