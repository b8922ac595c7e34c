"""The bones of the segment at rest as one thing that soft parts can be laid upon."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kyphoviz.anatomy.bones import Bones
from kyphoviz.anatomy.distance import REACH_MM, DistanceGrid
from kyphoviz.anatomy.fields import smoothstep
from kyphoviz.anatomy.mesh import Floats, Mesh, vertex_normals
from kyphoviz.anatomy.spine import ORDER, Pose, moved

Path = NDArray[np.float64]

UNDER = 3  # points across the side of a band that nobody sees
ARRIVED_MM = 0.005  # a ray that comes no nearer than that to bone has met it


class RestSpine:
    """All bones of the segment in the treated vertebra's frame, before any fracture."""

    def __init__(self, bones: Bones, treated: str) -> None:
        """Places the bones."""
        self.bones = bones
        self.poses: Mapping[str, Pose] = bones.rest_poses(treated)
        self._back = {level: np.linalg.inv(pose) for level, pose in self.poses.items()}
        self._boxes = {level: _box(bone.distance, self.poses[level]) for level, bone in bones.items()}

    def place(self, level: str, point: ArrayLike) -> Path:
        """Points of a vertebra's own frame in that of the treated one."""
        return moved(self.poses[level], np.asarray(point, float))

    def distance_mm(self, points: Path) -> Floats:
        """To the nearest bone, negative inside, cut off at 5 mm; points of shape (..., 3)."""
        found = np.full(np.shape(points)[:-1], REACH_MM, np.float32)
        lines = np.asarray(points).reshape(-1, 3).T
        low, high = np.array([line.min() for line in lines]), np.array([line.max() for line in lines])
        for level, (lowest, highest) in self._boxes.items():
            if (low <= highest).all() and (lowest <= high).all():
                np.minimum(found, self.bones[level].distance.at(moved(self._back[level], points)), out=found)
        return found

    def met(self, starts: ArrayLike, way: ArrayLike, reach_mm: float) -> tuple[Path, NDArray[np.bool_]]:
        """Where rays meet bone, and which of them do within that distance.

        Args:
            starts: (..., 3), outside the bones.
            way: unit vector.
        """
        first, ahead = np.asarray(starts, float), np.asarray(way, float)
        gone = np.zeros(first.shape[:-1])
        for _ in range(60):
            before = gone
            gone = np.minimum(gone + 0.9 * self.distance_mm(first + gone[..., None] * ahead), reach_mm)
            if np.abs(gone - before).max() < ARRIVED_MM:
                break
        return first + gone[..., None] * ahead, gone < reach_mm - 0.1

    def pushed_clear(self, points: Path, clearance_mm: float) -> Path:
        """Points of shape (N, 3) moved off the bones as far as the distance grids reach."""
        for _ in range(14):
            before = points
            for level, bone in self.bones.items():
                local = moved(self._back[level], points)
                short = np.clip(clearance_mm - bone.distance.at(local), 0.0, 1.2)
                near = np.flatnonzero(short)
                if len(near):
                    off = short[near, None] * bone.distance.outward(local[near])
                    points = points.copy()
                    points[near] += off @ self.poses[level][:3, :3].T
            if points is before:
                break
        return points

    def knots(self, offsets: Mapping[str, tuple[float, float, float]]) -> Path:
        """One place per vertebra from the lowest up, continued beyond both ends."""
        found = np.array([self.place(level, offsets[level]) for level in reversed(ORDER)])
        return np.array([2 * found[0] - found[1], *found, 2 * found[-1] - found[-2]])


def _box(grid: DistanceGrid, pose: Pose) -> tuple[Path, Path]:
    """Lowest and highest corner, after the pose, of the box beyond which a grid tells nothing."""
    size = (np.array(grid.values.shape) - 1) * grid.spacing_mm
    corners = moved(pose, grid.origin + size * np.array(list(product((0.0, 1.0), repeat=3))))
    return corners.min(axis=0), corners.max(axis=0)


def solid(rings: NDArray[np.floating]) -> Mesh:
    """The closed surface through a row of rings, shape (rows, around, 3), with a fan at each end."""
    count, around = rings.shape[:2]
    points = np.concatenate([rings[:1].mean(axis=1), rings.reshape(-1, 3), rings[-1:].mean(axis=1)]).astype(np.float32)
    here = 1 + np.arange(count)[:, None] * around + np.arange(around)
    beside = np.roll(here, -1, axis=1)
    walls = [np.stack(corners, -1).reshape(-1, 3) for corners in (
        (here[:-1], beside[:-1], beside[1:]), (here[:-1], beside[1:], here[1:]))]  # fmt: skip
    first, last = np.zeros(around, int), np.full(around, len(points) - 1)
    ends = [np.stack([first, beside[0], here[0]], -1), np.stack([last, here[-1], beside[-1]], -1)]
    triangles = np.concatenate([*walls, *ends]).astype(np.int32)
    if Mesh(points, triangles, points).volume_mm3 < 0:
        triangles = np.ascontiguousarray(triangles[:, ::-1])
    return Mesh(points, triangles, vertex_normals(points, triangles))


def strap(
    rows: Path,
    outwards: ArrayLike,
    thick_mm: ArrayLike,
    sunk_mm: float = 0.5,
    fade_mm: float = 0.0,
    edge_share: float = 0.25,
) -> Mesh:
    """A band that lies on a surface, thinner at its edges, with its fibres as `openness`.

    `paint` is how much of it is there: a band that goes on beyond the picture fades out, and its edges are thin.

    Args:
        rows: (rows, across, 3) places on the surface.
        outwards: unit vector away from it.
        thick_mm: in the middle; of all rows or (rows,).
        fade_mm: over what length from each end it fades in.
        edge_share: how much of its edges is there where it fades; a cord, which is seen from its side, has all.
    """
    count, across = rows.shape[:2]
    way, thick = np.asarray(outwards, float), np.broadcast_to(np.asarray(thick_mm, float), (count,))[:, None, None]
    off = np.abs(np.linspace(-1, 1, across))
    top = rows + way * (0.15 + thick * np.sqrt(1 - off**2)[None, :, None])
    under = rows[:, [-1, across // 2, 0]] - way * sunk_mm
    band = solid(np.concatenate([top, under], axis=1))
    fibres = np.concatenate([np.where(np.arange(across) % 2, 1.0, 0.9), np.full(UNDER, 0.95)])
    light = np.concatenate([[0.9], np.tile(fibres, count), [0.9]]).astype(np.float32)
    there = np.ones((count, across + UNDER))
    if fade_mm > 0.0:
        middle = rows[:, across // 2]
        along = np.concatenate([[0.0], np.linalg.norm(np.diff(middle, axis=0), axis=1).cumsum()])
        ends = smoothstep(0.0, fade_mm, np.minimum(along, along[-1] - along))
        edges = edge_share + (1.0 - edge_share) * smoothstep(0.0, 0.3, 1 - off)
        there = ends[:, None] * np.concatenate([edges, edges[[-1, across // 2, 0]]])[None]
    seen = np.concatenate([there[:1, :1].ravel(), there.ravel(), there[-1:, :1].ravel()]).astype(np.float32)
    return Mesh(band.points, band.triangles, band.normals, light, seen[:, None])
