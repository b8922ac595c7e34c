"""What the window is handed: the film, and those who draw it.

Protocols, so that the window can be tried with stand-ins and neither VTK nor a graphics context.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kyphoviz.choices import CArmTurn, ViewChoices
from kyphoviz.procedure.plan import CasePlan
from kyphoviz.procedure.state import Camera, Point, ProcedureState
from kyphoviz.procedure.timeline import Timeline
from kyphoviz.scenario import Scenario
from kyphoviz.site.anchors.anchors import Anchor
from kyphoviz.site.shape import Shape
from kyphoviz.site.xray.c_arm import Projection
from kyphoviz.site.xray.c_arm_alignment import Alignment
from kyphoviz.site.xray.teaching import TeachingMarks


class Picturing(Protocol):
    """Draws the 3D scene, as `kyphoviz.scene.view.SceneView` does."""

    @property
    def camera(self) -> Camera:
        """The camera in use."""
        ...

    @property
    def renderer_name(self) -> str:
        """Who does the drawing."""
        ...

    def show_site(self, site: Any) -> None:
        """Another site takes the place of the last one."""
        ...

    def apply(self, state: ProcedureState, choices: ViewChoices, *, is_kept: bool = False) -> bool:
        """Takes over a state, finely drawn for a picture that is kept; True if the picture changed."""
        ...

    def image(self) -> NDArray[np.uint8]:
        """The picture, (height, width, 4), rows from the bottom up; overwritten by the next call."""
        ...

    def project(self, point_mm: ArrayLike) -> tuple[float, float]:
        """The pixel of a place, from the left and from the top."""
        ...

    def hidden_mm(self, point_mm: ArrayLike) -> float:
        """How far a place lies behind what is drawn there."""
        ...

    def pick(self, x: float, y: float) -> tuple[str, Point] | None:
        """The shape under a pixel, from the left and from the top, and the place on it."""
        ...

    def refine(self) -> bool:
        """Averages one more frame into a picture that stands still; whether more would make it better."""
        ...

    def give_memory_back(self) -> None:
        """Hands over what it holds in reserve; the picture stays as it is."""
        ...

    def resize(self, width: int, height: int) -> None:
        """Sets the size of the picture, in pixels."""
        ...

    def close(self) -> None:
        """Gives back what belongs to the graphics context."""
        ...


class XRaying(Protocol):
    """Takes X-rays, as `kyphoviz.fluoroscopy.fluoroscope.Fluoroscope` does."""

    def image(self, shapes: tuple[Shape, ...], projection: Projection, frame: int) -> NDArray[np.uint8]:
        """The picture, (height, width), rows from the top down."""
        ...

    def forget(self) -> None:
        """Keeps nothing of the shapes so far."""
        ...

    def close(self) -> None:
        """Gives back what belongs to the graphics context."""
        ...


class Anchoring(Protocol):
    """Knows the places that names point at, as `kyphoviz.site.anchors.anchors.Anchors` does."""

    def at(self, state: ProcedureState) -> tuple[Anchor, ...]:
        """All places at that instant."""
        ...

    def part_at(self, shape_name: str, point_mm: Point, state: ProcedureState) -> tuple[str, str] | None:
        """(key, level) of the structure at a place on a shape."""
        ...


class Teaching(Protocol):
    """Knows a teacher's marks, as `kyphoviz.site.xray.teaching.Teaching` does."""

    def marks(self, projection: Projection, state: ProcedureState) -> TeachingMarks:
        """The marks of the picture that the projection takes of that state."""
        ...


class Siting(Protocol):
    """The part of `OperativeSite` that the window needs."""

    @property
    def teaching(self) -> Teaching:
        """What a teacher would draw on the X-rays."""
        ...

    @property
    def anchors(self) -> Anchoring:
        """The places that names point at."""
        ...

    def shapes(self, state: ProcedureState) -> tuple[Shape, ...]:
        """The geometry of that instant."""
        ...

    def drawn(self, state: ProcedureState) -> tuple[Shape, ...]:
        """The part of it that a picture of that instant may show."""
        ...

    def projection(self, view: str, turn: CArmTurn | None = None) -> Projection:
        """Where the C-arm stands for that view, and for a hand that turned it."""
        ...

    def alignment(self, projection: Projection) -> Alignment:
        """How near a picture comes to a true one."""
        ...


class Filming(Protocol):
    """A `Film`."""

    @property
    def scenario(self) -> Scenario:
        """Titles and steps."""
        ...

    @property
    def plan(self) -> CasePlan:
        """The numbers of the case."""
        ...

    @property
    def timeline(self) -> Timeline:
        """The state at any time."""
        ...

    @property
    def site(self) -> Siting:
        """The shapes at any state."""
        ...

    def preparations(self) -> Sequence[Callable[[], object]]:
        """What it puts off until it is needed, in pieces."""
        ...
