"""One X-ray screen with its marks."""

from __future__ import annotations

from collections.abc import Callable
from math import hypot

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QWidget

from kyphoviz.overlay import xray_alignment, xray_marks, xray_teaching, xray_tone
from kyphoviz.overlay.ink import Ink
from kyphoviz.overlay.xray_words import XrayWords
from kyphoviz.procedure.beam_log import BeamCount
from kyphoviz.site.xray.c_arm import Projection
from kyphoviz.site.xray.c_arm_alignment import Alignment
from kyphoviz.site.xray.teaching import TeachingMarks
from kyphoviz.ui.look.em import em_of
from kyphoviz.ui.look.theme import paint_frame
from kyphoviz.ui.xray.c_arm_drag import CArmDrag
from kyphoviz.ui.xray.tone_drag import ToneDrag

DARK_ROOM = "#0A0C0F"
LEAST_EMS = 19.0  # a pane's width: more words would not fit beside each other


class XrayPane(QWidget):
    """One X-ray screen with its marks.

    Signals:
        chosen: a double click asks for another place; tells the view.
    """

    chosen = Signal(str)

    def __init__(self, view: str, words: XrayWords, parent: QWidget | None = None) -> None:
        """Args: view: `ap` or `lateral`."""
        super().__init__(parent)
        self.view, self._words = view, words
        self._status = ""
        self.coming = xray_marks.BLANK  # said while there is no picture
        self._raw: NDArray[np.uint8] = np.empty((0, 0), np.uint8)
        self._pixels = self._raw  # as toned; kept for the image on their memory
        self._image: QImage | None = None
        self._marks = TeachingMarks()
        self._has_marks, self._is_student, self._is_inverted = False, False, False
        self._count: tuple[str, ...] = ()
        self.tone_drag = ToneDrag(self)
        self.tone_drag.turned.connect(self._retone)
        self.c_arm_drag = CArmDrag(self)
        self.projection: Projection | None = None  # of the picture that is shown
        self.alignment: Alignment | None = None  # shown while the hand turns the C-arm
        self.paint_also: Callable[[XrayPane, QPainter, QRectF], None] | None = None
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(60, 60)
        self.setAccessibleName(f"{xray_marks.VIEW_NAMES[view]} X-ray, simulated")

    def show_picture(
        self,
        picture: NDArray[np.uint8],
        marks: TeachingMarks,
        projection: Projection | None = None,
        alignment: Alignment | None = None,
    ) -> None:
        """Keeps a copy of it and shows it.

        Args:
            projection: that took it, by which places on it are found.
            alignment: of a C-arm that the hand turns.
        """
        self.projection, self.alignment = projection, alignment
        if self._raw.shape != picture.shape:
            self._raw = np.empty_like(picture)
        np.copyto(self._raw, picture)
        self._marks = marks
        self._show_toned()

    def copy(self, other: XrayPane) -> None:
        """Shows what another pane shows."""
        self._status, self._count, self._is_inverted = other._status, other._count, other._is_inverted
        self._has_marks, self._is_student = other._has_marks, other._is_student
        self.coming = other.coming
        if other._image is not None:
            self.show_picture(other._raw, other._marks, other.projection, other.alignment)
        self.update()

    def teach(self, *, has_marks: bool, is_student: bool) -> None:
        """Whether marks lie on the picture, and whether verdicts and counts are for the one who looks."""
        if (has_marks, is_student) != (self._has_marks, self._is_student):
            self._has_marks, self._is_student = has_marks, is_student
            self.update()

    def invert(self) -> None:
        """Dense is white, or dark again."""
        self._is_inverted = not self._is_inverted
        self.update()

    def show_count(self, count: BeamCount) -> None:
        """Shows how much the beam was used."""
        words = self._words.count(count)
        if words != self._count:
            self._count = words
            if self._is_student:
                self.update()

    def clear(self) -> None:
        """Shows that no picture has been taken yet."""
        self._image, self.projection = None, None
        self.update()

    def show_status(self, status: str) -> None:
        """Shows whether the beam is on."""
        if status != self._status:
            self._status = status
            self.update()

    def _show_toned(self) -> None:
        """Puts what was taken last on the screen."""
        self._pixels = self.tone_drag.tone.greys(self._raw)
        height, width = self._pixels.shape
        self._image = QImage(self._pixels.data, width, height, width, QImage.Format.Format_Grayscale8)
        self.update()

    def _retone(self) -> None:
        if self._image is not None:
            self._show_toned()

    def pixel_at(self, place: QPointF) -> tuple[float, float] | None:
        """Column and row of the picture under a place of its round field; None beside it or where there is none."""
        square = self.square
        if self._image is None or self.projection is None or not self._is_in_field(place):
            return None
        width, height = self.projection.size
        way = place - square.topLeft()
        return way.x() / square.width() * width, way.y() / square.height() * height

    @property
    def square(self) -> QRectF:
        """The largest square in the pane that leaves the last line to the notice."""
        room = QRectF(self.rect()).adjusted(4, 4, -4, -4)
        side = min(room.width(), room.height() - 1.1 * em_of(self))
        square = QRectF(0, 0, side, side)
        square.moveCenter(room.center())
        square.moveTop(room.top() + (room.height() - 1.1 * em_of(self) - side) / 2)
        return square

    @property
    def field(self) -> QRectF:
        """The box of the round field, outside of which nothing is seen."""
        return xray_tone.field_in(self.square)

    def _is_in_field(self, place: QPointF) -> bool:
        way, field = place - self.field.center(), self.field
        return hypot(way.x(), way.y()) <= 0.5 * field.width()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Asks for the large place, or to give it back."""
        self.chosen.emit(self.view)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture in the dark, its marks, and its frame."""
        painter = QPainter(self)
        rect, em_px = QRectF(self.rect()), min(em_of(self) * 0.95, self.width() / LEAST_EMS)
        if self._image is None:
            self._paint_blank(painter, rect, em_px)
        else:
            self._paint_picture(painter, rect, em_px, self._image)
        paint_frame(painter, rect, self.palette())

    def _paint_blank(self, painter: QPainter, rect: QRectF, em_px: float) -> None:
        """Nothing is on yet: the window's own ground, which asks for no attention, instead of two dark screens."""
        ink = ink_of(self.palette())
        painter.fillRect(rect, self.palette().window())
        xray_marks.paint_blank(painter, rect, em_px, self.coming, ink)
        xray_marks.paint(painter, rect, QRectF(), self.view, em_px, status=self._status, ink=ink)

    def _paint_picture(self, painter: QPainter, rect: QRectF, em_px: float, picture: QImage) -> None:
        square = self.square
        painter.fillRect(rect, QColor(DARK_ROOM))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(square, picture)
        self._paint_teaching(painter, square, em_px)
        xray_marks.paint(painter, rect, square, self.view, em_px, status=self._status)
        if self._is_student:
            xray_teaching.paint_count(painter, rect, self._count, em_px)

    def _paint_teaching(self, painter: QPainter, square: QRectF, em_px: float) -> None:
        if self._is_inverted:
            xray_tone.paint_inverted(painter, square)
        if self._has_marks:
            verdict = self._marks.verdict
            told = self._words.verdict(verdict) if self._is_student and verdict is not None else ""
            xray_teaching.paint(painter, square, self._marks, em_px, told)
        if self.alignment is not None:
            xray_alignment.paint(painter, square, self.alignment, em_px)
        if self.paint_also is not None:
            self.paint_also(self, painter, square)


def ink_of(palette: QPalette) -> Ink:
    """The window's quiet colours for what is painted where no picture is."""
    role = QPalette.ColorRole
    quiet, card, line, accent = (
        palette.color(which).name() for which in (role.PlaceholderText, role.Window, role.Mid, role.Highlight)
    )
    return Ink(quiet, quiet, card, line, accent)
