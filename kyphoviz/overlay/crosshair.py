"""Marks that tie the 3D picture and the X-rays together: where the pointer is, and what was clicked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from kyphoviz.overlay import labels
from kyphoviz.overlay.ink import Ink
from kyphoviz.overlay.xray_teaching import UNDER

POINTER, LIT = "#FFE08A", "#FFD24A"
GAP_EM, ARM_EM = 0.55, 3.2  # a cross leaves its middle free
PIN_EM = 0.28


def paint_cross(painter: QPainter, rect: QRectF, spot: QPointF, em_px: float) -> None:
    """A small cross about a spot, its middle free."""
    arms = [(QPointF(x, y) * GAP_EM * em_px, QPointF(x, y) * ARM_EM * em_px) for x, y in _WAYS]
    _lines(painter, rect, [QLineF(spot + near, spot + far) for near, far in arms], POINTER, max(1.0, 0.07 * em_px))


def paint_ray(painter: QPainter, rect: QRectF, one: QPointF, other: QPointF, em_px: float) -> None:
    """A line from one end of a ray to the other."""
    _lines(painter, rect, [QLineF(one, other)], POINTER, max(1.0, 0.08 * em_px))


def paint_outline(painter: QPainter, rect: QRectF, lines: Sequence[QLineF], em_px: float) -> None:
    """The outline of what was clicked."""
    _lines(painter, rect, lines, LIT, max(1.2, 0.10 * em_px), is_faint_below=True)


def paint_pin(painter: QPainter, rect: QRectF, spot: QPointF, words: str, ink: Ink, em_px: float) -> None:
    """A dot with a name."""
    painter.save()
    painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(UNDER), 1.2))
    painter.setBrush(QColor(LIT))
    painter.drawEllipse(spot, PIN_EM * em_px, PIN_EM * em_px)
    painter.restore()
    if words:
        labels.paint_tag(painter, rect, words, spot, ink, 0.9 * em_px)


_WAYS = ((1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (0.0, -1.0))


def _lines(
    painter: QPainter, rect: QRectF, lines: Sequence[QLineF], colour: str, width: float, *, is_faint_below: bool = False
) -> None:
    painter.save()
    painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, len(lines) < MANY)
    for ink, stroke in ((UNDER, width + (1.0 if is_faint_below else 2.0)), (colour, width)):
        painter.setPen(QPen(QColor(ink), stroke))
        painter.drawLines(list(lines))
    painter.restore()


MANY = 20_000
