"""Claims about the sheet that shows every bone and every fracture."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage

from kyphoviz.anatomy.bones import shipped_bones
from kyphoviz.anatomy.spine import ORDER
from kyphoviz.export.gallery import GROUND, HEADING, MARGIN, SIDES, TILE, write_gallery
from kyphoviz.procedure.fractures import FRACTURES

DOCS = Path(__file__).parents[2] / "docs"


def test_the_printed_sheet_shows_every_bone_whole() -> None:
    """On the sheet of the documentation each tile shows a bone that touches no edge of it, in true colours."""
    assert_whole(DOCS / "bones.png")


@pytest.mark.gl
@pytest.mark.exhaustive
def test_a_new_sheet_shows_every_bone_whole(tmp_path: Path) -> None:
    """So does a sheet that is drawn now."""
    write_gallery(tmp_path / "bones.png", shipped_bones())

    assert_whole(tmp_path / "bones.png")


def assert_whole(path: Path) -> None:
    sheet = QImage(str(path)).convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(sheet.constBits(), np.uint8).reshape(sheet.height(), sheet.bytesPerLine())
    pixels = rows[:, : 3 * sheet.width()].reshape(sheet.height(), sheet.width(), 3).astype(int)

    assert path.stat().st_size < 900_000
    assert len(np.unique(pixels @ [65536, 256, 1])) > 256
    tops = [HEADING + k * TILE[1] for k in range(len(ORDER))]
    below = tops[-1] + TILE[1] + HEADING
    tops += [below + k * TILE[1] for k in range(len(FRACTURES))]
    for top in tops:
        for column in range(len(SIDES)):
            left = MARGIN + column * TILE[0]
            tile = pixels[top : top + TILE[1], left : left + TILE[0]]
            is_bone = np.abs(tile - [GROUND.red(), GROUND.green(), GROUND.blue()]).max(axis=-1) > 24
            assert is_bone.mean() > 0.1
            edges = np.concatenate([is_bone[0], is_bone[-1], is_bone[:, 0], is_bone[:, -1]])
            assert not edges.any()
