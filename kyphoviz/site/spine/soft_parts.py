"""Ligaments, vessels, ribs, muscles and cartilage at one instant; each is made when its layer is first seen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

import numpy as np

from kyphoviz.anatomy.bones import Bones
from kyphoviz.anatomy.canal import BlendedRest, blended, follow_weights
from kyphoviz.anatomy.fields import smoothstep
from kyphoviz.anatomy.joints import joint_cartilage
from kyphoviz.anatomy.ligaments import ligaments
from kyphoviz.anatomy.mesh import Floats, Mesh
from kyphoviz.anatomy.muscles import muscles
from kyphoviz.anatomy.rest_spine import RestSpine
from kyphoviz.anatomy.ribs import LENGTH_SHARE, rib_stubs
from kyphoviz.anatomy.spine import ORDER, moved
from kyphoviz.anatomy.vessels import vessels
from kyphoviz.procedure.state import Fracture, Layer, ProcedureState
from kyphoviz.site.role import Role
from kyphoviz.site.shape import Shape
from kyphoviz.site.spine.collapse import USUAL, Collapse
from kyphoviz.site.spine.column import Poses
from kyphoviz.site.spine.fracture import displacement_basis, weights_of

LAYERS = (Layer.DISCS, Layer.LIGAMENTS, Layer.VESSELS, Layer.RIBS, Layer.BACK_MUSCLES)
INSIDE = ("basivertebral_veins", "segmental_arteries", "epidural_veins")  # vessels that lie on the bodies
ON_ARCHES = ("yellow_ligaments", "interspinous_ligaments", "supraspinous_ligament")
ROLES = {  # by the name of the surface in `kyphoviz.anatomy`
    "anterior_ligament": Role.ANTERIOR_LIGAMENT,
    "posterior_ligament": Role.POSTERIOR_LIGAMENT,
    "yellow_ligaments": Role.YELLOW_LIGAMENT,
    "interspinous_ligaments": Role.INTERSPINOUS_LIGAMENT,
    "supraspinous_ligament": Role.SUPRASPINOUS_LIGAMENT,
    "aorta": Role.AORTA,
    "vena_cava": Role.VENA_CAVA,
    "basivertebral_veins": Role.BASIVERTEBRAL_VEIN,
    "segmental_arteries": Role.SEGMENTAL_ARTERY,
    "epidural_veins": Role.EPIDURAL_VEIN,
    "erector_spinae_left": Role.ERECTOR_SPINAE,
    "erector_spinae_right": Role.ERECTOR_SPINAE,
    "multifidus_left": Role.MULTIFIDUS,
    "multifidus_right": Role.MULTIFIDUS,
    "psoas_left": Role.PSOAS,
    "psoas_right": Role.PSOAS,
}
ARCH_MM = 18.0  # so far up and down from its middle an arch holds its ligaments
BEND_MM = 34.0  # along so much of the column up and down a vessel or muscle shares out a bend
BODY_SHARE = 0.42  # of the height: so far from its middle a place belongs to that body alone


@dataclass(frozen=True, slots=True, eq=False)
class _Soft:
    """A surface that follows the bones, and what the broken body does to the points that lie on it."""

    rest: BlendedRest
    basis: Floats | None

    def mesh(self, poses: Poses, fracture: Fracture) -> Mesh:
        found = self.rest.mesh(poses)
        points = found.points
        if self.basis is not None:
            points = points + (self.basis @ weights_of(fracture).astype(np.float32)).reshape(-1, 3)
        rest = self.rest.rest
        return Mesh(points, found.triangles, found.normals, rest.openness, rest.paint)


class SoftParts:
    """What lies on the bones and beside them."""

    def __init__(self, bones: Bones, treated: str, collapse: Collapse = USUAL) -> None:
        """Makes nothing yet; `collapse` is the manner in which the treated body sinks."""
        self._bones, self._treated, self._collapse = bones, treated, collapse

    @staticmethod
    def seen(state: ProcedureState) -> tuple[Layer, ...]:
        """The layers of it that are seen at that instant."""
        return tuple(layer for layer in LAYERS if state.opacity(layer) > 0.0)

    def shapes(self, seen: Iterable[Layer], fracture: Fracture, poses: Poses) -> list[Shape]:
        """The shapes of those layers."""
        made: dict[Layer, Callable[[], list[Shape]]] = {
            Layer.DISCS: lambda: self._cartilages(poses),
            Layer.LIGAMENTS: lambda: _followed(self._ligaments, fracture, poses),
            Layer.VESSELS: lambda: _followed(self._vessels, fracture, poses),
            Layer.RIBS: lambda: self._rib_shapes(poses),
            Layer.BACK_MUSCLES: lambda: _followed(self._muscles, fracture, poses),
        }
        return [shape for layer in seen for shape in made[layer]()]

    def preparations(self) -> tuple[Callable[[], object], ...]:
        """What is made when it is first seen, ahead of that, in pieces."""
        return (lambda: self._ligaments, lambda: self._vessels, lambda: self._ribs, lambda: self._muscles)

    @cached_property
    def _spine(self) -> RestSpine:
        return RestSpine(self._bones, self._treated)

    @cached_property
    def _ligaments(self) -> dict[str, _Soft]:
        found = ligaments(self._spine)
        return {name: self._on_arches(m) if name in ON_ARCHES else self._on_bodies(m) for name, m in found.items()}

    @cached_property
    def _vessels(self) -> dict[str, _Soft]:
        found = vessels(self._spine)
        inside = {name: self._on_bodies(found.pop(name)) for name in INSIDE}
        return {name: self._beside(mesh) for name, mesh in found.items()} | inside

    @cached_property
    def _muscles(self) -> dict[str, _Soft]:
        return {name: self._beside(mesh) for name, mesh in muscles(self._spine).items()}

    @cached_property
    def _ribs(self) -> dict[str, Mesh]:
        return {level: rib_stubs(self._bones[level]) for level in reversed(LENGTH_SHARE)}  # the nearest first

    @cached_property
    def _cartilage(self) -> dict[str, Mesh]:
        found = {}
        for upper, lower in pairwise(ORDER):
            to_upper = np.linalg.inv(self._spine.poses[upper]) @ self._spine.poses[lower]
            found[lower] = joint_cartilage(self._bones[lower], self._bones[upper], to_upper)
        return found

    def _rib_shapes(self, poses: Poses) -> list[Shape]:
        return [
            Shape(name=f"rib_{level}", role=Role.RIB_STUB, mesh=mesh, key=level, pose=poses[level], level=level)
            for level, mesh in self._ribs.items()
        ]

    def _cartilages(self, poses: Poses) -> list[Shape]:
        return [
            Shape(name=f"cartilage_{level}", role=Role.CARTILAGE, mesh=mesh, key=level, pose=poses[level])
            for level, mesh in self._cartilage.items()
        ]

    def _beside(self, mesh: Mesh) -> _Soft:
        """A surface that bends with the column as a whole, without a knee at the broken body."""
        rest = blended(mesh, self._spine.poses)
        lifted = (mesh.points + np.array([0.0, 0.0, off], np.float32) for off in np.linspace(-BEND_MM, BEND_MM, 9))
        even = np.mean([follow_weights(points, self._spine.poses) for points in lifted], axis=0)
        return _Soft(replace(rest, weights=even.astype(np.float32)), None)

    def _on_bodies(self, mesh: Mesh) -> _Soft:
        """A surface that lies on the bodies: each takes its own part along, and discs are bridged."""
        poses, shapes = self._spine.poses, {level: self._bones[level].shape for level in ORDER}
        z = np.asarray(mesh.points[:, 2], float)
        weights = np.zeros((len(z), len(ORDER)), np.float32)
        weights[:, 0] = 1.0
        for k, (upper, lower) in enumerate(pairwise(ORDER)):
            top = poses[upper][2, 3] - BODY_SHARE * shapes[upper].height
            low = poses[lower][2, 3] + BODY_SHARE * shapes[lower].height
            share = 1.0 - smoothstep(low, top, z)
            weights[:, k], weights[:, k + 1] = weights[:, k] * (1 - share), weights[:, k] * share
        rest = BlendedRest(mesh, weights, np.stack([poses[level] for level in ORDER]))
        own = weights[:, ORDER.index(self._treated)]
        basis = displacement_basis(shapes[self._treated], mesh.points, self._collapse) * own[:, None, None]
        return _Soft(rest, np.ascontiguousarray(basis.reshape(-1, 3), np.float32))

    def _on_arches(self, mesh: Mesh) -> _Soft:
        """A surface that is tied to the arches, which do not break: each end goes with its bone, the middle between."""
        poses, points = self._spine.poses, np.asarray(mesh.points, float)
        weights = []
        for level in ORDER:
            bone = self._bones[level]
            local = moved(np.linalg.inv(poses[level]), points)
            away = np.maximum(bone.distance.at(local), 0.0) + 0.3
            weights.append(np.exp(-(((local[:, 2] + bone.shape.spinous_down) / ARCH_MM) ** 2)) / away**2)
        shares = np.stack(weights, axis=1) / np.sum(weights, axis=0)[:, None]
        rest = BlendedRest(mesh, shares.astype(np.float32), np.stack([poses[level] for level in ORDER]))
        return _Soft(rest, None)


def _followed(parts: Mapping[str, _Soft], fracture: Fracture, poses: Poses) -> list[Shape]:
    return [
        Shape(name=name, role=ROLES[name], mesh=soft.mesh(poses, fracture), key=fracture)
        for name, soft in parts.items()
    ]
