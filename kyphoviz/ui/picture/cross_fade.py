"""One picture that melts into the next, where nothing is to move."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QObject, QRectF, QTimer, Signal
from PySide6.QtGui import QImage, QPainter

from kyphoviz.choices import ViewChoices
from kyphoviz.procedure.easing import smoothstep
from kyphoviz.procedure.state import ProcedureState

FADE_MS = 400
FRAME_MS = 33
LEAP_S = 0.5  # of the film; less than that is a hand on the bar, which wants an answer at once

Seen = tuple[ProcedureState, ViewChoices]


class CrossFade(QObject):
    """Lays the picture before over the new one, fainter and fainter; no timer runs before and after.

    Signals:
        moved: it is to be painted again.
    """

    moved = Signal()

    def __init__(self, parent: QObject | None = None, clock: Callable[[], float] = perf_counter) -> None:
        """Nothing fades.

        Args:
            clock: seconds that only ever grow.
        """
        super().__init__(parent)
        self._before: QImage | None = None
        self._clock, self._begun_s = clock, clock()
        self._timer = QTimer(self, interval=FRAME_MS)
        self._timer.timeout.connect(self._step)

    @property
    def is_running(self) -> bool:
        """Whether something of the picture before is seen."""
        return self._before is not None

    def begin(self, before: QImage) -> None:
        """The picture on the screen goes, whatever comes."""
        self._before = before
        self._begun_s = self._clock()
        self._timer.start()

    def end(self) -> None:
        """At once."""
        self._before = None
        self._timer.stop()

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        """What is left of the picture before."""
        if self._before is not None:
            painter.setOpacity(1.0 - smoothstep(0.0, FADE_MS, self._elapsed_ms))
            painter.drawImage(rect, self._before)
            painter.setOpacity(1.0)

    @property
    def _elapsed_ms(self) -> float:
        return 1000.0 * (self._clock() - self._begun_s)

    def _step(self) -> None:
        if self._elapsed_ms >= FADE_MS:
            self.end()
        self.moved.emit()


def is_leap(before: Seen, after: Seen) -> bool:
    """Whether the picture jumps for somebody who wants little motion, and no hand holds the camera."""
    (was, had), (comes, has) = before, after
    is_ours = has.reduced_motion and had.camera is None and has.camera is None
    return is_ours and (was.camera != comes.camera or abs(was.time_s - comes.time_s) > LEAP_S)
