"""The one measure of the window: the height of its text."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontInfo
from PySide6.QtWidgets import QWidget


def em_of(widget: QWidget) -> float:
    """Height of the widget's own text, in device-independent pixels."""
    return float(QFontInfo(widget.font()).pixelSize())


def scaled(font: QFont, share: float) -> QFont:
    """That font, larger or smaller."""
    found = QFont(font)
    found.setPixelSize(max(8, round(QFontInfo(font).pixelSize() * share)))
    return found
