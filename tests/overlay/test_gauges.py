"""The cards: only what matters, what the state says, and no jump."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF

from kyphoviz.overlay import gauge_cards, gauges
from kyphoviz.overlay.curve_words import load_curve_words
from kyphoviz.overlay.gauges import Reading
from kyphoviz.overlay.ink import ON_DARK
from tests.overlay.conftest import Canvas
from tests.ui.stand_ins import fake_film

FILM = fake_film()
RECT = QRectF(10, 10, 620, 380)


def shown(at_s: float, *, with_clock: bool = False) -> dict[str, Reading]:
    """The readings of that time by name."""
    state = FILM.timeline.state_at(at_s)
    return {r.name: r for r in gauges.readings(state, FILM.plan.intact, with_clock=with_clock, is_clinical=True)}


def test_a_whole_bone_has_nothing_to_tell() -> None:
    """At the start no card is shown."""
    assert shown(0.0) == {}


def test_the_inflation_shows_balloons_and_heights() -> None:
    """Volume for each balloon, pressure, height of the front and the wedge; no cement yet."""
    readings = shown(13.9)

    assert readings["Balloons"].value == "2 x 2.4 mL"
    assert readings["Front height"].value == "80 %"
    assert readings["Wedge"].value.endswith("°")
    assert readings["Pressure"].is_illustrative
    assert "Cement" not in readings


def test_the_approach_shows_the_way_to_the_canal() -> None:
    """While the access needle passes the canal, its distance is what matters."""
    readings = shown(8.9)

    assert readings["To the canal"].value.endswith(" mm")
    assert "Front height" not in readings


def test_the_clock_is_shown_where_it_is_asked_for() -> None:
    """A movie has no other clock."""
    assert shown(0.0, with_clock=True)["Clinical time"].value == "0 min"


@given(st.floats(0.0, 17.9))
def test_no_card_jumps(at_s: float) -> None:
    """A fiftieth of a second changes no weight by more than a quarter."""
    before, after = shown(at_s), shown(at_s + 0.02)
    for name in before.keys() | after.keys():
        first = before[name].weight if name in before else 0.0
        second = after[name].weight if name in after else 0.0
        assert abs(first - second) <= 0.25, name


@given(st.lists(st.floats(0.01, 1.0), min_size=1, max_size=7), st.floats(200.0, 1200.0))
def test_cards_stay_in_the_picture(weights: list[float], width: float) -> None:
    """However many cards and however narrow the picture, none leaves it sideways or below."""
    rect = QRectF(0, 0, width, 400)
    readings = tuple(Reading(str(k), "1", weight) for k, weight in enumerate(weights))
    em_px = gauge_cards.fitted(rect, readings, 13.0)
    for card, _ in gauge_cards.placed(rect, readings, em_px):
        assert card.left() >= rect.left()
        assert card.right() <= rect.right() + 1e-6
        assert card.bottom() <= rect.bottom() + 1e-6


@given(st.lists(st.floats(0.01, 1.0), min_size=2, max_size=7), st.floats(200.0, 1200.0))
def test_no_two_cards_overlap_while_they_fade(weights: list[float], width: float) -> None:
    """A card is seen only when it has all its room, so its neighbours never show through it."""
    rect = QRectF(0, 0, width, 400)
    readings = tuple(Reading(str(k), "1", weight) for k, weight in enumerate(weights))
    cards = gauge_cards.placed(rect, readings, gauge_cards.fitted(rect, readings, 13.0))
    seen = [card.adjusted(0.1, 0.1, -0.1, -0.1) for card, reading in cards if reading.opacity > 0.0]

    assert not [(a, b) for k, a in enumerate(seen) for b in seen[:k] if a.intersects(b)]


def test_the_number_under_the_pointer_is_found() -> None:
    """A press on a card asks for what that number means, a press beside the cards for nothing."""
    readings = (
        Reading("Pressure", "41 psi", 1.0, True, "balloon_pressure"),
        Reading("Wedge", "9°", 1.0, True, "wedge"),
    )
    second = gauge_cards.placed(RECT, readings, gauge_cards.fitted(RECT, readings, 13.0))[1][0]

    assert gauge_cards.reading_at(RECT, readings, 13.0, second.center()) == readings[1]
    assert gauge_cards.reading_at(RECT, readings, 13.0, QPointF(300.0, 40.0)) is None


def test_cards_lie_on_the_lower_edge(canvas: Canvas) -> None:
    """The upper half of the picture stays free."""
    gauge_cards.paint(canvas.painter, RECT, tuple(shown(13.9).values()), ON_DARK, 13.0)

    assert canvas.touched(10, 330, 500, 390) > 1000
    assert canvas.touched(0, 0, 640, 200) == 0


def test_nothing_to_tell_paints_nothing(canvas: Canvas) -> None:
    """No empty card."""
    gauge_cards.paint(canvas.painter, RECT, (), ON_DARK, 13.0)

    assert canvas.touched(0, 0, 640, 400) == 0


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_cards_grow_with_the_text(scale: float) -> None:
    """Everything is measured in the height of the text."""
    readings = (Reading("Wedge", "11.2°", 1.0),)
    card, _ = gauge_cards.placed(RECT, readings, 10.0 * scale)[0]

    assert card.width() == pytest.approx(10.0 * scale * gauge_cards.WIDTH_EM)


def test_a_patient_is_not_shown_the_way_to_the_canal() -> None:
    """A bare distance to the nerves frightens who cannot read it: it is for clinical words alone."""
    moments = [FILM.timeline.state_at(t) for t in FILM.timeline.frame_times(5)]
    clinical, plain = (
        {r.name for state in moments for r in gauges.readings(state, FILM.plan.intact, is_clinical=is_clinical)}
        for is_clinical in (True, False)
    )

    assert clinical - plain == {"To the canal"}


def test_the_card_and_the_curve_write_a_viscosity_alike() -> None:
    """Thousands are set off by a comma on both: one number in two forms looks like two numbers."""
    state = FILM.timeline.state_at(FILM.timeline.duration_s)
    cement = replace(state.cement, volume_ml=4.0, mixed_min=5.0, viscosity_pa_s=1312.0)
    found = gauges.readings(replace(state, cement=cement), FILM.plan.intact, is_clinical=True)
    pattern = str(load_curve_words().table["chart"]["viscosity"]["value"])

    assert next(reading.value for reading in found if reading.key == "viscosity") == pattern.format(x=5.0, y=1300.0)
