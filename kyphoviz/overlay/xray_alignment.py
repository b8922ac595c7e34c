"""How the C-arm stands, marked on an X-ray: two edges that should be one, and two ticks that should meet."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from kyphoviz.overlay.xray_teaching import BAD, GOOD, UNDER
from kyphoviz.site.xray.c_arm_alignment import Alignment, Spot

TICK_EM = 0.9
LONGER = 0.12  # the edges run so far over the plate, as shares of its length


def paint(painter: QPainter, picture: QRectF, alignment: Alignment, em_px: float) -> None:
    """The marks of one picture; solid where it is true, dashed where it is not."""
    width, height = alignment.size

    def placed(spot: Spot) -> QPointF:
        share_x, share_y = picture.width() / width, picture.height() / height
        return picture.topLeft() + QPointF(spot[0] * share_x, spot[1] * share_y)

    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipRect(picture)
    for one, other in (alignment.near_rim, alignment.far_rim):
        _line(painter, *_longer(placed(one), placed(other)), em_px, is_good=not alignment.is_tilted)
    _paint_middle(painter, alignment, placed, em_px)
    painter.restore()


def _paint_middle(painter: QPainter, alignment: Alignment, placed: Callable[[Spot], QPointF], em_px: float) -> None:
    """A tick from above where the middle is, one from below where the spinous process (or the other pedicle) is."""
    middle, crest = placed(alignment.middle), placed(alignment.crest)
    level = 0.5 * (middle.y() + crest.y())
    for x, way in ((middle.x(), -1.0), (crest.x(), 1.0)):
        foot = QPointF(x, level + way * 0.15 * em_px)
        _line(painter, foot, foot + QPointF(0.0, 2.2 * way * TICK_EM * em_px), em_px, is_good=not alignment.is_rotated)


def _longer(one: QPointF, other: QPointF) -> tuple[QPointF, QPointF]:
    over = (other - one) * LONGER
    return one - over, other + over


def _line(painter: QPainter, one: QPointF, other: QPointF, em_px: float, *, is_good: bool) -> None:
    width = max(1.2, 0.09 * em_px)
    style = Qt.PenStyle.SolidLine if is_good else Qt.PenStyle.DashLine
    for colour, stroke in ((UNDER, width + 2.0), (GOOD if is_good else BAD, width)):
        painter.setPen(QPen(QColor(colour), stroke, style, Qt.PenCapStyle.FlatCap))
        painter.drawLine(one, other)
