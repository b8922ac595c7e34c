"""Those who draw for the window.

Protocols, so that the window can be tried with stand-ins and neither VTK nor a graphics context.
"""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kyphoviz.choices import ViewChoices
from kyphoviz.procedure.state import Camera, Point, ProcedureState
from kyphoviz.site.shape import Shape
from kyphoviz.site.xray.c_arm import Projection


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

    def apply(self, state: ProcedureState, choices: ViewChoices, *, is_fine: bool = False) -> bool:
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
