"""A sentence on the picture, for movies and kiosks."""

from __future__ import annotations

import re

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from kyphoviz.overlay.ink import Ink
from kyphoviz.overlay.text import paint_card, sized

SHARE = 0.86  # of the picture's width: long lines are hard to read
SHORT_EM, MARGIN_EM = 32.0, 1.0  # lines that are short anyway may be as wide as the picture
LETTER_AND_HYPHEN = re.compile(r"\b(\w)-(?=\w)")
WRAPPED = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)


def place(font: QFont, rect: QRectF, words: str, em_px: float) -> QRectF:
    """The ground of a caption: as narrow as its words allow, centred over the lower edge."""
    widest = max(min(rect.width() - 2 * MARGIN_EM * em_px, SHORT_EM * em_px), SHARE * rect.width())
    room = QRectF(0, 0, widest - 2.2 * em_px, 1e4)
    needed = QFontMetricsF(sized(font, em_px)).boundingRect(room, WRAPPED, unbroken(words))
    ground = QRectF(0, 0, needed.width() + 2.2 * em_px, needed.height() + 1.1 * em_px)
    ground.moveCenter(rect.center())
    ground.moveBottom(rect.bottom() - MARGIN_EM * em_px)
    return ground


def unbroken(words: str) -> str:
    """With hyphens that no line ends on where a single letter stands before them, as in X-ray."""
    return LETTER_AND_HYPHEN.sub("\\1\N{NON-BREAKING HYPHEN}", words)


def paint(painter: QPainter, rect: QRectF, words: str, ink: Ink, em_px: float) -> None:
    """The words on a card at the bottom of the picture; nothing where there are none."""
    if not words:
        return
    ground = place(painter.font(), rect, words, em_px)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_card(painter, ground, ink, em_px)
    painter.setFont(sized(painter.font(), em_px))
    painter.setPen(QColor(ink.text))
    painter.drawText(ground.adjusted(em_px, 0, -em_px, 0), WRAPPED, unbroken(words))
    painter.restore()
