"""Values between two others: tables, changes of view, and what is exact at the ends."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyphoviz.procedure.easing import blend, clamp, ease, interpolated, smoothstep
from kyphoviz.procedure.plan import CasePlan
from kyphoviz.procedure.steps import Scenery, first_state

ROWS = ((-2.0, 8.0), (0.0, 3.0), (0.5, 7.0), (4.0, 7.0))
VALUES, SHARES = st.floats(-1e3, 1e3), st.floats(0.0, 1.0)


@given(share=SHARES)
def test_a_table_is_straight_between_its_rows(share: float) -> None:
    """It passes through each row, lies on the straight line to the next, and is held beyond its ends."""
    for (x0, y0), (x1, y1) in pairwise(ROWS):
        assert interpolated(ROWS, x0 + share * (x1 - x0)) == pytest.approx(y0 + share * (y1 - y0))
    assert interpolated(ROWS, -2.0 - share) == 8.0
    assert interpolated(ROWS, 4.0 + share) == 7.0


@given(start=VALUES, end=VALUES, share=SHARES)
def test_a_blend_is_exact_at_both_ends(start: float, end: float, share: float) -> None:
    """To the last bit, so that the end of a step is the start of the next; between, it is the weighted mean."""
    assert (blend(start, end, 0.0), blend(start, end, 1.0)) == (start, end)
    assert blend(start, end, share) == pytest.approx((1.0 - share) * start + share * end, abs=1e-9)


@given(low=VALUES, width=st.floats(0.1, 1e3), share=SHARES)
def test_a_step_is_smooth_and_even(low: float, width: float, share: float) -> None:
    """0 up to its beginning, 1 from its end, as much above the middle as below, without a kink at either end."""
    high = low + width
    assert smoothstep(low, high, low - share) == 0.0
    assert smoothstep(low, high, high + share) == 1.0
    assert ease(share) + ease(1.0 - share) == pytest.approx(1.0)
    assert smoothstep(low, high, low + share * width) == pytest.approx(ease(share), abs=1e-6)
    assert ease(1e-4) < 4e-8
    assert ease(0.25) == pytest.approx(0.15625)
    assert low <= clamp(low + (3.0 * share - 1.0) * width, low, high) <= high


def test_the_c_arm_turns_in_the_middle_of_its_step(plan: CasePlan) -> None:
    """It stands still up to 0.3 and from 0.8 of the step, and is halfway in between; the flight does not hurry it."""
    before, turned = first_state(plan), Scenery(c_arm_deg=90.0)
    angles = {u: turned.at(before, u, 1.0).c_arm_deg for u in (0.0, 0.3, 0.55, 0.79, 0.8, 1.0)}

    assert [angles[u] for u in (0.0, 0.3, 0.8, 1.0)] == pytest.approx([0.0, 0.0, 90.0, 90.0])
    assert angles[0.55] == pytest.approx(45.0)
    assert angles[0.79] < 90.0
    assert Scenery().at(turned.at(before, 1.0, 1.0), 0.5, 0.5).c_arm_deg == 90.0
