"""Small cards with the numbers that matter at that instant, and the lines above them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from kyphoviz.overlay.gauges import Notice, Reading
from kyphoviz.overlay.ink import Ink
from kyphoviz.overlay.text import LEAST_PX, paint_card, sized

WIDTH_EM, HEIGHT_EM, GAP_EM, PADDING_EM = 8.4, 3.7, 0.6, 0.75
NAME_SHARE, VALUE_SHARE = 0.95, 1.3  # of the text height
LEAST_SHARE = 0.7  # of the text height, to keep all cards in one row
NOTICE_EM, NOTICE_GAP_EM, NOTE_SHARE = 1.5, 0.4, 0.85
NOTE = "illustrative values"
WRAPPED = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
Cards = list[tuple[QRectF, Reading]]


def paint(
    painter: QPainter,
    rect: QRectF,
    shown: tuple[Reading, ...],
    ink: Ink,
    em_px: float,
    notices: tuple[Notice, ...] = (),
) -> None:
    """Cards in a row along the lower edge of the picture, starting again above where the row is full.

    Args:
        notices: lines above the cards.
    """
    em_px = fitted(rect, shown, em_px)
    cards = placed(rect, shown, em_px)
    _paint_cards(painter, cards, ink, em_px)
    top = min((card.top() for card, _ in cards), default=rect.bottom())
    _paint_lines(painter, top, _lines(painter.font(), rect, shown, notices, ink, em_px), ink, em_px)


def paint_from_above(
    painter: QPainter,
    rect: QRectF,
    shown: tuple[Reading, ...],
    ink: Ink,
    em_px: float,
    notices: tuple[Notice, ...] = (),
) -> float:
    """The same from the upper edge downwards; a card that finds no room is left out.

    Returns:
        How far down something lies.
    """
    em_px = fitted(rect, shown, em_px)
    lines = _lines(painter.font(), rect, shown, notices, ink, em_px)
    top = rect.top() + sum(line.room_px for line in lines)
    cards = placed(rect, shown, em_px)
    for card, _ in cards:
        card.moveTop(top + rect.bottom() - card.bottom())
    cards = [(card, reading) for card, reading in cards if card.bottom() <= rect.bottom()]
    _paint_cards(painter, cards, ink, em_px)
    _paint_lines(painter, top, lines, ink, em_px)
    return max((card.bottom() for card, _ in cards), default=top)


def fitted(rect: QRectF, shown: tuple[Reading, ...], em_px: float) -> float:
    """The text height at which the cards fit into one row, if it need not shrink too far for that."""
    row_em = sum(reading.room for reading in shown) * (WIDTH_EM + GAP_EM)
    least = max(LEAST_SHARE * em_px, LEAST_PX / NAME_SHARE)  # smaller letters would be wider than their cards
    return max(least, min(em_px, rect.width() / max(row_em, 1.0)))


def reading_at(rect: QRectF, shown: tuple[Reading, ...], em_px: float, place: QPointF) -> Reading | None:
    """The number whose card lies under that place; arguments as for `paint`."""
    cards = placed(rect, shown, fitted(rect, shown, em_px))
    return next((reading for card, reading in cards if reading.opacity > 0.0 and card.contains(place)), None)


def placed(rect: QRectF, shown: tuple[Reading, ...], em_px: float) -> Cards:
    """Where each card lies; a card takes its room as it fades in, so that its neighbours slide and never jump."""
    width, height, gap = WIDTH_EM * em_px, HEIGHT_EM * em_px, GAP_EM * em_px
    x, y, found = rect.left(), rect.bottom() - height, []
    for reading in shown:
        if x > rect.left() and x + width * reading.room > rect.right() + 1e-6:
            x, y = rect.left(), y - height - gap
        found.append((QRectF(x, y, width * reading.room, height), reading))
        x += (width + gap) * reading.room
    return found


def _paint_cards(painter: QPainter, cards: Cards, ink: Ink, em_px: float) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    font = painter.font()
    for card, reading in cards:
        painter.setOpacity(reading.opacity)
        paint_card(painter, card, ink, em_px)
        inner = card.adjusted(PADDING_EM * em_px, 0.45 * em_px, -0.3 * em_px, -0.45 * em_px)
        painter.setFont(sized(font, NAME_SHARE * em_px))
        painter.setPen(QColor(ink.quiet))
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, reading.name)
        painter.setFont(sized(font, VALUE_SHARE * em_px))
        painter.setPen(QColor(ink.text))
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, reading.value)
    painter.restore()


@dataclass(frozen=True, slots=True)
class _Line:
    """Words above the cards; `room_px` of height that they take, which grows with their opacity."""

    words: str
    opacity: float
    colour: str
    font: QFont
    box: QRectF
    room_px: float


def _lines(
    font: QFont, rect: QRectF, shown: tuple[Reading, ...], notices: tuple[Notice, ...], ink: Ink, em_px: float
) -> list[_Line]:
    """From the lowest upwards: that numbers come from different studies, and what is to be said."""
    weight = max((reading.opacity for reading in shown if reading.is_illustrative), default=0.0)
    wanted = [(NOTE, weight, ink.quiet, NOTE_SHARE), *((n.words, n.weight, ink.text, 1.0) for n in notices)]
    return list(_measured(font, rect, wanted, em_px))


def _measured(font: QFont, rect: QRectF, wanted: list[tuple[str, float, str, float]], em_px: float) -> Iterator[_Line]:
    for words, opacity, colour, share in wanted:
        if opacity > 0.0:
            own = sized(font, share * em_px)
            needed = QFontMetricsF(own).boundingRect(QRectF(0, 0, rect.width() - em_px, 1e4), WRAPPED, words)
            box = QRectF(rect.left(), 0, needed.width() + em_px, max(needed.height(), NOTICE_EM * em_px))
            room_px = (box.height() + NOTICE_GAP_EM * em_px) * min(2.0 * opacity, 1.0)
            yield _Line(words, opacity, colour, own, box, room_px)


def _paint_lines(painter: QPainter, top: float, lines: list[_Line], ink: Ink, em_px: float) -> None:
    """Upwards from the first card."""
    bottom = top - NOTICE_GAP_EM * em_px
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for line in lines:
        line.box.moveBottom(bottom)
        painter.setOpacity(line.opacity)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ink.card))
        painter.drawRoundedRect(line.box, 0.4 * em_px, 0.4 * em_px)
        painter.setFont(line.font)
        painter.setPen(QColor(line.colour))
        painter.drawText(line.box, WRAPPED, line.words)
        bottom -= line.room_px
    painter.restore()
