"""The two X-ray views, taken in pulses."""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QElapsedTimer, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kyphoviz.overlay import xray_marks
from kyphoviz.procedure.beam_log import BeamLog, seen_by_xray
from kyphoviz.procedure.state import ProcedureState
from kyphoviz.ui.collaborators import Filming, XRaying
from kyphoviz.ui.em import em_of
from kyphoviz.ui.frame import paint_frame

VIEWS = ("ap", "lateral")
PULSE_MS = 66  # one view at a time: 7.5 pulses a second for each of two, the common low rate
FRAMES_PER_S = 15.0  # the noise of a pulse follows the film's time, so that it is the same whenever it is taken
DARK_ROOM = "#0A0C0F"


class XrayPane(QWidget):
    """One X-ray screen with its marks."""

    def __init__(self, view: str, parent: QWidget | None = None) -> None:
        """Args: view: `ap` or `lateral`."""
        super().__init__(parent)
        self.view = view
        self.pictured: Hashable = None  # what the picture tells of, as `seen_by_xray` gives it
        self._status = ""
        self._pixels: NDArray[np.uint8] = np.empty((0, 0), np.uint8)
        self._image: QImage | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(f"{xray_marks.VIEW_NAMES[view]} X-ray, simulated")

    def show_picture(self, picture: NDArray[np.uint8]) -> None:
        """Keeps a copy of it and shows it."""
        if self._pixels.shape != picture.shape:
            self._pixels = np.empty_like(picture)
        np.copyto(self._pixels, picture)
        height, width = picture.shape
        self._image = QImage(self._pixels.data, width, height, width, QImage.Format.Format_Grayscale8)
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

    def _square(self) -> QRectF:
        """The largest square in the pane that leaves the last line to the notice."""
        room = QRectF(self.rect()).adjusted(4, 4, -4, -4)
        side = min(room.width(), room.height() - 1.1 * em_of(self))
        square = QRectF(0, 0, side, side)
        square.moveCenter(room.center())
        square.moveTop(room.top() + (room.height() - 1.1 * em_of(self) - side) / 2)
        return square

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
        marked = square if self._image else QRectF()
        xray_marks.paint(painter, rect, marked, self.view, em_px, status=self._status)
        paint_frame(painter, rect, self.palette())


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
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for pane in self.panes:
            column.addWidget(pane, 1)

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
        self._schedule(0)

    def pulse(self) -> None:
        """Takes the picture whose turn it is; the next is due one period after this one was, however late it came."""
        self._due_ms = max(self._due_ms, self._clock.elapsed() - PULSE_MS) + PULSE_MS
        stale = self._stale()
        if stale and self.isVisible():
            self._take(stale[0])
        self._schedule(max(0, self._due_ms - self._clock.elapsed()))

    def close_beam(self) -> None:
        """Takes no more pictures."""
        self._timer.stop()
        self._wanted.clear()

    def _take(self, pane: XrayPane) -> None:
        state, site = self._wanted[pane.view], self._film.site
        frame = round(state.time_s * FRAMES_PER_S)
        pane.show_picture(self._fluoroscope.image(site.shapes(state), site.projection(pane.view), frame))
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
