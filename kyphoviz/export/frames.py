"""A moment of a film -> the pixels of one frame, as movies, stills and sheets show it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter

from kyphoviz.export.xray_panes import XrayPanes
from kyphoviz.film import Film
from kyphoviz.overlay import caption, gauges, orientation, stops
from kyphoviz.overlay.ink import ON_DARK
from kyphoviz.overlay.text import paint_card, sized
from kyphoviz.procedure.state import ProcedureState
from kyphoviz.scene.view import SceneView

Pixels = NDArray[np.uint8]

BYTES_PER_PIXEL = 4
LINES_PER_PICTURE = 34.0  # a line of a caption is so small a part of the picture's height
SMALL = 0.85  # numbers beside words
GAUGES_BELOW_EM, STOP_EM = 4.1, 1.7  # room above the numbers: for the title and a note, and for why filling stopped


@dataclass(frozen=True, slots=True)
class FrameLook:
    """What a frame looks like.

    `size` is width and height in pixels; `quality` "draft" or "still", the latter with the finest bones; `layout` "3d"
    or "3d+xray"; `language` the language of the captions that are burned in, or None for none.
    """

    size: tuple[int, int] = (1280, 720)
    quality: str = "still"
    layout: str = "3d"
    language: str | None = None


class FrameDrawer:
    """Draws any moment of a film. Frames depend on the moment alone, so they may be drawn in any order."""

    def __init__(self, film: Film, look: FrameLook) -> None:
        """Opens what draws.

        Raises:
            PicturesUnavailable, FluoroscopyUnavailable: the machine has no usable OpenGL.
        """
        self._application = application()
        self._film, self._look = film, look
        width, height = look.size
        side = height // 2 if look.layout == "3d+xray" else 0
        self._scene_rect = QRect(0, 0, width - side, height)
        self._view = SceneView(film.site, (width - side, height), look.quality)
        self._panes = XrayPanes(film, QRect(width - side, 0, side, height)) if side else None
        self._pixels = np.zeros((height, width, BYTES_PER_PIXEL), np.uint8)

    def draw(self, time_s: float) -> Pixels:
        """The frame, shape (height, width, 4), top row first; the next call writes over it. Byte 4 is empty."""
        state = self._film.timeline.state_at(time_s)
        self._view.apply(state, is_fine=self._look.quality == "still")
        scene = self._scene_rect
        self._pixels[:, : scene.width()] = self._view.image()[::-1]
        if self._panes is not None or self._look.language is not None:
            self._paint_over(state)
        return self._pixels

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
                paint_words(painter, QRectF(self._scene_rect), self._film, state, self._look.language)


def paint_words(painter: QPainter, rect: QRectF, film: Film, state: ProcedureState, language: str) -> None:
    """Title and numbers above, the caption below, and which way the patient faces, for someone who only watches."""
    if state.caption is None:
        return
    em_px = rect.height() / LINES_PER_PICTURE
    inner = rect.adjusted(em_px, em_px, -em_px, -em_px)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_title(painter, inner, state.caption.title.text(language), em_px)
    shown = gauges.readings(state, film.plan.intact, with_clock=True)
    said = stops.stops(state, language)
    above_em = GAUGES_BELOW_EM + STOP_EM * max((notice.weight for notice in said), default=0.0)
    strip = QRectF(inner.left(), inner.top(), inner.width(), (above_em + gauges.HEIGHT_EM * SMALL) * em_px)
    gauges.paint(painter, strip, shown, ON_DARK, SMALL * em_px, said)
    words = state.caption.patient.text(language)
    painter.setFont(sized(painter.font(), em_px))
    above = QRectF(inner)
    if words:
        above.setBottom(caption.place(painter, rect, words, em_px).top() - 0.5 * em_px)
    caption.paint(painter, rect, words, ON_DARK, em_px)
    orientation.paint(painter, above, state.ends[-1].camera, ON_DARK, em_px)


def _paint_title(painter: QPainter, inner: QRectF, title: str, em_px: float) -> None:
    painter.setFont(sized(painter.font(), 1.1 * em_px, is_bold=True))
    width = painter.fontMetrics().horizontalAdvance(title)
    ground = QRectF(inner.left(), inner.top(), width + 1.6 * em_px, 1.9 * em_px)
    paint_card(painter, ground, ON_DARK, em_px)
    painter.setPen(QColor(ON_DARK.text))
    painter.drawText(ground, Qt.AlignmentFlag.AlignCenter, title)
    painter.setFont(sized(painter.font(), em_px))


def canvas_on(pixels: Pixels) -> QImage:
    """An image on the memory of an array of shape (height, width, 4): painting on it changes the array."""
    height, width = pixels.shape[:2]
    buffer: Any = pixels.data
    return QImage(buffer, width, height, pixels.strides[0], QImage.Format.Format_RGBX8888)


def application() -> Any:
    """The Qt application that fonts need; one without a display where there is none yet. Keep what is returned."""
    return QGuiApplication.instance() or QGuiApplication(["kyphoviz", "-platform", "offscreen"])
