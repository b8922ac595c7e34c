"""A solid of one instant, as the site hands it to whoever draws or X-rays it, and what keeps the last one made."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from kyphoviz.anatomy.mesh import Floats, Mesh
from kyphoviz.procedure.state import Fracture, Layer
from kyphoviz.site.role import TRAITS, Ghost, Material, Role, Traits

STAYS = np.eye(4)

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Shape:
    """One part of the operative site at one instant.

    `key` is the frozen value that determines the points of `mesh`: equal keys of the same name mean equal points, so
    nothing needs to be uploaded again. `pose` is a rigid 4 x 4 motion applied on top (bones that ride, tools); it may
    change while `key` stays. `mesh.triangles` is the same array object as long as the topology is the same.
    """

    name: str  # unique in the site, e.g. "L1", "L1_marrow", "disc_T12_L1", "needle_left_cannula", "cement"
    role: Role
    mesh: Mesh
    key: Hashable
    pose: NDArray[np.float64] = field(default_factory=lambda: STAYS)
    level: str | None = None
    between: tuple[str, str] | None = None  # the upper and the lower level that a disc lies between
    side: str | None = None  # "left" or "right"
    heights: Fracture | None = None  # those of a body that gives way; None of one that stays whole
    own: Traits | None = None  # where it differs from its role
    distance_mm: Callable[[Floats], Floats] | None = (
        None  # of points (N, 3) near it, negative inside; where it is known
    )

    @property
    def traits(self) -> Traits:
        """What holds of it by its role, or of it alone."""
        return self.own or TRAITS[self.role]

    @property
    def term(self) -> str | None:
        """Its key in the catalogue of names; None for what is never named as a whole."""
        return self.traits.term

    @property
    def layer(self) -> Layer | Ghost:
        """The tissue or tool group that is shown, ghosted or hidden together."""
        return self.traits.layer

    @property
    def material(self) -> Material | None:
        """What a beam meets; None where it meets nothing."""
        return self.traits.material

    @property
    def inside(self) -> Material | None:
        """The material that it displaces."""
        return self.traits.inside

    @property
    def in_xray(self) -> bool:
        """Whether it is seen on an X-ray."""
        return self.traits.material is not None

    @property
    def is_drawn(self) -> bool:
        """Whether the 3D picture shows it; inner surfaces serve the X-ray alone."""
        return self.traits.is_drawn

    @property
    def is_closed(self) -> bool:
        """Whether its surface has no rim."""
        return self.traits.is_closed

    @property
    def placed(self) -> Mesh:
        """The surface in the treated body's axes."""
        return self.mesh if self.pose is STAYS else self.mesh.moved(self.pose)

    @property
    def whereabouts(self) -> Hashable:
        """A value that changes with the points or the pose."""
        return (self.key, self.pose.tobytes())


class Cache(Generic[Result]):
    """Makes a part again only when the key, the value that determines it, changed."""

    def __init__(self) -> None:
        """Nothing is kept yet."""
        self._last: dict[str, tuple[Hashable, Result]] = {}

    def part(self, name: str, key: Hashable, make: Callable[[], Result]) -> Result:
        """The part of that name: the kept one if `key` is what it was made from, else a new one."""
        last = self._last.get(name)
        if last is None or last[0] != key:
            last = (key, make())
            self._last[name] = last
        return last[1]
