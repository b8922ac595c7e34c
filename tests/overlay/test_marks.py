"""Captions, X-ray marks, the orientation figure and the labels."""

from __future__ import annotations

import itertools
from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QFontMetricsF

from kyphoviz.overlay import caption, labels, orientation, xray_marks
from kyphoviz.overlay.ink import ON_DARK
from kyphoviz.overlay.text import LEAST_PX, sized
from kyphoviz.procedure.state import Camera
from kyphoviz.scene.camera import projected
from tests.overlay.conftest import Canvas

RECT = QRectF(0, 0, 640, 400)
LONG = "The balloons raise the sunken end-plate and press the soft bone around them into a firm wall. " * 2
angles = st.floats(-360.0, 360.0)


@pytest.mark.parametrize("em_px", [10.0, 16.0, 24.0])
def test_a_caption_stays_in_the_picture(canvas: Canvas, em_px: float) -> None:
    """Long words wrap; the card lies at the bottom, inside."""
    ground = caption.place(canvas.painter.font(), RECT, LONG, em_px)

    assert RECT.contains(ground)
    assert ground.center().x() == pytest.approx(320.0, abs=1.0)


def test_no_line_of_a_caption_ends_within_x_ray() -> None:
    """One letter alone at the end of a line reads as a word of its own; other words part at their hyphen."""
    assert caption.unbroken("An X-ray of an end-plate") == "An X\N{NON-BREAKING HYPHEN}ray of an end-plate"


def test_a_caption_is_painted_where_it_was_placed(canvas: Canvas) -> None:
    """Nothing outside its card, and no card without words."""
    caption.paint(canvas.painter, RECT, "", ON_DARK, 16.0)
    blank = canvas.touched(0, 0, 640, 400)
    caption.paint(canvas.painter, RECT, "Cement fills the hollow.", ON_DARK, 16.0)
    ground = caption.place(canvas.painter.font(), RECT, "Cement fills the hollow.", 16.0).toAlignedRect()

    assert blank == 0
    inside = canvas.touched(ground.left() - 1, ground.top() - 1, ground.right() + 2, ground.bottom() + 2)
    assert inside == canvas.touched(0, 0, 640, 400) > 0


def test_the_left_marker_is_on_image_left(canvas: Canvas) -> None:
    """AP is read as from behind: the patient's left lies on image left, and only there is a marker."""
    square = QRectF(120, 0, 400, 400)
    xray_marks.paint(canvas.painter, RECT, square, "ap", 12.0)

    assert canvas.touched(130, 230, 220, 300) > 50
    assert canvas.touched(340, 40, 520, 360) == 0
    assert xray_marks.MARKERS["ap"] == "L"


def test_every_view_says_its_name_and_what_it_is(canvas: Canvas) -> None:
    """Name in the upper left corner, notice in the lower right one, state of the beam in the upper right one."""
    xray_marks.paint(canvas.painter, RECT, QRectF(600, 380, 1, 1), "lateral", 12.0, status=xray_marks.BEAM_ON)

    assert canvas.touched(0, 0, 80, 30) > 20
    assert canvas.touched(400, 370, 640, 400) > 20
    assert canvas.touched(540, 0, 640, 30) > 20
    assert canvas.touched(100, 60, 540, 340) == 0


@pytest.mark.parametrize("width_px", [240.0, 300.0, 400.0])
@pytest.mark.parametrize("em_px", [10, 16, 24])
def test_the_notice_is_whole_in_a_narrow_pane(canvas: Canvas, width_px: float, em_px: int) -> None:
    """Large text makes it smaller where it would be cut; where there is room it stays as large as the rest."""
    font = sized(canvas.painter.font(), em_px)
    found = xray_marks.notice_font(font, width_px)

    assert QFontMetricsF(found).horizontalAdvance(xray_marks.NOTICE) <= width_px
    assert found == font or QFontMetricsF(font).horizontalAdvance(xray_marks.NOTICE) > width_px


def test_a_blank_screen_says_why(canvas: Canvas) -> None:
    """Dark is not broken."""
    xray_marks.paint_blank(canvas.painter, RECT, 12.0)

    assert canvas.touched(200, 170, 440, 230) > 50


@given(angles, st.floats(-85.0, 85.0), st.floats(-180.0, 180.0))
def test_the_figure_agrees_with_the_picture(azimuth: float, elevation: float, roll: float) -> None:
    """The word at an axis lies on the side on which the scene's camera shows that direction."""
    camera = Camera((0.0, 0.0, 0.0), azimuth, elevation, 4000.0, roll, 10.0)
    size = (1000, 1000)
    x0, y0 = projected(camera, size, (0.0, 0.0, 0.0))
    axes = {word: axis for word, _, axis in orientation.ENDS}
    for end in orientation.ends(camera):
        x, y = projected(camera, size, tuple(10.0 * c for c in axes[end.word]))
        seen = (x - x0, y0 - y)
        assert seen[0] * end.x + seen[1] * end.y >= -1e-6
        assert abs(seen[0] * end.y - seen[1] * end.x) <= 0.05 * max(hypot(*seen), 1e-6) + 0.05


def test_from_behind_the_right_is_on_the_right() -> None:
    """As a surgeon stands: head up, the patient's right on picture right."""
    found = {end.word: end for end in orientation.ends(Camera(azimuth_deg=0.0, elevation_deg=0.0))}

    assert found["right"].x == pytest.approx(1.0)
    assert found["head"].y == pytest.approx(1.0)
    assert found["back"].depth == pytest.approx(1.0)


@pytest.mark.parametrize("uses_letters", [False, True])
def test_the_figure_lies_in_its_corner(canvas: Canvas, uses_letters: bool) -> None:
    """It covers the lower right corner and nothing else."""
    orientation.paint(canvas.painter, RECT, Camera(), ON_DARK, 12.0, uses_letters=uses_letters)

    assert canvas.touched(540, 310, 640, 400) > 200
    assert canvas.touched(0, 0, 520, 300) == 0


@pytest.mark.parametrize(("width", "height"), [(300.0, 200.0), (160.0, 120.0), (200.0, 400.0), (10.0, 8.0), (0.0, 0.0)])
def test_the_figure_covers_little_of_a_small_picture(canvas: Canvas, width: float, height: float) -> None:
    """At most a quarter of its shorter side, however large the text."""
    orientation.paint(canvas.painter, QRectF(0, 0, width, height), Camera(), ON_DARK, 24.0, uses_letters=True)

    side = 0.25 * min(width, height) + 2.0
    assert canvas.touched(0, 0, int(max(width - side, 0.0)), 400) == 0
    assert canvas.touched(0, 0, 640, int(max(height - side, 0.0))) == 0


points = st.lists(
    st.tuples(st.sampled_from(["Body", "Pedicle", "Spinal canal", "Disc"]), st.floats(150, 490), st.floats(20, 380)),
    max_size=14,
)


@given(points)
def test_labels_never_cover_each_other(named: list[tuple[str, float, float]]) -> None:
    """As long as there is room, every name stands free and inside the picture."""
    sizes = [QSizeF(20.0 + 6.0 * len(name), 18.0) for name, _, _ in named]
    found = labels.placed(named, sizes, RECT, 4.0)

    assert len(found) == len(named)
    for label in found:
        assert RECT.adjusted(-1e-6, -1e-6, 1e-6, 1e-6).contains(label.box)
    for first, second in itertools.combinations(found, 2):
        assert not first.box.adjusted(0.5, 0.5, -0.5, -0.5).intersects(second.box) or on_both_sides(first, second)


def on_both_sides(first: labels.Label, second: labels.Label) -> bool:
    """Columns left and right of a narrow cluster may meet in a picture that is too small for both."""
    return abs(first.box.center().x() - second.box.center().x()) > 1.0


@given(points)
def test_leader_lines_of_a_column_keep_their_order(named: list[tuple[str, float, float]]) -> None:
    """Names stand from top to bottom as their points do, so no two lines of a column cross."""
    sizes = [QSizeF(60.0, 18.0) for _ in named]
    found = labels.placed(named, sizes, RECT, 4.0)
    for left in (True, False):
        column = [one for one in found if (one.box.center().x() < one.anchor.x()) == left]
        by_box = sorted(column, key=lambda label: label.box.top())
        heights = [label.anchor.y() for label in by_box]
        assert heights == sorted(heights)


def test_labels_are_painted_beside_their_points(canvas: Canvas) -> None:
    """A name on each side and a line between."""
    labels.paint(canvas.painter, RECT, [("Body", 260, 180), ("Canal", 380, 200)], ON_DARK, 13.0)

    assert canvas.touched(150, 160, 260, 200) > 100
    assert canvas.touched(380, 180, 480, 220) > 100


def test_the_notice_is_whole_in_the_narrowest_pane(canvas: Canvas) -> None:
    """Where one line is too narrow even for the smallest letters it takes two."""
    pane = QRectF(0, 0, 96, 90)
    one_line = xray_marks.notice_height(canvas.painter.font(), QRectF(0, 0, 400, 400), LEAST_PX)

    assert xray_marks.notice_height(canvas.painter.font(), pane, LEAST_PX) > 1.5 * one_line
    xray_marks.paint(canvas.painter, pane, QRectF(20, 10, 50, 50), "", LEAST_PX)
    assert canvas.touched(0, 60, 96, 76) > 10
    assert canvas.touched(96, 0, 640, 400) == 0


def test_the_figure_of_the_axes_is_left_out_where_its_words_have_no_room(canvas: Canvas) -> None:
    """Three words of the smallest letters on a spot of 12 pixels were one heap."""
    orientation.paint(canvas.painter, QRectF(0, 0, 300, 60), Camera(), ON_DARK, 8.0)

    assert canvas.touched(0, 0, 640, 400) == 0
