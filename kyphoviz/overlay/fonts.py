"""Whether there are letters to write with: without a font, Qt draws the same box for each and says nothing."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont, QImage, QPainter

REMEDY = "No font is there to write the words with; on Debian and Ubuntu: sudo apt-get install -y fonts-dejavu-core"
PROBE_PX = 32


class FontsMissing(RuntimeError):
    """The machine has no font; the message says what to do."""


def has_letters() -> bool:
    """Whether two letters look different. It asks no font for its names, for Qt has names where there are no fonts."""
    return _drawn("i") != _drawn("W")


def demand_letters() -> None:
    """Returns where words can be written; there is a Qt application.

    Raises:
        FontsMissing: they can't.
    """
    if not has_letters():
        raise FontsMissing(REMEDY)


def _drawn(letter: str) -> bytes:
    image = QImage(2 * PROBE_PX, 2 * PROBE_PX, QImage.Format.Format_Grayscale8)
    image.fill(0)
    font = QFont()
    font.setPixelSize(PROBE_PX)
    with QPainter(image) as painter:
        painter.setFont(font)
        painter.setPen(QColor("white"))
        painter.drawText(QRectF(image.rect()), 0, letter)
    return bytes(image.constBits())
