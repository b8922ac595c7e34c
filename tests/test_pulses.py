"""X-rays in pulses: the views take turns at the low rate, and nothing is taken twice."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyphoviz.choices import CArmTurn
from kyphoviz.procedure.beam_log import PULSES_PER_S
from kyphoviz.procedure.state import Cavity, Side, XrayView
from kyphoviz.viewing.pulses import PERIOD_MS, Exposure, Pulses
from tests.ui.stand_ins import fake_film

STATE = fake_film().timeline.state_at(6.0)


def with_cavity(volume_ml: float) -> Exposure:
    return Exposure(replace(STATE, cavities=(Cavity(Side.LEFT, volume_ml),)))


def both_wanted(exposure: Exposure) -> Pulses:
    pulses = Pulses()
    for view in XrayView:
        pulses.want(view, exposure)
    return pulses


def take(pulses: Pulses) -> str | None:
    """Takes what is stale, and tells the view."""
    if pulses.stale is None:
        return None
    view, exposure = pulses.stale
    pulses.taken(view, exposure)
    return view


def test_nothing_is_taken_of_what_nobody_wants() -> None:
    """No view, no pulse."""
    assert Pulses().stale is None


def test_each_view_is_taken_once() -> None:
    """A picture that tells of what is wanted is not taken again."""
    pulses = both_wanted(with_cavity(1.0))

    assert [take(pulses) for _ in range(4)] == ["ap", "lateral", None, None]


def test_views_take_turns() -> None:
    """While the body goes on changing neither view starves."""
    pulses = Pulses()
    taken = []
    for tenths in range(6):
        for view in XrayView:
            pulses.want(view, with_cavity(tenths / 10.0))
        taken.append(take(pulses))

    assert taken == ["ap", "lateral"] * 3


@pytest.mark.parametrize(
    ("later", "is_stale"),
    [
        (Exposure(replace(STATE, time_s=STATE.time_s + 1.0)), False),
        (Exposure(replace(STATE, cavities=(Cavity(Side.LEFT, 2.0),))), True),
        (Exposure(STATE, CArmTurn("ap", 3.0)), True),
    ],
)
def test_a_picture_is_out_of_date_when_it_would_look_different(later: Exposure, is_stale: bool) -> None:
    """Time alone changes no X-ray; the body and the stand of the C-arm do."""
    pulses = Pulses()
    pulses.want("ap", Exposure(STATE))
    take(pulses)
    pulses.want("ap", later)

    assert (pulses.stale is not None) == is_stale


def test_a_dark_view_is_taken_anew() -> None:
    """Whoever comes back to an instant after the dark sees a picture of it, and not what was there before."""
    pulses = Pulses()
    pulses.want("ap", Exposure(STATE))
    take(pulses)
    pulses.want("ap", None)
    dark = pulses.stale, pulses.wanted("ap")
    pulses.want("ap", Exposure(STATE))

    assert dark == (None, None)
    assert pulses.stale == ("ap", Exposure(STATE))


def test_another_body_is_taken_anew() -> None:
    """What was pictured of the last one is out of date although the numbers are the same; the end takes nothing."""
    pulses = both_wanted(Exposure(STATE))
    while take(pulses):
        pass
    pulses.forget()
    anew = pulses.stale
    pulses.stop()

    assert anew is not None
    assert pulses.stale is None


@given(st.lists(st.integers(0, 400), min_size=1, max_size=40))
def test_pulses_keep_their_rate(late_ms: list[int]) -> None:
    """However late single pulses come, no two begin in less than half a period, and they never come too often."""
    pulses, now, begun = Pulses(), 0, []
    for late in late_ms:
        pulses.begin(now)
        begun.append(now)
        now += pulses.wait_ms(now) + late

    assert begun[-1] - begun[0] >= (len(begun) - 1) * PERIOD_MS - PERIOD_MS
    assert PERIOD_MS * PULSES_PER_S * len(XrayView) == pytest.approx(1000.0, rel=0.02)


def test_a_state_is_enough() -> None:
    """A needle in a student's hand belongs to no film; its X-rays come by the same pulses."""
    pulses = Pulses()
    pulses.want("lateral", by_hand := Exposure(replace(STATE, step="", needles=())))

    assert pulses.stale == ("lateral", by_hand)
