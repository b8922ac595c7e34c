"""Baked bend of a surface: ridges and hollows, which bone shows by its colour."""

from __future__ import annotations

import numpy as np

from kyphoviz.anatomy.mesh import Floats, Mesh

SMOOTHING = 4
FULL_PER_MM = 0.28  # a knob of 3.5 mm radius counts as fully bent


def bend(mesh: Mesh) -> Floats:
    """How a surface bends at its points, -1 (sharp hollow) to 1 (sharp ridge), 0 where it is flat or a saddle."""
    edges = np.concatenate([mesh.triangles[:, [0, 1]], mesh.triangles[:, [1, 2]], mesh.triangles[:, [2, 0]]])
    a, b = edges[:, 0], edges[:, 1]
    count = np.maximum(np.bincount(a, minlength=len(mesh.points)), 1)
    way = (mesh.points[b] - mesh.points[a]).astype(np.float64)
    turn = (mesh.normals[b] - mesh.normals[a]).astype(np.float64)
    per_mm = np.einsum("ij,ij->i", turn, way) / np.maximum(np.einsum("ij,ij->i", way, way), 1e-6)
    value = np.bincount(a, per_mm, len(mesh.points)) / count
    for _ in range(SMOOTHING):
        value = 0.5 * value + 0.5 * np.bincount(a, value[b], len(mesh.points)) / count
    return np.asarray(np.clip(value / FULL_PER_MM, -1, 1), np.float32)
