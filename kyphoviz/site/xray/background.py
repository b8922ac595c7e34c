"""What lies in the beam besides the spine: the last two pairs of ribs, the lungs' lower ends, and gas in the bowel.

The 3D picture leaves them out for a clear view; on an X-ray their absence would look wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from kyphoviz.anatomy.assets import RestBone
from kyphoviz.anatomy.mesh import Mesh, joined, vertex_normals
from kyphoviz.anatomy.spline import through
from kyphoviz.site.role import Role
from kyphoviz.site.shape import Shape
from kyphoviz.site.spine.column import Poses
from kyphoviz.site.sweep import sweep

RIB_SHARE = {"T11": 1.0, "T12": 0.72}  # how far they reach; the twelfth is the shorter one
RIB_MM, RIB_MARROW_MM = (4.0, 6.0), (3.2, 5.2)  # half thickness and half height
# Treated level, the level that is missing in its picture, the last one that is there, and the one before that.
BEYOND = (("T12", "T10", "T11", "T12"), ("L2", "L4", "L3", "L2"))
GAS = (  # middle and half sizes, mm; loops in front of the spine
    ((-62.0, -88.0, -62.0), (32.0, 13.0, 18.0)),
    ((34.0, -92.0, -80.0), (26.0, 11.0, 15.0)),
    ((74.0, -86.0, -28.0), (17.0, 12.0, 24.0)),
    ((-20.0, -94.0, 70.0), (30.0, 10.0, 14.0)),
)
# The recess behind the diaphragm, in the frame of the eleventh thoracic vertebra: middle and half sizes, mm.
LUNG_LEVEL, LUNG = "T11", ((78.0, 2.0, 84.0), (40.0, 44.0, 80.0))
RIBS = {"ribs": Role.RIB, "ribs_marrow": Role.RIB_MARROW}
TIP_ROWS, TIP_SHARE = 4, 0.35  # a rib ends in cartilage, which hardly shows: its bone runs out


class Background:
    """Ribs and lungs that ride with their vertebrae, and gas that stays."""

    def __init__(self, bones: Mapping[str, RestBone], treated: str) -> None:
        """Sweeps the ribs once, in their vertebrae's own frames."""
        self._bones = bones
        self._beyond = [entry for entry in BEYOND if entry[0] == treated]
        self._ribs = {
            (level, name): joined([_rib(bones[level], side, share, size, inset) for side in (1.0, -1.0)])
            for level, share in RIB_SHARE.items()
            for name, size, inset in (("ribs", RIB_MM, 0), ("ribs_marrow", RIB_MARROW_MM, 1))
        }
        (x, y, z), half = LUNG
        self._lungs = joined([_ellipsoid((side * x, y, z), half) for side in (1.0, -1.0)])
        self._gas = joined([_ellipsoid(middle, half) for middle, half in GAS])

    def shapes(self, poses: Poses) -> list[Shape]:
        """All of it, for the beam alone."""
        ribs = [
            Shape(name=f"{level}_{name}", role=RIBS[name], mesh=mesh, key=(level, name), pose=poses[level])
            for (level, name), mesh in self._ribs.items()
        ]
        lungs = Shape(name="lungs", role=Role.LUNG, mesh=self._lungs, key="lungs", pose=poses[LUNG_LEVEL])
        gas = Shape(name="bowel_gas", role=Role.GAS, mesh=self._gas, key="gas")
        return [*ribs, lungs, gas, *self._ends(poses)]

    def _ends(self, poses: Poses) -> Iterator[Shape]:
        """One more vertebra where the spine would end inside the picture: the last one over again, as far on."""
        for _, level, last, before in self._beyond:
            bone, pose = self._bones[last], poses[last] @ np.linalg.inv(poses[before]) @ poses[last]
            yield Shape(name=f"{level}_bone", role=Role.FAR_VERTEBRA, mesh=bone.outer, key=level, pose=pose)
            yield Shape(name=f"{level}_marrow", role=Role.FAR_MARROW, mesh=bone.marrow, key=level, pose=pose)
            for name, role in RIBS.items() if last in RIB_SHARE else ():
                yield Shape(name=f"{level}_{name}", role=role, mesh=self._ribs[last, name], key=level, pose=pose)


def _rib(bone: RestBone, side: float, share: float, half_mm: tuple[float, float], inset: int) -> Mesh:
    """A rib from beside its vertebra round the flank, thinner inside by as many rows as `inset` at both ends."""
    back = bone.shape.back
    way = np.array([(24, back + 4, 2), (36, back + 13, -3), (66, back + 10, -22), (100, back - 18, -52),
                    (122, back - 60, -82)], float) * [side, 1.0, 1.0]  # fmt: skip
    path = through(np.arange(5), way, np.linspace(0.0, 4.0 * share, 17))
    kept = path[inset : len(path) - inset]
    size = np.tile(half_mm, (len(kept), 1))
    size[-TIP_ROWS:] *= np.linspace(1.0, TIP_SHARE, TIP_ROWS)[:, None]
    return sweep(kept, size, (0.0, 0.0, 1.0), 12)


def _ellipsoid(middle: tuple[float, float, float], half_mm: tuple[float, float, float]) -> Mesh:
    rows, around = 7, 14
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
