"""The film as a bar: one segment per step, a knob where it is."""

from __future__ import annotations

from collections.abc import Iterator

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

from kyphoviz.procedure.easing import clamp
from kyphoviz.procedure.timeline import Timeline
from kyphoviz.ui.film.clock_words import film_time
from kyphoviz.ui.look.em import em_of, scaled

BAR_EM, HOVER_EM, GAP_EM, KNOB_EM = 0.5, 0.66, 0.34, 0.56
INSET_EM = KNOB_EM + GAP_EM / 2  # between the widget's edge and the first segment: room for the knob
LABEL_SHARE = 0.92
MOST = 0.4
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
        self._em_px = em_of(self)  # kept, because each segment asks for it in each frame
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
        moved_px = abs(self._x(time_s) - self._x(self._time_s)) * self.devicePixelRatioF()
        if step_changed or moved_px >= 0.5:
            self._time_s = time_s
            self.setValue(round(time_s * MS))
            self.update()

    def time_at(self, x: float) -> float:
        """The time under that place."""
        return clamp((x - self._knob) / max(self.width() - 2 * self._knob, 1.0)) * self._timeline.duration_s

    def step_at(self, x: float) -> int:
        """The step under that place."""
        return self._timeline.index_at(self.time_at(x))

    def words_at(self, x: float) -> str:
        """Number, title and start of the step under that place."""
        k = self.step_at(x)
        return f"{k + 1}. {self._titles[k]}  ({film_time(self._timeline.marks[k].start_s)})"

    def _x(self, time_s: float) -> float:
        return self._knob + time_s / self._timeline.duration_s * (self.width() - 2 * self._knob)

    @property
    def _knob(self) -> float:
        """Radius of the knob, and how far the ends of the bar lie inside the widget."""
        return KNOB_EM * self._em_px

    def _middle(self) -> float:
        return self._knob + 3.0

    def _segments(self) -> Iterator[tuple[int, QRectF]]:
        """Each step's part of the bar, a little apart from its neighbours."""
        for k, mark in enumerate(self._timeline.marks):
            thickness = self._em_px * (HOVER_EM if k == self._hovered else BAR_EM)
            half_gap = GAP_EM / 2 * self._em_px
            left, right = self._x(mark.start_s) + half_gap, self._x(mark.end_s) - half_gap
            yield k, QRectF(left, self._middle() - thickness / 2, max(right - left, 1.0), thickness)

    def _labels(self, metrics: QFontMetricsF) -> Iterator[tuple[int, QRectF]]:
        """The present step's title, and those of the others where most of them fit under their segments.

        A few words under a long row of segments would tell nothing.
        """
        top, height = self._middle() + 0.85 * self._em_px, 1.4 * self._text_scale * self._em_px
        now = self._timeline.index_at(self._time_s)
        boxes = {}
        for k, bar in self._segments():
            width = metrics.horizontalAdvance(self._titles[k]) + 0.5 * self._em_px
            edge = self._knob - 0.25 * self._em_px  # words begin and end where the bar does
            left = max(min(bar.center().x() - width / 2, self.width() - width - edge), edge)
            boxes[k] = (QRectF(left, top, width, height), width <= bar.width() + GAP_EM * self._em_px)
        present = boxes[now][0]
        names_most = sum(has_room for _, has_room in boxes.values()) >= MOST * len(boxes)
        for k, (box, has_room) in boxes.items():
            is_named = has_room if names_most else k == self._hovered
            if k == now or (is_named and not box.intersects(present)):
                yield k, box

    @property
    def named(self) -> tuple[int, ...]:
        """The steps whose titles are shown."""
        return tuple(k for k, _ in self._labels(QFontMetricsF(_label_font(self, self._text_scale))))

    def _paint_bar(self, painter: QPainter) -> None:
        accent, line = self.palette().color(QPalette.ColorRole.Highlight), self.palette().color(QPalette.ColorRole.Mid)
        knob_x = self._x(self._time_s)
        painter.setPen(Qt.PenStyle.NoPen)
        for _, bar in self._segments():
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
        painter.drawEllipse(QPointF(knob_x, self._middle()), self._knob, self._knob)

    def _paint_labels(self, painter: QPainter) -> None:
        painter.setFont(_label_font(self, self._text_scale))
        now = self._timeline.index_at(self._time_s)
        for k, box in self._labels(QFontMetricsF(painter.font())):
            role = QPalette.ColorRole.WindowText if k in (now, self._hovered) else QPalette.ColorRole.PlaceholderText
            painter.setPen(self.palette().color(role))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._titles[k])

    def _seek(self, x: float) -> None:
        self.sought.emit(self.time_at(x))

    def _hover(self, step: int | None) -> None:
        if step != self._hovered:
            self._hovered = step
            self.update()

    def sizeHint(self) -> QSize:
        """As wide as there is room, as high as a bar with a line of text."""
        return QSize(320, round(self._middle() + (0.9 + 1.4 * self._text_scale) * self._em_px))

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
            self._seek(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drags the knob, or marks the segment under the pointer."""
        self._hover(self.step_at(event.position().x()))
        if self.isSliderDown():
            self._seek(event.position().x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Lets the knob go."""
        self.setSliderDown(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Segments, knob and titles."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_bar(painter)
        self._paint_labels(painter)


def _label_font(bar: ScrubBar, text_scale: float) -> QFont:
    return scaled(bar.font(), LABEL_SHARE * text_scale)
