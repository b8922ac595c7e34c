"""What the window is handed: the film, and those who draw it.

Protocols, so that the window can be tried with stand-ins and neither VTK nor a graphics context.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from kyphoviz.choices import ViewChoices
from kyphoviz.procedure.plan import CasePlan
from kyphoviz.procedure.state import Camera, ProcedureState
from kyphoviz.procedure.timeline import Timeline
from kyphoviz.scenario import Scenario
from kyphoviz.site.c_arm import Projection
from kyphoviz.site.shape import Shape


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

    def apply(self, state: ProcedureState, choices: ViewChoices) -> bool:
        """Takes over a state; True if the picture changed."""
        ...

    def image(self) -> NDArray[np.uint8]:
        """The picture, (height, width, 4), rows from the bottom up; overwritten by the next call."""
        ...

    def refine(self) -> bool:
        """Averages one more frame into a picture that stands still; whether more would make it better."""
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

    def close(self) -> None:
        """Gives back what belongs to the graphics context."""
        ...


class Siting(Protocol):
    """The part of `OperativeSite` that the window needs."""

    def shapes(self, state: ProcedureState) -> tuple[Shape, ...]:
        """The geometry of that instant."""
        ...

    def projection(self, view: str) -> Projection:
        """Where the C-arm stands for that view."""
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
