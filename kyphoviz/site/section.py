"""The cut along the left needle: what a knife in one plane would lay bare.

The plane stands upright and holds the needle's axis, so needle, balloon and the openings between the vertebrae are
seen at once. Each bone's face is made once in the bone at rest: a flat net of triangles over the places where the bone
is, and the fields from which it is painted. After that only the net's points move, as the bone itself does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kyphoviz.anatomy.assets import RestBone
from kyphoviz.anatomy.mesh import Floats, Mesh, Triangles
from kyphoviz.site.fracture import displacement_basis

Pose = NDArray[np.float64]

TEXEL_MM = 0.16
CELL_TEXELS = 16  # the net is that much coarser than the painting: 2.6 mm
FINE_CELL_TEXELS = 8  # of the broken bone, in which hollows are cut
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
class Tissue:
    """What lies at each texel of a bone's face, rows upwards, all in the bone at rest.

    `distance_mm` is to the bone's surface, negative inside; `across_mm` and `up_mm` are where the texel lies in the
    lattice (along the body's depth and height); `behind` is 0 in the body and 1 in the arch, where the lattice lies
    down along the pedicle; `below_plate_mm` is the depth under the nearer end-plate.
    """

    distance_mm: Floats
    across_mm: Floats
    up_mm: Floats
    behind: Floats
    below_plate_mm: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """A flat piece of the cut at one instant; `points` is written over by the next call."""

    name: str
    points: Floats
    triangles: Triangles
    uv: Floats


class BoneFace:
    """The cut through one bone: its net in the bone's own frame, and its tissue."""

    def __init__(self, bone: RestBone, plane: Plane, pose: Pose, is_treated: bool) -> None:
        """Samples the bone in the plane.

        Args:
            pose: of the bone at rest.
            is_treated: whether it deforms with the fracture instead of riding.
        """
        self.name, self._plane = bone.level, plane
        cell = FINE_CELL_TEXELS if is_treated else CELL_TEXELS
        a, b = _extent(bone, plane, pose)
        local = _into(pose, plane.points(*np.meshgrid(a, b)))
        self.tissue = _tissue(bone, local)
        self.triangles, used = _net(self.tissue.distance_mm, cell)
        rows, columns = np.divmod(used, len(a))
        self.uv = np.stack([(columns + 0.5) / len(a), (rows + 0.5) / len(b)], axis=1).astype(np.float32)
        self._rest = local.reshape(-1, 3)[used]
        self._basis = displacement_basis(bone.shape, self._rest) if is_treated else None

    def at(self, weights: NDArray[np.float64], pose: Pose) -> Floats:
        """Where the net's points are, back in the plane."""
        own = self._rest if self._basis is None else self._rest + self._basis @ weights
        return self._plane.flattened(own @ pose[:3, :3].T + pose[:3, 3]).astype(np.float32)


class Section:
    """The cut through all bones."""

    def __init__(self, bones: Mapping[str, RestBone], treated: str, plane: Plane, poses: Mapping[str, Pose]) -> None:
        """Prepares every bone's face.

        Args:
            treated: which bone is broken.
            poses: of the bones at rest.
        """
        self.plane, self.treated = plane, treated
        faces = [BoneFace(bone, plane, poses[name], name == treated) for name, bone in bones.items()]
        self.bones = {face.name: face for face in faces if len(face.triangles)}

    def faces(self, weights: NDArray[np.float64], poses: Mapping[str, Pose]) -> tuple[Face, ...]:
        """The faces at one instant.

        Args:
            weights: lost shares of height in front, middle and back.
            poses: of the bones now; one that is missing has no face.
        """
        return tuple(
            Face(name, bone.at(weights, poses[name]), bone.triangles, bone.uv)
            for name, bone in self.bones.items()
            if name in poses
        )


@dataclass(frozen=True, slots=True, eq=False)
class Remainder:
    """What is left of a surface when one side of a plane is taken away.

    `triangles` index the surface's points followed by new ones on the cut: new point k lies the share `share[k]` of the
    way from point `start[k]` to point `end[k]`.
    """

    triangles: Triangles
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    share: Floats

    def carried(self, values: NDArray[Any]) -> NDArray[Any]:
        """Values of the surface's points (N, k), with those of the new points after them."""
        share = self.share[:, None]
        new = values[self.start] * (1 - share) + values[self.end] * share
        return np.concatenate([values, new.astype(values.dtype)])


def remainder(points: Floats, triangles: Triangles, origin: ArrayLike, normal: ArrayLike) -> Remainder:
    """Cuts a surface: the side to which the normal points goes.

    Triangles on the cut are split exactly, so whoever draws the rest need not test fragments, which costs more.
    """
    way = np.asarray(normal, np.float32)
    off = points @ way - np.float32(np.dot(np.asarray(origin, float), way))
    gone = (off > 0)[triangles]
    count = gone.sum(axis=1)
    one_left, one_gone = (_lone_first(triangles[count == n], gone[count == n], n == 1) for n in (2, 1))
    lone = np.concatenate([one_left, one_gone])
    first = len(points) + 2 * np.arange(len(lone), dtype=np.int32)
    start = np.repeat(lone[:, 0], 2)
    end = lone[:, 1:].reshape(-1)
    share = off[start] / (off[start] - off[end])
    tips, pairs = first[: len(one_left)], first[len(one_left) :]
    kept = [
        triangles[count == 0],
        np.stack([one_left[:, 0], tips, tips + 1], axis=1),
        np.stack([pairs, one_gone[:, 1], one_gone[:, 2]], axis=1),
        np.stack([pairs, one_gone[:, 2], pairs + 1], axis=1),
    ]
    return Remainder(np.concatenate(kept).astype(np.int32), start, end, share)


def _lone_first(triangles: Triangles, gone: NDArray[np.bool_], lone_is_gone: bool) -> Triangles:
    """The same triangles, each turned so that its corner alone on its side of the plane comes first."""
    first = (gone == lone_is_gone).argmax(axis=1)
    return np.take_along_axis(triangles, (first[:, None] + np.arange(3)) % 3, axis=1)


def sliced(mesh: Mesh, plane: Plane) -> NDArray[np.float64]:
    """Where a surface meets the plane: segments in plane coordinates, shape (N, 2, 2)."""
    off = (np.asarray(mesh.points, float) - plane.origin) @ plane.normal
    off = np.where(np.abs(off) < 1e-9, 1e-9, off)
    side = (off > 0)[mesh.triangles]
    crossed = mesh.triangles[side.any(axis=1) & ~side.all(axis=1)]
    if not len(crossed):
        return np.zeros((0, 2, 2))
    ends = np.stack([crossed, np.roll(crossed, -1, axis=1)], axis=-1)  # the three edges of each triangle
    cut = (off[ends] > 0).sum(axis=-1) == 1
    pairs = ends[cut]  # two a triangle, in order
    near, far = off[pairs[:, 0]], off[pairs[:, 1]]
    share = (near / (near - far))[:, None]
    places = mesh.points[pairs[:, 0]] * (1 - share) + mesh.points[pairs[:, 1]] * share
    return np.asarray(plane.coordinates(places).reshape(-1, 2, 2))


def distance_to_outline(points: NDArray[np.floating], segments: NDArray[np.float64]) -> Floats:
    """Signed distance in mm of plane points to a closed outline: negative inside.

    Args:
        points: plane coordinates, shape (N, 2).
        segments: the outline in pieces of any order, shape (M, 2, 2), M > 0.
    """
    (a, b), (first_a, first_b), (last_a, last_b) = (
        np.asarray(v, np.float32).T for v in (points, segments[:, 0], segments[:, 1])
    )
    way_a, way_b = last_a - first_a, last_b - first_b
    off_a, off_b = a[:, None] - first_a, b[:, None] - first_b
    length = np.maximum(way_a**2 + way_b**2, np.float32(1e-12))
    share = np.clip((off_a * way_a + off_b * way_b) / length, 0, 1)
    distance = np.sqrt(((off_a - share * way_a) ** 2 + (off_b - share * way_b) ** 2).min(axis=1))
    spans = (b[:, None] >= np.minimum(first_b, last_b)) & (b[:, None] < np.maximum(first_b, last_b))
    rise = np.where(way_b == 0, np.float32(1e-12), way_b)
    meets = spans & (off_a < off_b / rise * way_a)
    return np.asarray(np.where(meets.sum(axis=1) % 2 == 1, -distance, distance), np.float32)


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


def _tissue(bone: RestBone, local: NDArray[np.float64]) -> Tissue:
    shape, place = bone.shape, local.astype(np.float32)
    distance = bone.distance.at(place)
    across, up = place[..., 1], place[..., 2]
    behind = 1 / (1 + np.exp(np.clip(-(across - np.float32(shape.back + 2.0)) / 0.8, -30, 30)))
    plate = np.asarray(shape.top(across), np.float32) - np.abs(up)
    return Tissue(distance, across, up, behind.astype(np.float32), np.maximum(plate, -distance))


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
