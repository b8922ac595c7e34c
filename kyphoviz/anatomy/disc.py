"""Intervertebral discs: closed solids between two end plates that follow both bones for little cost."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kyphoviz.anatomy.assets import RestBone
from kyphoviz.anatomy.mesh import Floats, Mesh, Triangles, joined
from kyphoviz.anatomy.rest_spine import solid
from kyphoviz.anatomy.spine import Pose
from kyphoviz.anatomy.vertebra import cross_section, end_plate_height

AROUND = 36
RINGS = 4
SIDE_ROWS = 4  # between the rims
PLATE_POINTS = 1 + RINGS * AROUND
BITE_MM = 0.12  # the disc reaches so deep into the bone that no gap shows
BULGE_MM = 1.6
PLATE_MM = 0.9  # of cartilage on each end plate
NUCLEUS_OFF = np.float32(0.17)  # share of the height between core and end plate


@dataclass(frozen=True, slots=True, eq=False)
class DiscRest:
    """A disc at rest, in two halves that belong to two bones.

    `upper_points` lie on the lower end plate of the vertebra above, in that vertebra's frame; `lower_points` on the
    upper end plate of the vertebra below, in that one's frame: where a fracture sinks the plate, move them first.
    Both are (145, 3): the middle, then rings of 36 points outwards; the last ring is the rim. `bulge` (36, 3) is how
    far the wall stands out at mid-height, in the lower vertebra's frame. `triangles` never change.
    """

    upper_points: Floats
    lower_points: Floats
    bulge: Floats
    triangles: Triangles

    def mesh(self, upper_pose: Pose, lower_pose: Pose, lower_points: NDArray[Any] | None = None,
             upper_points: NDArray[Any] | None = None) -> Mesh:  # fmt: skip
        """The closed solid with both bones in place.

        Args:
            upper_pose: 4 x 4 motion of the vertebra above into the wanted frame; `lower_pose` likewise.
            lower_points: (145, 3) in place of the resting ones; `upper_points` likewise.
        """
        below = self.lower_points if lower_points is None else lower_points
        above = self.upper_points if upper_points is None else upper_points
        top, low = _placed(upper_pose, above), _placed(lower_pose, below)
        wall = _wall(top[-AROUND:], low[-AROUND:], self.bulge @ lower_pose[:3, :3].T.astype(np.float32))
        points = np.concatenate([top, low, wall[1:-1].reshape(-1, 3)])
        normals = np.empty_like(points)
        normals[:PLATE_POINTS] = upper_pose[:3, 2]
        normals[PLATE_POINTS : 2 * PLATE_POINTS] = -lower_pose[:3, 2]
        side = _wall_normals(wall)
        normals[PLATE_POINTS - AROUND : PLATE_POINTS] = side[0]
        normals[2 * PLATE_POINTS - AROUND : 2 * PLATE_POINTS] = side[-1]
        normals[2 * PLATE_POINTS :] = side[1:-1].reshape(-1, 3)
        return Mesh(points, self.triangles, normals, _fibres())


def disc_rest(upper: RestBone, lower: RestBone) -> DiscRest:
    """The disc between two bones at rest, fitted to their real surfaces.

    Args:
        upper: the vertebra above the disc.
        lower: the vertebra below it.
    """
    low = _plate(lower, True)
    rim = low[-AROUND:]
    outwards = rim * np.array([1, 1, 0], np.float32)
    outwards /= np.linalg.norm(outwards, axis=1, keepdims=True)
    behind = np.clip((rim[:, 1:2] - 0.4 * lower.shape.back) / (0.5 * lower.shape.back), 0, 1)
    return DiscRest(_plate(upper, False), low, outwards * BULGE_MM * (1 - 0.75 * behind), _triangles())


def rim_outline(bone: RestBone, upper: bool) -> Floats:
    """Outline (36, 2) of an end plate, x and y, from the back round by the left; on the wall of its body."""
    shape = bone.shape
    angle = np.linspace(0, 2 * np.pi, AROUND, endpoint=False)
    ray = np.stack([np.sin(angle), np.cos(angle)], axis=-1) * 10
    reach = np.ones(AROUND)
    for _ in range(30):
        rho, _ = cross_section(shape, ray[:, 0] * reach, ray[:, 1] * reach, 1.0 if upper else 0.0)
        reach = reach / rho
    wall = shape.back - 0.4
    too_far = ray[:, 1] * reach > wall
    reach = np.where(too_far, wall / np.maximum(ray[:, 1], 1e-3), reach)
    return np.asarray(ray * reach[:, None], np.float32)


def _plate(bone: RestBone, upper: bool) -> Floats:
    """Points on an end plate of the real bone: middle, then rings, closer together near the rim."""
    rim = rim_outline(bone, upper)
    share = 0.965 * (np.arange(1, RINGS + 1) / RINGS) ** 0.7
    xy = np.concatenate([np.zeros((1, 2)), (rim[None] * share[:, None, None]).reshape(-1, 2)])
    z = np.asarray(end_plate_height(bone.shape, xy[:, 0], xy[:, 1], upper))
    points = np.column_stack([xy, z]).astype(np.float32)
    into = np.float32(-1 if upper else 1)
    for _ in range(6):
        points[:, 2] += into * np.clip(bone.distance.at(points) + BITE_MM, -0.4, 0.4)
    outer = points[1 + (RINGS - 2) * AROUND :]  # a view: the rounded lip is met from outside, not from above
    for _ in range(4):
        outer -= bone.distance.outward(outer) * np.clip(bone.distance.at(outer) + BITE_MM, 0, 0.5)[:, None]
    return points


def _placed(pose: Pose, points: NDArray[Any]) -> Floats:
    turn, shift = pose[:3, :3].T.astype(np.float32), pose[:3, 3].astype(np.float32)
    return np.asarray(points @ turn + shift, np.float32)


_SHARE = np.linspace(0, 1, SIDE_ROWS + 2, dtype=np.float32)[:, None, None]
_SWELL = np.sin(np.pi * _SHARE).astype(np.float32)


def _wall(top_rim: Floats, low_rim: Floats, bulge: Floats) -> Floats:
    """Rows of the side wall from the upper rim to the lower one, shape (6, 36, 3)."""
    return np.asarray(top_rim + _SHARE * (low_rim - top_rim) + _SWELL * bulge)


def _wall_normals(wall: Floats) -> Floats:
    round_about = np.empty_like(wall)
    round_about[:, 1:-1] = wall[:, 2:] - wall[:, :-2]
    round_about[:, 0], round_about[:, -1] = wall[:, 1] - wall[:, -1], wall[:, 0] - wall[:, -2]
    down = np.empty_like(wall)
    down[1:-1] = wall[2:] - wall[:-2]
    down[0], down[-1] = wall[1] - wall[0], wall[-1] - wall[-2]
    out = _cross(round_about, down)
    out /= np.sqrt(np.einsum("ijk,ijk->ij", out, out))[..., None]
    return out


def _cross(a: Floats, b: Floats) -> Floats:
    out = np.empty_like(a)
    for k, (i, j) in enumerate(((1, 2), (2, 0), (0, 1))):
        out[..., k] = a[..., i] * b[..., j] - a[..., j] * b[..., i]
    return out


@lru_cache(maxsize=1)
def _fibres() -> Floats:
    """Light and dark lamellae of the annulus on the wall, crossing from row to row; one value per point."""
    light = np.ones(2 * PLATE_POINTS + SIDE_ROWS * AROUND, np.float32)
    turn = np.arange(AROUND)
    for row in range(SIDE_ROWS):
        slant = turn + (2 * row if row % 2 else -2 * row)
        light[2 * PLATE_POINTS + row * AROUND :][:AROUND] = 1.0 - 0.20 * (row % 2) - 0.05 * (slant % 4 < 2)
    return light


def nucleus(disc: Mesh) -> Mesh:
    """The soft core of a disc as it stands: a closed cushion, a little behind the middle, that keeps off the plates."""
    top, low = disc.points[:PLATE_POINTS], disc.points[PLATE_POINTS : 2 * PLATE_POINTS]
    back = np.float32(0.07) * (top[1] - top[0] + low[1] - low[0]) / 2  # the first point of a ring is the rearmost
    rings = [1 + AROUND * k + np.arange(0, AROUND, 4) for k in (0, 1)]
    down = low - top
    rows = [top[rings[0]] + NUCLEUS_OFF * down[rings[0]], top[rings[1]] + 0.3 * down[rings[1]],
            low[rings[1]] - 0.3 * down[rings[1]], low[rings[0]] - NUCLEUS_OFF * down[rings[0]]]  # fmt: skip
    return solid(np.stack(rows) + back)


def end_plates(disc: Mesh) -> Mesh:
    """The cartilage between a disc and its two bones as it stands: two thin closed lenses, thickest in the middle."""
    top, low = disc.points[:PLATE_POINTS], disc.points[PLATE_POINTS : 2 * PLATE_POINTS]
    return joined([_lens(top, low), _lens(low, top)])


def _lens(plate: Floats, other: Floats) -> Mesh:
    """From the plate towards the other one."""
    rings = [1 + AROUND * k + np.arange(0, AROUND, 2) for k in range(RINGS)]
    way = np.asarray(other[0] - plate[0], np.float32)
    way = way / np.float32(np.linalg.norm(way))
    flat = [plate[rings[k]] for k in (0, 2, 3)]
    inner = [flat[1] + np.float32(PLATE_MM) * way, flat[0] + np.float32(PLATE_MM) * way]
    mesh = solid(np.stack([*flat, *inner]))
    return Mesh(mesh.points, mesh.triangles, mesh.normals)


@lru_cache(maxsize=1)
def _triangles() -> Triangles:
    """Plates as fans and rings, the wall as strips; outward for the ring order of `rim_outline`."""
    top = _plate_triangles()
    low = top[:, ::-1] + PLATE_POINTS
    ring = np.arange(AROUND)
    wall = [ring + PLATE_POINTS - AROUND]
    wall += [ring + 2 * PLATE_POINTS + k * AROUND for k in range(SIDE_ROWS)]
    wall += [ring + 2 * PLATE_POINTS - AROUND]
    strips = [_strip(a, b) for a, b in pairwise(wall)]
    return np.concatenate([top, low, *strips]).astype(np.int32)


def _plate_triangles() -> NDArray[np.int64]:
    rings = [1 + AROUND * k + np.arange(AROUND) for k in range(RINGS)]
    fan = np.stack([np.zeros(AROUND, int), np.roll(rings[0], -1), rings[0]], axis=-1)
    return np.concatenate([fan, *(_strip(a, b) for a, b in pairwise(rings))])


def _strip(a: NDArray[np.int64], b: NDArray[np.int64]) -> NDArray[np.int64]:
    """Two triangles per pair of neighbours on two rings of the same length."""
    a2, b2 = np.roll(a, -1), np.roll(b, -1)
    return np.concatenate([np.stack([a, a2, b2], axis=-1), np.stack([a, b2, b], axis=-1)])
