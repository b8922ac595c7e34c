"""Cartilage of the small joints: it fills the gap that the bones keep."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kyphoviz.anatomy.arch import superior_facet
from kyphoviz.anatomy.assets import RestBone
from kyphoviz.anatomy.mesh import Mesh, joined
from kyphoviz.anatomy.rest_spine import Path, solid
from kyphoviz.anatomy.spine import Pose, moved

REACH_MM = 7.5  # no joint face goes on farther from its middle
JOINT_MM = 2.6  # where the bones stand farther apart the joint has ended; they are drawn 1.75 mm apart
SUNK_MM = 0.2  # into the bone, so that no gap shows
THICK, MOST_MM = 0.75, 1.3  # share of the gap that is filled, and at most so much
AROUND = 11
# Shares of the outline of the rings on the bone, from the middle out; then how far out and how high those of the face
BASE, FACE = (0.55, 1.0), ((0.97, 0.45), (0.8, 0.85), (0.4, 1.0))


def joint_cartilage(lower: RestBone, upper: RestBone, to_upper: Pose) -> Mesh:
    """Both lenses on the upper joint faces of a vertebra, in its own frame; they follow the hollow of the bone.

    Args:
        lower: the vertebra that bears them, `upper` the one that stands on it.
        to_upper: from the frame of the lower one into that of the upper one, at rest.
    """
    return joined([_Joint(lower, upper, to_upper, side).lens() for side in (1.0, -1.0)])


class _Joint:
    """One joint, looked at along the normal of its face."""

    def __init__(self, lower: RestBone, upper: RestBone, to_upper: Pose, side: float) -> None:
        self._lower, self._upper, self._to_upper = lower, upper, to_upper
        self._face, normal = (np.array(value) * [side, 1.0, 1.0] for value in superior_facet(lower.shape))
        self._normal = normal / np.linalg.norm(normal)
        up = np.array([0.0, 0.12, 1.0]) - self._normal * (np.array([0.0, 0.12, 1.0]) @ self._normal)
        up /= np.linalg.norm(up)
        self._across = np.stack([np.cross(up, self._normal), up])

    def lens(self) -> Mesh:
        """The closed solid between the bones."""
        middle, outline = self._outline()
        base = [self._on_bone(middle + share * outline) for share in BASE]
        face = []
        for share, lift in FACE:
            places = self._on_bone(middle + share * outline)
            thick = np.clip(THICK * self._gap_mm(places), 0.3, MOST_MM) + SUNK_MM
            face.append(places + (lift * thick)[:, None] * self._lower.distance.outward(places))
        return solid(np.stack(base + face))

    def _outline(self) -> tuple[Path, Path]:
        """Middle of the joint, shape (2,), and how far it reaches from there in each direction, (AROUND, 2)."""
        lines = np.linspace(-REACH_MM, REACH_MM, 13)
        flat = np.stack(np.meshgrid(lines, lines), -1).reshape(-1, 2)
        middle = flat[self._is_joint(flat)].mean(axis=0)
        a = np.linspace(0, 2 * np.pi, AROUND, endpoint=False)
        way, shares = np.column_stack([np.cos(a), np.sin(a)]), np.linspace(0.0, 1.0, 20)[1:]
        there = self._is_joint((middle + REACH_MM * shares[:, None, None] * way).reshape(-1, 2)).reshape(-1, AROUND)
        reach = REACH_MM * np.where(there.all(axis=0), 1.0, shares[there.argmin(axis=0)])
        for _ in range(2):
            reach = np.minimum(reach, 0.5 * reach + 0.25 * (np.roll(reach, 1) + np.roll(reach, -1)))
        return middle, reach[:, None] * way

    def _is_joint(self, flat: Path) -> NDArray[np.bool_]:
        places = self._on_bone(flat)
        is_met = np.abs(self._lower.distance.at(places)) < 2 * SUNK_MM
        return np.asarray(is_met & (self._gap_mm(places) < JOINT_MM))

    def _gap_mm(self, places: Path) -> Path:
        return np.asarray(self._upper.distance.at(moved(self._to_upper, places)), np.float64)

    def _on_bone(self, flat: Path) -> Path:
        """Where lines along the normal meet the lower bone, a little within it."""
        start = self._face + flat @ self._across + 4.0 * self._normal
        gone = np.zeros(len(start))
        for _ in range(20):
            step = self._lower.distance.at(start - gone[:, None] * self._normal) + SUNK_MM
            gone = np.minimum(gone + 0.9 * step, 9.0)
            if np.abs(step[gone < 9.0]).max(initial=0.0) < 0.02:
                break
        return np.asarray(start - gone[:, None] * self._normal)
