"""Cartilage of the small joints: it fills the gap that the bones keep."""

from __future__ import annotations

import numpy as np

from kyphoviz.anatomy.arch import superior_facet
from kyphoviz.anatomy.assets import RestBone
from kyphoviz.anatomy.mesh import Mesh, joined
from kyphoviz.anatomy.rest_spine import solid

HALF_MM = (4.9, 6.2)  # across and along the joint face
THICK_MM = 1.3
AROUND = 12


def joint_cartilage(bone: RestBone) -> Mesh:
    """Both lenses on the upper joint faces of a vertebra, in its own frame."""
    return joined([_lens(bone, side) for side in (1.0, -1.0)])


def _lens(bone: RestBone, side: float) -> Mesh:
    face, normal = (np.array(value) * [side, 1.0, 1.0] for value in superior_facet(bone.shape))
    normal = normal / np.linalg.norm(normal)
    up = np.array([0.0, 0.12, 1.0]) - normal * (np.array([0.0, 0.12, 1.0]) @ normal)
    up /= np.linalg.norm(up)
    a = np.linspace(0, 2 * np.pi, AROUND, endpoint=False)[:, None]
    outline = HALF_MM[0] * np.cos(a) * np.cross(up, normal) + HALF_MM[1] * np.sin(a) * up
    for _ in range(8):
        gap = np.median(bone.distance.at(face + 0.6 * outline))
        face = face - 0.6 * (gap + 0.2) * normal
    profile = ((0.5, 0.0), (0.95, 0.0), (1.0, 0.45), (0.9, 0.9), (0.5, 1.0))  # share of the outline, of the thickness
    return solid(np.stack([face + share * outline + lift * THICK_MM * normal for share, lift in profile]))
