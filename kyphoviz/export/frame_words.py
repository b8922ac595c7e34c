"""The words on a frame, for someone who only watches: title and numbers above, the caption below."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QPainter

from kyphoviz.export.frame_layout import TooSmall
from kyphoviz.film import Film
from kyphoviz.overlay import caption, gauge_cards, gauges, orientation, stops
from kyphoviz.overlay.ink import Ink
from kyphoviz.overlay.text import paint_card, sized
from kyphoviz.procedure.state import ProcedureState

SMALL = 0.85  # numbers beside words
TITLE_SHARE, TITLE_EM = 1.1, 1.9
GAP_EM = 0.5  # between what lies below each other
WRAPPED = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)


def paint_words(
    painter: QPainter, rect: QRectF, film: Film, state: ProcedureState, language: str, ink: Ink, em_px: float
) -> None:
    """Title, numbers, caption, and which way the patient faces; none lies on another.

    Args:
        rect: the 3D picture's place.
        state: as it is seen, with what the person changed in it.
        em_px: height of the words.
    """
    if state.caption is None:
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(sized(painter.font(), em_px))
    title, words = state.caption.title.text(language), state.caption.patient.text(language)
    free = _free(painter.font(), rect, title, words, em_px)
    _paint_title(painter, _title_box(painter.font(), rect, title, em_px), title, ink, em_px)
    shown = gauges.readings(state, film.plan.intact, with_clock=True)
    said = stops.stops(state, language)
    free.setTop(gauge_cards.paint_from_above(painter, free, shown, ink, SMALL * em_px, said) + GAP_EM * em_px)
    caption.paint(painter, rect, words, ink, em_px)
    orientation.paint(painter, free, state.camera, ink, em_px)


def refuse_what_is_cut(rect: QRectF, film: Film, language: str, em_px: float) -> None:
    """Holds the words of all steps against the place that they have.

    Raises:
        TooSmall: title and caption of a step, with one row of numbers between them, do not fit.
    """
    font = sized(QGuiApplication.font(), em_px)
    for span in film.timeline.spans:
        title, words = (each.text(language) for each in (span.step.caption.title, span.step.caption.patient))
        if _free(font, rect, title, words, em_px).height() < gauge_cards.HEIGHT_EM * em_px:
            size = f"{rect.width():.0f}x{rect.height():.0f}"
            raise TooSmall(f"a 3D picture of {size} has no room for the words of step {span.step.id}")


def _free(font: QFont, rect: QRectF, title: str, words: str, em_px: float) -> QRectF:
    """What title and caption leave of the picture, without its margins."""
    free = rect.adjusted(em_px, em_px, -em_px, -em_px)
    free.setTop(_title_box(font, rect, title, em_px).bottom() + GAP_EM * em_px)
    if words:
        free.setBottom(caption.place(font, rect, words, em_px).top() - GAP_EM * em_px)
    return free


def _title_box(font: QFont, rect: QRectF, title: str, em_px: float) -> QRectF:
    """In the upper left corner; on two lines where one is too long."""
    room = QRectF(0, 0, rect.width() - 3.6 * em_px, 1e4)
    needed = QFontMetricsF(_title_font(font, em_px)).boundingRect(room, WRAPPED, title)
    height = max(needed.height() + 0.5 * em_px, TITLE_EM * em_px)
    return QRectF(rect.left() + em_px, rect.top() + em_px, needed.width() + 1.6 * em_px, height)


def _title_font(font: QFont, em_px: float) -> QFont:
    return sized(font, TITLE_SHARE * em_px, is_bold=True)


def _paint_title(painter: QPainter, ground: QRectF, title: str, ink: Ink, em_px: float) -> None:
    painter.save()
    painter.setFont(_title_font(painter.font(), em_px))
    paint_card(painter, ground, ink, em_px)
    painter.setPen(QColor(ink.text))
    painter.drawText(ground.adjusted(0.3 * em_px, 0, -0.3 * em_px, 0), WRAPPED, title)
    painter.restore()
