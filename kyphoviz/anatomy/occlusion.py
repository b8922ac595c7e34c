"""Baked ambient occlusion: how much open sky each point of a bone sees among its neighbours."""

from __future__ import annotations

from typing import Any

import numpy as np

from kyphoviz.anatomy.mesh import Floats, Mesh, joined

RAYS = 96
REACH_MM = 28.0


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
