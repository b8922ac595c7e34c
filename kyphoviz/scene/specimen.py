"""One bone alone before the dark ground, in the same finish and light as in the scenes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kyphoviz.anatomy.mesh import Mesh
from kyphoviz.scene import look, quality
from kyphoviz.scene.parts import ShapeActor
from kyphoviz.scene.window import OffscreenWindow, new_renderer
from kyphoviz.site.role import Role
from kyphoviz.site.shape import Shape

DISTANCE_MM = 600.0


@dataclass(frozen=True, slots=True)
class Framing:
    """What the picture shows: its middle in the bone's frame, and the height above and below it, millimetres."""

    middle_mm: tuple[float, float, float]
    half_height_mm: float


WHOLE = Framing((0.0, 25.0, -4.0), 47.0)
BODY = Framing((0.0, 20.0, -2.0), 36.0)


class Specimen:
    """A bone that is looked at from several sides; call `close` afterwards."""

    def __init__(self, bone: Mesh, size: tuple[int, int], framing: Framing = WHOLE) -> None:
        """Opens the off-screen window.

        Args:
            bone: in its own frame.
            size: of each picture, in pixels.
            framing: what part of it is looked at.
        """
        shape = Shape(name="specimen", role=Role.VERTEBRA, mesh=bone, key="specimen")
        self._renderer, self._framing = new_renderer(), framing
        self._renderer.SetBackground(*look.background("dark")[1])
        part = ShapeActor(shape)
        part.show(1.0)
        part.hold(shape)
        self._renderer.AddActor(part.actor)
        self._window = OffscreenWindow(self._renderer, size)
        self._part = part

    def seen_from(self, way: tuple[float, float, float]) -> NDArray[np.uint8]:
        """The picture, shape (height, width, 3), top row first, from a place in that direction; edges are smoothed."""
        camera, middle = self._renderer.GetActiveCamera(), np.array(self._framing.middle_mm)
        outwards = np.array(way) / np.linalg.norm(way)
        camera.SetPosition(*(middle + DISTANCE_MM * outwards))
        camera.SetFocalPoint(*middle)
        camera.SetViewUp(*((0, 0, 1) if abs(outwards[2]) < 0.9 else (0, -1, 0)))
        camera.ParallelProjectionOn()
        camera.SetParallelScale(self._framing.half_height_mm)
        camera.SetClippingRange(0.5 * DISTANCE_MM, 1.5 * DISTANCE_MM)
        mean, (width, height) = quality.Mean(), self._window.size
        for sample in range(quality.STILL.samples // 2):
            right, up = quality.shift(sample)
            camera.SetWindowCenter(2 * right / width, 2 * up / height)
            self._window.render()
            mean.add(self._window.read())
        return np.ascontiguousarray(mean.pixels[::-1, :, :3])

    def close(self) -> None:
        """Frees the window."""
        self._window.close()
