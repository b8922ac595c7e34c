"""Colours can be read."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from kyphoviz.overlay import crosshair, xray_teaching
from kyphoviz.overlay.ink import ON_XRAY, Ink
from kyphoviz.ui.look import glyphs
from kyphoviz.ui.look.theme import DARK, LIGHT, Theme, theme_named

THEMES = pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)


def luminance(colour: QColor) -> float:
    """Relative luminance as WCAG 2.1 defines it."""
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: QColor | str, second: QColor | str) -> float:
    """The contrast ratio as WCAG 2.1 defines it, 1 to 21."""
    dark, light = sorted(luminance(QColor(colour)) for colour in (first, second))
    return (light + 0.05) / (dark + 0.05)


def over(card: str, picture: str) -> QColor:
    """A card's colour with the picture shining through."""
    top, below = QColor(card), QColor(picture)
    a = top.alphaF()
    red, green, blue = (
        a * t + (1 - a) * b
        for t, b in ((top.redF(), below.redF()), (top.greenF(), below.greenF()), (top.blueF(), below.blueF()))
    )
    return QColor.fromRgbF(red, green, blue)


@THEMES
def test_words_stand_out_from_their_ground(theme: Theme) -> None:
    """Text, quiet text and accents have at least 4.5 to 1 on ground and panel, and on the chosen button."""
    for words, ground in itertools.product((theme.text, theme.quiet, theme.accent), (theme.ground, theme.panel)):
        assert contrast(words, ground) >= 4.5
    assert contrast(theme.text, theme.line) >= 4.5
    assert contrast(theme.accent, theme.line) >= 3.0  # the bar of a movie that is being made
    assert contrast(theme.on_accent, theme.accent) >= 4.5


@THEMES
def test_what_can_be_pressed_has_an_edge(theme: Theme) -> None:
    """Focus and edges have at least 3 to 1, as WCAG asks of controls."""
    assert contrast(theme.accent, theme.ground) >= 3.0
    assert contrast(theme.edge, theme.ground) >= 3.0


@pytest.mark.parametrize("ink", [DARK.ink, LIGHT.ink, ON_XRAY])
@pytest.mark.parametrize("picture", ["#10151C", "#D9C9A8", "#E8ECEF", "#6E3323"])
def test_cards_can_be_read_on_any_picture(ink: Ink, picture: str) -> None:
    """Bright bone behind a card does not drown its words."""
    ground = over(ink.card, picture)

    assert contrast(ink.text, ground) >= 4.5
    if ink is not ON_XRAY:  # there quiet words stand in the dark corners alone
        assert contrast(ink.quiet, ground) >= 4.5


@THEMES
def test_curves_and_numbers_can_be_read_on_panels_and_cards(theme: Theme) -> None:
    """Their words have at least 4.5 to 1 on every ground that they stand on; lines and points 3 to 1."""
    grounds = (QColor(theme.panel), QColor(theme.ground), over(theme.ink.card, theme.panel))
    for ground in grounds:
        for words in (theme.ink.text, theme.ink.quiet):
            assert contrast(words, ground) >= 4.5
        for drawn in (theme.ink.accent, theme.ink.text, theme.ink.quiet):
            assert contrast(drawn, ground) >= 3.0


@THEMES
def test_what_can_be_pressed_stands_out_from_its_card(theme: Theme) -> None:
    """Edges, grooves and the ring of the focus have at least 3 to 1 on a panel too."""
    for drawn in (theme.edge, theme.accent):
        assert contrast(drawn, theme.panel) >= 3.0


MARKS = (xray_teaching.RING, xray_teaching.WALL, xray_teaching.GOOD, xray_teaching.BAD, *xray_teaching.TIPS.values())


@pytest.mark.parametrize("colour", [*MARKS, crosshair.LIT, crosshair.POINTER])
@pytest.mark.parametrize("film", ["#000000", "#808080", "#FFFFFF"])
def test_marks_on_xrays_are_seen_on_any_grey(colour: str, film: str) -> None:
    """Each has a dark edge, so that it stands out from that wherever the picture itself is as bright as it."""
    assert contrast(colour, over(xray_teaching.UNDER, film)) >= 3.0


def test_themes_go_by_name(qapp: QApplication) -> None:
    """The desktop's own choice is one of ours; anything else is refused."""
    assert theme_named("dark") is DARK
    assert theme_named("light") is LIGHT
    assert theme_named("system") in (DARK, LIGHT)
    with pytest.raises(KeyError):
        theme_named("sepia")


@pytest.mark.parametrize(
    "glyph",
    [glyphs.play, glyphs.pause, glyphs.next_step, glyphs.previous_step, glyphs.loop, glyphs.pause_at_step,
     glyphs.full_screen, glyphs.fold, glyphs.unfold],
)  # fmt: skip
def test_signs_stay_in_their_square(glyph: glyphs.Glyph) -> None:
    """Every sign fills a good part of 24 by 24 and none of it is cut."""
    box = glyph().boundingRect()

    assert box.left() >= 0
    assert box.top() >= 0
    assert box.right() <= glyphs.SIDE
    assert box.bottom() <= glyphs.SIDE
    assert box.width() * box.height() > 0.25 * glyphs.SIDE**2
