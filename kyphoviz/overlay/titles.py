"""Titles of things that stand side by side to be compared; without them a picture can't be understood."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from kyphoviz.overlay.ink import Ink
from kyphoviz.overlay.naming import Seeing
from kyphoviz.overlay.text import paint_card, sized
from kyphoviz.site.anchors.anchors import Anchor

TITLED = ("without_cement", "with_cement")
HEIGHT_EM, PADDING_EM, BELOW_EM = 1.9, 0.8, 0.7


def placed(anchors: Sequence[Anchor], seeing: Seeing, scale: float) -> list[tuple[str, QPointF]]:
    """Below the middle of each thing, hidden or not, the point under which its title stands.

    Args:
        scale: rendered pixels per unit of the result.
    """
    found = []
    for key in TITLED:
        places = [seeing.project(anchor.point_mm) for anchor in anchors if anchor.key == key]
        if places:
            x, y = zip(*places, strict=True)
            found.append((key, QPointF((min(x) + max(x)) / 2 / scale, max(y) / scale)))
    return found


def boxes(rect: QRectF, feet: Sequence[QPointF], sizes: Sequence[QSizeF], gap: float) -> list[QRectF]:
    """Where each title stands: centred below its point, inside the picture, and clear of the one before."""
    found: list[QRectF] = []
    for foot, size in zip(feet, sizes, strict=True):
        box = QRectF(QPointF(foot.x() - size.width() / 2, foot.y() + gap), size)
        box.moveLeft(max(rect.left(), min(box.left(), rect.right() - box.width())))
        box.moveTop(max(rect.top(), min(box.top(), rect.bottom() - box.height())))
        if found and box.intersects(found[-1]):
            box.moveTop(found[-1].bottom() + gap)
        found.append(box)
    return found


def paint(painter: QPainter, rect: QRectF, named: Sequence[tuple[str, QPointF]], ink: Ink, em_px: float) -> None:
    """A card below each thing.

    Args:
        named: words, and the point under which they stand.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(sized(painter.font(), em_px))
    metrics = QFontMetricsF(painter.font())
    sizes = [QSizeF(metrics.horizontalAdvance(words) + 2 * PADDING_EM * em_px, HEIGHT_EM * em_px) for words, _ in named]
    for (words, _), box in zip(named, boxes(rect, [foot for _, foot in named], sizes, BELOW_EM * em_px), strict=True):
        paint_card(painter, box, ink, em_px)
        painter.setPen(QColor(ink.text))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
    painter.restore()
