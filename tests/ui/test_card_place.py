"""Cards on the picture leave in sight what it is about."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, QRectF, QSize

from kyphoviz.modes import STUDENT
from kyphoviz.ui.cards.card_place import above_numbers, covered, hidden, left_or_right
from kyphoviz.ui.picture.labelling import Labelling
from tests.ui.conftest import Stage

EM = 13.0
ABOUT = st.builds(QRectF, st.floats(0, 600), st.floats(0, 500), st.floats(1, 200), st.floats(1, 200))


@given(ABOUT, st.integers(450, 1600), st.integers(420, 1100))
def test_a_card_takes_the_side_that_hides_less(about: QRectF, width: int, height: int) -> None:
    """Never the other one, and never outside the picture."""
    picture, card = QSize(width, height), QSize(300, 380)
    place, left = left_or_right(picture, card, about, EM), left_or_right(picture, card, None, EM)
    right = left_or_right(picture, card, QRectF(left.left(), left.top(), 1, 1), EM)

    assert left.left() < right.left()
    assert hidden(place, about) == min(hidden(left, about), hidden(right, about))
    assert QRect(0, 0, width, height).contains(place)


@pytest.mark.parametrize(("x", "is_left"), [(60, False), (500, True)])
def test_a_balloon_on_one_side_sends_the_card_to_the_other(x: int, is_left: bool) -> None:
    """And names are kept off that side alone."""
    picture = QSize(640, 660)
    place = left_or_right(picture, QSize(300, 380), QRectF(x, 250, 100, 90), EM)

    assert hidden(place, QRectF(x, 250, 100, 90)) == 0.0
    left, right = covered(place, picture, EM)
    assert (left > 0, right > 0) == (is_left, not is_left)


@given(ABOUT)
def test_what_explains_a_number_finds_the_freest_corner(about: QRectF) -> None:
    """Whatever is treated where, no other of its places would hide less."""
    place = above_numbers(QSize(900, 660), QSize(300, 220), about, EM, 90)

    assert hidden(place, about) <= hidden(QRect(13, 350, 300, 220), about)
    assert QRect(0, 0, 900, 660).contains(place)


def test_the_panels_of_the_window_give_way(open_stage: Callable[..., Stage], monkeypatch: pytest.MonkeyPatch) -> None:
    """With the treated place on the left the layers open on the right, and on the left otherwise."""
    stage = open_stage(STUDENT)
    window = stage.window
    window.resize(1280, 800)
    middle = window.parts.viewport.width() / 2
    for x, is_left in ((40, False), (middle + 100, True)):
        monkeypatch.setattr(Labelling, "treated", lambda *_, x=x: QRectF(x, 200, 90, 90))
        window.parts.layers.toggle()
        assert (window.parts.layers.geometry().center().x() < middle) == is_left
        window.parts.layers.toggle()
