"""The charts of the present step as a widget: they grow with the film, and a press on them goes to that place."""

from __future__ import annotations

from collections.abc import Hashable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kyphoviz.overlay import curve_painter
from kyphoviz.overlay.curve_words import load_curve_words
from kyphoviz.overlay.curves import Chart, Curves, curves_of, topic_of
from kyphoviz.overlay.ink import ON_DARK, ON_LIGHT, Ink
from kyphoviz.overlay.text import sized
from kyphoviz.procedure.plan import IntactSizes
from kyphoviz.procedure.timeline import Timeline
from kyphoviz.ui.look.em import em_of

CHART_EM = 8.4  # height of one chart
NOTE_EM, NOTE_SHARE = 1.3, 0.82  # room and size of the line under them
USUAL_TOPIC = "heights"


class CurvePane(QWidget):
    """Charts below each other, chosen by the step; nothing is sampled before the first one is shown.

    Signals:
        sought: the pointer asks for this time of the film, in seconds.
    """

    sought = Signal(float)

    def __init__(
        self, timeline: Timeline, intact: IntactSizes, language: str = "en", parent: QWidget | None = None
    ) -> None:
        """Args: intact: sizes of the body before it broke, for the angle."""
        super().__init__(parent)
        self._language, self._is_clinical = language, True
        self._timeline, self._intact = timeline, intact
        self._curves: Curves | None = None
        self._time_s, self.topic = 0.0, ""
        self._painted: Hashable = None
        self.most = 9  # charts that there is room for
        self.falls_back = False  # whether a step without a topic shows the heights
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName("Curves of the step")

    @property
    def charts(self) -> tuple[Chart, ...]:
        """What is shown now."""
        return self._curves.of(self.topic)[: self.most] if self._curves and self.topic else ()

    def show_film(self, timeline: Timeline, intact: IntactSizes) -> None:
        """Another film: its curves are looked for when they are next shown."""
        self._timeline, self._intact, self._curves = timeline, intact, None
        self._painted = None

    def fit(self, height_px: float) -> None:
        """Shows only as many charts as so much room is enough for: a squeezed one can't be read."""
        most = max(0, int((height_px / em_of(self) - NOTE_EM) / CHART_EM))
        if most != self.most:
            self.most = most
            self.updateGeometry()
            self.update()

    def speak_clinically(self, is_clinical: bool) -> None:
        """Clinical or plain names."""
        self._is_clinical = is_clinical
        self.update()

    def show_time(self, time_s: float) -> None:
        """Draws up to that time what the step has to draw."""
        span = self._timeline.spans[self._timeline.index_at(time_s)]
        topic = topic_of(span, self._timeline.state_at(time_s)) or (USUAL_TOPIC if self.falls_back else "")
        if topic and self._curves is None:
            self._curves = curves_of(self._timeline, self._intact)
        if topic != self.topic:
            self.topic = topic
            self.updateGeometry()
        self._time_s = time_s
        seen = self._seen()
        if seen != self._painted:
            self._painted = seen
            self.update()

    def _seen(self) -> Hashable:
        """What changes the picture: half a pixel of the cursor, or a tenth of what a line says."""
        plots = curve_painter.plots(self._room, self.charts, em_of(self))
        ends = [(plot, line.until(self._time_s)[-1:]) for plot in plots for line in plot.chart.lines]
        drawn = tuple((round(2 * plot.at(*end[0]).x()), round(end[0][1], 1)) if end else None for plot, end in ends)
        return (self.topic, drawn)

    def describe(self) -> None:
        """Tells a screen reader what the charts show now."""
        words = load_curve_words(self._language, is_clinical=self._is_clinical)
        self.setAccessibleDescription(words.told(self.charts, self._time_s))

    @property
    def _ink(self) -> Ink:
        return ON_LIGHT if self.palette().window().color().lightnessF() > 0.5 else ON_DARK

    @property
    def _room(self) -> QRectF:
        em = em_of(self)
        return QRectF(self.rect()).adjusted(0.5 * em, 0.4 * em, -0.5 * em, -NOTE_EM * em)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The charts at the present time."""
        painter, words = QPainter(self), load_curve_words(self._language, is_clinical=self._is_clinical)
        em, ink = em_of(self), self._ink
        curve_painter.paint(painter, self._room, self.charts, self._time_s, words, ink, em)
        painter.setFont(sized(painter.font(), NOTE_SHARE * em))
        painter.setPen(QColor(ink.quiet))
        foot = QRectF(self.rect()).adjusted(0.5 * em, 0.0, -0.5 * em, -0.3 * em)
        painter.drawText(foot, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, words.note)

    def time_under(self, x: float, y: float) -> float | None:
        """The time of the film that a place on the charts stands for; None beside all axes."""
        for plot in curve_painter.plots(self._room, self.charts, em_of(self)):
            if plot.whole.top() <= y <= plot.whole.bottom():
                return plot.chart.time_at(plot.x_at(x))
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Goes to that place."""
        time_s = self.time_under(event.position().x(), event.position().y())
        if time_s is not None:
            self.sought.emit(time_s)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follows the pointer that is held down."""
        self.mousePressEvent(event)

    def sizeHint(self) -> QSize:
        """As high as its charts."""
        count = max(1, len(self.charts))
        return QSize(120, round((CHART_EM * count + 0.6 + NOTE_EM) * em_of(self)))

    def minimumSizeHint(self) -> QSize:
        """The same height: words beside it scroll, a chart does not."""
        return QSize(120, self.sizeHint().height())
