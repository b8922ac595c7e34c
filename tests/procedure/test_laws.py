"""The laws of the film, as properties of every shipped scenario."""

from __future__ import annotations

import math
import random
from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kyphoviz.procedure import mechanics
from kyphoviz.procedure.actions import Deflate, Fill, Inflate, Leak
from kyphoviz.procedure.plan import BodyRoom, CasePlan, InflationLimits
from kyphoviz.procedure.state import Layer, ProcedureState, StopReason
from kyphoviz.procedure.steps import first_state
from kyphoviz.procedure.timeline import Timeline

SHARES = st.floats(0.0, 1.0)
NOT_PHYSICAL = {"time_s", "step", "caption", "xray"}


def physical(state: ProcedureState) -> dict[str, object]:
    """What must not jump."""
    return {f.name: getattr(state, f.name) for f in fields(state) if f.name not in NOT_PHYSICAL}


def test_a_step_begins_where_the_last_one_ended(timeline: Timeline, plan: CasePlan) -> None:
    """At u = 0 every physical field and the camera is what it was before."""
    before = first_state(plan)
    for span in timeline.spans:
        assert physical(span.step.at(before, 0.0, plan)) == physical(before)
        before = span.step.at(before, 1.0, plan)


@settings(max_examples=60, deadline=None)
@given(share=SHARES)
def test_nothing_jumps(timeline: Timeline, share: float) -> None:
    """A thousandth of a second changes no length by more than half a millimetre and no volume by more than 10 uL."""
    t = share * timeline.duration_s
    a, b = timeline.state_at(t), timeline.state_at(t + 1e-3)
    for needle in a.needles:
        later = [n for n in b.needles if (n.side, n.kind) == (needle.side, needle.kind)]
        assert all(abs(n.depth_mm - needle.depth_mm) < 0.5 for n in later)
    assert abs(a.cement.volume_ml - b.cement.volume_ml) < 0.01
    assert abs(sum(x.volume_ml for x in a.balloons) - sum(x.volume_ml for x in b.balloons)) < 0.02
    assert abs(a.fracture.anterior - b.fracture.anterior) < 0.002
    assert abs(a.camera.azimuth_deg - b.camera.azimuth_deg) < 0.5


def test_order_of_asking_does_not_matter(timeline: Timeline) -> None:
    """Sixty samples in shuffled order equal the ordered ones, also their hashes."""
    times = [timeline.duration_s * k / 59 for k in range(60)]
    ordered = {t: timeline.state_at(t) for t in times}
    shuffled = times[:]
    random.Random(1).shuffle(shuffled)

    assert all(timeline.state_at(t) == ordered[t] for t in shuffled)
    assert all(hash(timeline.state_at(t)) == hash(ordered[t]) for t in shuffled)


@given(t=st.floats(-1e6, 1e6))
def test_time_is_clamped(timeline: Timeline, t: float) -> None:
    """Outside the film its first and last instants are found."""
    assert timeline.state_at(t).time_s == min(max(t, 0.0), timeline.duration_s)


def test_a_step_owns_its_start_and_not_its_end(timeline: Timeline) -> None:
    """At a mark the next step's name and caption are shown."""
    for span in timeline.spans:
        assert timeline.state_at(span.start_s).step == span.step.id
    assert timeline.state_at(timeline.duration_s).step == timeline.spans[-1].step.id


def test_cement_never_shrinks_and_never_comes_before_a_way_in(timeline: Timeline) -> None:
    """Its volume rises only while a filler or needle lies inside the body."""
    last = 0.0
    for t in timeline.frame_times(10):
        state = timeline.state_at(t)
        assert state.cement.volume_ml >= last
        if state.cement.volume_ml > last:
            assert any(needle.depth_mm > 0.0 for needle in state.needles)
        last = state.cement.volume_ml
    assert last > 0.0


def test_heights_never_exceed_the_intact_ones_nor_cross(timeline: Timeline) -> None:
    """Front, middle and back stay within (0, 1] and the back never sinks below the front."""
    for t in timeline.frame_times(10):
        f = timeline.state_at(t).fracture
        assert 0.0 < f.anterior <= 1.0
        assert 0.0 < f.middle <= 1.0
        assert f.anterior <= f.posterior <= 1.0


def test_every_caption_can_be_read(timeline: Timeline) -> None:
    """A step lasts at least a second and 0.4 s for each word of its patient caption."""
    for span in timeline.spans:
        words = len(span.step.caption.patient.text("en").split())
        assert span.step.duration_s >= 1.0 + 0.4 * words - 1e-9


def test_all_numbers_are_finite(timeline: Timeline) -> None:
    """No state holds a NaN or an infinity."""
    for t in timeline.frame_times(4):
        state = timeline.state_at(t)
        numbers = [state.clinical_min, state.cut, state.cancellous_mass_g, state.camera.distance_mm]
        numbers += [v for b in state.balloons for v in (b.volume_ml, b.pressure_psi)]
        numbers += [v for v in (state.cement.viscosity_pa_s, state.cement.core_temp_c) if v is not None]
        assert all(math.isfinite(v) for v in numbers)


def test_bone_mass_is_that_of_the_plan(timeline: Timeline) -> None:
    """Without a table of packed bone the mass stays what the plan says."""
    masses = {timeline.state_at(t).cancellous_mass_g for t in timeline.frame_times(2)}

    assert masses == {timeline.plan.cancellous_mass_g}


def test_bone_mass_follows_the_balloons(plan: CasePlan) -> None:
    """It is read from the table of packed bone at the volume of each balloon, and of the cavity afterwards."""
    rows = replace(plan, room=lambda: BodyRoom(packed_mass=((0.0, 4.0), (2.0, 3.9))))
    peak = Inflate(2.0, mechanics.INTACT, 1.0).at(first_state(rows), 1.0, rows)
    after = Deflate(mechanics.INTACT).at(peak, 1.0, rows)

    assert peak.cancellous_mass_g == pytest.approx(3.9)
    assert after.cancellous_mass_g == pytest.approx(3.91)


@pytest.mark.parametrize(
    ("limits", "volume", "reason"),
    [
        (InflationLimits(), 2.4, StopReason.VOLUME),
        (InflationLimits(pressure_ml=1.9, cortex_ml=2.2), 1.9, StopReason.PRESSURE),
        (InflationLimits(pressure_ml=2.3, cortex_ml=2.2), 2.2, StopReason.CORTEX),
    ],
)
def test_a_balloon_stops_at_the_first_limit_and_says_which(
    plan: CasePlan, limits: InflationLimits, volume: float, reason: StopReason
) -> None:
    """Volume, pressure or cortex, whichever comes first; while it is filled and emptied there is no reason to tell."""
    case = replace(plan, room=lambda: BodyRoom(inflation=limits))
    inflate, peak = Inflate(2.4, mechanics.HEIGHTS["typical"]["balloon_peak"], 1.0), mechanics.HEIGHTS["typical"]
    under_way, standing = (inflate.at(first_state(case), u, case) for u in (0.5, 1.0))
    emptied = Deflate(mechanics.INTACT).at(standing, 0.3, case)

    assert {b.stop_reason for b in under_way.balloons} == {b.stop_reason for b in emptied.balloons} == {StopReason.NONE}
    assert [b.volume_ml for b in standing.balloons] == pytest.approx([volume] * 2)
    assert [b.stop_reason for b in standing.balloons] == [reason] * 2
    assert standing.fracture == peak["balloon_peak"]


def test_cement_stops_where_the_body_is_full(plan: CasePlan) -> None:
    """What does not fit in front of the posterior quarter stays out."""
    full = replace(plan, room=lambda: BodyRoom(cement_room_ml=3.0))
    wanted, fitting = (Fill(ml, mechanics.INTACT).at(first_state(full), 1.0, full).cement for ml in (5.0, 2.0))

    assert (wanted.volume_ml, wanted.stop_reason) == (3.0, StopReason.POSTERIOR_QUARTER)
    assert (fitting.volume_ml, fitting.stop_reason) == (2.0, StopReason.VOLUME)


def test_thin_cement_leaks_and_is_stopped(plan: CasePlan) -> None:
    """No leak before there is enough cement in the body; both grow only, and the leak is what was asked for."""
    cement = [Leak(0.15).at(first_state(plan), k / 40, plan).cement for k in range(41)]

    assert all(c.leak_ml == 0.0 for c in cement if c.volume_ml < mechanics.LEAKS_AT_ML - 1e-9)
    assert [c.leak_ml for c in cement] == sorted(c.leak_ml for c in cement)
    assert cement[-1].leak_ml == pytest.approx(0.15)
    assert cement[-1].stop_reason == StopReason.LEAK
    assert cement[-1].volume_ml == mechanics.LEAK_STOPPED_AT_ML


@given(volume=st.floats(0.5, 4.0), low=SHARES, high=SHARES)
def test_a_balloon_is_filled_without_going_back(volume: float, low: float, high: float) -> None:
    """Volume rises with the share of the inflation, from nothing to all of it."""
    low, high = sorted((low, high))

    assert mechanics.inflation(low, volume)[0] <= mechanics.inflation(high, volume)[0] + 1e-12
    assert mechanics.inflation(0.0, volume)[0] == 0.0
    assert mechanics.inflation(1.0, volume)[0] == pytest.approx(volume)


def test_the_published_end_of_inflation_is_met() -> None:
    """2.95 mL come to rest at 122.7 psi far from the cortex."""
    assert mechanics.plateau_psi(2.95, 5.0) == pytest.approx(122.7, abs=27.9)


def test_cement_runs_through_its_published_points() -> None:
    """500 Pa s at 3:15 min, four times that at 10 min, hard at 13 min; the core stays above 45 degrees for 223 s."""
    assert mechanics.viscosity_pa_s(3.25) == pytest.approx(500.0, rel=0.02)
    assert mechanics.viscosity_pa_s(10.0) == pytest.approx(2000.0, rel=0.02)
    assert mechanics.set_fraction(13.0) == 1.0
    warm = sum(mechanics.core_temp_c(s / 60) > 45.0 for s in range(60 * 30))
    assert warm == pytest.approx(223, abs=5)


def test_the_angle_follows_from_the_heights(plan: CasePlan) -> None:
    """Standing, the typical fracture of L1 is tilted by about fifteen degrees."""
    standing = mechanics.HEIGHTS["typical"]["standing"]

    assert mechanics.kyphosis_deg(standing, plan.intact) == pytest.approx(15.07, abs=0.05)


def test_states_are_values(timeline: Timeline) -> None:
    """A state is equal to its copy and can be a key."""
    state = timeline.state_at(0.5 * timeline.duration_s)

    assert {state: 1}[replace(state)] == 1


def test_the_film_begins_with_its_first_picture(timeline: Timeline) -> None:
    """The very first frame shows what the first step is about: bones, from where it wants them seen, and no X-ray."""
    first, wanted = timeline.state_at(0.0), timeline.spans[0].step.scenery
    bare = Timeline(tuple(span.step for span in timeline.spans), timeline.plan).state_at(0.0)

    assert first.opacity(Layer.TREATED_BONE) == 1.0
    assert first.camera == wanted.camera
    assert bare == first


def test_nothing_asks_for_the_room_in_the_body_before_it_is_filled(timeline: Timeline) -> None:
    """The window opens without it: it is worked out when the first balloon, or the cement, needs it."""
    asked: list[bool] = []

    def room() -> BodyRoom:
        asked.append(True)
        return BodyRoom(((0.0, 8.0), (6.0, 0.9)))

    steps = tuple(span.step for span in timeline.spans)
    mine = Timeline(steps, replace(timeline.plan, room=room))
    filled_s = min(m.start_s for m in mine.spans if isinstance(m.step.action, Inflate | Fill))
    mine.state_at(0.0)
    mine.state_at(filled_s - 0.01)
    before = list(asked)
    mine.state_at(mine.duration_s)

    assert (before, bool(asked)) == ([], True)
