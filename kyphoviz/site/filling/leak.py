"""Cement that leaves the body by its vein: a trunk to the hole in the posterior wall, and short branches behind it.

The basivertebral vein drains the middle of the body backwards into the veins that run up and down on the posterior
wall, in front of the dural sac (a leak of type B: Yeom 2003, J Bone Joint Surg Br 85:83). Cement follows these tubes in
the order of their length.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kyphoviz.anatomy.assets import RestBone
from kyphoviz.anatomy.isosurface import IsoSurface
from kyphoviz.anatomy.mesh import Mesh
from kyphoviz.anatomy.vertebra import asymmetry
from kyphoviz.site.filling.growth import Field, Growth

Path = NDArray[np.float64]

SPACING_MM = 0.45
HOLE_UP_MM = 1.5  # height of the foramen above the middle of the body
TRUNK_MM, MOUTH_MM, BRANCH_MM, END_MM = 0.95, 1.4, 1.2, 0.7  # radii from the body to the ends of the branches
BRANCH_ASIDE_MM, BRANCH_LONG_MM = 4.2, 9.0
OFF_WALL_MM = 1.2  # the branches' middle behind the posterior wall; the sac begins 3 mm behind it
STEP_MM, REACH_MM = 0.25, 3.0


class LeakBody:
    """The leaked cement of one case at any volume."""

    def __init__(self, bone: RestBone, start: Path) -> None:
        """Lays the vein.

        Args:
            start: point at the back of the cement where it meets the vein, mm.
        """
        from scipy.spatial import cKDTree  # not at the top: only a lesson on leaks needs it

        self._start = np.asarray(start, float)
        places, radii, lengths = _vein(bone, self._start)
        self._tree, self._radii, self._lengths = cKDTree(places), radii, lengths
        low, high = places.min(axis=0) - 2.5, places.max(axis=0) + 2.5
        count = np.ceil((high - low) / SPACING_MM).astype(int) + 1
        lines = [a + SPACING_MM * np.arange(n) for a, n in zip(low, count, strict=True)]
        clip, order = self._tube(np.stack(np.meshgrid(*lines, indexing="ij"), axis=-1))
        surface = IsoSurface((int(count[0]), int(count[1]), int(count[2])), low, SPACING_MM)
        self._growth = Growth(surface, order, clip, 1.0, samples=30)

    @property
    def largest_ml(self) -> float:
        """What the veins hold."""
        return self._growth.largest_ml

    def distance(self, points: NDArray[np.floating]) -> Field:
        """About how far points (..., 3) are from the vein, negative inside."""
        return self._tube(points)[0]

    def mesh(self, volume_ml: float) -> Mesh:
        """The leaked cement of exactly that volume, closed, normals outwards."""
        rough = self._growth.mesh(volume_ml)
        is_tiny = volume_ml < self._growth.smallest_ml
        middle = (self._start if is_tiny else rough.points.mean(axis=0)).astype(np.float32)
        scale = np.float32(np.cbrt(1000.0 * volume_ml / rough.volume_mm3))
        points = np.asarray(middle + scale * (rough.points - middle), np.float32)
        return Mesh(points, rough.triangles, rough.normals)

    def _tube(self, points: NDArray[np.floating]) -> tuple[Field, Field]:
        away, nearest = self._tree.query(points, distance_upper_bound=REACH_MM)
        nearest = np.minimum(nearest, len(self._radii) - 1)
        clip = np.minimum(away, REACH_MM) - self._radii[nearest]
        return clip.astype(np.float32), self._lengths[nearest].astype(np.float32)


def _vein(bone: RestBone, start: Path) -> tuple[Path, Path, Path]:
    """Points of the vein's middle line, radius and way from the start at each."""
    hole = vein_hole(bone)
    trunk = _bent([start, 0.5 * (start + hole) + [0.0, 0.0, 0.5], hole])
    behind = _behind_wall(bone, np.array([hole]))[0]
    lines = [trunk, _bent([hole, behind])]
    sizes = [np.linspace(TRUNK_MM, MOUTH_MM, len(lines[0])), np.full(len(lines[1]), MOUTH_MM)]
    ways = [_lengths(lines[0], 0.0)]
    ways.append(_lengths(lines[1], ways[0][-1]))
    for aside in (-1.0, 1.0):
        for up in (-1.0, 1.0):
            way = np.array([aside * BRANCH_ASIDE_MM, 0.0, up * BRANCH_LONG_MM])
            line = _behind_wall(bone, _bent([behind, hole + way * [0.8, 0.0, 0.2], hole + way]))
            lines.append(line)
            sizes.append(np.linspace(BRANCH_MM, END_MM, len(line)))
            ways.append(_lengths(line, ways[1][-1]))
    return np.concatenate(lines), np.concatenate(sizes), np.concatenate(ways)


def vein_hole(bone: RestBone) -> Path:
    """Where the vein leaves the body: the middle of the dent in the posterior wall."""
    wanted = np.array([0.0, bone.shape.back - 1.5, HOLE_UP_MM])
    warped = np.array([float(np.asarray(part)) for part in asymmetry(bone.shape, (wanted[0], wanted[1], wanted[2]))])
    return np.asarray(2 * wanted - warped)


def _behind_wall(bone: RestBone, line: Path) -> Path:
    """The line laid just behind the posterior wall, which bridges the dent."""
    y = np.arange(bone.shape.back - 3.0, bone.shape.back + 4.0, 0.1)
    points = np.stack([np.broadcast_to(line[:, :1], (len(line), len(y))), np.broadcast_to(y, (len(line), len(y))),
                       np.broadcast_to(line[:, 2:], (len(line), len(y)))], axis=-1)  # fmt: skip
    wall = y[(bone.distance.at(points) > 0).argmax(axis=1)]
    return np.column_stack([line[:, 0], np.maximum(wall, bone.shape.back - 1.2) + OFF_WALL_MM, line[:, 2]])


def _bent(corners: list[Path]) -> Path:
    """A line through two points, or a bow between two that is drawn to the one in the middle."""
    first, last = corners[0], corners[-1]
    middle = corners[1] if len(corners) == 3 else 0.5 * (first + last)
    t = np.linspace(0.0, 1.0, max(3, int(np.linalg.norm(last - first) / STEP_MM)))[:, None]
    return np.asarray((1 - t) ** 2 * first + 2 * t * (1 - t) * middle + t**2 * last)


def _lengths(line: Path, before: float) -> Path:
    return before + np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))])
