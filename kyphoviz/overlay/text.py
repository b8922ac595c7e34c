"""Fonts and cards that the painters share."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from kyphoviz.overlay.ink import Ink

LEAST_PX = 8.0  # smaller letters can't be read


def sized(font: QFont, em_px: float, *, is_bold: bool = False) -> QFont:
    """That font at a height in pixels; never so small that it can't be read."""
    found = QFont(font)
    found.setPixelSize(max(round(LEAST_PX), round(em_px)))
    found.setBold(is_bold)
    return found


def paint_card(painter: QPainter, rect: QRectF, ink: Ink, em_px: float) -> None:
    """A rounded, nearly opaque ground with a fine edge, so that words can be read on any picture."""
    painter.setPen(QPen(QColor(ink.line), 1.0))
    painter.setBrush(QColor(ink.card))
    radius = 0.55 * em_px
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
