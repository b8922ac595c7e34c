"""What happens to the skin, and the load at the end of the film, as functions of the share of their step."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kyphoviz.procedure.actions import Close, Incise, Load, MarkSkin, Settle
from kyphoviz.procedure.mechanics import INTACT
from kyphoviz.procedure.plan import CasePlan
from kyphoviz.procedure.state import Fracture, Incision
from kyphoviz.procedure.steps import first_state

SHARES = [k / 100 for k in range(101)]


def test_a_mark_grows_under_the_pen_until_it_is_whole(plan: CasePlan) -> None:
    """Nothing in the first third of the step, all of it from seven tenths on."""
    before = first_state(plan)
    marks = [MarkSkin().at(before, u, plan).incision.mark for u in SHARES]

    assert marks == sorted(marks)
    assert marks[35] == 0.0 < marks[40]
    assert marks[65] < marks[70] == marks[100] == pytest.approx(1.0)


def test_a_mark_is_wiped_off_once_the_cut_is_made(plan: CasePlan) -> None:
    """It starts after a quarter of the step and has its length before the last tenth; till then the mark stays."""
    before = replace(first_state(plan), incision=Incision(1.0))
    cuts = [Incise(8.0).at(before, u, plan).incision for u in SHARES]

    assert [c.length_mm for c in cuts] == sorted(c.length_mm for c in cuts)
    assert all(c.mark == 1.0 or c.length_mm == pytest.approx(8.0) for c in cuts)
    assert (cuts[88].mark, cuts[98].mark) == (1.0, 0.0)
    assert cuts[25].length_mm == 0.0 < cuts[30].length_mm
    assert cuts[55].length_mm == pytest.approx(4.0)
    assert cuts[84].length_mm < cuts[85].length_mm == cuts[100].length_mm == pytest.approx(8.0)


def test_the_dressing_waits_until_the_skin_is_closed(plan: CasePlan) -> None:
    """The edges meet between 0.45 and 0.70 of the step, the dressing comes on between 0.72 and 0.92."""
    before = replace(first_state(plan), incision=Incision(0.2, 8.0))
    skin = [Close().at(before, u, plan).incision for u in SHARES]

    assert (skin[45].length_mm, skin[45].mark) == (8.0, 0.2)
    assert skin[57].length_mm == pytest.approx(4.0, abs=0.5)
    assert (skin[70].length_mm, skin[70].mark, skin[70].dressing) == pytest.approx((0.0, 0.0, 0.0), abs=1e-9)
    assert skin[72].dressing == 0.0 < skin[75].dressing < skin[82].dressing == pytest.approx(0.5)
    assert skin[91].dressing < skin[92].dressing == pytest.approx(1.0) == skin[100].dressing


def test_the_load_comes_twice_and_goes_again(plan: CasePlan) -> None:
    """From nothing to all of it and back, two times alike; none at the ends and between."""
    before = first_state(plan)
    loads = [Load().at(before, u, plan).load for u in SHARES]

    assert (min(loads), loads[0], loads[24], loads[100]) == (0.0, 0.0, 0.0, 0.0)
    assert [loads[k] for k in (38, 46, 76, 84)] == pytest.approx([1.0] * 4)
    assert [loads[k] for k in (31, 52, 69, 90)] == pytest.approx([0.5] * 4)
    assert [loads[k] for k in (58, 62, 96)] == pytest.approx([0.0] * 3)
    assert max(loads) <= 1.0
    assert loads[24:59] == pytest.approx(loads[62:97])


def test_the_body_settles_in_the_middle_of_its_step(plan: CasePlan) -> None:
    """Nothing moves before 0.15 and after 0.85 of it, and half is done in the middle."""
    low = Fracture(0.6, 0.66, 0.94)
    heights = [Settle(low).at(first_state(plan), u, plan).fracture for u in SHARES]

    assert heights[15] == INTACT != heights[16]
    assert heights[84] != heights[85] == heights[100] == low
    assert heights[50].anterior == pytest.approx(0.8)
