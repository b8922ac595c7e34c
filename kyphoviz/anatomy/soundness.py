"""Whether a surface is fit to be shipped: closed, one shell, one ring, and never through itself. For building only."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from kyphoviz.anatomy.mesh import Mesh, vertex_normals
from kyphoviz.anatomy.occlusion import caster

ROUNDS, CREASE_ROUNDS = 12, 2
CREASE = 0.5  # cosine of the angle between two triangles at an edge: no bone bends by 60 degrees within a millimetre


def faults(mesh: Mesh, euler: int | None = 0) -> list[str]:
    """What is wrong with a bone's surface, in plain words; nothing where it is sound.

    Args:
        euler: points less edges plus triangles; 0 for a ring, as a vertebra is; None for any.
    """
    found = []
    if not mesh.is_closed:
        found.append("not watertight")
    if len(np.unique(mesh.points, axis=0)) < len(mesh.points):
        found.append("two points in one place")
    sides = np.concatenate([mesh.triangles[:, [0, 1]], mesh.triangles[:, [1, 2]], mesh.triangles[:, [2, 0]]])
    edges = np.unique(np.sort(sides, axis=1), axis=0)
    if euler is not None and len(mesh.points) - len(edges) + len(mesh.triangles) != euler:
        found.append("a wrong number of handles")
    links = coo_array((np.ones(len(edges)), (edges[:, 0], edges[:, 1])), shape=(len(mesh.points),) * 2)
    if connected_components(links, directed=False)[0] != 1:
        found.append("more than one shell")
    count = len(crossings(mesh))
    return [*found, f"{count} edges pass through it"] if count else found


def untangled(mesh: Mesh) -> Mesh:
    """The surface relaxed just where it passes through itself, a few slivers at most."""
    for _ in range(ROUNDS):
        tangle = crossings(mesh)
        if not len(tangle):
            break
        mesh = _relaxed(mesh, mesh.triangles[np.isin(mesh.triangles, tangle).any(axis=1)])
    return mesh


def uncreased(mesh: Mesh) -> Mesh:
    """The surface relaxed a little where thinning left slivers that stand on edge."""
    for _ in range(CREASE_ROUNDS):
        mesh = _relaxed(mesh, creases(mesh))
    return mesh


def creases(mesh: Mesh) -> NDArray[np.int64]:
    """The ends (N, 2) of edges at which the surface bends so sharply that a broken bone would fold there.

    None of a surface that is not closed, which is not fit for anything else either.
    """
    if not mesh.is_closed:
        return np.zeros((0, 2), np.int64)
    corners = mesh.points.astype(float)[mesh.triangles]
    normal = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    normal /= np.maximum(np.linalg.norm(normal, axis=1), 1e-12)[:, None]
    sides = np.concatenate([mesh.triangles[:, [0, 1]], mesh.triangles[:, [1, 2]], mesh.triangles[:, [2, 0]]])
    edges = np.sort(sides, axis=1).astype(np.int64)
    pairs = np.lexsort(edges.T).reshape(-1, 2)  # every edge has two triangles
    one, other = (normal[pairs[:, k] % len(normal)] for k in range(2))
    found: NDArray[np.int64] = edges[pairs[np.einsum("ij,ij->i", one, other) < CREASE, 0]]
    return found


def _relaxed(mesh: Mesh, corners_of: NDArray[np.integer]) -> Mesh:
    """With those points (given any number of times) moved most of the way to the mean of their neighbours."""
    loose = np.unique(corners_of)
    corners = mesh.triangles[np.isin(mesh.triangles, loose).any(axis=1)]
    a, b = corners[:, [0, 1, 2, 0, 1, 2]].ravel(), corners[:, [1, 2, 0, 2, 0, 1]].ravel()
    count = np.bincount(a, minlength=len(mesh.points))
    mean = np.stack([np.bincount(a, mesh.points[b, k], len(mesh.points)) for k in range(3)], axis=1)
    points = mesh.points.copy()
    points[loose] = 0.4 * points[loose] + 0.6 * (mean[loose] / count[loose, None]).astype(np.float32)
    return Mesh(points, mesh.triangles, vertex_normals(points, mesh.triangles))


def crossings(mesh: Mesh) -> NDArray[np.int64]:
    """The ends (N, 2) of edges that pass through a triangle that they do not touch, by a ray along every edge."""
    sides = np.concatenate([mesh.triangles[:, [0, 1]], mesh.triangles[:, [1, 2]], mesh.triangles[:, [2, 0]]])
    edges = np.unique(np.sort(sides, axis=1), axis=0).astype(np.int64)
    middle = mesh.points.mean(axis=0)
    rays, solid = caster(Mesh(mesh.points - middle, mesh.triangles, mesh.normals))
    start = np.asarray(solid.vertices)[edges[:, 0]]
    way = np.asarray(solid.vertices)[edges[:, 1]] - start
    length = np.linalg.norm(way, axis=1)
    way = way / np.maximum(length, 1e-9)[:, None]
    hit, of = rays.intersects_id(start, way, multiple_hits=True)
    if not len(hit):
        return edges[:0]
    normal = solid.face_normals[hit]
    steep = np.einsum("ij,ij->i", way[of], normal)
    reach = np.einsum("ij,ij->i", solid.triangles[hit, 0] - start[of], normal)
    along = reach / np.where(steep == 0, 1e-12, steep)
    touching = (solid.faces[hit][:, :, None] == edges[of][:, None, :]).any(axis=(1, 2))
    inside = (along > 1e-3 * length[of]) & (along < (1 - 1e-3) * length[of])
    found: NDArray[np.int64] = edges[np.unique(of[inside & ~touching])]
    return found
