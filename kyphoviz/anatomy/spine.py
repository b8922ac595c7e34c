"""The column at rest: where each vertebra sits, and the joint gap that neighbours keep."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from kyphoviz.anatomy.bone_sets import BoneSet
from kyphoviz.anatomy.distance import DistanceGrid, opened, without_islands
from kyphoviz.anatomy.fields import smooth_max
from kyphoviz.anatomy.published import ORDER as ORDER

JOINT_GAP_MM = 1.75  # drawn a little wider than cartilage, so that the joint can be seen
EDGE_MM = 0.7  # the sharpest outer edge that a bone keeps

Pose = NDArray[np.float64]


def neighbours(level: str) -> tuple[str | None, str | None]:
    """(level above, level below), None at the ends of the segment."""
    i = ORDER.index(level)
    return (ORDER[i - 1] if i else None), (ORDER[i + 1] if i + 1 < len(ORDER) else None)


def rest_poses(treated: str, bone_set: BoneSet) -> dict[str, Pose]:
    """The 4 x 4 motion of every vertebra from its own frame into the frame of the treated one, before any fracture."""
    here = ORDER.index(treated)
    poses: dict[str, Pose] = {treated: np.eye(4)}
    for upper, lower in pairwise(ORDER[here:]):
        poses[lower] = poses[upper] @ _step_down(bone_set, upper, lower)
    for lower, upper in pairwise(reversed(ORDER[: here + 1])):
        poses[upper] = poses[lower] @ np.linalg.inv(_step_down(bone_set, upper, lower))
    return {level: poses[level] for level in ORDER}


def moved(pose: NDArray[np.floating], points: NDArray[np.floating]) -> NDArray[np.float64]:
    """Points of shape (..., 3) after a rigid motion."""
    return np.asarray(np.asarray(points, float) @ pose[:3, :3].T + pose[:3, 3], np.float64)


def with_joint_gap(grid: DistanceGrid, level: str, above: DistanceGrid | None, bone_set: BoneSet) -> DistanceGrid:
    """The bone with its joint gap to the bone above, and no outer edge sharper than `EDGE_MM`.

    The facets of neighbours are made independently and would touch; the lower bone gives way.

    Args:
        above: the bone above as its sizes make it; where that one gives way to its own neighbour is far from here.
    """
    values = grid.values
    upper, _ = neighbours(level)
    if above is not None and upper is not None:
        poses = rest_poses("L1", bone_set)
        to_upper = np.linalg.inv(poses[upper]) @ poses[level]
        points = np.stack(np.broadcast_arrays(*grid.axes), axis=-1)
        gap = above.at(moved(to_upper, points).astype(np.float32))
        values = smooth_max(values, JOINT_GAP_MM - gap, 1.2).astype(np.float32)
    whole = without_islands(opened(values, grid.spacing_mm, EDGE_MM), grid.spacing_mm)
    return DistanceGrid(whole, grid.origin, grid.spacing_mm)


def _step_down(bone_set: BoneSet, upper: str, lower: str) -> Pose:
    """From the lower vertebra's frame into the upper one's: half a body, the wedge-shaped disc, half a body."""
    disc = bone_set.discs[upper]
    half = _nod(disc.lordosis_deg / 2)
    through_disc = half @ _lift(-disc.height_mm) @ half
    return _lift(-bone_set.shapes[upper].height / 2) @ through_disc @ _lift(-bone_set.shapes[lower].height / 2)


def _lift(z_mm: float) -> Pose:
    pose = np.eye(4)
    pose[2, 3] = z_mm
    return pose


def _nod(degrees: float) -> Pose:
    pose, a = np.eye(4), np.radians(degrees)
    pose[1:3, 1:3] = [[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]]
    return pose
