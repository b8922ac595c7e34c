"""Pictures as PNG files."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage

from kyphoviz.aside import written_aside


def png_of(image: QImage, quality: int = -1) -> bytes:
    """The file's content, made in memory, so that a full disk is told by the system and not guessed.

    Args:
        quality: as Qt has it: -1 the usual way, 0 the smallest file, which takes longer.
    """
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not image.save(buffer, "PNG", quality):  # type: ignore[call-overload]
        raise MemoryError(f"a picture of {image.width()} x {image.height()} can't be encoded")
    return bytes(buffer.data().data())


def write_png(path: Path, image: QImage) -> None:
    """A PNG without the byte that pictures in memory leave empty, whatever the name ends with."""
    is_grey = image.format() == QImage.Format.Format_Grayscale8
    stored = image.convertToFormat(QImage.Format.Format_Grayscale8 if is_grey else QImage.Format.Format_RGB888)
    with written_aside(path) as aside:
        aside.write_bytes(png_of(stored))
