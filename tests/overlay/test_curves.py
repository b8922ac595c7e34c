"""The curves of a film: what is drawn depends on the time alone, and tells what the state tells."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRectF

from kyphoviz.overlay import curve_painter
from kyphoviz.overlay.curve_words import load_curve_words
from kyphoviz.overlay.curves import Curves, Line, curves_of, topic_of
from kyphoviz.overlay.ink import ON_DARK
from kyphoviz.procedure.mechanics import STEP_ML, kyphosis_deg
from kyphoviz.procedure.timeline import Timeline
from kyphoviz.scenario import find, load
from tests.overlay.conftest import Canvas
from tests.plans import case_plan

PLAN = case_plan()
TIMELINE = Timeline(load(find("kyphoplasty")).steps, PLAN)
CURVES = curves_of(TIMELINE, PLAN.intact)
INFLATE = next(span for span in TIMELINE.spans if span.step.id == "inflate")


@settings(max_examples=60)
@given(st.floats(0.0, 1.0))
def test_the_end_of_each_line_is_the_state(share: float) -> None:
    """Heights and angle are those of that instant, to a quarter of a per cent and a tenth of a degree."""
    time_s = share * TIMELINE.duration_s
    state, (heights, angle) = TIMELINE.state_at(time_s), CURVES.heights
    for line in heights.lines:
        assert line.until(time_s)[-1][1] == pytest.approx(100 * getattr(state.fracture, line.key), abs=0.25)
    assert angle.lines[0].until(time_s)[-1][1] == pytest.approx(kyphosis_deg(state.fracture, PLAN.intact), abs=0.1)


@settings(max_examples=40)
@given(st.floats(0.1, 0.93))
def test_the_pressure_is_drawn_as_it_happens(share: float) -> None:
    """The last point is the balloon of that instant, within what it does in a sixtieth of a second."""
    time_s = INFLATE.start_s + share * INFLATE.step.duration_s
    balloon = TIMELINE.state_at(time_s).balloons[0]
    volume_ml, pressure_psi = CURVES.pressure[0].lines[0].until(time_s)[-1]

    assert volume_ml == pytest.approx(balloon.volume_ml, abs=0.02)
    assert pressure_psi == pytest.approx(balloon.pressure_psi, abs=4.0)


def test_each_small_step_jumps_and_decays() -> None:
    """As many falls of the pressure at a standing volume as there are steps of half a millilitre."""
    (line,) = CURVES.pressure[0].lines
    falls = {round(b[1], 2) for a, b in pairwise(line.points) if b[2] < a[2] - 0.5}
    final_ml = max(volume for _, volume, _ in line.points)

    assert len(falls) == round(final_ml / STEP_ML)


def test_balloons_that_do_the_same_share_a_named_line() -> None:
    """Two equal lines on top of each other would hide one."""
    assert [line.key for line in CURVES.pressure[0].lines] == ["both"]


@settings(max_examples=60)
@given(st.floats(0.0, 300.0), st.floats(0.0, 300.0))
def test_what_is_drawn_depends_on_the_time_alone(first_s: float, second_s: float) -> None:
    """Whatever was drawn before; and what was drawn at a time is the beginning of what is drawn later."""
    early, late = sorted((first_s, second_s))
    for line in (*CURVES.pressure[0].lines, *CURVES.heights[0].lines, *CURVES.cement[0].lines):
        before = line.until(early)
        line.until(late)
        assert line.until(early) == before
        if before and late > early:
            assert line.until(late)[: len(before) - 1] == before[:-1]


def test_a_place_on_the_film_leads_to_its_time() -> None:
    """A press on the heights goes where it points, on the cement to its minute; pressures turn back and lead on."""
    assert CURVES.heights[0].time_at(100.0) == pytest.approx(100.0, abs=3.0)
    minute = CURVES.cement[0].time_at(7.0)
    assert minute is not None
    assert TIMELINE.state_at(minute).cement.mixed_min == pytest.approx(7.0, abs=0.2)
    volume = CURVES.pressure[0].time_at(1.2)
    assert volume is not None
    assert TIMELINE.state_at(volume).balloons[0].volume_ml == pytest.approx(1.2, abs=0.05)


def test_each_step_has_the_curve_that_helps() -> None:
    """Pressure while balloons fill, heights as the bone moves, cement while it is mixed, filled and sets."""
    topics = {
        span.step.id: topic_of(span, TIMELINE.state_at(span.start_s + 0.5 * span.step.duration_s))
        for span in TIMELINE.spans
    }

    assert topics["healthy_spine"] == ""
    assert topics["inflate"] == "pressure"
    assert {topics[step] for step in ("fracture", "position", "deflate_remove", "three_months")} == {"heights"}
    assert {topics[step] for step in ("mix_cement", "fill", "cure")} == {"cement"}


def test_every_chart_has_words() -> None:
    """For both audiences; and what is said aloud names every chart and its present value."""
    for is_clinical in (True, False):
        words = load_curve_words(is_clinical=is_clinical)
        for topic in ("pressure", "heights", "cement"):
            charts = CURVES.of(topic)
            said = words.told(charts, TIMELINE.duration_s)
            assert charts
            assert all(words.chart(chart.key, "title") in said for chart in charts)
            assert "not yet" not in said
            assert "not yet" in words.told(charts, -1.0)


def test_names_of_lines_never_overlap(canvas: Canvas) -> None:
    """Where three lines end close together their names still stand apart, beside the axes."""
    plot = curve_painter.plots(QRectF(0, 0, 280, 120), CURVES.heights[:1], 13.0)[0]
    places = curve_painter._apart([60.0, 61.0, 62.0], 13.0, plot.axes)

    assert all(b - a >= 13.0 for a, b in pairwise(places))
    assert places[-1] <= plot.axes.bottom()


def test_a_later_time_paints_more(canvas: Canvas) -> None:
    """The strong line grows."""
    words, rect = load_curve_words(), QRectF(0, 0, 300, 200)
    curve_painter.paint(canvas.painter, rect, CURVES.pressure, INFLATE.start_s, words, ON_DARK, 13.0)
    early = canvas.touched(0, 0, 300, 200)
    curve_painter.paint(canvas.painter, rect, CURVES.pressure, INFLATE.end_s, words, ON_DARK, 13.0)

    assert canvas.touched(0, 0, 300, 200) > early > 0


def test_a_film_without_balloons_has_no_pressure() -> None:
    """Vertebroplasty: heights and cement only."""
    timeline = Timeline(load(find("vertebroplasty")).steps, PLAN)
    curves: Curves = curves_of(timeline, PLAN.intact)

    assert curves.pressure == ()
    assert curves.heights
    assert curves.cement


def test_a_line_without_points_draws_nothing() -> None:
    """Before its first point there is no line."""
    assert Line("", ((2.0, 0.0, 1.0), (3.0, 1.0, 2.0))).until(1.0) == ()
