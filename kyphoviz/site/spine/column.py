"""The bones, discs and nerves of the segment at one instant."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from kyphoviz.anatomy.bones import Bones
from kyphoviz.anatomy.canal import BlendedRest, canal_rest
from kyphoviz.anatomy.disc import DiscRest, disc_rest, end_plates, nucleus
from kyphoviz.anatomy.spine import ORDER
from kyphoviz.procedure.state import Fracture, Layer
from kyphoviz.site.role import TRAITS, Role
from kyphoviz.site.shape import STAYS, Shape
from kyphoviz.site.spine.canal_room import CanalRoom
from kyphoviz.site.spine.collapse import USUAL, Collapse
from kyphoviz.site.spine.fracture import FracturedMesh, displacement_basis, riding_pose, weights_of
from kyphoviz.site.spine.impaction import Impaction

SAC_CLEAR_MM = 1.1  # between the sac and a wall that is pushed back: the posterior ligament and veins
ROOT_CLEAR_MM = 0.4  # where a root leaves the sac, beside the ligament
CORD_CLEAR_MM = 0.7  # between the sac and what it holds

OTHER_BONE = {role: replace(TRAITS[role], layer=Layer.OTHER_BONES) for role in (Role.VERTEBRA, Role.CANCELLOUS)}

Poses = dict[str, NDArray[np.float64]]


class Column:
    """The spine around the treated body: that one breaks, what stands on it rides, what is below stays."""

    def __init__(self, bones: Bones, treated: str, collapse: Collapse = USUAL) -> None:
        """Prepares the displacement of everything that touches the broken body."""
        self.bones, self.treated = bones, treated
        self._rest = bones.rest_poses(treated)
        shape = bones[treated].shape
        self._outer = FracturedMesh(shape, bones[treated].outer, collapse)
        self._marrow = FracturedMesh(shape, bones[treated].marrow, collapse)
        self._impaction = Impaction(treated, shape, collapse)
        self._discs = {(a, b): disc_rest(bones[a], bones[b]) for a, b in pairwise(ORDER)}
        self._canal = canal_rest(bones, treated)
        self._canal_room = CanalRoom(bones[treated], collapse)
        on_plate = next(disc for (_, lower), disc in self._discs.items() if lower == treated)
        under = next(disc for (upper, _), disc in self._discs.items() if upper == treated)
        self._plate_basis, self._foot_basis = (
            displacement_basis(shape, points, collapse).reshape(-1, 3).astype(np.float32)
            for points in (on_plate.lower_points, under.upper_points)
        )
        self._is_foot_still = not self._foot_basis.any()

    def poses(self, fracture: Fracture) -> Poses:
        """The 4 x 4 motion of each vertebra from its own frame into the treated one's."""
        ride = riding_pose(self.bones[self.treated].shape, fracture)
        above = ORDER.index(self.treated)
        return {level: ride @ self._rest[level] if k < above else self._rest[level] for k, level in enumerate(ORDER)}

    def shapes(self, fracture: Fracture) -> list[Shape]:
        """Everything at these heights of the treated body."""
        poses = self.poses(fracture)
        bones = [shape for level in ORDER for shape in self._bone(level, fracture, poses)]
        discs = [self._disc(pair, disc, fracture, poses) for pair, disc in self._discs.items()]
        return bones + self._impaction.shapes(fracture) + discs + self._nerves(fracture, poses)

    def _bone(self, level: str, fracture: Fracture, poses: Poses) -> list[Shape]:
        is_treated = level == self.treated
        outer = self._outer.shaped(fracture) if is_treated else self.bones[level].outer
        marrow = self._marrow.shaped(fracture) if is_treated else self.bones[level].marrow
        heights, pose = (fracture, STAYS) if is_treated else (None, poses[level])
        return [
            Shape(
                name=level + suffix,
                role=role,
                mesh=mesh,
                key=(level, heights),
                pose=pose,
                level=level,
                heights=heights,
                own=None if is_treated else OTHER_BONE[role],
            )
            for suffix, role, mesh in (("", Role.VERTEBRA, outer), ("_marrow", Role.CANCELLOUS, marrow))
        ]

    def _disc(self, pair: tuple[str, str], disc: DiscRest, fracture: Fracture, poses: Poses) -> Shape:
        upper, lower = pair
        name = f"disc_{upper}_{lower}"
        is_risen = upper == self.treated and not self._is_foot_still
        key = fracture if lower == self.treated or is_risen else None
        weights = weights_of(fracture).astype(np.float32)
        if lower == self.treated:
            sunk = disc.lower_points + (self._plate_basis @ weights).reshape(-1, 3)
            mesh, pose = disc.mesh(poses[upper], poses[lower], sunk), STAYS
        elif is_risen:
            risen = disc.upper_points + (self._foot_basis @ weights).reshape(-1, 3)
            mesh, pose = disc.mesh(poses[upper], poses[lower], upper_points=risen), STAYS
        else:
            mesh = disc.mesh(self._rest[upper], self._rest[lower])
            pose = poses[lower] @ np.linalg.inv(self._rest[lower])
        return Shape(name=name, role=Role.DISC, mesh=mesh, key=key, pose=pose, between=pair)

    def _nerves(self, fracture: Fracture, poses: Poses) -> list[Shape]:
        def nerve(name: str, role: Role, part: BlendedRest, clear_mm: float) -> Shape:
            mesh = self._canal_room.cleared(part.mesh(poses), fracture, clear_mm)
            return Shape(name=name, role=role, mesh=mesh, key=fracture)

        return [
            nerve("dural_sac", Role.CANAL, self._canal.sac, SAC_CLEAR_MM),
            nerve("spinal_cord", Role.CORD, self._canal.cord, SAC_CLEAR_MM + CORD_CLEAR_MM),
            nerve("nerve_roots", Role.NERVE, self._canal.roots, ROOT_CLEAR_MM),
        ]


def cores_of(disc: Shape) -> list[Shape]:
    """Nucleus and cartilage plates of a disc, for when the disc is a ghost."""
    core, plates = disc.name.replace("disc", "nucleus"), disc.name.replace("disc", "cartilage")
    return [
        Shape(name=core, role=Role.NUCLEUS, mesh=nucleus(disc.mesh), key=disc.key, pose=disc.pose),
        Shape(name=plates, role=Role.CARTILAGE, mesh=end_plates(disc.mesh), key=disc.key, pose=disc.pose),
    ]
