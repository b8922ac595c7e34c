"""The two X-ray views, taken in pulses."""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QElapsedTimer, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kyphoviz.overlay import xray_marks, xray_teaching, xray_tone
from kyphoviz.procedure.beam_log import BeamLog, seen_by_xray
from kyphoviz.procedure.state import ProcedureState
from kyphoviz.site.teaching import TeachingMarks
from kyphoviz.ui.collaborators import Filming, XRaying
from kyphoviz.ui.em import em_of
from kyphoviz.ui.frame import paint_frame
from kyphoviz.ui.tone_hand import ToneHand

VIEWS = ("ap", "lateral")
PULSE_MS = 66  # one view at a time: 7.5 pulses a second for each of two, the common low rate
AFTER_PICTURE_MS = 12  # the 3D picture of a new instant is painted before its X-rays are taken
FRAMES_PER_S = 15.0  # the noise of a pulse follows the film's time, so that it is the same whenever it is taken
DARK_ROOM = "#0A0C0F"


class XrayPane(QWidget):
    """One X-ray screen with its marks.

    Signals:
        chosen: a double click asks for another place; tells the view.
    """

    chosen = Signal(str)

    def __init__(self, view: str, parent: QWidget | None = None) -> None:
        """Args: view: `ap` or `lateral`."""
        super().__init__(parent)
        self.view = view
        self.pictured: Hashable = None  # what the picture tells of, as `seen_by_xray` gives it
        self._status = ""
        self._raw: NDArray[np.uint8] = np.empty((0, 0), np.uint8)
        self._pixels = self._raw  # as toned; kept for the image on their memory
        self._image: QImage | None = None
        self._marks = TeachingMarks()
        self._has_marks, self._is_student, self._is_inverted = False, False, False
        self._count: tuple[str, ...] = ()
        self._hand = ToneHand(self)
        self._hand.turned.connect(self._retone)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(60, 60)
        self.setAccessibleName(f"{xray_marks.VIEW_NAMES[view]} X-ray, simulated")

    def show_picture(self, picture: NDArray[np.uint8], marks: TeachingMarks) -> None:
        """Keeps a copy of it and shows it."""
        if self._raw.shape != picture.shape:
            self._raw = np.empty_like(picture)
        np.copyto(self._raw, picture)
        self._marks = marks
        self._show_toned()

    def teach(self, *, has_marks: bool, is_student: bool) -> None:
        """Whether marks lie on the picture, and whether verdicts and counts are for the one who looks."""
        if (has_marks, is_student) != (self._has_marks, self._is_student):
            self._has_marks, self._is_student = has_marks, is_student
            self.update()

    def invert(self) -> None:
        """Dense is white, or dark again."""
        self._is_inverted = not self._is_inverted
        self.update()

    def show_count(self, words: tuple[str, ...]) -> None:
        """Shows how much the beam was used."""
        if words != self._count:
            self._count = words
            if self._is_student:
                self.update()

    def clear(self) -> None:
        """Shows that no picture has been taken yet."""
        self.pictured, self._image = None, None
        self.update()

    def show_status(self, status: str) -> None:
        """Shows whether the beam is on."""
        if status != self._status:
            self._status = status
            self.update()

    def _show_toned(self) -> None:
        """Puts what was taken last on the screen."""
        self._pixels = self._hand.tone.greys(self._raw)
        height, width = self._pixels.shape
        self._image = QImage(self._pixels.data, width, height, width, QImage.Format.Format_Grayscale8)
        self.update()

    def _retone(self) -> None:
        if self._image is not None:
            self._show_toned()

    def _square(self) -> QRectF:
        """The largest square in the pane that leaves the last line to the notice."""
        room = QRectF(self.rect()).adjusted(4, 4, -4, -4)
        side = min(room.width(), room.height() - 1.1 * em_of(self))
        square = QRectF(0, 0, side, side)
        square.moveCenter(room.center())
        square.moveTop(room.top() + (room.height() - 1.1 * em_of(self) - side) / 2)
        return square

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Asks for the large place, or to give it back."""
        self.chosen.emit(self.view)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture in the dark, its marks, and its frame."""
        painter = QPainter(self)
        rect, em_px = QRectF(self.rect()), em_of(self) * 0.95
        painter.fillRect(self.rect(), QColor(DARK_ROOM))
        square = self._square()
        if self._image is None:
            xray_marks.paint_blank(painter, rect, em_px)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(square, self._image)
            self._paint_teaching(painter, square, em_px)
        marked = square if self._image else QRectF()
        xray_marks.paint(painter, rect, marked, self.view, em_px, status=self._status)
        if self._is_student and self._image is not None:
            xray_teaching.paint_count(painter, rect, self._count, em_px)
        paint_frame(painter, rect, self.palette())

    def _paint_teaching(self, painter: QPainter, square: QRectF, em_px: float) -> None:
        if self._is_inverted:
            xray_tone.paint_inverted(painter, square)
        if self._has_marks:
            xray_teaching.paint(painter, square, self._marks, em_px, with_verdict=self._is_student)


class FluoroPanel(QWidget):
    """AP above lateral, kept up to date by one pulse at a time.

    A pulse is taken when the beam is on and what it would show has moved, else the last picture stays. The timer runs
    only while a picture is out of date.
    """

    def __init__(self, film: Filming, fluoroscope: XRaying, parent: QWidget | None = None) -> None:
        """Shows two dark screens."""
        super().__init__(parent)
        self._film, self._fluoroscope = film, fluoroscope
        self._log = BeamLog(film.timeline)
        self._wanted: dict[str, ProcedureState] = {}
        self.panes = tuple(XrayPane(view, self) for view in VIEWS)
        self._waiting = list(self.panes)  # the one whose turn is next comes first
        self._clock, self._due_ms = QElapsedTimer(), 0
        self._clock.start()
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.pulse)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        for pane in self.panes:
            self._column.addWidget(pane, 1)

    def show_film(self, film: Filming) -> None:
        """Another film: what was pictured of the last one shows it no more."""
        self._film, self._log = film, BeamLog(film.timeline)
        self._fluoroscope.forget()
        for pane in self.panes:
            pane.pictured = None

    @property
    def is_pulsing(self) -> bool:
        """Whether a picture is out of date and will be taken."""
        return self._timer.isActive()

    def show_state(self, state: ProcedureState) -> None:
        """Notes what each view is to show; pictures follow in pulses."""
        for pane in self.panes:
            shown = self._log.shown(pane.view, state)
            if shown is None:
                self._wanted.pop(pane.view, None)
                if pane.pictured is not None:
                    pane.clear()
            else:
                self._wanted[pane.view] = shown
            pane.show_status(_status(pane.view, state, shown))
            pane.show_count(self._log.counted(pane.view, state.time_s).words)
        self._schedule(AFTER_PICTURE_MS)

    def pulse(self) -> None:
        """Takes the picture whose turn it is; the next is due one period after this one was, however late it came."""
        self._due_ms = max(self._due_ms, self._clock.elapsed() - PULSE_MS) + PULSE_MS
        stale = self._stale()
        if stale and self.isVisible():
            self._take(stale[0])
        self._schedule(max(0, self._due_ms - self._clock.elapsed()))

    def exchange(self, leaving: QWidget, coming: QWidget) -> None:
        """Puts another widget in the place of one of its own, which is free then."""
        place = self._column.indexOf(leaving)
        self._column.removeWidget(leaving)
        self._column.insertWidget(place, coming, 1)

    def teach(self, *, has_marks: bool, is_student: bool) -> None:
        """Whether a teacher's marks lie on the pictures, and whether verdicts and counts are for the one who looks."""
        for pane in self.panes:
            pane.teach(has_marks=has_marks, is_student=is_student)

    def invert(self) -> None:
        """Dense is white on both screens, or dark again."""
        for pane in self.panes:
            pane.invert()

    def close_beam(self) -> None:
        """Takes no more pictures."""
        self._timer.stop()
        self._wanted.clear()

    def _take(self, pane: XrayPane) -> None:
        state, site = self._wanted[pane.view], self._film.site
        frame, projection = round(state.time_s * FRAMES_PER_S), site.projection(pane.view)
        picture = self._fluoroscope.image(site.shapes(state), projection, frame)
        pane.show_picture(picture, site.teaching.marks(projection, state))
        pane.pictured = seen_by_xray(state)
        self._waiting.remove(pane)
        self._waiting.append(pane)

    def _stale(self) -> list[XrayPane]:
        return [p for p in self._waiting if p.view in self._wanted and p.pictured != seen_by_xray(self._wanted[p.view])]

    def _schedule(self, delay_ms: int) -> None:
        if self.isVisible() and not self._timer.isActive() and self._stale():
            self._timer.start(delay_ms)

    def showEvent(self, event: QShowEvent) -> None:
        """Catches up with what happened while it was hidden."""
        super().showEvent(event)
        self._schedule(0)


def _status(view: str, state: ProcedureState, shown: ProcedureState | None) -> str:
    if view in state.xray:
        return xray_marks.BEAM_ON
    return xray_marks.IMAGE_HELD if shown is not None else ""
