"""Numbers that have a source are held to it, and those that are a design to what the design says of them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyphoviz.procedure import mechanics
from kyphoviz.procedure.actions import Mix
from kyphoviz.procedure.flight import flown
from kyphoviz.procedure.fractures import FRACTURES, GRADES, STANDING, stages_of
from kyphoviz.procedure.mechanics import HEIGHTS, STEP_JUMP_PSI, STEP_ML, inflation, plateau_psi
from kyphoviz.procedure.state import Camera, Fracture
from kyphoviz.procedure.timeline import Timeline

LOST = {"mild": (0.20, 0.25), "moderate": (0.25, 0.40), "severe": (0.40, 0.65)}  # of the height most concerned (Genant)
FAR_MM = 9.0


def standing(kind: str, grade: str) -> Fracture:
    """Heights while standing."""
    return stages_of("typical", kind, grade)["standing"]


def three(heights: Fracture) -> tuple[float, float, float]:
    """Front, middle, back."""
    return heights.anterior, heights.middle, heights.posterior


@pytest.mark.parametrize(("kind", "grade"), STANDING)
def test_a_grade_loses_what_its_definition_says(kind: str, grade: str) -> None:
    """Of the height most concerned 20 to 25 % if mild, up to 40 % if moderate, more if severe; nothing is gained."""
    low, high = LOST[grade]

    assert low <= 1.0 - min(three(standing(kind, grade))) <= high
    assert max(three(standing(kind, grade))) < 1.0


@pytest.mark.parametrize("grade", GRADES)
def test_each_kind_loses_what_it_is_named_for(grade: str) -> None:
    """A wedge most in front, a biconcave body in the middle and little in front, only a crushed one much behind."""
    wedge, biconcave, crush = (standing(kind, grade) for kind in FRACTURES)

    assert wedge.anterior < wedge.middle < wedge.posterior
    assert biconcave.middle < biconcave.anterior < biconcave.posterior
    assert crush.middle < crush.anterior < crush.posterior
    assert biconcave.anterior >= 0.85
    assert 1.0 - crush.posterior > 1.4 * (1.0 - min(wedge.posterior, biconcave.posterior))


@pytest.mark.parametrize("kind", FRACTURES)
def test_a_higher_grade_leaves_less_of_everything(kind: str) -> None:
    """Front, middle and back."""
    for less, more in pairwise(GRADES):
        assert all(a > b for a, b in zip(three(standing(kind, less)), three(standing(kind, more)), strict=True))


@pytest.mark.parametrize("preset", HEIGHTS)
@pytest.mark.parametrize(("kind", "grade"), [*STANDING, ("wedge", "moderate")])
def test_the_stages_come_in_their_order(preset: str, kind: str, grade: str) -> None:
    """Lying lifts, the balloon lifts most, deflation loses, cement keeps more than that, and some sinks in after."""
    rows = {name: three(row) for name, row in stages_of(preset, kind, grade).items()}
    for k, is_strict in ((0, True), (1, True), (2, False)):
        upright, prone, peak, after, kept, later = (rows[name][k] for name in mechanics.STAGES)
        assert upright <= prone <= after <= kept <= peak < 1.0
        assert upright <= later <= kept
        assert not is_strict or upright < prone < after < kept < peak
        assert later - prone <= 0.35 * (1.0 - upright)


def test_a_fresh_fracture_gives_more_back_than_an_old_one() -> None:
    """The share of the lost front height that lying and the balloon give back."""
    gains = {name: [row["prone"].anterior - row["standing"].anterior, row["balloon_peak"].anterior -
                    row["standing"].anterior] for name, row in HEIGHTS.items()}  # fmt: skip

    assert gains["acute_mobile"] == pytest.approx([0.20, 0.32])
    assert gains["typical"] == pytest.approx([0.12, 0.20])
    assert gains["old_stiff"] == pytest.approx([0.02, 0.08])


@pytest.mark.parametrize(
    ("volume_ml", "gap_mm", "psi"),
    [(0.0, FAR_MM, 0.0), (0.4, FAR_MM, 50.0), (1.65, FAR_MM, 87.5), (2.9, FAR_MM, 125.0), (2.9, 1.5, 125.0),
     (2.9, 0.75, 215.0), (2.9, 0.0, 305.0), (0.5, 0.0, 50.0 + 75.0 * 0.0046 + 90.0)],
)  # fmt: skip
def test_the_plateau_has_its_knees(volume_ml: float, gap_mm: float, psi: float) -> None:
    """It opens at 50 psi, crushes up to 125 at 2.9 mL, and stiffens within 1.5 mm of the cortex; bone scales it all."""
    assert plateau_psi(volume_ml, gap_mm) == pytest.approx(psi, abs=0.5)
    assert plateau_psi(volume_ml, gap_mm, 1.6) == pytest.approx(1.6 * plateau_psi(volume_ml, gap_mm))
    assert mechanics.highest_psi(volume_ml, gap_mm, 2.0) == pytest.approx(2.0 * (plateau_psi(volume_ml, gap_mm) + 40.0))


@given(count=st.integers(1, 8), step=st.integers(0, 7))
def test_each_step_of_the_inflation_is_a_push_and_a_rest(count: int, step: int) -> None:
    """In two fifths of its time all of its half millilitre goes in; then the pressure dies away and nothing moves."""
    step, final_ml = step % count, STEP_ML * count

    def at(share: float) -> tuple[float, float]:
        return inflation((step + share) / count, final_ml)

    assert at(0.4 + 1e-9) == pytest.approx((STEP_ML * (step + 1), STEP_JUMP_PSI))
    assert at(0.2)[0] == pytest.approx(STEP_ML * (step + 0.5))
    assert at(0.35)[0] < STEP_ML * (step + 1) - 0.01
    assert at(0.6)[0] == at(0.9)[0] == pytest.approx(STEP_ML * (step + 1))
    assert at(0.7)[1] == pytest.approx(STEP_JUMP_PSI * 0.1738, rel=1e-3)
    assert at(0.999999)[1] == pytest.approx(STEP_JUMP_PSI * 0.0302, rel=1e-2)
    assert at(1e-9)[1] == pytest.approx(STEP_JUMP_PSI * 0.0302 if step else 0.0, abs=1e-3)


def test_the_cement_warms_as_it_was_measured() -> None:
    """From the body's 37 degrees to 68.1 in the middle, once it has begun to stiffen; hours later it is cool again."""
    temps = [mechanics.core_temp_c(s / 60) for s in range(60 * 60)]

    assert temps[0] == pytest.approx(37.0, abs=0.01)
    assert max(temps) == pytest.approx(68.1, abs=0.2)
    assert 10.0 < temps.index(max(temps)) / 60 < 13.0
    assert temps[-1] == pytest.approx(37.0, abs=0.1)
    assert temps[60 * 10] == pytest.approx(37.0 + 31.0 * 0.411, abs=0.2)


def test_set_cement_stays_as_it_is() -> None:
    """Once hard, at 13 min, the viscosity is held; it has only risen until then."""
    values = [mechanics.viscosity_pa_s(k / 10) for k in range(200)]

    assert values == sorted(values)
    assert values[130] == values[-1] == mechanics.viscosity_pa_s(1000.0)
    assert values[130] > 100 * values[100]
    assert mechanics.viscosity_pa_s(-1.0) == values[0] == pytest.approx(257.0, rel=0.01)
    assert [mechanics.set_fraction(m) for m in (9.9, 10.0, 11.5, 13.0)] == [0.0, 0.0, 0.5, 1.0]


def test_what_is_given_for_bone_and_balloons_is_in_the_usual_range() -> None:
    """Harder bone resists more; a step jumps by 20 to 60 psi; balloons are made for 400; a leak is seen at once."""
    resistance = mechanics.BONE_RESISTANCE

    assert (
        resistance["osteoporotic"] < resistance["osteopenic"] == 1.0 < resistance["healthy"] < resistance["sclerotic"]
    )
    assert (resistance["osteoporotic"], resistance["healthy"], resistance["sclerotic"]) == (0.6, 1.3, 1.6)
    assert 20.0 <= STEP_JUMP_PSI <= 45.0
    assert 0.25 <= STEP_ML <= 0.5
    assert mechanics.MOST_PSI == 400.0
    assert 0.0 < mechanics.LEAK_STOPPED_AT_ML - mechanics.LEAKS_AT_ML <= 0.31


def test_cement_has_no_age_before_it_is_mixed(timeline: Timeline) -> None:
    """Neither minutes nor viscosity nor heat, up to and with the instant at which mixing begins."""
    mixing_s = next(span.start_s for span in timeline.spans if isinstance(span.step.action, Mix))
    early = [timeline.state_at(mixing_s * k / 50).cement for k in range(51)]

    assert {(c.mixed_min, c.viscosity_pa_s, c.core_temp_c) for c in early} == {(None, None, None)}
    assert timeline.state_at(mixing_s + 1e-3).cement.mixed_min is not None


DEGREES, SHARES = st.floats(-720.0, 720.0), st.floats(0.01, 0.99)


@given(start=DEGREES, end=DEGREES, roll=DEGREES, share=SHARES)
def test_a_flight_turns_the_shorter_way(start: float, end: float, roll: float, share: float) -> None:
    """Never more than half a turn, evenly, and towards the end; the distance changes by equal ratios."""
    first, last = Camera(azimuth_deg=start, distance_mm=900.0), Camera((9.0, 6.0, 3.0), end, 8.0, 100.0, roll, 20.0)
    here = flown(first, last, share)
    for began, ends, now in ((start, end, here.azimuth_deg), (first.roll_deg, roll, here.roll_deg)):
        turn = (now - began) / share
        assert abs(turn) <= 180.0 + 1e-6
        assert (began + turn - ends + 1.0) % 360.0 == pytest.approx(1.0, abs=1e-5)
    assert here.distance_mm == pytest.approx(900.0 * (100.0 / 900.0) ** share)
    assert here.focus_mm == pytest.approx(
        [(1.0 - share) * a + share * b for a, b in zip(first.focus_mm, last.focus_mm, strict=True)]
    )


@given(share=SHARES)
def test_heights_lie_on_the_straight_way(share: float) -> None:
    """Between two stages each height is the weighted mean; at the ends it is the stage itself."""
    start, end = HEIGHTS["typical"]["standing"], HEIGHTS["typical"]["prone"]
    here = three(mechanics.between(start, end, share))

    assert here == pytest.approx([a + (b - a) * share for a, b in zip(three(start), three(end), strict=True)])
    assert mechanics.between(start, end, 0.0) is start
    assert mechanics.between(start, end, 1.0) is end
