"""What is baked on a bone's points: how much open sky they see among its neighbours, and how its surface bends."""

from __future__ import annotations

from typing import Any

import numpy as np

from kyphoviz.anatomy.mesh import Floats, Mesh, joined

RAYS = 96
REACH_MM = 28.0
SMOOTHING = 4  # of the bend
FULL_PER_MM = 0.28  # a knob of 3.5 mm radius counts as fully bent


def openness(mesh: Mesh, others: list[Mesh]) -> Floats:
    """Share of open sky, 0 to 1, at the points of `mesh`; near walls darken more than far ones.

    Needs trimesh with embreex, which only the building of the assets uses.

    Args:
        others: solids around it, in the same frame.
    """
    rays, solid = caster(joined([mesh, *others]))
    rng, points, normals = np.random.default_rng(0), mesh.points.astype(float), mesh.normals.astype(float)
    start, sky = points + 0.15 * normals, np.zeros(len(points))
    for _ in range(RAYS):
        way = normals + _unit(rng.normal(size=3))
        way = way / (np.linalg.norm(way, axis=1, keepdims=True) + 1e-9)
        sky += _free(rays.intersects_first(start, way), solid, start, way)
    return (sky / RAYS).astype(np.float32)


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


def _free(hit: Any, solid: Any, start: Any, way: Any) -> Any:
    """1 where a ray meets nothing, less the nearer the wall that it meets."""
    normal, corner = solid.face_normals[hit], solid.triangles[hit, 0]
    distance = np.einsum("ij,ij->i", corner - start, normal) / (np.einsum("ij,ij->i", way, normal) + 1e-9)
    return np.where(hit < 0, 1.0, np.clip(distance / REACH_MM, 0, 1) ** 0.7)


def _unit(v: Any) -> Any:
    return v / np.linalg.norm(v)


def caster(mesh: Mesh) -> tuple[Any, Any]:
    """(what answers rays, the solid that it asks); raises ModuleNotFoundError with the remedy."""
    try:
        import trimesh
        from trimesh.ray.ray_pyembree import RayMeshIntersector
    except ImportError as missing:
        raise ModuleNotFoundError(
            "Building the bones needs trimesh and embreex: pip install 'kyphoviz[build]'"
        ) from missing
    solid = trimesh.Trimesh(mesh.points, mesh.triangles, process=False)
    return RayMeshIntersector(solid), solid
