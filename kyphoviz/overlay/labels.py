"""Names with leader lines, in two columns beside what they name."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from kyphoviz.overlay.ink import Ink
from kyphoviz.overlay.text import paint_card, sized

Named = tuple[str, float, float]  # a name and the point of the picture that it belongs to


@dataclass(frozen=True, slots=True)
class Label:
    """A name, where it is written, and the point that its line leads to."""

    text: str
    box: QRectF
    anchor: QPointF


def placed(points: list[Named], sizes: list[QSizeF], rect: QRectF, gap: float) -> list[Label]:
    """Labels left and right of their points, none over another and none outside the picture while there is room.

    A point in the left half of the named things gets its name on the left. Each column keeps the order of its points
    from top to bottom, so no two lines of a column cross.

    Args:
        sizes: the box that each name needs.
        gap: the least distance between two boxes of a column.
    """
    if not points:
        return []
    middle = sum(x for _, x, _ in points) / len(points)
    left = [k for k, (_, x, _) in enumerate(points) if x <= middle]
    right = [k for k, (_, x, _) in enumerate(points) if x > middle]
    inner_left = max(rect.left(), min(points[k][1] for k in left) - 3 * gap)
    inner_right = min(rect.right(), max((points[k][1] for k in right), default=rect.right()) + 3 * gap)
    found = []
    for column, is_left in ((left, True), (right, False)):
        column.sort(key=lambda k: points[k][2])
        tops = _spread(
            [points[k][2] - sizes[k].height() / 2 for k in column], [sizes[k].height() for k in column], rect, gap
        )
        for k, top in zip(column, tops, strict=True):
            width = sizes[k].width()
            x = max(rect.left(), inner_left - width) if is_left else min(rect.right() - width, inner_right)
            found.append(Label(points[k][0], QRectF(QPointF(x, top), sizes[k]), QPointF(*points[k][1:])))
    return found


def paint(painter: QPainter, rect: QRectF, points: list[Named], ink: Ink, em_px: float) -> None:
    """Leader lines first, then the names on their cards."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(sized(painter.font(), em_px))
    metrics = QFontMetricsF(painter.font())
    sizes = [QSizeF(metrics.horizontalAdvance(name) + 1.2 * em_px, 1.7 * em_px) for name, _, _ in points]
    found = placed(points, sizes, rect, 0.4 * em_px)
    for label in found:
        _paint_leader(painter, label, ink, em_px)
    for label in found:
        paint_card(painter, label.box, ink, em_px)
        painter.setPen(QColor(ink.text))
        painter.drawText(label.box, Qt.AlignmentFlag.AlignCenter, label.text)
    painter.restore()


def _paint_leader(painter: QPainter, label: Label, ink: Ink, em_px: float) -> None:
    """A line from the nearer edge of the box to a dot on the point; its dark edge shows it on bright bone."""
    box, anchor = label.box, label.anchor
    start = QPointF(box.right() if anchor.x() > box.center().x() else box.left(), box.center().y())
    for colour, width in ((ink.card, 0.3 * em_px), (ink.text, 0.1 * em_px)):
        painter.setPen(QPen(QColor(colour), width))
        painter.drawLine(start, anchor)
    painter.setPen(QPen(QColor(ink.card), 0.1 * em_px))
    painter.setBrush(QColor(ink.text))
    painter.drawEllipse(anchor, 0.25 * em_px, 0.25 * em_px)


def _spread(tops: list[float], heights: list[float], rect: QRectF, gap: float) -> list[float]:
    """Moves boxes down until none touches the one above, then up again where the last left the picture."""
    found = list(tops)
    free = rect.top()
    for k, height in enumerate(heights):
        found[k] = max(found[k], free)
        free = found[k] + height + gap
    limit = rect.bottom()
    for k in range(len(found) - 1, -1, -1):
        found[k] = min(found[k], limit - heights[k])
        limit = found[k] - gap
    return found
