"""What stands on a fluoroscopy picture: the view, the side marker, and that it is a simulation."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from kyphoviz.overlay.ink import ON_XRAY, Ink
from kyphoviz.overlay.text import sized
from kyphoviz.procedure.state import XrayView

VIEW_NAMES: dict[str, str] = {XrayView.AP: "AP", XrayView.LATERAL: "Lateral"}
NOTICE = "simulated X-ray, not a diagnostic image"
BLANK = "No X-ray taken yet"
BLANK_SHARE, BLANK_OPACITY = 0.42, 0.5  # radius of the dark field as a share of the pane, and how faint it is
BEAM_ON, IMAGE_HELD = "beam on", "image held"
# The AP picture is read as from behind, so the patient's left is on image left; the lateral one has the front there.
MARKERS: dict[str, str] = {XrayView.AP: "L", XrayView.LATERAL: "front"}
SMALL = 0.85  # words that are quieter
LOWER_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextWordWrap)
MARKER_AT = (0.135, 0.66)  # share of the picture's width and height, inside the round field


def paint(
    painter: QPainter, rect: QRectF, picture: QRectF, view: str, em_px: float, *, status: str = "", ink: Ink = ON_XRAY
) -> None:
    """All marks of one view.

    Args:
        rect: the whole pane, for the words in its corners.
        picture: the square that the X-ray fills, for the marker; empty before the first X-ray, and then nothing is
            said of simulation.
        status: `BEAM_ON`, `IMAGE_HELD`, or nothing.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    font, inner = painter.font(), _inner(rect, em_px)
    painter.setFont(sized(font, em_px))
    painter.setPen(QColor(ink.text))
    painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, VIEW_NAMES.get(view, view))
    painter.setFont(sized(font, SMALL * em_px))
    painter.setPen(QColor(ink.quiet))
    if not picture.isEmpty():
        painter.save()
        painter.setFont(notice_font(painter.font(), inner.width()))
        painter.drawText(inner, LOWER_RIGHT, NOTICE)
        painter.restore()
    if status:
        _paint_status(painter, inner, status, ink, em_px)
    painter.restore()
    _paint_marker(painter, picture, view, ink, em_px)


def paint_blank(painter: QPainter, rect: QRectF, em_px: float, words: str = BLANK, ink: Ink = ON_XRAY) -> None:
    """The outline of the round field that is still dark, and in it what is to come."""
    radius = BLANK_SHARE * min(rect.width(), rect.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(ink.quiet), 1.0, Qt.PenStyle.DotLine))
    painter.setOpacity(BLANK_OPACITY)
    painter.drawEllipse(rect.center(), radius, radius)
    painter.setOpacity(1.0)
    painter.setFont(sized(painter.font(), em_px))
    painter.setPen(QColor(ink.quiet))
    within = QRectF(0.0, 0.0, 1.7 * radius, 1.4 * radius)
    within.moveCenter(rect.center())
    painter.drawText(within, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, words)
    painter.restore()


def notice_height(font: QFont, rect: QRectF, em_px: float) -> float:
    """How high the notice is in a pane, with the margin below it; two lines or more where it is very narrow."""
    inner = _inner(rect, em_px)
    found = notice_font(sized(font, SMALL * em_px), inner.width())
    return QFontMetricsF(found).boundingRect(inner, LOWER_RIGHT, NOTICE).height() + rect.bottom() - inner.bottom()


def _inner(rect: QRectF, em_px: float) -> QRectF:
    return rect.adjusted(0.8 * em_px, 0.6 * em_px, -0.8 * em_px, -0.6 * em_px)


def notice_font(font: QFont, width_px: float) -> QFont:
    """That font, or smaller until the whole notice fits: its first word, that it is simulated, would be cut."""
    share = min(1.0, width_px / QFontMetricsF(font).horizontalAdvance(NOTICE))
    return sized(font, int(share * font.pixelSize()))


def _paint_marker(painter: QPainter, picture: QRectF, view: str, ink: Ink, em_px: float) -> None:
    """The marker on its dark ground: the field behind it may be bright or dark."""
    words = MARKERS.get(view)
    if words is None or picture.isEmpty():
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(sized(painter.font(), 1.1 * em_px if len(words) == 1 else SMALL * em_px, is_bold=len(words) == 1))
    size = QFontMetricsF(painter.font()).boundingRect(words).size()
    ground = QRectF(0, 0, max(size.width() + 0.7 * em_px, 1.5 * em_px), size.height() + 0.2 * em_px)
    share_x, share_y = MARKER_AT
    corner = picture.topLeft() + QPointF(share_x * picture.width(), share_y * picture.height())
    ground.moveCenter(corner + QPointF(ground.width() / 2 - 0.75 * em_px, 0))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ink.card))
    painter.drawRoundedRect(ground, 0.3 * em_px, 0.3 * em_px)
    painter.setPen(QColor(ink.text))
    painter.drawText(ground, Qt.AlignmentFlag.AlignCenter, words)
    painter.restore()


def _paint_status(painter: QPainter, inner: QRectF, status: str, ink: Ink, em_px: float) -> None:
    """The state of the beam in the upper right corner; the word says what the dot's colour says."""
    is_on = status == BEAM_ON
    painter.setPen(QColor(ink.accent if is_on else ink.quiet))
    painter.drawText(inner, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop), status)
    width = QFontMetricsF(painter.font()).horizontalAdvance(status)
    painter.setBrush(QColor(ink.accent) if is_on else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(
        QPointF(inner.right() - width - 0.6 * em_px, inner.top() + 0.52 * em_px), 0.25 * em_px, 0.25 * em_px
    )
