"""What is drawn on an X-ray for learners, and how its greys are shown."""

from __future__ import annotations

from math import cos, pi, sin

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from kyphoviz.overlay import xray_teaching
from kyphoviz.overlay.xray_tone import Tone, paint_inverted
from kyphoviz.procedure.state import Side
from kyphoviz.site.xray.ap_lateral_rule import Verdict
from kyphoviz.site.xray.teaching import POINTS_PER_HOUR, Ring, TeachingMarks, Tip
from tests.overlay.conftest import GROUND, Canvas

SQUARE = QRectF(120, 0, 400, 400)
EM = 12.0


def marks(**parts: object) -> TeachingMarks:
    """Marks of a picture of 100 x 100 pixels, four of which on the canvas make one."""
    return TeachingMarks((100, 100), **parts)  # type: ignore[arg-type]


def ring(side: Side) -> Ring:
    """A ring of eight pixels about the middle of the picture."""
    turn = [2 * pi * k / (12 * POINTS_PER_HOUR) for k in range(12 * POINTS_PER_HOUR)]
    return Ring(side, tuple((50 + 8 * sin(t), 50 - 8 * cos(t)) for t in turn))


def test_no_marks_paint_nothing(canvas: Canvas) -> None:
    """A picture of which nothing is to be said stays as it is."""
    xray_teaching.paint(canvas.painter, SQUARE, marks(), EM)

    assert canvas.touched(0, 0, 640, 400) == 0


@pytest.mark.parametrize(("side", "is_left"), [(Side.LEFT, True), (Side.RIGHT, False)])
def test_the_hour_stands_above_and_outside(canvas: Canvas, side: Side, is_left: bool) -> None:
    """Ten stands at the upper left of its ring and two at the upper right; the inside stays free to be looked at."""
    xray_teaching.paint(canvas.painter, SQUARE, marks(rings=(ring(side),)), EM)
    left, right = canvas.touched(262, 165, 284, 195), canvas.touched(356, 165, 378, 195)

    assert (left > 60) == is_left
    assert (right > 60) != is_left
    assert canvas.touched(300, 180, 340, 220) == 0


def test_sides_differ_in_form(canvas: Canvas) -> None:
    """In black and white the left tip and the right one are still told apart, and the tip itself stays free."""

    def form(side: Side) -> set[tuple[int, int]]:
        canvas.image.fill(GROUND)
        xray_teaching.paint(canvas.painter, SQUARE, marks(tips=(Tip(side, (50.0, 50.0)),)), EM)
        assert canvas.image.pixel(320, 200) == GROUND
        spots = ((x, y) for x in range(306, 335) for y in range(186, 215))
        return {(x, y) for x, y in spots if QColor(canvas.image.pixel(x, y)).lightness() > 130}

    left, right = form(Side.LEFT), form(Side.RIGHT)
    assert len(left ^ right) > 0.6 * len(left | right) > 20


@pytest.mark.parametrize("ground", [0, 60, 128, 190, 255])
def test_marks_are_seen_on_any_grey(canvas: Canvas, ground: int) -> None:
    """Along a dashed line at least a hundred pixels differ by 60 greys from the picture."""
    canvas.image.fill(QColor(ground, ground, ground))
    xray_teaching.paint(canvas.painter, SQUARE, marks(walls=(((50.0, 20.0), (50.0, 80.0)),)), EM)
    seen = [QColor(canvas.image.pixel(x, y)).lightness() for x in range(316, 325) for y in range(80, 320)]

    assert sum(abs(grey - ground) >= 60 for grey in seen) >= 100


def test_a_verdict_is_for_students_alone(canvas: Canvas) -> None:
    """The same marks without the word leave its place free."""
    tips = (Tip(Side.LEFT, (50.0, 20.0), Verdict.STOP),)
    xray_teaching.paint(canvas.painter, SQUARE, marks(tips=tips), EM)
    without = canvas.touched(120, 310, 520, 380)
    xray_teaching.paint(canvas.painter, SQUARE, marks(tips=tips), EM, "stop")

    assert without == 0
    assert canvas.touched(120, 310, 520, 380) > 1000


def test_the_verdicts_icons_differ_in_form(canvas: Canvas) -> None:
    """A tick is thin and a stop sign is full, whatever their colours."""

    def filled(is_good: bool) -> int:
        canvas.image.fill(GROUND)
        tip = Tip(Side.LEFT, (50.0, 20.0), Verdict.ON_COURSE if is_good else Verdict.STOP)
        xray_teaching.paint(canvas.painter, SQUARE, marks(tips=(tip,)), EM, "on course")
        wanted = QColor(xray_teaching.GOOD if is_good else xray_teaching.BAD)
        seen = (QColor(canvas.image.pixel(x, y)) for x in range(200, 440) for y in range(320, 352))
        return sum(abs(c.red() - wanted.red()) + abs(c.green() - wanted.green()) < 30 for c in seen)

    assert filled(False) > 2 * filled(True) > 0


def test_a_narrow_pane_puts_the_count_above_the_notice(canvas: Canvas) -> None:
    """Beside each other where there is room, in the lower left corner; never over the words on the right."""
    xray_teaching.paint_count(canvas.painter, QRectF(0, 0, 640, 400), ("beam 0:48", "361 pulses"), EM)
    wide = canvas.touched(0, 380, 200, 400), canvas.touched(0, 0, 640, 375)
    canvas.image.fill(GROUND)
    xray_teaching.paint_count(canvas.painter, QRectF(0, 0, 240, 400), ("beam 0:48", "361 pulses"), EM)

    assert wide[0] > 50
    assert wide[1] == 0
    assert canvas.touched(0, 350, 120, 382) > 50
    assert canvas.touched(0, 383, 240, 400) == 0


def test_inverting_twice_is_nothing(canvas: Canvas) -> None:
    """Dense is white inside the round field; the dark around it stays dark."""
    canvas.image.fill(QColor(40, 40, 40))
    paint_inverted(canvas.painter, SQUARE)
    middle, corner = QColor(canvas.image.pixel(320, 200)).red(), QColor(canvas.image.pixel(125, 5)).red()
    paint_inverted(canvas.painter, SQUARE)

    assert (middle, corner) == (215, 40)
    assert QColor(canvas.image.pixel(320, 200)).red() == 40


@given(st.floats(-2.0, 2.0), st.floats(-2.0, 2.0))
def test_greys_keep_their_order(right: float, down: float) -> None:
    """However far the hand is moved, what is darker is never shown brighter, and something is still told apart."""
    ramp = np.arange(256, dtype=np.uint8)[None, :]
    shown = Tone().dragged(right, down).greys(ramp).astype(int)

    assert (np.diff(shown) >= 0).all()
    assert np.ptp(shown) > 40


def test_a_plain_tone_changes_nothing() -> None:
    """And a drag to and fro comes back to it."""
    picture = np.random.default_rng(1).integers(0, 256, (8, 8), np.uint8)
    again = Tone().dragged(0.3, 0.1).dragged(-0.3, -0.1)

    assert Tone().greys(picture) is picture
    assert np.abs(again.greys(picture).astype(int) - picture).max() <= 1


def test_to_the_right_is_softer_and_down_is_darker() -> None:
    """As on a viewing station."""
    ramp = np.arange(256, dtype=np.uint8)[None, :]

    assert Tone().dragged(0.2, 0.0).greys(ramp)[0, 200] < 200 < Tone().dragged(-0.2, 0.0).greys(ramp)[0, 200]
    assert Tone().dragged(0.0, 0.2).greys(ramp)[0, 128] < 100
