"""Triangle meshes: the one form in which every solid of the film is handed around."""

from __future__ import annotations

import struct
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float32]
Triangles: TypeAlias = NDArray[np.int32]

STL_HEADER = b"binary STL, millimetres, SPACE=LPS"  # the last word as 3D Slicer writes and reads it


@dataclass(frozen=True, slots=True, eq=False)
class Mesh:
    """A triangle surface in patient axes, millimetres.

    Triangles wind counter-clockwise seen from outside. `openness` is the baked share of open sky at each point
    (0 buried, 1 free) or None where nothing was baked. `paint` holds further shares per point (N, k), 0 to 1, whose
    meaning belongs to the part (the skin's redness, a tissue's kind). `bend` is how the surface of a bone bends, -1
    in hollows to 1 on ridges, and `part` what part of it a point belongs to, an index of `parts.PARTS`. Arrays may be
    views that a later instant overwrites.
    """

    points: Floats
    triangles: Triangles
    normals: Floats
    openness: Floats | None = None
    paint: Floats | None = None
    bend: Floats | None = None
    part: NDArray[np.uint8] | None = None

    @property
    def volume_mm3(self) -> float:
        """Enclosed volume by the divergence theorem; positive when the normals point outwards."""
        a, b, c = (self.points[self.triangles[:, k]].astype(np.float64) for k in range(3))
        return float(np.einsum("ij,ij->i", a, np.cross(b, c)).sum() / 6.0)

    @property
    def bounds(self) -> tuple[Floats, Floats]:
        """Lowest and highest corner of the axis-aligned box."""
        return self.points.min(axis=0), self.points.max(axis=0)

    @property
    def is_closed(self) -> bool:
        """Whether every edge is shared by exactly two triangles that run along it in opposite directions."""
        if not len(self.triangles):
            return False
        edges = np.concatenate([self.triangles[:, [0, 1]], self.triangles[:, [1, 2]], self.triangles[:, [2, 0]]])
        codes = edges[:, 0].astype(np.int64) * len(self.points) + edges[:, 1]
        reverse = edges[:, 1].astype(np.int64) * len(self.points) + edges[:, 0]
        codes.sort()
        reverse.sort()
        return bool((codes[1:] > codes[:-1]).all()) and np.array_equal(codes, reverse)

    def moved(self, matrix: NDArray[np.floating]) -> Mesh:
        """The same surface after a rigid motion.

        Args:
            matrix: 4 x 4, rotation and shift in millimetres.
        """
        turn, shift = matrix[:3, :3].astype(np.float32), matrix[:3, 3].astype(np.float32)
        return replace(self, points=self.points @ turn.T + shift, normals=self.normals @ turn.T)


def joined(meshes: list[Mesh]) -> Mesh:
    """Several surfaces as one, without merging points; openness and paint are kept where all have it."""
    light = [m.openness for m in meshes if m.openness is not None]
    paint = [m.paint for m in meshes if m.paint is not None]
    starts = np.cumsum([0, *(len(m.points) for m in meshes[:-1])])
    return Mesh(
        np.concatenate([m.points for m in meshes]),
        np.concatenate([m.triangles + np.int32(s) for m, s in zip(meshes, starts, strict=True)]).astype(np.int32),
        np.concatenate([m.normals for m in meshes]),
        np.concatenate(light) if len(light) == len(meshes) else None,
        np.concatenate(paint) if len(paint) == len(meshes) else None,
    )


def vertex_normals(points: NDArray[np.floating], triangles: Triangles) -> Floats:
    """Area-weighted unit normals at the points of a surface, shape (N, 3)."""
    a, b, c = (points[triangles[:, k]].astype(np.float64) for k in range(3))
    face = np.cross(b - a, c - a)
    spread = np.repeat(face, 3, axis=0)
    flat = triangles.ravel()
    total = np.stack([np.bincount(flat, spread[:, k], len(points)) for k in range(3)], axis=1)
    length = np.linalg.norm(total, axis=1, keepdims=True)
    return np.asarray(total / np.maximum(length, 1e-12), np.float32)


def write_stl(mesh: Mesh, path: Path) -> None:
    """Writes a binary STL in millimetres; its header tells the axes as slicing and planning programs read them.

    Triangles whose corners fall together are left out: a reader that joins equal corners would find no closed surface.
    """
    corners = _with_area(np.asarray(mesh.points[mesh.triangles], np.float32))
    face = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    face /= np.maximum(np.linalg.norm(face, axis=1, keepdims=True), 1e-12)
    record = np.zeros(len(corners), dtype=[("normal", "<f4", 3), ("corners", "<f4", (3, 3)), ("extra", "<u2")])
    record["normal"], record["corners"] = face, corners
    path.write_bytes(STL_HEADER.ljust(80) + struct.pack("<I", len(record)) + record.tobytes())


def _with_area(corners: Floats) -> Floats:
    """Those triangles, shape (N, 3, 3), whose three corners lie apart."""
    sides = corners != np.roll(corners, 1, axis=1)
    return np.asarray(corners[sides.any(axis=2).all(axis=1)], np.float32)
