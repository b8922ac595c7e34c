"""What was clicked, as every picture shows it: the outline of that part, and its name."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QPainter, QPainterPath

from kyphoviz.anatomy.parts import codes_of
from kyphoviz.overlay import crosshair
from kyphoviz.overlay.ink import ON_XRAY
from kyphoviz.overlay.names import Names
from kyphoviz.procedure.state import ProcedureState
from kyphoviz.site.shape import Shape
from kyphoviz.site.xray.outline import Outlines
from kyphoviz.ui.xray.click import Clicked
from kyphoviz.viewing import Viewing

Places = NDArray[np.float64]
Placing = Callable[[Places], Places]  # from places of the patient, N by 3, to those of a picture, N by 2


class ClickedMark:
    """Paints it over a picture of any instant in which it is there."""

    def __init__(self, viewing: Viewing, names: Names) -> None:
        """Marks nothing yet."""
        self._viewing, self._names = viewing, names
        self.clicked: Clicked | None = None
        self._outlines: dict[str, Outlines] = {}

    def paint_outline(
        self, painter: QPainter, rect: QRectF, placed: Placing, eye_mm: Places,
        state: ProcedureState, picture: str, em_px: float,
    ) -> None:  # fmt: skip
        """Its outline.

        Args:
            state: that the picture tells of.
            picture: its name; what is worked out for one serves no other.
        """
        shape = self._shape(state)
        if self.clicked is None or shape is None:
            return
        outlines = self._outlines.setdefault(picture, Outlines())
        segments = outlines.of(shape, eye_mm, _codes(self.clicked, shape))
        ends = placed(segments.reshape(-1, 3)).reshape(-1, 4)
        crosshair.paint_outline(painter, rect, [QLineF(*line) for line in ends.tolist()], em_px)

    def paint_pin(
        self, painter: QPainter, rect: QRectF, placed: Placing, state: ProcedureState, field: QPainterPath, em_px: float
    ) -> None:
        """Its name at the place that was clicked, unless that lies outside the field that is seen."""
        if self.clicked is None or self._shape(state) is None:
            return
        spot = QPointF(*placed(np.array([self.clicked.point_mm]))[0])
        if field.contains(spot):
            crosshair.paint_pin(painter, rect, spot, self._words(self.clicked), ON_XRAY, em_px)

    def _shape(self, state: ProcedureState) -> Shape | None:
        """The shape that was clicked, as it is at that instant."""
        if self.clicked is None:
            return None
        site, name = self._viewing.film.site, self.clicked.shape
        return next((shape for shape in (*site.shapes(state), *site.drawn(state)) if shape.name == name), None)

    def _words(self, clicked: Clicked) -> str:
        if clicked.key not in self._names:
            return ""
        return self._names[clicked.key].words(clicked.level, is_clinical=self._viewing.mode.clinical_words)


def _codes(clicked: Clicked, shape: Shape) -> tuple[int, ...]:
    """What of the surface of a bone was clicked, on the side on which it was."""
    x = (np.array(clicked.point_mm) - shape.pose[:3, 3]) @ shape.pose[:3, 0]
    return codes_of(clicked.key, "left" if x > 0.0 else "right")
