"""Where pictures lie on a contact sheet."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication

from kyphoviz.anatomy.bones import shipped_bones
from kyphoviz.export.sheet_layout import LABEL, NOTICE, SheetLayout, label, label_room, sheet_layout, title_font
from kyphoviz.film import open_film
from kyphoviz.overlay.text import sized
from kyphoviz.scenario.load import load, shipped
from tests.export.test_frame_layout import SIZES
from tests.scene_files import MINIMAL, opened

sizes = st.tuples(st.integers(16, 1000), st.integers(16, 1000))


@given(sizes, st.integers(1, 60))
def test_no_picture_touches_another_or_leaves_the_sheet(picture: tuple[int, int], count: int) -> None:
    """Each picture and the line under it lie on the sheet, apart from all others."""
    layout = SheetLayout(picture, count)
    line = 1.7 * layout.letter
    boxes = [(x, y, x + picture[0], y + picture[1] + line) for x, y in map(layout.corner, range(count))]

    for k, (left, top, right, bottom) in enumerate(boxes):
        assert left >= 0
        assert top >= layout.head
        assert right <= layout.size[0]
        assert bottom <= layout.size[1]
        for other in boxes[:k]:
            assert left >= other[2] or right <= other[0] or top >= other[3] or bottom <= other[1]


@pytest.mark.parametrize("path", shipped(), ids=lambda path: path.stem)
def test_every_title_is_whole_at_every_size(qapp: QApplication, path: Path) -> None:
    """Under an upright picture a long one takes two lines; it was cut to "On with thicker cem..."."""
    film = open_film(load(path), shipped_bones())
    for size in SIZES:
        layout = sheet_layout(film, size, "en")
        font = sized(qapp.font(), layout.letter)
        for k, span in enumerate(film.timeline.spans):
            room = QRectF(0, 0, label_room(font, layout, span), layout.label_px)
            words = QFontMetricsF(font).boundingRect(room, LABEL, label(k, span, "en"))
            assert words.width() <= room.width()
            assert words.height() <= layout.label_px


def test_title_and_notice_of_a_narrow_sheet_lie_apart(qapp: QApplication, tmp_path: Path) -> None:
    """A film of one step has one narrow picture; its head takes as many lines as it needs."""
    film = open_film(opened(tmp_path, "title: {en: The broken bone of an older woman}\n" + MINIMAL), shipped_bones())
    narrow = sheet_layout(film, (180, 320), "en")
    font = sized(qapp.font(), narrow.letter)
    bold = QFontMetricsF(title_font(font, narrow))
    title = bold.boundingRect(narrow.title_place, LABEL, "The broken bone of an older woman")

    assert narrow.title_place.contains(title)
    assert narrow.title_place.bottom() <= narrow.notice_place.top()
    assert QFontMetricsF(font).horizontalAdvance(NOTICE) <= narrow.notice_place.width()
