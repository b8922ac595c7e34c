"""Those who draw for a window, with a count in front of them of what they were asked for and when."""

from __future__ import annotations

from time import perf_counter

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kyphoviz.choices import ViewChoices
from kyphoviz.fluoroscopy.fluoroscope import Fluoroscope
from kyphoviz.procedure.state import Camera, Point, ProcedureState, XrayView
from kyphoviz.scene.view import SceneView
from kyphoviz.site.operative_site import OperativeSite
from kyphoviz.site.shape import Shape
from kyphoviz.site.xray.c_arm import Projection


class CountedScene:
    """Passes everything on to a scene, and notes when a new picture was drawn."""

    def __init__(self, scene: SceneView) -> None:
        self._scene = scene
        self.drawn_s: list[float] = []
        self.changed: list[bool] = []

    @property
    def camera(self) -> Camera:
        """As the scene."""
        return self._scene.camera

    @property
    def renderer_name(self) -> str:
        """As the scene."""
        return self._scene.renderer_name

    def apply(self, state: ProcedureState, choices: ViewChoices, *, is_fine: bool = False) -> bool:
        """As the scene."""
        self.changed.append(self._scene.apply(state, choices, is_fine=is_fine))
        return self.changed[-1]

    def image(self) -> NDArray[np.uint8]:
        """As the scene; the moment at which it is ready counts."""
        picture = self._scene.image()
        self.drawn_s.append(perf_counter())
        return picture

    def resize(self, width_px: int, height_px: int) -> None:
        """As the scene."""
        self._scene.resize(width_px, height_px)

    def refine(self) -> bool:
        """As the scene."""
        return self._scene.refine()

    def give_memory_back(self) -> None:
        """As the scene."""
        self._scene.give_memory_back()

    def project(self, point_mm: ArrayLike) -> tuple[float, float]:
        """As the scene."""
        return self._scene.project(point_mm)

    def hidden_mm(self, point_mm: ArrayLike) -> float:
        """As the scene."""
        return self._scene.hidden_mm(point_mm)

    def pick(self, x: float, y: float) -> tuple[str, Point] | None:
        """As the scene."""
        return self._scene.pick(x, y)

    def show_site(self, site: OperativeSite) -> None:
        """As the scene."""
        self._scene.show_site(site)

    def close(self) -> None:
        """As the scene."""
        self._scene.close()


class CountedFluoroscope:
    """Passes everything on to a fluoroscope, and notes when each view had its pulse."""

    def __init__(self, fluoroscope: Fluoroscope) -> None:
        self._fluoroscope = fluoroscope
        self.pulses_s: dict[str, list[float]] = {str(view): [] for view in XrayView}

    def image(self, shapes: tuple[Shape, ...], projection: Projection, frame: int) -> NDArray[np.uint8]:
        """As the fluoroscope."""
        self.pulses_s[projection.view].append(perf_counter())
        return self._fluoroscope.image(shapes, projection, frame)

    def forget(self) -> None:
        """As the fluoroscope."""
        self._fluoroscope.forget()

    def close(self) -> None:
        """As the fluoroscope."""
        self._fluoroscope.close()
