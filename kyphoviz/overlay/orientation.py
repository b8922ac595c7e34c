"""Which way the patient faces: a small figure of three axes that turns with the camera."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from kyphoviz.overlay.ink import Ink
from kyphoviz.overlay.text import LEAST_PX, sized
from kyphoviz.procedure.state import Camera, Point
from kyphoviz.scene.camera import view_of

# Patient axes are LPS: +x is the patient's left, +y the back, +z the head.
ENDS: tuple[tuple[str, str, Point], ...] = (
    ("left", "L", (1.0, 0.0, 0.0)),
    ("right", "R", (-1.0, 0.0, 0.0)),
    ("back", "P", (0.0, 1.0, 0.0)),
    ("front", "A", (0.0, -1.0, 0.0)),
    ("head", "S", (0.0, 0.0, 1.0)),
    ("feet", "I", (0.0, 0.0, -1.0)),
)
RADIUS_EM, SPOKE_EM, GAP_EM = 3.5, 0.95, 0.3
SHARE_MOST = 0.25  # of the picture's shorter side that the figure takes
LEAST_EM_PX = 0.95 * LEAST_PX
SHORTEST = 0.4  # an end that points at the viewer or away has no room for its word


@dataclass(frozen=True, slots=True)
class End:
    """One end of an axis in the picture: x to the right, y up, `depth` towards the viewer, all within -1 to 1."""

    word: str
    letter: str
    x: float
    y: float
    depth: float


def ends(camera: Camera) -> tuple[End, ...]:
    """The six ends as this camera sees them, the farthest first."""
    view = view_of(camera)
    found = [
        End(word, letter, float(view.right @ axis), float(view.up @ axis), -float(view.ahead @ axis))
        for word, letter, axis in ENDS
    ]
    return tuple(sorted(found, key=lambda end: end.depth))


def paint(
    painter: QPainter, rect: QRectF, camera: Camera, ink: Ink, em_px: float, *, uses_letters: bool = False
) -> None:
    """The figure in the lower right corner of the picture, smaller where it would cover much of it.

    Nothing where its words would be too small to be read, or lie on each other.

    Args:
        uses_letters: anatomical letters (A, P, L, R, S, I) in place of plain words.
    """
    em_px = min(em_px, 0.5 * SHARE_MOST * min(rect.width(), rect.height()) / RADIUS_EM)
    if em_px < LEAST_EM_PX:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    centre = QPointF(rect.right() - RADIUS_EM * em_px, rect.bottom() - RADIUS_EM * em_px)
    _paint_ground(painter, centre, ink, em_px)
    painter.setFont(sized(painter.font(), 0.85 * em_px))
    for end in ends(camera):
        _paint_end(painter, centre, end, ink, em_px, end.letter if uses_letters else end.word)
    painter.restore()


def _paint_ground(painter: QPainter, centre: QPointF, ink: Ink, em_px: float) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ink.card))
    painter.setOpacity(0.75)
    painter.drawEllipse(centre, RADIUS_EM * em_px, RADIUS_EM * em_px)
    painter.setOpacity(1.0)


def _paint_end(painter: QPainter, centre: QPointF, end: End, ink: Ink, em_px: float, words: str) -> None:
    """A spoke and its word; those that point away are quieter."""
    is_near = end.depth > -0.2
    length = SPOKE_EM * em_px
    tip = centre + QPointF(end.x * length, -end.y * length)
    pen = QPen(QColor(ink.accent if is_near else ink.line), 0.16 * em_px)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawLine(centre, tip)
    reach = hypot(end.x, end.y)
    if reach < SHORTEST or (len(words) > 1 and not is_near):  # six words would crowd each other
        return
    word = QRectF(0, 0, QFontMetricsF(painter.font()).horizontalAdvance(words) + 1.0, 1.1 * em_px)
    beyond = length + GAP_EM * em_px  # from here on the word's near edge lies, whichever way the spoke points
    across, along = beyond + word.width() / 2, beyond + word.height() / 2
    word.moveCenter(centre + QPointF(end.x / reach * across, -end.y / reach * along))
    painter.setPen(QColor(ink.text if is_near else ink.quiet))
    painter.drawText(word, Qt.AlignmentFlag.AlignCenter, words)
