"""What lies in the spinal canal: the dural sac and the nerve roots that leave below each pedicle."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kyphoviz.anatomy.assets import RestBone
from kyphoviz.anatomy.blur import blurred
from kyphoviz.anatomy.bones import Bones
from kyphoviz.anatomy.fields import smoothstep
from kyphoviz.anatomy.mesh import Floats, Mesh, joined, vertex_normals
from kyphoviz.anatomy.spine import ORDER, Pose, moved
from kyphoviz.anatomy.spline import across, through

SAC_RADIUS_MM = 6.6
SAC_OVAL = (1.12, 0.86)  # wider than deep
CORD_RADIUS_MM = 4.2
STANDS_OUT_MM = 0.6  # at both ends of the segment what the sac holds is seen in its cut
STRANDS = 7  # of the cauda equina that are drawn
ROOT_CLEARANCE_MM = 0.5
ROOT_SIDES = 10  # round even where a root ends in the picture

Path = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class BlendedRest:
    """A soft surface that follows several bones.

    `rest` is in the treated vertebra's frame; `weights` (N, 5) says how much each point follows each bone of
    `spine.ORDER` and sums to 1; `rest_poses` (5, 4, 4) are the poses of those bones at rest.
    """

    rest: Mesh
    weights: Floats
    rest_poses: NDArray[np.float64]

    def mesh(self, poses: Mapping[str, Pose]) -> Mesh:
        """The surface with the bones in place.

        Args:
            poses: 4 x 4 motion of every bone of `spine.ORDER` from its own frame into the treated one's.
        """
        now = np.stack([poses[level] for level in ORDER])
        motion = (now @ np.linalg.inv(self.rest_poses))[:, :3, :].reshape(-1, 12).astype(np.float32)
        own = (self.weights @ motion).reshape(-1, 3, 4)
        points = np.matmul(own[:, :, :3], self.rest.points[:, :, None])[..., 0] + own[:, :, 3]
        normals = np.matmul(own[:, :, :3], self.rest.normals[:, :, None])[..., 0]
        normals /= np.sqrt(np.einsum("ij,ij->i", normals, normals))[:, None]
        return Mesh(points, self.rest.triangles, normals)


@dataclass(frozen=True, slots=True, eq=False)
class CanalRest:
    """Dural sac, what it holds, and nerve roots, closed solids; the roots begin inside the sac."""

    sac: BlendedRest
    cord: BlendedRest
    roots: BlendedRest


def canal_rest(bones: Bones, treated: str) -> CanalRest:
    """Sac and roots of the segment at rest, clear of all bones.

    Args:
        treated: the vertebra whose frame is used.
    """
    poses = bones.rest_poses(treated)
    roots = [_root(bones, poses, level, side) for level in ORDER[1:] for side in (1, -1)]
    return CanalRest(*(blended(mesh, poses) for mesh in (_sac(bones, poses), _cord(bones, poses), joined(roots))))


def follow_weights(points: NDArray[np.floating], poses: Mapping[str, Pose]) -> Floats:
    """How much each point follows each bone, (N, 5): wholly its own at mid-body, gliding to the next between."""
    heights = np.array([poses[level][2, 3] for level in ORDER])
    z = np.asarray(points, float)[:, 2]
    weights = np.zeros((len(z), len(ORDER)), np.float32)
    for k in range(len(ORDER) - 1):
        upper, lower = heights[k], heights[k + 1]
        between = (z <= upper) & (z > lower)
        share = smoothstep(0.15, 0.85, (upper - z[between]) / (upper - lower))
        weights[between, k], weights[between, k + 1] = 1 - share, share
    weights[z > heights[0], 0] = 1
    weights[z <= heights[-1], -1] = 1
    return weights


def blended(mesh: Mesh, poses: Mapping[str, Pose]) -> BlendedRest:
    """A surface of the treated vertebra's frame that glides from bone to bone."""
    return BlendedRest(mesh, follow_weights(mesh.points, poses), np.stack([poses[level] for level in ORDER]))


def _sac(bones: Mapping[str, RestBone], poses: Mapping[str, Pose]) -> Mesh:
    """A slightly flattened tube along the middle of the canal, a little beyond the segment at both ends."""
    middle = _canal_middle(bones, poses)
    return tube(middle, np.full(len(middle), SAC_RADIUS_MM), 18, SAC_OVAL)


def _canal_middle(bones: Mapping[str, RestBone], poses: Mapping[str, Pose]) -> Path:
    """From below L3 up to above T11."""
    middle = [(level, bones[level].shape) for level in reversed(ORDER)]
    knots = np.array([moved(poses[n], np.array([0, s.back + 0.47 * s.canal_depth, 0])) for n, s in middle])
    knots = np.array([2 * knots[0] - knots[1], *knots, 2 * knots[-1] - knots[-2]])
    z = np.linspace(knots[0, 2] + 14, knots[-1, 2] - 12, 24)
    return through(knots[:, 2], knots, z)


def _cord(bones: Mapping[str, RestBone], poses: Mapping[str, Pose]) -> Mesh:
    """The spinal cord down to its cone, which ends at the disc L1/L2, and the strands of the cauda equina below."""
    middle = _canal_middle(bones, poses)
    middle[[0, -1], 2] += -STANDS_OUT_MM, STANDS_OUT_MM
    end = 0.5 * (poses["L1"][2, 3] + poses["L2"][2, 3])
    upper = middle[middle[:, 2] > end - 6.0]
    radii = CORD_RADIUS_MM * (0.14 + 0.86 * smoothstep(end - 6.0, end + 26.0, upper[:, 2]))
    strands = []
    for k, angle in enumerate(np.linspace(0.3, 2 * np.pi + 0.3, STRANDS, endpoint=False)):
        lower = middle[middle[:, 2] < end + 18.0 - 3.0 * (k % 3)][::2]
        lower[:, :2] += 3.4 * np.array([1.15 * np.cos(angle), 0.85 * np.sin(angle)])
        lower[:, 0] += 0.35 * np.sin(0.12 * lower[:, 2] + 2.0 * k)
        strands.append(tube(lower, np.full(len(lower), 0.65), 4))
    return joined([tube(upper, radii, 12, SAC_OVAL), *strands])


def _root(bones: Mapping[str, RestBone], poses: Mapping[str, Pose], level: str, side: int) -> Mesh:
    """One root: out of the sac, round the pedicle from below, its ganglion in the foramen, then down and forwards."""
    px, py, pz = bones[level].shape.pedicle
    way = np.array([
        [5.5, py + 1.5, pz + 1], [9, py + 1, pz - 5], [px - 1.5, py - 0.5, pz - 11.5],
        [px + 5, py - 3, pz - 16], [px + 12, py - 9, pz - 23], [px + 16, py - 14, pz - 31],
    ])  # fmt: skip
    at = np.linspace(0, 5, 16)
    radii = blurred(1.25 + 1.35 * np.exp(-(((at - 2.5) / 0.55) ** 2)) + 0.35 * (at > 2.5), 0.75).astype(float)
    path = moved(poses[level], through(np.arange(6), way * [side, 1, 1], at))
    return tube(_pushed_clear(path, radii, bones, poses), radii, ROOT_SIDES)


def _pushed_clear(path: Path, radii: Path, bones: Mapping[str, RestBone], poses: Mapping[str, Pose]) -> Path:
    """The path moved off the bones until a tube of those radii just clears them."""
    for _ in range(25):
        for level, bone in bones.items():
            local = moved(np.linalg.inv(poses[level]), path)
            short = np.clip(radii + ROOT_CLEARANCE_MM - bone.distance.at(local), 0, 0.6)
            if not short.any():
                continue
            path = path + (short[:, None] * bone.distance.outward(local)) @ poses[level][:3, :3].T
        path = blurred(path, (0.7, 0.0), beyond="edge").astype(float)
    return path


def tube(path: Path, radii: Path, around: int, oval: tuple[float, float] = (1.0, 1.0)) -> Mesh:
    """A closed sweep of an ellipse along a path that never runs straight to the back.

    Args:
        path: (N, 3) mm.
        radii: (N,) mm.
        oval: stretch of the ellipse sideways and front to back.
    """
    side, other = across(path, (0.03, 1.0, 0.02))
    a = np.linspace(0, 2 * np.pi, around, endpoint=False)[None, :, None]
    rows = path[:, None] + radii[:, None, None] * (
        oval[0] * np.cos(a) * side[:, None] + oval[1] * np.sin(a) * other[:, None]
    )
    points = np.concatenate([path[:1], rows.reshape(-1, 3), path[-1:]]).astype(np.float32)
    triangles = _tube_triangles(len(path), around)
    return Mesh(points, triangles, vertex_normals(points, triangles))


def _tube_triangles(rows: int, around: int) -> NDArray[np.int32]:
    """Strips between the rows and a fan at each end; point 0 and the last are the ends."""
    first = 1 + np.arange(rows)[:, None] * around
    here = first + np.arange(around)
    beside = first + (np.arange(around) + 1) % around
    a, b, c, d = here[:-1], beside[:-1], beside[1:], here[1:]
    walls = np.concatenate([np.stack([a, b, c], -1).reshape(-1, 3), np.stack([a, c, d], -1).reshape(-1, 3)])
    end = 1 + rows * around
    start_fan = np.stack([np.zeros(around, int), beside[0], here[0]], -1)
    end_fan = np.stack([np.full(around, end), here[-1], beside[-1]], -1)
    return np.concatenate([start_fan, walls, end_fan]).astype(np.int32)
