"""A picture to paint on, and a state to tell of."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

GROUND = 0xFF6E6E6E


class Canvas:
    """A grey picture with an open painter."""

    def __init__(self, width: int = 640, height: int = 400) -> None:
        self.image = QImage(width, height, QImage.Format.Format_RGB32)
        self.image.fill(GROUND)
        self.painter = QPainter(self.image)

    def touched(self, left: int, top: int, right: int, bottom: int) -> int:
        """How many pixels of that part were painted."""
        columns, rows = range(left, right), range(top, bottom)
        return sum(self.image.pixel(x, y) != GROUND for y in rows for x in columns)


@pytest.fixture
def canvas(qapp: QApplication) -> Iterator[Canvas]:
    """A grey picture."""
    found = Canvas()
    yield found
    found.painter.end()
