"""A solid of one instant, as the site hands it to whoever draws or X-rays it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kyphoviz.anatomy.mesh import Floats, Mesh

STAYS = np.eye(4)


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """One part of the operative site at one instant.

    `key` is the frozen value that determines the points of `mesh`: equal keys of the same name mean equal points, so
    nothing needs to be uploaded again. `pose` is a rigid 4 x 4 motion applied on top (bones that ride, tools); it may
    change while `key` stays. `mesh.triangles` is the same array object as long as the topology is the same.
    """

    name: str  # unique in the site, e.g. "L1", "L1_marrow", "disc_T12_L1", "needle_left_cannula", "cement"
    role: str  # vertebra, cancellous, disc, canal, needle, balloon, cement, cavity, skin, marker, ...
    mesh: Mesh
    key: Hashable
    pose: NDArray[np.float64]
    level: str | None = None
    side: str | None = None  # "left" or "right"
    layer: str = "bone"  # the tissue or tool group that is shown, ghosted or hidden together
    material: str | None = None  # a name of fluoroscopy.materials
    inside: str | None = None  # the material that it displaces
    in_xray: bool = False
    closed: bool = True
    is_drawn: bool = True  # whether the 3D picture shows it (inner surfaces serve the X-ray alone)
    distance_mm: Callable[[Floats], Floats] | None = (
        None  # of points (N, 3) near it, negative inside; where it is known
    )

    @property
    def placed(self) -> Mesh:
        """The surface in the treated body's axes."""
        return self.mesh if self.pose is STAYS else self.mesh.moved(self.pose)

    @property
    def whereabouts(self) -> Hashable:
        """A value that changes with the points or the pose."""
        return (self.key, self.pose.tobytes())
