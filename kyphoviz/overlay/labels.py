"""Names with leader lines, in two columns beside what they name."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from kyphoviz.overlay.ink import Ink
from kyphoviz.overlay.text import paint_card, sized

ACROSS = 0.12  # of the width: how far from the middle a name may still stand on the other side
AWAY = 9  # gaps between the outermost point and its column of names, for a name must not hide what lies around
CHECKS = 24  # places along a line at which it may run through another name
Named = tuple[str, float, float]  # a name and the point of the picture that it belongs to


@dataclass(frozen=True, slots=True)
class Label:
    """A name, where it is written, and the point that its line leads to."""

    text: str
    box: QRectF
    anchor: QPointF


def placed(
    points: list[Named], sizes: list[QSizeF], rect: QRectF, gap: float, shy_of: QRectF | None = None
) -> list[Label]:
    """Labels left and right of their points, none over another and none outside the picture while there is room.

    A point in the left half of the named things gets its name on the left, if there is room for it beside the point;
    so with the right. Each column keeps the order of its points
    from top to bottom, so no two lines of a column cross.

    Args:
        sizes: the box that each name needs.
        gap: the least distance between two boxes of a column.
        shy_of: what the picture is about; a name that would lie on it goes above or below.
    """
    if not points:
        return []
    middle = sum(x for _, x, _ in points) / len(points)
    left = [k for k, (_, x, _) in enumerate(points) if _goes_left(x, sizes[k].width() + 2 * gap, middle, rect)]
    right = [k for k in range(len(points)) if k not in left]
    inner_left = max(rect.left(), min((points[k][1] for k in left), default=rect.left()) - AWAY * gap)
    inner_right = min(rect.right(), max((points[k][1] for k in right), default=rect.right()) + AWAY * gap)
    found = []
    for column, is_left in ((left, True), (right, False)):
        boxes = {}
        for k in column:
            width, height = sizes[k].width(), sizes[k].height()
            x = max(rect.left(), inner_left - width) if is_left else min(rect.right() - width, inner_right)
            boxes[k] = _beside(QRectF(x, points[k][2] - height / 2, width, height), shy_of, gap)
        column.sort(key=lambda k: (boxes[k].top(), points[k][2]))
        tops = _spread([boxes[k].top() for k in column], [boxes[k].height() for k in column], rect, gap)
        for k, top in zip(column, tops, strict=True):
            boxes[k].moveTop(top)
            found.append(Label(points[k][0], boxes[k], QPointF(*points[k][1:])))
    return found


def _beside(box: QRectF, shy_of: QRectF | None, gap: float) -> QRectF:
    """The box, above or below what it would lie on, whichever is nearer."""
    if shy_of is None or not box.intersects(shy_of):
        return box
    is_above = box.center().y() < shy_of.center().y()
    top = shy_of.top() - gap - box.height() if is_above else shy_of.bottom() + gap
    return QRectF(QPointF(box.left(), top), box.size())


def _goes_left(x: float, width: float, middle: float, rect: QRectF) -> bool:
    """Whether a name stands left of its point."""
    has_left, has_right = x - rect.left() > width, rect.right() - x > width
    is_near = abs(x - middle) < ACROSS * rect.width()  # else its line would run right through the picture
    return x <= middle if has_left == has_right or not is_near else has_left


def uncovered(
    points: list[Named], sizes: list[QSizeF], rect: QRectF, gap: float, shy_of: QRectF | None = None
) -> list[Label]:
    """As `placed`, without names that would hide a point, a line or what the picture is about; the last goes first."""
    kept = list(range(len(points)))
    while True:
        found = placed([points[k] for k in kept], [sizes[k] for k in kept], rect, gap, shy_of)
        boxes = [label.box.adjusted(-gap, 0, gap, 0) for label in found]
        hidden = {
            label.text
            for label, own in zip(found, boxes, strict=True)
            if _is_over(own, label.anchor)
            or any(box.contains(label.anchor) for box in boxes)
            or any(_is_crossed(other, label) for other in found if other is not label)
            or (shy_of is not None and label.box.intersects(shy_of))
        }
        lost = next((k for k in reversed(kept) if points[k][0] in hidden), None)
        if lost is None:
            return found
        kept.remove(lost)


def _is_over(box: QRectF, anchor: QPointF) -> bool:
    """Whether a name stands above or below its point and so near that its line could not be seen."""
    beyond = max(box.top() - anchor.y(), anchor.y() - box.bottom())
    return box.left() < anchor.x() < box.right() and beyond < box.height() / 2


def paint(
    painter: QPainter, rect: QRectF, points: list[Named], ink: Ink, em_px: float, shy_of: QRectF | None = None
) -> None:
    """Leader lines first, then the names on their cards; a second line of a name is smaller and quieter."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    font = painter.font()
    sizes = [_size(font, name, em_px) for name, _, _ in points]
    found = uncovered(points, sizes, rect, 0.4 * em_px, shy_of)
    for label in found:
        _paint_leader(painter, label, ink, em_px)
    for label in found:
        paint_card(painter, label.box, ink, em_px)
        _paint_words(painter, font, label.text, label.box, ink, em_px)
    painter.restore()


def paint_tag(painter: QPainter, rect: QRectF, text: str, pointer: QPointF, ink: Ink, em_px: float) -> None:
    """A name beside the pointer, kept inside the picture."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = QRectF(pointer + QPointF(1.0, 1.1) * em_px, _size(painter.font(), text, em_px))
    box.moveRight(min(box.right(), rect.right()))
    if box.bottom() > rect.bottom():
        box.moveBottom(pointer.y() - 0.5 * em_px)
    paint_card(painter, box, ink, em_px)
    _paint_words(painter, painter.font(), text, box, ink, em_px)
    painter.restore()


def _size(font: QFont, text: str, em_px: float) -> QSizeF:
    """The card that a name of one or two lines needs."""
    first, _, second = text.partition("\n")
    width = QFontMetricsF(sized(font, em_px)).horizontalAdvance(first)
    if second:
        width = max(width, QFontMetricsF(_quiet(font, em_px)).horizontalAdvance(second))
    return QSizeF(width + 1.2 * em_px, (2.75 if second else 1.7) * em_px)


def _paint_words(painter: QPainter, font: QFont, text: str, box: QRectF, ink: Ink, em_px: float) -> None:
    first, _, second = text.partition("\n")
    inner = box.adjusted(0.6 * em_px, 0.2 * em_px, -0.3 * em_px, -0.2 * em_px)
    middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.setFont(sized(font, em_px))
    painter.setPen(QColor(ink.text))
    upper = QRectF(inner.topLeft(), QSizeF(inner.width(), inner.height() * (0.54 if second else 1.0)))
    painter.drawText(upper, middle, first)
    if second:
        painter.setFont(_quiet(font, em_px))
        painter.setPen(QColor(ink.quiet))
        painter.drawText(inner.adjusted(0, 0.52 * inner.height(), 0, 0), middle, second)


def _quiet(font: QFont, em_px: float) -> QFont:
    found = sized(font, 0.86 * em_px)
    found.setItalic(True)
    return found


def _start(label: Label) -> QPointF:
    """Where the line leaves the name: from the side, or from above or below where the point lies there."""
    box, anchor = label.box, label.anchor
    if box.left() < anchor.x() < box.right():
        return QPointF(anchor.x(), box.bottom() if anchor.y() > box.bottom() else box.top())
    return QPointF(box.right() if anchor.x() > box.center().x() else box.left(), box.center().y())


def _is_crossed(other: Label, label: Label) -> bool:
    """Whether the name's line runs through the other's box or its line."""
    start, way = _start(label), label.anchor - _start(label)
    crossing, _ = QLineF(start, label.anchor).intersects(QLineF(_start(other), other.anchor))
    return crossing == QLineF.IntersectionType.BoundedIntersection or any(
        other.box.contains(start + way * (k / CHECKS)) for k in range(1, CHECKS)
    )


def _paint_leader(painter: QPainter, label: Label, ink: Ink, em_px: float) -> None:
    """A line from the nearer edge of the box to a dot on the point; its dark edge shows it on bright bone."""
    start, anchor = _start(label), label.anchor
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
