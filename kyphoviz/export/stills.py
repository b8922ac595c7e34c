"""One picture, or one picture per step on a sheet, as PNG."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from kyphoviz.aside import written_aside
from kyphoviz.export.frames import FrameDrawer, FrameLook, application, canvas_on
from kyphoviz.export.png import png_of, write_png
from kyphoviz.export.sheet_layout import (
    LABEL,
    LABEL_GAP,
    NOTICE,
    SheetLayout,
    label,
    label_room,
    sheet_layout,
    title_font,
)
from kyphoviz.export.xray_panes import LINES_PER_PANE, grey_image
from kyphoviz.film import Film
from kyphoviz.fluoroscopy.fluoroscope import Fluoroscope
from kyphoviz.overlay import xray_marks
from kyphoviz.overlay.ink import ON_DARK, ON_XRAY
from kyphoviz.overlay.text import sized
from kyphoviz.procedure.timeline import StepSpan, film_time

PAPER = "#0F151C"
SHOWN_AT = 0.6  # of each step
NOTICE_EM = 2.0  # height of the dark ground of an X-ray's notice: the field above it may be bright
LEFT, MIDDLE, RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignRight


def write_still(path: Path, film: Film, time_s: float, look: FrameLook) -> None:
    """Writes the 3D picture of a moment."""
    with closing(FrameDrawer(film, look)) as drawer:
        write_png(path, canvas_on(drawer.draw(time_s)))


def write_xray(
    path: Path, film: Film, time_s: float, view: str, size: tuple[int, int] | None, *, has_marks: bool = True
) -> None:
    """Writes the X-ray of a moment, with the beam on whatever the film says.

    Args:
        view: `ap` or `lateral`.
        size: of the picture, in which the X-ray is fitted; the detector's own if None.
        has_marks: whether view, side and that it is simulated are burnt in.
    """
    state = film.timeline.state_at(time_s)
    with closing(Fluoroscope()) as fluoroscope:
        grey = grey_image(fluoroscope.image(film.site.shapes(state), film.site.projection(view), 0))
    if size is not None:
        grey = _fitted(grey, size)
    if has_marks:
        _paint_marks(grey, view)
    write_png(path, grey)


def _paint_marks(xray: QImage, view: str) -> None:
    keep = application()  # fonts need one
    side = min(xray.width(), xray.height())
    picture = QRectF((xray.width() - side) / 2, (xray.height() - side) / 2, side, side)
    em_px, whole = side / LINES_PER_PANE, QRectF(xray.rect())
    with QPainter(xray) as painter:
        painter.fillRect(whole.adjusted(0.0, whole.height() - NOTICE_EM * em_px, 0.0, 0.0), QColor(ON_XRAY.card))
        xray_marks.paint(painter, whole, picture, view, em_px)
    del keep


def write_line_integral(path: Path, film: Film, time_s: float, view: str) -> None:
    """Writes the sum of attenuation x length of each pixel as a NumPy file: float32, (height, width), row 0 on top."""
    state = film.timeline.state_at(time_s)
    with closing(Fluoroscope()) as fluoroscope:
        sums = fluoroscope.line_integral(film.site.shapes(state), film.site.projection(view))
    write_array(path, sums)


def write_array(path: Path, values: NDArray[np.float32]) -> None:
    """A NumPy file of exactly that name."""
    with written_aside(path) as aside, aside.open("wb") as file:
        np.save(file, values.astype(np.float32), allow_pickle=False)


def write_contact_sheet(
    path: Path,
    film: Film,
    look: FrameLook,
    language: str = "en",
    progress: Callable[[int, int], None] = lambda *_: None,
) -> None:
    """Writes one labelled picture per step, each at 0.6 of it.

    Args:
        look: of each picture.
        progress: told how many pictures are done, and of how many.
    """
    with written_aside(path) as aside:  # asked first, for the drawing takes long
        aside.write_bytes(png_of(_sheet(film, look, language, progress)))


def _sheet(film: Film, look: FrameLook, language: str, progress: Callable[[int, int], None]) -> QImage:
    spans = film.timeline.spans
    _app = application()  # fonts need one
    layout = sheet_layout(film, look.size, language)
    sheet = QImage(*layout.size, QImage.Format.Format_RGB32)
    sheet.fill(QColor(PAPER))
    with QPainter(sheet) as painter, closing(FrameDrawer(film, look)) as drawer:
        painter.setFont(sized(painter.font(), layout.letter))
        _paint_head(painter, layout, film, language)
        for k, span in enumerate(spans):
            x, y = layout.corner(k)
            moment = span.start_s + SHOWN_AT * (span.end_s - span.start_s)
            painter.drawImage(x, y, canvas_on(drawer.draw(moment)))
            _paint_label(painter, layout, k, span, language)
            progress(k + 1, len(spans))
    return sheet


def _fitted(grey: QImage, size: tuple[int, int]) -> QImage:
    canvas = QImage(*size, QImage.Format.Format_Grayscale8)
    canvas.fill(0)
    side = min(size)
    with QPainter(canvas) as painter:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRectF((size[0] - side) / 2, (size[1] - side) / 2, side, side), grey)
    return canvas


def _paint_head(painter: QPainter, layout: SheetLayout, film: Film, language: str) -> None:
    plain = QFont(painter.font())
    painter.setPen(QColor(ON_DARK.quiet))
    painter.drawText(layout.notice_place, int((LEFT if layout.title_px else RIGHT) | MIDDLE), NOTICE)
    painter.setPen(QColor(ON_DARK.text))
    painter.setFont(title_font(plain, layout))
    wrapped = int(LEFT | MIDDLE | Qt.TextFlag.TextWordWrap)
    painter.drawText(layout.title_place, wrapped, film.scenario.title.text(language))
    painter.setFont(plain)


def _paint_label(painter: QPainter, layout: SheetLayout, k: int, span: StepSpan, language: str) -> None:
    x, y = layout.corner(k)
    line = QRectF(x, y + layout.picture[1] + LABEL_GAP * layout.letter, layout.picture[0], layout.label_px)
    painter.setPen(QColor(ON_DARK.quiet))
    painter.drawText(line, int(RIGHT | Qt.AlignmentFlag.AlignTop), film_time(span.start_s))
    line.setWidth(label_room(painter.font(), layout, span))
    painter.setPen(QColor(ON_DARK.text))
    painter.drawText(line, LABEL, label(k, span, language))
