"""Every bone from six sides on one sheet, in the look of the scenes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from kyphoviz.anatomy.assets import load_fine
from kyphoviz.anatomy.spine import ORDER
from kyphoviz.export.frames import application
from kyphoviz.scene.specimen import Specimen

TILE = (260, 204)
MARGIN = 40
# Name of the side, and where the eye stands: patient axes, millimetres do not matter.
SIDES = (
    ("behind left", (0.62, 0.72, 0.42)),
    ("behind", (0.0, 1.0, 0.0)),
    ("left", (1.0, 0.0, 0.0)),
    ("above", (0.0, 0.02, 1.0)),
    ("front", (0.0, -1.0, 0.0)),
    ("below", (0.0, 0.02, -1.0)),
)


def write_gallery(path: Path, folder: Path | None = None) -> None:
    """Draws the sheet: a row for each vertebra, a column for each side.

    Args:
        path: a PNG file.
        folder: bones other than the shipped ones.
    """
    width, height = TILE[0] * len(SIDES) + MARGIN, TILE[1] * len(ORDER) + MARGIN
    _app = application()  # fonts need one
    sheet = QImage(width, height, QImage.Format.Format_RGB888)
    sheet.fill(QColor(13, 17, 22))
    painter = QPainter(sheet)
    painter.setPen(QColor(200, 206, 212))
    for column, (name, _) in enumerate(SIDES):
        place = QRectF(MARGIN + column * TILE[0], 0, TILE[0], MARGIN)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, name)
    for row, level in enumerate(ORDER):
        at = MARGIN + row * TILE[1]
        painter.drawText(QRectF(0, at, MARGIN, TILE[1]), Qt.AlignmentFlag.AlignCenter, level)
        for column, pixels in enumerate(_row(level, folder)):
            painter.drawImage(MARGIN + column * TILE[0], at, _image(pixels))
    painter.end()
    smaller = sheet.convertToFormat(QImage.Format.Format_Indexed8, Qt.ImageConversionFlag.DiffuseDither)
    if not smaller.save(str(path)):
        raise OSError(f"{path} can't be written")


def _row(level: str, folder: Path | None) -> list[NDArray[np.uint8]]:
    specimen = Specimen(load_fine(level, folder), TILE)
    try:
        return [specimen.seen_from(way) for _, way in SIDES]
    finally:
        specimen.close()


def _image(pixels: NDArray[np.uint8]) -> QImage:
    rows = np.ascontiguousarray(pixels)
    height, width, _ = rows.shape
    return QImage(rows.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()
