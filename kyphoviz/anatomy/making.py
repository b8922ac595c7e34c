"""Sizes -> finished bones: calibration, field, joint gap, sound surfaces and what is baked on them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from kyphoviz.anatomy.bone_sets import BoneSet
from kyphoviz.anatomy.calibration import calibrated
from kyphoviz.anatomy.corners import with_true_corners
from kyphoviz.anatomy.distance import DistanceGrid, opened
from kyphoviz.anatomy.fields import smooth_max
from kyphoviz.anatomy.foramina import nutrient_field
from kyphoviz.anatomy.isosurface import decimated, largest_shell, smoothed, surface
from kyphoviz.anatomy.mesh import Mesh, vertex_normals
from kyphoviz.anatomy.morphometry import VertebraShape
from kyphoviz.anatomy.occlusion import bend, openness
from kyphoviz.anatomy.parts import cover_shares, part_codes
from kyphoviz.anatomy.soundness import faults, uncreased, untangled
from kyphoviz.anatomy.spine import neighbours, rest_poses, with_joint_gap
from kyphoviz.anatomy.vertebra import asymmetry, vertebra_distance

GRID_MM = 0.6
SHELL_MM = 0.95  # real cortex is about 0.35 mm thick and would vanish in a picture
MARROW_EDGE_MM = 0.5  # opens the marrow by so much: no hair-thin bridge makes an extra handle
OCCLUDER_TRIANGLES = 4000
# (share of the triangles, pass band): thinning is tried again so, should it fold or pinch the surface.
TRIES = tuple((share, band) for band in (0.25, 0.17, 0.11, 0.07, 0.045, 0.03) for share in (1.0, 0.99, 0.978))
SETTLING = 3  # how often a thinned surface is smoothed at its creases and brought back to where the distance is zero

Tell = Callable[[str], None]


class UnsoundBone(Exception):
    """A surface that can't be mended by thinning it a little differently; the message says what is wrong."""


@dataclass(frozen=True, slots=True, eq=False)
class MadeBone:
    """One bone of a set: its sizes with the calibration found, and its distances."""

    shape: VertebraShape
    grid: DistanceGrid

    def surface(self, triangles: int) -> Mesh:
        """The closed outer surface with about that many triangles, nothing baked."""
        return _sound(self.grid, triangles, f"{self.shape.level}, outer surface")

    def light_surface(self, triangles: int) -> Mesh:
        """The same, light enough for films, with corners where the sizes say."""
        return with_true_corners(self.surface(triangles), self.shape)

    def pierced(self) -> MadeBone:
        """The same bone with its nutrient foramina: triangles of a light surface are too large for such small holes."""
        holes = nutrient_field(self.shape, asymmetry(self.shape, self.grid.axes))
        values = np.asarray(smooth_max(self.grid.values, -holes, 0.6), np.float32)
        return replace(self, grid=replace(self.grid, values=values))

    def marrow(self) -> DistanceGrid:
        """Distances to the inside of the drawn shell."""
        inner = opened(self.grid.values, self.grid.spacing_mm, MARROW_EDGE_MM, -SHELL_MM)
        return DistanceGrid(inner, self.grid.origin, self.grid.spacing_mm)


def made_bones(bone_set: BoneSet, levels: tuple[str, ...], tell: Tell = lambda _: None) -> dict[str, MadeBone]:
    """Bones of a set with their joint gaps; those above them are made as well, but not given.

    Args:
        tell: is told one plain line per bone.
    """
    raw: dict[str, MadeBone] = {}

    def plain(level: str) -> MadeBone:
        if level not in raw:
            shape = calibrated(bone_set.shapes[level], GRID_MM)
            raw[level] = MadeBone(shape, vertebra_distance(shape, GRID_MM))
        return raw[level]

    found = {}
    for level in levels:
        above, _ = neighbours(level)
        gap_to = plain(above).grid if above else None
        found[level] = MadeBone(plain(level).shape, with_joint_gap(plain(level).grid, level, gap_to, bone_set))
        tell(f"{level}: field")
    return found


def marrow_surface(bone: MadeBone, triangles: int) -> Mesh:
    """The inside of the drawn shell as a closed surface."""
    return _sound(bone.marrow(), triangles, f"{bone.shape.level}, marrow", None)


def baked(bone: MadeBone, mesh: Mesh, around: list[Mesh]) -> Mesh:
    """The surface with its openness, bend, parts and what covers them.

    Args:
        around: neighbours at rest; half of the openness counts without them, since bones are also seen alone.
    """
    sky = 0.5 * (openness(mesh, []) + openness(mesh, around))
    codes = part_codes(bone.shape, mesh.points)
    return replace(mesh, openness=sky, bend=bend(mesh), part=codes, paint=cover_shares(mesh, codes))


def occluders(bones: dict[str, MadeBone]) -> dict[str, Mesh]:
    """Light surfaces that only cast shadows."""
    return {level: decimated(_raw(bone.grid), OCCLUDER_TRIANGLES) for level, bone in bones.items()}


def around(level: str, light: dict[str, Mesh], bone_set: BoneSet) -> list[Mesh]:
    """The neighbours at rest, in this vertebra's frame."""
    poses = rest_poses(level, bone_set)
    return [light[other].moved(poses[other]) for other in neighbours(level) if other is not None]


def body_volume_mm3(inner: DistanceGrid, back: float) -> float:
    """Marrow space of the body, without pedicles and arch."""
    _, y, _ = inner.axes
    share = np.clip(0.5 - inner.values / np.float32(inner.spacing_mm), 0, 1) * (y < back)
    return float(share.sum(dtype=np.float64) * inner.spacing_mm**3)


def _sound(grid: DistanceGrid, triangles: int, what: str, euler: int | None = 0) -> Mesh:
    raw, wrong = _raw(grid), [""]
    for share, band in TRIES:
        light = decimated(smoothed(raw, 20, band), int(share * min(triangles, len(raw.triangles))))
        for _ in range(SETTLING):
            light = _on_the_field(uncreased(light), grid)
        mesh = untangled(light)
        wrong = faults(mesh, euler)
        if not wrong:
            return mesh
    raise UnsoundBone(f"{what}: {', '.join(wrong)}")


def _on_the_field(mesh: Mesh, grid: DistanceGrid) -> Mesh:
    """Thinning moves points a little: back to where the distance is zero."""
    points = mesh.points
    for _ in range(3):
        off = np.clip(grid.at(points), -0.25, 0.25)
        points = points - np.float32(0.7) * off[:, None] * vertex_normals(points, mesh.triangles)
    return Mesh(points, mesh.triangles, vertex_normals(points, mesh.triangles))


def _raw(grid: DistanceGrid) -> Mesh:
    return largest_shell(surface(-grid.values, grid.origin, grid.spacing_mm))
