"""A moment of a film -> the pixels of one frame, as movies, stills and sheets show it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter

from kyphoviz.choices import ViewChoices
from kyphoviz.export.frame_layout import FrameLayout, drawn_size, frame_layout
from kyphoviz.export.frame_words import paint_words, refuse_what_is_cut
from kyphoviz.export.xray_panes import XrayPanes
from kyphoviz.film import Film
from kyphoviz.overlay.fonts import demand_letters
from kyphoviz.overlay.ink import ink_of
from kyphoviz.procedure.state import ProcedureState
from kyphoviz.scene.view import SceneView
from kyphoviz.viewing.stills import still_of

Pixels = NDArray[np.uint8]

BYTES_PER_PIXEL = 4


@dataclass(frozen=True, slots=True)
class FrameLook:
    """What a frame looks like.

    `size` is width and height in pixels; `quality` "draft" or "still", the latter with the finest bones; `layout` "3d"
    or "3d+xray"; `language` the language of the captions that are burned in, or None for none; `choices` what a person
    at the screen changed of theme, layers, cut, camera and C-arm.
    """

    size: tuple[int, int] = (1280, 720)
    quality: str = "still"
    layout: str = "3d"
    language: str | None = None
    choices: ViewChoices = field(default_factory=ViewChoices)


class FrameDrawer:
    """Draws any moment of a film. Frames depend on the moment alone, so they may be drawn in any order."""

    def __init__(self, film: Film, look: FrameLook) -> None:
        """Opens what draws.

        Raises:
            TooSmall: words or marks would be cut.
            PicturesUnavailable, FluoroscopyUnavailable: the machine has no usable OpenGL.
        """
        self._application = application(writes=not _is_bare(look))
        self._film, self._look = film, look
        self._layout = layout_of(film, look)
        width, height = _drawn(look)
        scene, panes = self._layout.scene, self._layout.panes
        self._view = SceneView(film.site, (scene.width(), scene.height()), look.quality)
        self._panes = XrayPanes(film, panes, look.choices) if panes else None
        self._pixels = np.zeros((height, width, BYTES_PER_PIXEL), np.uint8)

    def draw(self, time_s: float) -> Pixels:
        """The frame, shape (height, width, 4), top row first; the next call writes over it. Byte 4 is empty."""
        timeline, choices = self._film.timeline, self._look.choices
        state = still_of(timeline, time_s, is_playing=True) if choices.reduced_motion else timeline.state_at(time_s)
        self._view.apply(state, choices, is_fine=self._look.quality == "still")
        scene = self._layout.scene
        self._pixels[: scene.height(), : scene.width()] = self._view.image()[::-1]
        if self._panes is not None or self._look.language is not None:
            self._paint_over(state)
        return _thumbnail(self._pixels, self._look.size)

    def close(self) -> None:
        """Gives back what belongs to the graphics card."""
        self._view.close()
        if self._panes is not None:
            self._panes.close()

    def _paint_over(self, state: ProcedureState) -> None:
        canvas = canvas_on(self._pixels)
        with QPainter(canvas) as painter:
            if self._panes is not None:
                self._panes.paint(painter, state)
            if self._look.language is not None:
                scene, em_px = QRectF(self._layout.scene), self._layout.em_px
                seen = self._look.choices.seen(state)
                ink = ink_of(self._look.choices.theme)
                paint_words(painter, scene, self._film, seen, self._look.language, ink, em_px)


def layout_of(film: Film, look: FrameLook) -> FrameLayout:
    """Where everything lies in a frame of that film.

    Raises:
        TooSmall: words or marks would be cut.
    """
    _keep = application(writes=not _is_bare(look))
    found = frame_layout(_drawn(look), has_xrays=look.layout == "3d+xray")
    if look.language is not None:
        refuse_what_is_cut(QRectF(found.scene), film, look.language, found.em_px)
    return found


def _drawn(look: FrameLook) -> tuple[int, int]:
    """The size at which it is drawn: words and marks need room, a bare picture does not."""
    return look.size if _is_bare(look) else drawn_size(look.size)


def _is_bare(look: FrameLook) -> bool:
    return look.layout == "3d" and look.language is None


def _thumbnail(pixels: Pixels, size: tuple[int, int]) -> Pixels:
    """The frame at the size that was asked for."""
    if pixels.shape[1::-1] == size:
        return pixels
    small = np.zeros((size[1], size[0], BYTES_PER_PIXEL), np.uint8)
    canvas = canvas_on(small)
    with QPainter(canvas) as painter:
        whole = canvas_on(pixels).scaled(*size, mode=Qt.TransformationMode.SmoothTransformation)
        painter.drawImage(0, 0, whole)
    return small


def canvas_on(pixels: Pixels) -> QImage:
    """An image on the memory of an array of shape (height, width, 4): painting on it changes the array."""
    height, width = pixels.shape[:2]
    buffer: Any = pixels.data
    return QImage(buffer, width, height, pixels.strides[0], QImage.Format.Format_RGBX8888)


def application(*, writes: bool = True) -> Any:
    """The Qt application that painters need; one without a display where there is none yet. Keep what is returned.

    Args:
        writes: words will be painted.

    Raises:
        FontsMissing: they can't be.
    """
    found = QGuiApplication.instance() or QGuiApplication(["kyphoviz", "-platform", "offscreen"])
    if writes:
        demand_letters()
    return found
