"""The picture of one instant: `SceneView.apply(state, choices)`, then `SceneView.image()`."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray
from vtkmodules.vtkRenderingCore import vtkRenderer

from kyphoviz.choices import CArmTurn, ViewChoices
from kyphoviz.procedure.state import Camera, Point, ProcedureState
from kyphoviz.scene import camera as orbit
from kyphoviz.scene import look, opacity, picking, quality
from kyphoviz.scene.bodies import Bodies
from kyphoviz.scene.window import OffscreenWindow, new_renderer
from kyphoviz.site.cut.section import Section
from kyphoviz.site.shape import Shape

Pixels = NDArray[np.uint8]


class SceneSource(Protocol):
    """What a scene is made of."""

    @property
    def section(self) -> Section | None:
        """The cut along the left needle, asked for when it first opens; None where nothing is ever cut."""
        ...

    def drawn(self, state: ProcedureState) -> tuple[Shape, ...]:
        """Everything that a picture of that instant may show."""
        ...

    def drawn_finely(self, state: ProcedureState) -> tuple[Shape, ...]:
        """The same with the finest surfaces that there are."""
        ...

    def c_arm_shapes(self, turns: tuple[CArmTurn, ...]) -> tuple[Shape, ...]:
        """The C-arms that a hand has turned; asked for only where there are some."""
        ...


class SceneView:
    """Draws a site off screen. The picture depends on the last `apply` alone, never on what was shown before."""

    def __init__(self, site: SceneSource, size: tuple[int, int], quality_name: str = "draft") -> None:
        """Opens the off-screen window.

        Args:
            size: width and height of the picture in pixels.
            quality_name: "draft", one frame a picture, or "still", sixteen averaged ones.
        Raises:
            PicturesUnavailable: the machine has no usable OpenGL.
        """
        self._site, self._quality = site, quality.QUALITIES[quality_name]
        self._renderer = new_renderer()
        self._window = OffscreenWindow(self._renderer, size)
        self._bodies = Bodies(self._renderer, lambda: site.section)
        self._camera: Camera | None = None
        self._mean = quality.Mean()
        self._pixels: Pixels | None = None
        self._dissolving: tuple[ProcedureState, ViewChoices, bool] | None = None
        self._is_open = True

    @property
    def camera(self) -> Camera:
        """The camera of the last `apply`."""
        return self._camera or Camera()

    def show_site(self, site: SceneSource) -> None:
        """Another site takes the place of the last one, of which nothing stays; `apply` draws it."""
        self._bodies.remove()
        self._site, self._bodies = site, Bodies(self._renderer, lambda: site.section)
        self._forget_picture()

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self._window.size

    @property
    def renderer_name(self) -> str:
        """What draws, in the graphics driver's own words."""
        return self._window.renderer_name

    def apply(self, state: ProcedureState, choices: ViewChoices | None = None, *, is_fine: bool = False) -> bool:
        """Shows that instant; whether the picture changed.

        Args:
            choices: what the person changed; it wins over the state.
            is_kept: the picture will be looked at for long, which is worth the finest surfaces.
        """
        wanted = choices or ViewChoices()
        asked = (state, wanted, is_fine) if state.dissolve is not None else None
        if asked is not None and asked == self._dissolving:
            return False
        was_dissolving, self._dissolving = self._dissolving is not None, asked
        is_new = self._show(state.ends[-1], wanted, is_fine) or was_dissolving or asked is not None
        if is_new:
            self._forget_picture()
        return is_new

    def _show(self, state: ProcedureState, wanted: ViewChoices, is_fine: bool) -> bool:
        """Puts one shot before the camera; whether anything changed."""
        shown = wanted.seen(state)
        there = self._site.drawn_finely(shown) if is_fine else self._site.drawn(shown)
        if wanted.c_arm:
            there += self._site.c_arm_shapes(wanted.c_arm)
        changes = [
            _paint_ground(self._renderer, wanted.theme),
            self._set_camera(wanted.camera or orbit.fitted(state.camera, self.size, opacity.breadth(state))),
            self._bodies.show(there, shown),
        ]
        if any(changes):
            self._bodies.cutaway.light(orbit.view_of(self.camera))
        return any(changes)

    def image(self) -> Pixels:
        """The picture, shape (height, width, 4), BOTTOM row first; the fourth byte means nothing.

        Drawn when something changed; the array is kept and written over by the next picture.
        """
        if self._pixels is None:
            self._pixels = self._drawn(0)
            if self._quality.samples > 1:
                self._mean.add(self._pixels)
                while self.refine(self._quality.samples):
                    pass
        return self._pixels

    def refine(self, samples: int = quality.STILL.samples) -> bool:
        """Averages one more frame into a picture that stands still; whether more would make it better.

        Args:
            samples: after how many frames it is good enough.
        """
        first = self.image() if self._pixels is None else self._pixels
        if not self._mean.count:
            self._mean.add(first)
        if self._mean.count >= samples:
            return False
        self._mean.add(self._drawn(self._mean.count))
        self._pixels = self._mean.pixels
        return self._mean.count < samples

    def prepare(self) -> None:
        """Paints the cut face ahead of time, so that the section opens without a stutter (a quarter of a second)."""
        self._bodies.cutaway.prepare()

    def give_memory_back(self) -> None:
        """Hands over what the renderer holds in reserve (some 40 ms); the picture stays as it is."""
        if self._is_open and self._pixels is not None:
            self._window.empty_jobs()

    def resize(self, width: int, height: int) -> None:
        """Another size of the picture, in pixels."""
        if (width, height) != self.size:
            self._window.resize((max(width, 1), max(height, 1)))
            self._forget_picture()

    def project(self, point_mm: ArrayLike) -> tuple[float, float]:
        """The pixel, from the left and from the top, at which a point of the patient is seen."""
        return orbit.projected(self.camera, self.size, point_mm)

    def hidden_mm(self, point_mm: ArrayLike) -> float:
        """How far a point lies behind what is drawn solidly there: negative in front, infinite outside the picture."""
        self.image()
        view = orbit.view_of(self.camera)
        depth = float((np.asarray(point_mm, float) - view.eye) @ view.ahead)
        seen = self._window.seen_mm(*self.project(point_mm), orbit.clipping_mm(self.camera))
        return float("inf") if seen is None or depth <= 0.0 else depth - seen

    def pick(self, x: float, y: float) -> tuple[str, Point] | None:
        """The name of the shape under a pixel, from the left and from the top, and the place on it; None beside all.

        Takes a few milliseconds: not for every move of a mouse.
        """
        self.image()
        reach = orbit.clipping_mm(self.camera)
        seen = self._window.seen_mm(x, y, reach)
        if seen is None:
            return None
        ray = picking.ray_through(self.camera, self.size, x, y)
        along = seen / float(ray.way @ orbit.view_of(self.camera).ahead)
        return picking.picked(self._bodies.surfaces, ray, along if seen < 0.999 * reach[1] else None)

    def close(self) -> None:
        """Frees everything on the graphics card; a second call does nothing."""
        if self._is_open:
            self._is_open = False
            self._bodies.remove()
            self._window.close()

    def _drawn(self, sample: int) -> Pixels:
        if self._dissolving is None:
            return self._rendered(sample)
        state, wanted, is_fine = self._dissolving
        less, more = state.ends  # the picture that is seen most comes last: places and picks are its own
        self._show(less, wanted, is_fine)
        below = self._rendered(sample).copy()
        self._show(more, wanted, is_fine)
        share = state.dissolve.share if state.dissolve else 1.0
        return quality.mixed(below, self._rendered(sample), max(share, 1.0 - share))

    def _rendered(self, sample: int) -> Pixels:
        width, height = self.size
        right, up = quality.shift(sample)
        self._renderer.GetActiveCamera().SetWindowCenter(2 * right / width, 2 * up / height)
        self._window.render()
        return self._window.read()

    def _forget_picture(self) -> None:
        self._pixels = None
        self._mean.restart()

    def _set_camera(self, camera: Camera) -> bool:
        if camera == self._camera:
            return False
        view, held = orbit.view_of(camera), self._renderer.GetActiveCamera()
        held.SetPosition(*view.eye)
        held.SetFocalPoint(*camera.focus_mm)
        held.SetViewUp(*view.up)
        held.SetViewAngle(camera.view_angle_deg)
        held.SetClippingRange(*orbit.clipping_mm(camera))
        self._camera = camera
        return True


def _paint_ground(renderer: vtkRenderer, theme: str) -> bool:
    """The colour behind everything; whether it is another."""
    red, green, blue = (0.5 * (one + other) for one, other in zip(*look.background(theme), strict=True))
    is_new = renderer.GetBackground() != (red, green, blue)
    renderer.SetBackground(red, green, blue)
    return bool(is_new)
