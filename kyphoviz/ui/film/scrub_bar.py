"""The film as a bar: one segment per step, a knob where it is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QAbstractSlider, QToolTip, QWidget

from kyphoviz.procedure.timeline import Timeline
from kyphoviz.ui.film.bar_geometry import BarGeometry
from kyphoviz.ui.film.clock_words import film_time
from kyphoviz.ui.look.em import em_of, scaled

TITLE_SHARE = 0.92  # of the window's text
MS = 1000.0


class ScrubBar(QAbstractSlider):
    """Shows the place in the film and lets the pointer change it.

    Its length is the film's time. The title of a step stands under its segment where there is room; the present one
    always does. Keys are left to the window, which knows steps as well as seconds.

    Signals:
        sought: the pointer asks for this time, in seconds.
    """

    sought = Signal(float)

    def __init__(self, timeline: Timeline, titles: tuple[str, ...], parent: QWidget | None = None) -> None:
        """Args: titles: one per step, in order."""
        super().__init__(parent)
        self._timeline, self._titles = timeline, titles
        self._time_s, self._text_scale = 0.0, 1.0
        self._hovered: int | None = None
        self._em_px = em_of(self)  # noted, because it is asked for in each frame
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setRange(0, round(timeline.duration_s * MS))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName("Place in the film")

    def show_film(self, timeline: Timeline, titles: tuple[str, ...]) -> None:
        """The steps of another film; arguments as for the bar itself."""
        self._timeline, self._titles = timeline, titles
        self.setRange(0, round(timeline.duration_s * MS))
        self.update()

    def speak_up(self, text_scale: float) -> None:
        """Writes titles so much larger than the window's text, for who stands farther away."""
        if text_scale != self._text_scale:
            self._text_scale = text_scale
            self.updateGeometry()
            self.update()

    def show_time(self, time_s: float) -> None:
        """Moves the knob; asks for a repaint only when that can be seen."""
        step_changed = self._timeline.index_at(time_s) != self._timeline.index_at(self._time_s)
        x_of = self.places.x_of
        moved_px = abs(x_of(time_s) - x_of(self._time_s)) * self.devicePixelRatioF()
        if step_changed or moved_px >= 0.5:
            self._time_s = time_s
            self.setValue(round(time_s * MS))
            self.update()

    def words_at(self, x: float) -> str:
        """Number, title and start of the step under that place."""
        k = self.places.step_at(x)
        return f"{k + 1}. {self._titles[k]}  ({film_time(self._timeline.spans[k].start_s)})"

    @property
    def places(self) -> BarGeometry:
        """Where its parts lie now."""
        return BarGeometry(self._timeline, self.width(), self._em_px, self._text_scale)

    @property
    def named(self) -> dict[int, QRectF]:
        """The steps whose titles are shown, and where."""
        metrics = QFontMetricsF(self._title_font)
        widths_px = [metrics.horizontalAdvance(title) for title in self._titles]
        return dict(self.places.titles(widths_px, self._timeline.index_at(self._time_s), self._hovered))

    @property
    def _title_font(self) -> QFont:
        return scaled(self.font(), TITLE_SHARE * self._text_scale)

    def _paint_bar(self, painter: QPainter) -> None:
        accent, line = self.palette().color(QPalette.ColorRole.Highlight), self.palette().color(QPalette.ColorRole.Mid)
        places = self.places
        knob_x = places.x_of(self._time_s)
        painter.setPen(Qt.PenStyle.NoPen)
        for _, bar in places.segments(self._hovered):
            painter.setBrush(line)
            painter.drawRoundedRect(bar, bar.height() / 2, bar.height() / 2)
            done = QRectF(bar)
            done.setRight(min(bar.right(), knob_x))
            if done.width() > 0.0:
                painter.setBrush(accent)
                painter.drawRoundedRect(done, bar.height() / 2, bar.height() / 2)
        painter.setBrush(self.palette().color(QPalette.ColorRole.WindowText))
        if self.hasFocus():
            painter.setPen(QPen(accent, 3.0))
        painter.drawEllipse(QPointF(knob_x, places.middle_px), places.knob_px, places.knob_px)

    def _paint_titles(self, painter: QPainter) -> None:
        painter.setFont(self._title_font)
        now = self._timeline.index_at(self._time_s)
        for k, box in self.named.items():
            role = QPalette.ColorRole.WindowText if k in (now, self._hovered) else QPalette.ColorRole.PlaceholderText
            painter.setPen(self.palette().color(role))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._titles[k])

    def _hover(self, step: int | None) -> None:
        if step != self._hovered:
            self._hovered = step
            self.update()

    def sizeHint(self) -> QSize:
        """As wide as there is room, as high as a bar with a line of text."""
        return QSize(320, round(self.places.height_px))

    def minimumSizeHint(self) -> QSize:
        """Never flatter."""
        return QSize(160, self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        """Measures the text anew when its font changes."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._em_px = em_of(self)
            self.updateGeometry()

    def event(self, event: QEvent) -> bool:
        """Shows a step's title and start under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.words_at(event.pos().x()), self)
            return True
        if event.type() == QEvent.Type.Leave:
            self._hover(None)
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left to the window."""
        event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Takes the knob to the pointer."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self.sought.emit(self.places.time_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drags the knob, or marks the segment under the pointer."""
        self._hover(self.places.step_at(event.position().x()))
        if self.isSliderDown():
            self.sought.emit(self.places.time_at(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Lets the knob go."""
        self.setSliderDown(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Segments, knob and titles."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_bar(painter)
        self._paint_titles(painter)
