"""The cut along the left needle: what a knife in one plane would lay bare.

The plane stands upright and holds the needle's axis, so needle, balloon and the openings between the vertebrae are
seen at once. Each bone's face is made once in the bone at rest: a flat net of triangles over the places where the bone
is, and the fields from which it is painted. After that only the net's points move, as the bone itself does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kyphoviz.anatomy.assets import RestBone
from kyphoviz.anatomy.mesh import Floats, Triangles
from kyphoviz.anatomy.morphometry import VertebraShape
from kyphoviz.site.spine.collapse import USUAL, Collapse
from kyphoviz.site.spine.fracture import displacement_basis

Pose = NDArray[np.float64]

TEXEL_MM = 0.16
CELL_TEXELS = 18  # the net is that much coarser than the painting: 2.9 mm
FINE_CELL_TEXELS = 6  # of the broken bone, in which hollows are cut and bone is pushed aside
BAND_MM = 9.0  # under the upper end-plate of the whole bone: what is crushed there is 3 to 6 mm thick
DENSEST = 2.5  # times more bone than before, where it is crushed solid
MARGIN_MM = 0.7  # the net reaches that far out of the bone; the painting's edge lies within


@dataclass(frozen=True, slots=True, eq=False)
class Plane:
    """The section plane: p = origin + a along + b up, in the frame of the treated body.

    `normal` points to the side that is taken away, the patient's left. The origin lies at height 0.
    """

    origin: NDArray[np.float64]
    normal: NDArray[np.float64]
    along: NDArray[np.float64]

    def coordinates(self, points: NDArray[np.floating]) -> NDArray[np.float64]:
        """(a, b) of points, shape (N, 2)."""
        off = np.asarray(points, float) - self.origin
        return np.stack([off @ self.along, off[..., 2]], axis=-1)

    def points(self, a: NDArray[np.floating], b: NDArray[np.floating]) -> NDArray[np.float64]:
        """The places of those coordinates, shape (..., 3)."""
        return np.asarray(self.origin + a[..., None] * self.along + b[..., None] * np.array([0.0, 0.0, 1.0]))

    def flattened(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Points without what sticks out of the plane."""
        return points - ((points - self.origin) @ self.normal)[:, None] * self.normal


def plane_along(point: ArrayLike, direction: ArrayLike) -> Plane:
    """The upright plane through a needle's axis.

    Args:
        point: of the axis, mm.
        direction: of advance, any length.
    """
    back = -np.array(direction, float) * [1.0, 1.0, 0.0]
    along = back / np.linalg.norm(back)
    origin = np.array(point, float)
    normal = np.array([along[1], -along[0], 0.0])
    return Plane(origin * [1.0, 1.0, 0.0], normal, along)


@dataclass(frozen=True, slots=True, eq=False)
class BoneTexels:
    """What lies at each texel of a bone's face, rows upwards, all in the bone at rest.

    `distance_mm` is to the bone's surface, negative inside; `across_mm` and `up_mm` are where the texel lies in the
    lattice (along the body's depth and height); `behind` is 0 in the body and 1 in the arch, where the lattice lies
    down along the pedicle; `below_plate_mm` is the depth under the nearer end-plate; `ring` is 0 in the middle of the
    end-plates and 1 at their rims.
    """

    distance_mm: Floats
    across_mm: Floats
    up_mm: Floats
    behind: Floats
    below_plate_mm: Floats
    ring: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """A flat piece of the cut at one instant.

    `crushed` tells how much more bone there is at each point than before the body sank: 0 nothing, 1 twice as much;
    it is None where nothing is ever crushed.
    """

    name: str
    points: Floats
    triangles: Triangles
    uv: Floats
    crushed: Floats | None = None


class BoneFace:
    """The cut through one bone: its net in the bone's own frame, and its tissue."""

    def __init__(self, bone: RestBone, plane: Plane, pose: Pose, is_treated: bool, collapse: Collapse = USUAL) -> None:
        """Samples the bone in the plane.

        Args:
            pose: of the bone at rest.
            is_treated: whether it deforms with the fracture, in the manner of `collapse`, instead of riding.
        """
        self.name, self.rest_pose, self._plane = bone.level, pose, plane
        cell = FINE_CELL_TEXELS if is_treated else CELL_TEXELS
        a, b = _extent(bone, plane, pose)
        local = _into(pose, plane.points(*np.meshgrid(a, b)))
        self.tissue = _tissue(bone, local)
        self.triangles, used = _net(self.tissue.distance_mm, cell)
        rows, columns = np.divmod(used, len(a))
        self.uv = np.stack([(columns + 0.5) / len(a), (rows + 0.5) / len(b)], axis=1).astype(np.float32)
        self._rest = local.reshape(-1, 3)[used]
        self.inward_mm = -self.tissue.distance_mm.ravel()[used]
        self.size_mm = (float(a[-1] - a[0]), float(b[-1] - b[0]))
        self._basis = displacement_basis(bone.shape, self._rest, collapse) if is_treated else None
        self._squeeze = _squeeze(bone.shape, self._rest, collapse) if is_treated else None

    def at(self, weights: NDArray[np.float64], pose: Pose) -> Floats:
        """Where the net's points are, back in the plane."""
        own = self._rest if self._basis is None else self._rest + self._basis @ weights
        return self._plane.flattened(own @ pose[:3, :3].T + pose[:3, 3]).astype(np.float32)

    def crushed(self, weights: NDArray[np.float64]) -> Floats | None:
        """How much more bone there is at the net's points than before the body sank; None where it cannot sink."""
        if self._squeeze is None:
            return None
        left, near_plate = 1.0 - self._squeeze[:, :3] @ weights, self._squeeze[:, 3]
        return np.minimum((1.0 / np.maximum(left, 0.2) - 1.0) * near_plate, DENSEST).astype(np.float32)


class Section:
    """The cut through all bones."""

    def __init__(
        self, bones: Mapping[str, RestBone], treated: str, plane: Plane, poses: Mapping[str, Pose],
        quality: str = "osteoporotic", collapse: Collapse = USUAL,
    ) -> None:  # fmt: skip
        """Prepares every bone's face.

        Args:
            treated: which bone is broken.
            poses: of the bones at rest.
            quality: of the bone, one of `anatomy.trabeculae.LATTICES`.
        """
        self.plane, self.treated, self.quality = plane, treated, quality
        faces = [BoneFace(bone, plane, poses[name], name == treated, collapse) for name, bone in bones.items()]
        self.bones = {face.name: face for face in faces if len(face.triangles)}

    def faces(self, weights: NDArray[np.float64], poses: Mapping[str, Pose]) -> tuple[Face, ...]:
        """The faces at one instant.

        Args:
            weights: lost shares of height in front, middle and back.
            poses: of the bones now; one that is missing has no face.
        """
        return tuple(
            Face(name, bone.at(weights, poses[name]), bone.triangles, bone.uv, bone.crushed(weights))
            for name, bone in self.bones.items()
            if name in poses
        )


def _extent(bone: RestBone, plane: Plane, pose: Pose) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Texel coordinates (along, up) of the box that holds the cut through a bone; whole cells."""
    placed = bone.outer.moved(pose)
    off = np.abs((placed.points - plane.origin) @ plane.normal)
    near = plane.coordinates(placed.points[off < 4.0]) if (off < 4.0).any() else np.zeros((1, 2))
    low, high = near.min(axis=0) - 2.0, near.max(axis=0) + 2.0
    cells = np.ceil((high - low) / (TEXEL_MM * CELL_TEXELS)).astype(int)
    a, b = (low[k] + TEXEL_MM * np.arange(cells[k] * CELL_TEXELS + 1) for k in (0, 1))
    return a, b


def _into(pose: Pose, points: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray((points - pose[:3, 3]) @ pose[:3, :3])


def _tissue(bone: RestBone, local: NDArray[np.float64]) -> BoneTexels:
    shape, place = bone.shape, local.astype(np.float32)
    distance = bone.distance.at(place)
    across, up = place[..., 1], place[..., 2]
    behind = 1 / (1 + np.exp(np.clip(-(across - np.float32(shape.back + 2.0)) / 0.8, -30, 30)))
    plate = np.asarray(shape.top(across), np.float32) - np.abs(up)
    ring = np.clip((np.hypot(place[..., 0] / shape.width_up, across / shape.depth) - 0.33) / 0.12, 0, 1)
    return BoneTexels(distance, across, up, behind.astype(np.float32), np.maximum(plate, -distance), np.asarray(ring))


def _squeeze(shape: VertebraShape, rest: NDArray[np.float64], collapse: Collapse) -> NDArray[np.float64]:
    """By how much each weight shortens the bone at points upwards, and how near the upper end-plate they lie (N, 4)."""
    step = np.array([0.0, 0.0, 0.25])
    lower, upper = (displacement_basis(shape, rest + way, collapse)[:, 2] for way in (-step, step))
    shift = lower - upper
    below = np.clip(np.asarray(shape.top(rest[:, 1])) - rest[:, 2], 0.0, 30.0)
    return np.column_stack([shift / (2 * step[2]), np.exp(-((below / BAND_MM) ** 2))])


def _net(distance: Floats, cell: int) -> tuple[Triangles, NDArray[np.int64]]:
    """(triangles, texel of each corner): two triangles for every cell that bone may reach into."""
    corner = distance[::cell, ::cell]
    reach = np.float32(MARGIN_MM + 0.75 * cell * TEXEL_MM)
    lowest = np.minimum(np.minimum(corner[:-1, :-1], corner[1:, :-1]), np.minimum(corner[:-1, 1:], corner[1:, 1:]))
    row, column = np.nonzero(lowest < reach)
    width = corner.shape[1]
    first = row * width + column
    quads = np.stack([first, first + 1, first + width + 1, first, first + width + 1, first + width], axis=1)
    used, triangles = np.unique(quads.reshape(-1, 3), return_inverse=True)
    texels = (used // width) * cell * distance.shape[1] + (used % width) * cell
    return triangles.reshape(-1, 3).astype(np.int32), texels
