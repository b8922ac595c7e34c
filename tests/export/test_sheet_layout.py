"""Where pictures lie on a contact sheet."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kyphoviz.export.stills import SheetLayout

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
