"""What a teacher draws on an X-ray: rings, walls, tips, and the verdict of the AP/lateral rule.

Every line lies on a dark one, so that it is seen on bright and dark ground alike, and nothing is told by colour alone:
walls are dashed, the left tip is marked by a circle and the right one by a square, a verdict has its own icon and
word.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from kyphoviz.overlay.ink import ON_XRAY, Ink
from kyphoviz.overlay.text import paint_card, sized
from kyphoviz.overlay.xray_marks import NOTICE
from kyphoviz.procedure.state import Side
from kyphoviz.site.xray.ap_lateral_rule import Verdict
from kyphoviz.site.xray.teaching import POINTS_PER_HOUR, Ring, Spot, TeachingMarks, Tip

UNDER = "#D8000000"
RING, WALL = "#F5EBC4", "#A2E2FF"
TIPS = {Side.LEFT: "#FFB059", Side.RIGHT: "#A5E88A"}
GOOD, BAD = "#8FE0A0", "#FF9A8A"
TICKS_FROM_EM = 1.3  # radius of a ring from which its dial can be read
TIP_SHARE = 0.018  # radius of a tip's mark in a small picture: no larger than a pedicle
LETTERS_FROM_EM = 26.0  # width of a picture in which there is room for the letters of the sides
VERDICT_AT = 0.84  # share of the picture's height: inside the round field and clear of the counts


def paint(painter: QPainter, picture: QRectF, marks: TeachingMarks, em_px: float, verdict: str = "") -> None:
    """All marks on one picture.

    Args:
        picture: the square that the X-ray fills.
        verdict: what the rule says, where that is for the one who looks.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipRect(picture)

    def placed(spots: Sequence[Spot]) -> list[QPointF]:
        scale_x, scale_y = picture.width() / marks.size[0], picture.height() / marks.size[1]
        return [picture.topLeft() + QPointF(scale_x * x, scale_y * y) for x, y in spots]

    for wall in marks.walls:
        _paint_wall(painter, placed(wall), em_px)
    tips = placed([tip.spot for tip in marks.tips])
    for ring in marks.rings:
        _paint_ring(painter, ring, placed(ring.outline), tips, em_px)
    for tip, spot in zip(marks.tips, tips, strict=True):
        _paint_tip(painter, tip, spot, min(0.5 * em_px, TIP_SHARE * picture.width()), em_px)
        if picture.width() >= LETTERS_FROM_EM * em_px:
            _paint_letter(painter, tip, spot, em_px)
    if verdict and marks.verdict is not None:
        _paint_verdict(painter, picture, verdict, em_px, is_good=marks.verdict == Verdict.ON_COURSE)
    painter.restore()


def paint_count(painter: QPainter, rect: QRectF, words: Sequence[str], em_px: float, ink: Ink = ON_XRAY) -> None:
    """How much the beam was used, small, in the lower left corner of the pane; above the notice where both are long."""
    painter.save()
    painter.setFont(sized(painter.font(), 0.85 * em_px))
    painter.setPen(QColor(ink.quiet))
    inner = rect.adjusted(0.8 * em_px, 0.6 * em_px, -0.8 * em_px, -0.6 * em_px)
    metrics, line = QFontMetricsF(painter.font()), "  ".join(words)
    if metrics.horizontalAdvance(f"{line}  {NOTICE}") > inner.width():
        inner.setBottom(inner.bottom() - metrics.height())
        line = "\n".join(words)
    painter.drawText(inner, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom), line)
    painter.restore()


def _stroke(painter: QPainter, path: QPainterPath, colour: str, width_px: float, *, is_dashed: bool = False) -> None:
    """A line with a dark one underneath."""
    style = Qt.PenStyle.CustomDashLine if is_dashed else Qt.PenStyle.SolidLine
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for ink, width in ((UNDER, width_px + 2.2), (colour, width_px)):
        pen = QPen(QColor(ink), width, style, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.RoundJoin)
        if is_dashed:
            pen.setDashPattern([6.0 * width_px / width, 4.0 * width_px / width])
        painter.setPen(pen)
        painter.drawPath(path)


def _line_px(em_px: float) -> float:
    return max(1.4, 0.11 * em_px)


def _paint_wall(painter: QPainter, spots: list[QPointF], em_px: float) -> None:
    path = QPainterPath()
    path.addPolygon(QPolygonF(spots))
    _stroke(painter, path, WALL, _line_px(em_px), is_dashed=True)


def _paint_ring(painter: QPainter, ring: Ring, spots: list[QPointF], tips: list[QPointF], em_px: float) -> None:
    """The outline, its dial where it is large enough, and the hour of entry unless a tip is just there."""
    path = QPainterPath()
    path.addPolygon(QPolygonF([*spots, spots[0]]))
    box = path.boundingRect()
    if 0.5 * box.width() >= TICKS_FROM_EM * em_px:
        for hour in range(12):
            spot = spots[hour * POINTS_PER_HOUR]
            out = _outward(box.center(), spot)
            path.moveTo(spot + out * (0.12 * em_px))
            path.lineTo(spot + out * ((0.45 if hour % 3 else 0.65) * em_px))
    _stroke(painter, path, RING, _line_px(em_px))
    entry = spots[ring.entry * POINTS_PER_HOUR]
    out = _outward(box.center(), entry)
    painter.setPen(QPen(QColor(UNDER), 0.8))
    painter.setBrush(QColor(RING))
    dot_px = min(0.22 * em_px, 0.12 * box.width())
    painter.drawEllipse(entry, dot_px, dot_px)
    place = entry + out * (1.15 * em_px)
    if all(hypot(tip.x() - place.x(), tip.y() - place.y()) > 1.4 * em_px for tip in tips):
        _paint_word(painter, place, str(ring.entry), RING, 0.85 * em_px)


def _outward(centre: QPointF, spot: QPointF) -> QPointF:
    way = spot - centre
    return way / max(hypot(way.x(), way.y()), 1e-6)


def _paint_tip(painter: QPainter, tip: Tip, spot: QPointF, radius: float, em_px: float) -> None:
    """Left a circle with an upright cross, right a square with a slanted one; the middle stays free."""
    path = QPainterPath()
    if tip.side == Side.LEFT:
        arms = [QPointF(1, 0), QPointF(0, 1), QPointF(-1, 0), QPointF(0, -1)]
        path.addEllipse(spot, radius, radius)
    else:
        arms = [QPointF(0.8, 0.8), QPointF(-0.8, 0.8), QPointF(-0.8, -0.8), QPointF(0.8, -0.8)]
        path.addPolygon(QPolygonF([spot + arm * radius for arm in (*arms, arms[0])]))
    for arm in arms:
        path.moveTo(spot + arm * radius)
        path.lineTo(spot + arm * (1.9 * radius))
    _stroke(painter, path, TIPS[tip.side], _line_px(em_px))


def _paint_letter(painter: QPainter, tip: Tip, spot: QPointF, em_px: float) -> None:
    aside = -1.3 if tip.side == Side.LEFT else 1.3
    _paint_word(painter, spot + QPointF(aside, 1.2) * em_px, tip.side[0].upper(), TIPS[tip.side], 0.8 * em_px)


def _paint_word(painter: QPainter, middle: QPointF, word: str, colour: str, em_px: float) -> None:
    """A word about a point, with a dark edge."""
    font = sized(painter.font(), em_px, is_bold=True)
    box = QFontMetricsF(font).tightBoundingRect(word)
    path = QPainterPath()
    path.addText(middle - box.center(), font, word)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(UNDER), 2.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.drawPath(path)
    painter.fillPath(path, QColor(colour))


def _paint_verdict(
    painter: QPainter, picture: QRectF, verdict: str, em_px: float, *, is_good: bool, ink: Ink = ON_XRAY
) -> None:
    """A card with icon and word at the bottom of the field."""
    painter.setFont(sized(painter.font(), 0.9 * em_px))
    width = QFontMetricsF(painter.font()).horizontalAdvance(verdict)
    card = QRectF(0, 0, width + 2.8 * em_px, 1.6 * em_px)
    card.moveCenter(QPointF(picture.center().x(), picture.top() + VERDICT_AT * picture.height()))
    paint_card(painter, card, ink, em_px)
    _paint_icon(painter, QPointF(card.left() + 1.1 * em_px, card.center().y()), 0.5 * em_px, is_good=is_good)
    painter.setPen(QColor(ink.text))
    words = card.adjusted(2.0 * em_px, 0, 0, 0)
    painter.drawText(words, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), verdict)


def _paint_icon(painter: QPainter, middle: QPointF, radius: float, *, is_good: bool) -> None:
    """A tick, or the eight corners of a stop sign with a bar in it."""
    painter.setPen(QPen(QColor(GOOD if is_good else BAD), 0.34 * radius))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if is_good:
        tick = [QPointF(-0.9, 0.05), QPointF(-0.25, 0.7), QPointF(0.95, -0.7)]
        painter.drawPolyline(QPolygonF([middle + spot * radius for spot in tick]))
        return
    painter.setBrush(QColor(BAD))
    far, near = 1.0, 0.414
    corners = [(near, far), (far, near), (far, -near), (near, -far), (-near, -far), (-far, -near), (-far, near)]
    painter.drawPolygon(QPolygonF([middle + QPointF(x, y) * radius for x, y in (*corners, (-near, far))]))
    painter.setPen(QPen(QColor("#14171B"), 0.4 * radius))
    painter.drawLine(middle - QPointF(0.6 * radius, 0), middle + QPointF(0.6 * radius, 0))
