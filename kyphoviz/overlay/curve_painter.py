"""Paints charts: what is still to come as a fine line, what has been as a strong one, names beside the lines.

Lines differ by their dashes and by the names at their ends, never by colour alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from kyphoviz.overlay.curve_words import CurveWords
from kyphoviz.overlay.curves import Chart, Line
from kyphoviz.overlay.ink import Ink
from kyphoviz.overlay.text import sized

SMALL, TITLE = 0.82, 0.95  # of the text
LEFT_EM, RIGHT_EM, HEAD_EM, FOOT_EM, GAP_EM = 3.5, 0.9, 1.7, 1.5, 0.7
LABEL_EM = 5.6  # to the right of lines that have names
LABEL_STEP_EM = 1.0  # between two names
COMING = 0.55  # how strongly the part is seen that is still to come
DASHES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine)


@dataclass(frozen=True, slots=True)
class Plot:
    """A chart in its place."""

    chart: Chart
    whole: QRectF
    axes: QRectF

    def at(self, x: float, y: float) -> QPointF:
        """Where a point of the chart lies."""
        across, up = self.chart.share(x, y)
        return QPointF(self.axes.left() + across * self.axes.width(), self.axes.bottom() - up * self.axes.height())

    def x_at(self, place: float) -> float:
        """What stands on the x axis there."""
        (x0, _), (x1, _) = self.chart.least, self.chart.most
        return x0 + (place - self.axes.left()) / max(self.axes.width(), 1.0) * (x1 - x0)


def plots(rect: QRectF, charts: tuple[Chart, ...], em_px: float) -> tuple[Plot, ...]:
    """The charts below each other; all axes of a topic begin and end at the same places."""
    if not charts:
        return ()
    right = LABEL_EM if any(len(chart.lines) > 1 for chart in charts) else RIGHT_EM
    height = (rect.height() - (len(charts) - 1) * GAP_EM * em_px) / len(charts)
    found = []
    for k, chart in enumerate(charts):
        whole = QRectF(rect.left(), rect.top() + k * (height + GAP_EM * em_px), rect.width(), height)
        edges = (LEFT_EM, HEAD_EM, -right, -FOOT_EM)
        found.append(Plot(chart, whole, whole.adjusted(*(edge * em_px for edge in edges))))
    return tuple(found)


def paint(
    painter: QPainter, rect: QRectF, charts: tuple[Chart, ...], time_s: float, words: CurveWords, ink: Ink, em_px: float
) -> None:
    """The charts as they are at that time of the film."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for plot in plots(rect, charts, em_px):
        _paint_frame(painter, plot, time_s, words, ink, em_px)
        for line, dash in zip(plot.chart.lines, DASHES, strict=False):
            _paint_line(painter, plot, line, dash, time_s, ink, em_px)
        _paint_names(painter, plot, time_s, words, ink, em_px)
    painter.restore()


def _paint_frame(painter: QPainter, plot: Plot, time_s: float, words: CurveWords, ink: Ink, em_px: float) -> None:
    """Title, present value, axes and the names of their ends."""
    chart, axes, whole = plot.chart, plot.axes, plot.whole
    flag = Qt.AlignmentFlag
    if chart.band is not None:
        _paint_band(painter, plot, words, ink, em_px)
    painter.setPen(QPen(QColor(ink.line), 1.0))
    painter.drawLine(axes.bottomLeft(), axes.bottomRight())
    painter.drawLine(axes.topLeft(), axes.bottomLeft())
    head = QRectF(whole.left(), whole.top(), whole.width(), HEAD_EM * em_px)
    painter.setFont(sized(painter.font(), TITLE * em_px))
    painter.setPen(QColor(ink.text))
    painter.drawText(head, flag.AlignLeft | flag.AlignTop, words.chart(chart.key, "title"))
    painter.setFont(sized(painter.font(), SMALL * em_px))
    painter.drawText(head, flag.AlignRight | flag.AlignTop, words.value(chart, time_s))
    painter.setPen(QColor(ink.quiet))
    (x0, y0), (x1, y1) = chart.least, chart.most
    column = QRectF(whole.left(), 0.0, axes.left() - whole.left() - 0.35 * em_px, 1.2 * em_px)
    for y, top in ((y1, axes.top() - 0.3 * em_px), (y0, axes.bottom() - 0.9 * em_px)):
        painter.drawText(column.translated(0.0, top), flag.AlignRight | flag.AlignVCenter, _number(y))
    foot = QRectF(axes.left(), axes.bottom() + 0.15 * em_px, axes.width(), 1.3 * em_px)
    is_film = chart.key in ("heights", "angle")
    y_name = words.chart(chart.key, "y")
    painter.drawText(foot, flag.AlignLeft | flag.AlignTop, y_name if is_film else _number(x0))
    painter.drawText(foot, flag.AlignRight | flag.AlignTop, "" if is_film else _number(x1))
    painter.drawText(foot, flag.AlignHCenter | flag.AlignTop, "" if is_film else words.chart(chart.key, "x"))


def _paint_band(painter: QPainter, plot: Plot, words: CurveWords, ink: Ink, em_px: float) -> None:
    """A hatched stretch with its name."""
    assert plot.chart.band is not None
    start, end, key = plot.chart.band
    left, right = plot.at(start, plot.chart.least[1]).x(), plot.at(end, plot.chart.least[1]).x()
    ground = QRectF(left, plot.axes.top(), right - left, plot.axes.height())
    painter.fillRect(ground, QBrush(QColor(ink.line), Qt.BrushStyle.BDiagPattern))
    painter.setFont(sized(painter.font(), SMALL * em_px))
    painter.setPen(QColor(ink.quiet))
    name = words.band(key)
    width = QFontMetricsF(painter.font()).horizontalAdvance(name) + 0.6 * em_px
    room = QRectF(ground.center().x() - 0.5 * width, ground.top(), width, 1.2 * em_px)
    painter.fillRect(room, QColor(ink.card))
    painter.drawText(room, Qt.AlignmentFlag.AlignCenter, name)


def _paint_line(
    painter: QPainter, plot: Plot, line: Line, dash: Qt.PenStyle, time_s: float, ink: Ink, em_px: float
) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    coming = QColor(ink.quiet)
    coming.setAlphaF(COMING)
    painter.setPen(QPen(coming, 1.0))
    painter.drawPolyline(_polygon(plot, ((x, y) for _, x, y in line.points)))
    drawn = line.until(time_s)
    if not drawn:
        return
    strong = QPen(QColor(ink.accent), max(1.6, 0.13 * em_px), dash)
    strong.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(strong)
    painter.drawPolyline(_polygon(plot, drawn))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ink.text))
    painter.drawEllipse(plot.at(*drawn[-1]), 0.24 * em_px, 0.24 * em_px)


def _paint_names(painter: QPainter, plot: Plot, time_s: float, words: CurveWords, ink: Ink, em_px: float) -> None:
    """The cursor of the present, and names with values beside the ends of the lines, kept apart."""
    ends = [(line, points[-1]) for line in plot.chart.lines if (points := line.until(time_s))]
    if not ends:
        return
    if plot.chart.key in ("heights", "angle"):
        x = plot.at(*ends[0][1]).x()
        painter.setPen(QPen(QColor(ink.quiet), 1.0))
        painter.drawLine(QPointF(x, plot.axes.top()), QPointF(x, plot.axes.bottom()))
    painter.setFont(sized(painter.font(), SMALL * em_px))
    painter.setPen(QColor(ink.text))
    if len(plot.chart.lines) == 1:
        name = words.line(ends[0][0].key)
        room = plot.axes.adjusted(0.4 * em_px, 0, 0, -0.2 * em_px)
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, name)
        return
    ordered = sorted(ends, key=lambda end: plot.at(*end[1]).y())
    tops = _apart([plot.at(*point).y() for _, point in ordered], LABEL_STEP_EM * em_px, plot.axes)
    metrics = QFontMetricsF(painter.font())
    for (line, (_, y)), middle in zip(ordered, tops, strict=True):
        place = QPointF(plot.axes.right() + 0.35 * em_px, middle + 0.35 * metrics.ascent())
        painter.drawText(place, f"{words.line(line.key)} {y:.0f}")


def _apart(places: list[float], step: float, axes: QRectF) -> list[float]:
    """Those heights, from above, moved until each is a step below the one before, all beside the axes."""
    found: list[float] = []
    for place in places:
        found.append(max(place, found[-1] + step) if found else place)
    over = max(0.0, found[-1] - axes.bottom())
    return [place - over for place in found]


def _polygon(plot: Plot, points: Iterable[tuple[float, float]]) -> QPolygonF:
    return QPolygonF([plot.at(x, y) for x, y in points])


def _number(value: float) -> str:
    return f"{value:,g}"
