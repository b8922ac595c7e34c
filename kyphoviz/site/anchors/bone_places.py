"""Places on one vertebra that have names, found once on the bone at rest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kyphoviz.anatomy.arch import inferior_facet, superior_facet
from kyphoviz.anatomy.assets import RestBone
from kyphoviz.anatomy.mesh import Floats, Mesh
from kyphoviz.anatomy.parts import PARTS
from kyphoviz.anatomy.vertebra import end_plate_height
from kyphoviz.procedure.state import Fracture
from kyphoviz.site.cut.section import Plane
from kyphoviz.site.role import Role
from kyphoviz.site.shape import Shape
from kyphoviz.site.spine.collapse import USUAL, Collapse
from kyphoviz.site.spine.fracture import displacement_basis, weights_of

Vector = NDArray[np.float64]
Hint = tuple[float, float, float]

SKIN_DEEP_MM = 1.2  # so far under the nearest corner a place still lies on the surface, whose triangles are flat
SHELL_MM = 0.5  # middle of the drawn cortex
SPONGY_MM = 2.5  # depth in the bone from which it is surely cancellous


@dataclass(frozen=True, slots=True)
class Nearest:
    """A corner of a surface, and how deep under it a place lies."""

    corner: int
    depth_mm: float


class BonePlaces:
    """The named places of one vertebra, in its own frame."""

    def __init__(self, bone: RestBone) -> None:
        """Looks up the points of each structure that lie nearest to where it is seen best."""
        self._bone = bone
        self.on_surface = tuple((key, _nearest_of(bone.outer, key, hint)) for key, hint in surface_hints(bone))

    def near(self, shape: Shape) -> Iterator[tuple[str, int]]:
        """(key, number of the point) for nerves and dural sac beside this vertebra."""
        key = "canal" if shape.role is Role.CANAL else "nerve_root"
        for hint in _canal_hints(self._bone) if key == "canal" else _root_hints(self._bone):
            yield key, _nearest(shape.mesh.points, hint)

    def in_plane(self, plane: Plane, fracture: Fracture, collapse: Collapse = USUAL) -> Iterator[tuple[str, Vector]]:
        """(key, place) on the face of the section, moved as the broken bone is."""
        shape, weights = self._bone.shape, weights_of(fracture)
        found = [(key, at) for key, at in _section_hints(self._bone, plane) if self._is_in(key, at)]
        if not found:
            return
        points = np.array([at for _, at in found])
        moved = plane.flattened(points + displacement_basis(shape, points, collapse) @ weights)
        yield from zip((key for key, _ in found), moved, strict=True)

    def _is_in(self, key: str, at: Vector) -> bool:
        depth = -float(self._bone.distance.at(at))
        return depth > (SPONGY_MM if key == "cancellous" else 0.0)


def surface_hints(bone: RestBone) -> Iterator[tuple[str, Hint]]:
    """Where each structure's surface is, roughly, left side first; the best places of a structure come first."""
    s, marks = bone.shape, bone.landmarks
    half, face, lower = 0.5 * s.width_low, superior_facet(s)[0], inferior_facet(s)[0]
    wing = "costal_process" if s.is_lumbar else "transverse_process"
    x, y, z = marks.anterior_upper
    yield "body", (0.62 * half, -0.38 * s.depth, -0.10 * s.height)
    for side in (1.0, -1.0):
        pedicle = marks.pedicle_left if side > 0 else marks.pedicle_right
        px, py, pz = pedicle.centre
        yield "body", (side * half, -1.0, -0.15 * s.height)
        yield "broken_edge", (side * 8.0, y + 2.0, z)
        yield "pedicle", (px + side * pedicle.half_width_mm, py - 1.0, pz)
        yield "pedicle", (px, py - 1.0, pz + pedicle.half_height_mm)
        yield "pedicle", (px, py, pz - pedicle.half_height_mm)
        yield wing, (side * (0.5 * s.transverse_span - 5.0), py + 14.0, 3.0)
        yield wing, (side * (0.5 * s.transverse_span - 5.0), py + 8.0, 3.0)
        yield "superior_articular", (side * (face[0] + 6.0), face[1] + 3.0, face[2] + 3.0)
        yield "superior_articular", (side * (face[0] + 3.0), face[1] - 4.0, face[2] + 4.0)
        yield "inferior_articular", (side * lower[0], lower[1] + 6.0, lower[2])
        yield "lamina", (side * 7.0, s.spinolaminar + 5.0, -0.25 * s.height)
        yield "spinous_process", (side * 5.0, s.spinous_back - 9.0, -0.75 * s.spinous_down)
    yield "spinous_process", (0.0, s.spinous_back + 2.0, -0.9 * s.spinous_down)
    yield "broken_edge", (x, y, z)
    yield "body", (0.0, -0.55 * s.depth, 0.0)


def part_of(surface: Mesh, at: Nearest) -> str:
    """Key of the part of a bone that a place on or in it belongs to, as its surface tells.

    On the surface that is the part of the nearest corner. Deeper in, the small places (joint faces, foramina) mean
    nothing any more: what bears them is told, and of what lies deep under an end-plate that it is the body.
    """
    part = PARTS[0 if surface.part is None else int(surface.part[at.corner])]
    if at.depth_mm < SKIN_DEEP_MM:
        return part.key
    return "body" if part.label in ("upper_plate", "lower_plate") else part.label


def _canal_hints(bone: RestBone) -> list[Hint]:
    s = bone.shape
    y, reach = s.back + 0.5 * s.canal_depth, 0.5 * s.canal_width
    return [(side * reach, y, share * s.height) for share in (-0.5, 0.85, -0.8) for side in (1, -1)]


def _root_hints(bone: RestBone) -> list[Hint]:
    s, pedicles = bone.shape, (bone.landmarks.pedicle_left, bone.landmarks.pedicle_right)
    below = [(p.centre[0] * 1.25, p.centre[1], p.centre[2] - p.half_height_mm - 4.0) for p in pedicles]
    above = [(x, y, z + s.height + 9.0) for x, y, z in below]
    return [*below, *above]


def _section_hints(bone: RestBone, plane: Plane) -> Iterator[tuple[str, Vector]]:
    """Places in the plane of the section at rest; whether they lie in the bone is not yet known."""
    s, (_, py, pz) = bone.shape, bone.landmarks.pedicle_left.centre

    def at(y: float, z: float) -> Vector:
        along = (y - plane.origin[1]) / plane.along[1]
        return plane.points(np.array(along), np.array(z))

    for share in (-0.12, 0.05, -0.3):
        spot = at(share * s.depth, 0.0)
        top = float(end_plate_height(s, spot[0], spot[1], True))
        low = float(end_plate_height(s, spot[0], spot[1], False))
        yield "upper_plate", np.array([spot[0], spot[1], top - SHELL_MM])
        yield "cortical", np.array([spot[0], spot[1], low + SHELL_MM])
    for y_share, z_share in ((-0.3, -0.25), (0.32, -0.2), (0.3, 0.2), (-0.35, 0.2), (0.0, -0.3), (0.0, 0.1)):
        yield "cancellous", at(y_share * s.depth, z_share * s.height)
    for rise in (4.5, -4.5, 0.0):
        yield "pedicle", at(py, pz + rise)


def nearest(surface: Mesh, place: Vector) -> Nearest:
    """The corner of the surface that lies nearest to a place."""
    corner = _nearest(surface.points, place)
    return Nearest(corner, float((surface.points[corner] - place) @ surface.normals[corner]))


def _nearest_of(surface: Mesh, key: str, hint: Hint) -> int:
    """The nearest of the corners that belong to that structure."""
    labels = ("body", "upper_plate") if key == "broken_edge" else (key,)
    belongs = np.array([part.label in labels for part in PARTS])
    there = np.arange(len(surface.points)) if surface.part is None else np.flatnonzero(belongs[surface.part])
    return int(there[_nearest(surface.points[there], hint)])


def _nearest(points: Floats, hint: ArrayLike) -> int:
    off = points - np.asarray(hint, np.float32)
    return int(np.einsum("ij,ij->i", off, off).argmin())
