"""The film as a bar: one segment per step, a knob where it is."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
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

from kyphoviz.procedure.timeline import Timeline, film_time
from kyphoviz.ui.film.bar_geometry import SPILL, BarGeometry
from kyphoviz.ui.look.em import em_of, scaled

TITLE_SHARE = 0.92  # of the window's text
MS = 1000.0


class ScrubBar(QAbstractSlider):
    """Shows the place in the film and lets the pointer change it.

    Its length is the film's time. Under it stand the names of the chapters where there is room, and always the present
    one with the title of its step. Keys are left to the window, which knows steps as well as seconds.

    Signals:
        sought: the pointer asks for this time, in seconds.
    """

    sought = Signal(float)

    def __init__(
        self,
        timeline: Timeline,
        titles: tuple[str, ...],
        chapters: tuple[tuple[str, int], ...],
        parent: QWidget | None = None,
    ) -> None:
        """Args: titles: one per step, in order; chapters: title and first step of each, in order."""
        super().__init__(parent)
        self._timeline, self._titles, self._chapters = timeline, titles, chapters
        self._time_s, self._text_scale = 0.0, 1.0
        self._hovered: int | None = None
        self._em_px = em_of(self)  # noted, because it is asked for in each frame
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setRange(0, round(timeline.duration_s * MS))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName("Place in the film")

    def show_film(self, timeline: Timeline, titles: tuple[str, ...], chapters: tuple[tuple[str, int], ...]) -> None:
        """The steps of another film; arguments as for the bar itself."""
        self._timeline, self._titles, self._chapters = timeline, titles, chapters
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
        """Chapter, number, title and start of the step under that place."""
        k = self.places.step_at(x)
        chapter = self._chapters[self.places.chapter_of(k)][0]
        head = "" if chapter == self._titles[k] else f"{chapter}\n"
        return f"{head}{k + 1}. {self._titles[k]}  ({film_time(self._timeline.spans[k].start_s)})"

    @property
    def places(self) -> BarGeometry:
        """Where its parts lie now."""
        starts = tuple(first for _, first in self._chapters)
        return BarGeometry(self._timeline, starts, self.width(), self._em_px, self._text_scale)

    @property
    def labels(self) -> tuple[tuple[str, QRectF, bool], ...]:
        """Words, place, and whether they tell of what is present or pointed at; nothing lies on anything else."""
        places, metrics = self.places, QFontMetricsF(self._title_font)
        placed: list[tuple[str, QRectF, bool]] = []
        for words, stretch, is_marked in self._wanted(places):
            box = places.words_box(metrics.horizontalAdvance(words), stretch)
            is_free = not any(box.intersects(other) for _, other, _ in placed)
            if (is_marked and not placed) or (is_free and (is_marked or box.width() <= SPILL * stretch.width())):
                placed.append((words, box, is_marked))
        return tuple(placed)

    def _wanted(self, places: BarGeometry) -> Iterator[tuple[str, QRectF, bool]]:
        """Words with their stretch of the bar: what is present first, then what is pointed at, then all chapters."""
        now, stretches = self._timeline.index_at(self._time_s), tuple(places.stretches())
        here = places.chapter_of(now)
        chapter, title = self._chapters[here][0], self._titles[now]
        yield title if chapter == title else f"{chapter}: {title}", stretches[here], True
        if self._hovered not in (None, now):
            yield self._titles[self._hovered], tuple(places.segments())[self._hovered], True
        for k, (name, _) in enumerate(self._chapters):
            if k != here:
                yield name, stretches[k], False

    @property
    def _title_font(self) -> QFont:
        return scaled(self.font(), TITLE_SHARE * self._text_scale)

    def _paint_bar(self, painter: QPainter) -> None:
        accent, line = self.palette().color(QPalette.ColorRole.Highlight), self.palette().color(QPalette.ColorRole.Mid)
        places = self.places
        knob_x = places.x_of(self._time_s)
        painter.setPen(Qt.PenStyle.NoPen)
        for bar in places.segments(self._hovered):
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
            above = QPoint(event.globalPos().x(), self.mapToGlobal(QPoint(0, -round(4.5 * self._em_px))).y())
            QToolTip.showText(above, self.words_at(event.pos().x()), self)  # not over the words below the bar
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
        painter.setFont(self._title_font)
        for words, box, is_marked in self.labels:
            role = QPalette.ColorRole.WindowText if is_marked else QPalette.ColorRole.PlaceholderText
            painter.setPen(self.palette().color(role))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
