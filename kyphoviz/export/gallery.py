"""Every bone from six sides, and every kind of fracture of one of them, on one sheet in the look of the scenes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from kyphoviz.anatomy.bones import Bones
from kyphoviz.anatomy.mesh import Mesh
from kyphoviz.anatomy.spine import ORDER
from kyphoviz.export.frames import application
from kyphoviz.export.png import png_of
from kyphoviz.procedure.fractures import FRACTURES, GRADES, stages_of
from kyphoviz.scene.specimen import BODY, WHOLE, Framing, Specimen
from kyphoviz.site.spine.collapse import collapse_of
from kyphoviz.site.spine.fracture import FracturedMesh

TILE = (256, 200)
MARGIN, HEADING = 64, 34
INK, GROUND = QColor(200, 206, 212), QColor(13, 17, 22)
SHADES_KEPT = 0xFC  # of every colour: the last bits are noise that no eye sees and that makes the file twice as large
BROKEN = "L1"
SMALLEST = 0  # for the file; PNG loses nothing
# Name of the side, and where the eye stands: patient axes, millimetres do not matter.
SIDES = (
    ("behind left", (0.62, 0.72, 0.42)),
    ("behind", (0.0, 1.0, 0.0)),
    ("left", (1.0, 0.0, 0.0)),
    ("above", (0.0, 0.02, 1.0)),
    ("front", (0.0, -1.0, 0.0)),
    ("below", (0.0, 0.02, -1.0)),
)
BROKEN_SIDES = (("left", (1.0, -0.06, 0.04)), ("front left", (0.72, -0.72, 0.55)))

Pixels = NDArray[np.uint8]
Row = tuple[str, list[Pixels]]


def write_gallery(path: Path, bones: Bones) -> None:
    """Draws the sheet: a row for each vertebra, a column for each side, and below it a row for each kind of fracture.

    Args:
        path: a PNG file.
        bones: whose.
    """
    _app = application()  # fonts need one
    broken = [f"{BROKEN}, {grade}, {name}" for grade in GRADES for name, _ in BROKEN_SIDES]
    blocks = [([name for name, _ in SIDES], _whole_rows(bones)), (broken, _broken_rows(bones))]
    sheet = _sheet([(heads, list(rows)) for heads, rows in blocks])
    path.write_bytes(png_of(sheet, SMALLEST))


def _sheet(blocks: Sequence[tuple[list[str], list[Row]]]) -> QImage:
    height = sum(HEADING + TILE[1] * len(rows) for _, rows in blocks)
    sheet = QImage(TILE[0] * len(SIDES) + MARGIN, height, QImage.Format.Format_RGB888)
    sheet.fill(GROUND)
    painter = QPainter(sheet)
    painter.setPen(INK)
    top = 0
    for heads, rows in blocks:
        for column, head in enumerate(heads):
            _write(painter, QRectF(MARGIN + column * TILE[0], top, TILE[0], HEADING), head)
        top += HEADING
        for name, tiles in rows:
            _write(painter, QRectF(0, top, MARGIN, TILE[1]), name)
            for column, pixels in enumerate(tiles):
                painter.drawImage(MARGIN + column * TILE[0], top, _image(pixels))
            top += TILE[1]
    painter.end()
    return sheet


def _write(painter: QPainter, place: QRectF, words: str) -> None:
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)


def _whole_rows(bones: Bones) -> Iterator[Row]:
    for level in ORDER:
        yield level, _seen(bones.fine(level), SIDES, WHOLE)


def _broken_rows(bones: Bones) -> Iterator[Row]:
    shape, fine = bones[BROKEN].shape, bones.fine(BROKEN)
    for kind in FRACTURES:
        tiles: list[Pixels] = []
        for grade in GRADES:
            standing = stages_of("typical", kind, grade)["standing"]
            broken = FracturedMesh(shape, fine, collapse_of(kind, grade)).shaped(standing)
            tiles += _seen(broken, BROKEN_SIDES, BODY)
        yield kind, tiles


def _seen(bone: Mesh, sides: Sequence[tuple[str, tuple[float, float, float]]], framing: Framing) -> list[Pixels]:
    specimen = Specimen(bone, TILE, framing)
    try:
        return [specimen.seen_from(way) for _, way in sides]
    finally:
        specimen.close()


def _image(pixels: Pixels) -> QImage:
    rows = np.ascontiguousarray(pixels & np.uint8(SHADES_KEPT))
    height, width, _ = rows.shape
    return QImage(rows.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()
