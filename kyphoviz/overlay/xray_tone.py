"""How bright and how hard an X-ray is shown, and whether dense is dark or white."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath

GREYS = 256
NARROWEST, WIDEST = 0.15, 3.0
FIELD_SHARE = 0.945  # of the square: the round field, which alone is turned around


@dataclass(frozen=True, slots=True)
class Tone:
    """Window and level as shares of the picture's own greys: the grey in the middle, and how many are told apart."""

    level: float = 0.5
    width: float = 1.0

    @property
    def is_plain(self) -> bool:
        """Whether greys stay what they are."""
        return self.level == 0.5 and self.width == 1.0

    def dragged(self, right: float, down: float) -> Tone:
        """After a drag by shares of the pane: to the right the picture gets softer, downwards darker."""
        width = min(max(self.width * 2.0 ** (2.0 * right), NARROWEST), WIDEST)
        return Tone(level=min(max(self.level + down, 0.0), 1.0), width=width)

    def greys(self, picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """The picture in that window."""
        if self.is_plain:
            return picture
        grey = np.arange(GREYS) / (GREYS - 1)
        table = np.clip((grey - self.level) / self.width + 0.5, 0.0, 1.0) * (GREYS - 1)
        return np.asarray(table.astype(np.uint8)[picture])


def field_in(square: QRectF) -> QRectF:
    """The box of the round field of a picture that fills a square."""
    field = QRectF(0, 0, FIELD_SHARE * square.width(), FIELD_SHARE * square.height())
    field.moveCenter(square.center())
    return field


def paint_inverted(painter: QPainter, square: QRectF) -> None:
    """Turns black and white around inside the round field of a picture that is painted already."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    path = QPainterPath()
    path.addEllipse(field_in(square))
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Difference)
    painter.fillPath(path, Qt.GlobalColor.white)
    painter.restore()
