"""The signs on the buttons, as paths in a square of 24 by 24: sharp at any size, in any colour."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPainterPathStroker, QPolygonF, QTransform

SIDE = 24.0
Glyph = Callable[[], QPainterPath]


def play() -> QPainterPath:
    """A triangle that points forwards, its weight in the middle."""
    return _polygon((7.5, 4.5), (20.0, 12.0), (7.5, 19.5))


def pause() -> QPainterPath:
    """Two bars."""
    return _bars((6.5, 4.5, 4.0, 15.0), (13.5, 4.5, 4.0, 15.0))


def next_step() -> QPainterPath:
    """A triangle that runs against a bar."""
    return _polygon((5.0, 4.5), (16.0, 12.0), (5.0, 19.5)).united(_bars((17.0, 4.5, 2.6, 15.0)))


def previous_step() -> QPainterPath:
    """The mirror image of `next_step`."""
    return QTransform(-1.0, 0.0, 0.0, 1.0, SIDE, 0.0).map(next_step())


def loop() -> QPainterPath:
    """An arrow that comes back."""
    way = QPainterPath()
    way.arcMoveTo(QRectF(4.5, 4.5, 15.0, 15.0), 60.0)
    way.arcTo(QRectF(4.5, 4.5, 15.0, 15.0), 60.0, 300.0)
    return _stroked(way).united(_polygon((12.6, 1.8), (19.6, 5.2), (13.4, 9.6)))


def pause_at_step() -> QPainterPath:
    """A way with a mark at which one stops."""
    way = QPainterPath()
    way.moveTo(2.5, 12.0)
    way.lineTo(10.5, 12.0)
    return _stroked(way).united(_bars((12.5, 5.0, 3.0, 14.0), (18.0, 5.0, 3.0, 14.0)))


def fold() -> QPainterPath:
    """Two arrow heads that point left."""
    way = QPainterPath()
    for left in (5.0, 12.5):
        way.moveTo(left + 6.5, 5.0)
        way.lineTo(left, 12.0)
        way.lineTo(left + 6.5, 19.0)
    return _stroked(way)


def unfold() -> QPainterPath:
    """The mirror image of `fold`."""
    return QTransform(-1.0, 0.0, 0.0, 1.0, SIDE, 0.0).map(fold())


def full_screen() -> QPainterPath:
    """Four corners."""
    way = QPainterPath()
    for turn in range(4):
        corner = QPainterPath(QPointF(4.0, 9.0))
        corner.lineTo(4.0, 4.0)
        corner.lineTo(9.0, 4.0)
        way.addPath(QTransform().translate(12, 12).rotate(90.0 * turn).translate(-12, -12).map(corner))
    return _stroked(way)


def layers() -> QPainterPath:
    """Three sheets that lie above each other."""
    top = _polygon((12.0, 2.5), (22.0, 8.0), (12.0, 13.5), (2.0, 8.0))
    way = QPainterPath()
    for y in (12.3, 16.6):
        way.moveTo(2.8, y)
        way.lineTo(12.0, y + 5.0)
        way.lineTo(21.2, y)
    return top.united(_stroked(way))


def label() -> QPainterPath:
    """A name with a line to a point."""
    way = QPainterPath(QPointF(4.5, 19.5))
    way.lineTo(10.0, 13.0)
    way.addRoundedRect(QRectF(9.0, 4.0, 12.5, 8.5), 1.5, 1.5)
    dot = QPainterPath()
    dot.addEllipse(QPointF(4.5, 19.5), 2.6, 2.6)
    return _stroked(way).united(dot)


def shown() -> QPainterPath:
    """An open eye."""
    pupil = QPainterPath()
    pupil.addEllipse(QPointF(12.0, 12.0), 3.4, 3.4)
    return _stroked(_lids()).united(pupil)


def ghosted() -> QPainterPath:
    """An eye without a pupil."""
    return _stroked(_lids())


def hidden() -> QPainterPath:
    """An eye struck through."""
    stroke = QPainterPath(QPointF(4.0, 20.0))
    stroke.lineTo(20.0, 4.0)
    return _stroked(_lids()).united(_stroked(stroke))


def _lids() -> QPainterPath:
    way = QPainterPath(QPointF(2.0, 12.0))
    way.quadTo(12.0, 1.5, 22.0, 12.0)
    way.quadTo(12.0, 22.5, 2.0, 12.0)
    return way


def _polygon(*corners: tuple[float, float]) -> QPainterPath:
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
    path.closeSubpath()
    return path


def _bars(*bars: tuple[float, float, float, float]) -> QPainterPath:
    path = QPainterPath()
    for x, y, width, height in bars:
        path.addRoundedRect(QRectF(x, y, width, height), 0.8, 0.8)
    return path


def _stroked(way: QPainterPath) -> QPainterPath:
    stroker = QPainterPathStroker()
    stroker.setWidth(2.2)
    return stroker.createStroke(way)
