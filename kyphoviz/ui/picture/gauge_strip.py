"""The numbers along the foot of the 3D picture: where they lie, and which one lies under the pointer."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from kyphoviz.overlay import gauge_cards, gauges, stops
from kyphoviz.overlay.ink import Ink
from kyphoviz.procedure.plan import IntactSizes
from kyphoviz.procedure.state import ProcedureState

LEAST_EM = 24.0  # width from which the picture has room for numbers
FIGURE_EM = 7.5  # left to the axes beside them


class GaugeStrip:
    """Knows the body before it broke and who is looking; all else it is told."""

    def __init__(self, intact: IntactSizes) -> None:
        """Speaks plainly until it is told otherwise."""
        self.intact, self.is_clinical = intact, False
        self.free_left_px = 0.0  # from here on the picture is free of a panel as high as itself

    def shown(self, state: ProcedureState, picture: QRectF, em_px: float) -> tuple[gauges.Reading, ...]:
        """The numbers of that instant; none in a small picture.

        Args:
            em_px: height of the picture's text.
        """
        has_room = picture.width() > LEAST_EM * em_px
        return gauges.readings(state, self.intact, is_clinical=self.is_clinical) if has_room else ()

    def place(self, picture: QRectF, em_px: float) -> QRectF:
        """Where they lie: within the picture, beside the axes."""
        return inner(picture, em_px).adjusted(self.free_left_px, 0, -FIGURE_EM * em_px, 0)

    def paint(self, painter: QPainter, picture: QRectF, state: ProcedureState, ink: Ink, em_px: float) -> None:
        """The cards, and above them why filling stopped."""
        shown = self.shown(state, picture, em_px)
        said = stops.stops(state, is_clinical=self.is_clinical) if picture.width() > LEAST_EM * em_px else ()
        gauge_cards.paint(painter, self.place(picture, em_px), shown, ink, em_px, said)

    def under(self, picture: QRectF, state: ProcedureState, em_px: float, place: QPointF) -> str:
        """The key of the number at that place; a number is explained in clinical words only."""
        if not self.is_clinical:
            return ""
        found = gauge_cards.reading_at(self.place(picture, em_px), self.shown(state, picture, em_px), em_px, place)
        return found.key if found else ""


def inner(picture: QRectF, em_px: float) -> QRectF:
    """The picture without its margins."""
    return picture.adjusted(1.2 * em_px, em_px, -0.9 * em_px, -1.1 * em_px)
