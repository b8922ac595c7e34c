"""The rounded edge of a picture."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPalette, QPen

RADIUS = 8.0


def paint_frame(painter: QPainter, rect: QRectF, palette: QPalette, *, is_marked: bool = False) -> None:
    """Covers the corners of a picture with the window's ground and draws a fine line around it.

    Args:
        is_marked: the keyboard has come to it.
    """
    role = QPalette.ColorRole
    edge = QPainterPath()
    edge.addRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
    corners = QPainterPath()
    corners.addRect(rect)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(corners.subtracted(edge), palette.color(role.Window))
    painter.setPen(QPen(palette.color(role.Highlight), 4.0) if is_marked else QPen(palette.color(role.Mid), 1.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(edge)
