"""What is just allowed in a scene, and what a case is where nothing is said."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kyphoviz.procedure.actions import Fill
from kyphoviz.procedure.mechanics import INTACT
from kyphoviz.scenario import Case, find, load
from kyphoviz.scenario.errors import shortened
from kyphoviz.scenario.model import BALLOON_LENGTHS_MM, BALLOON_MOST_ML, GAUGES_OF
from tests.scene_files import MINIMAL, opened, refused


def test_the_usual_case_is_that_of_the_shipped_film() -> None:
    """What a scene leaves out is what the kyphoplasty shows, but for the cut: a stab there is, and is shown longer."""
    assert replace(load(find("kyphoplasty")).case, incision_mm=5.0) == Case()
    assert Case().leak_ml == pytest.approx(0.15)


def test_the_usual_balloon_is_not_filled_to_its_limit() -> None:
    """Every length has a limit; the usual tools are among those that there are."""
    usual = Case()

    assert tuple(BALLOON_MOST_ML) == BALLOON_LENGTHS_MM
    assert usual.balloon_ml <= 0.6 * BALLOON_MOST_ML[usual.balloon_mm]
    assert usual.gauge in GAUGES_OF[usual.procedure]
    assert usual.cement_ml == pytest.approx(2 * usual.balloon_ml)


FILLED = """\
case: {level: L1, procedure: vertebroplasty, gauge: 13}
steps:
  - {id: stand, kind: settle, to: standing, duration_s: 9}
  - {id: lie, kind: settle, to: prone, duration_s: 9}
  - {id: cut, kind: incise, duration_s: 9}
  - {id: way, kind: show, duration_s: 9, moves: [{tool: cement_needle, to: fill, start: 0, end: 1}]}
  - {id: stir, kind: mix, duration_s: 9, clinical_min: %s}
  - {id: fill, kind: fill, duration_s: 9, clinical_min: %s}
"""


@pytest.mark.parametrize(("mixed_min", "filled_min", "is_fine"), [
    ("3.25", "6.75", True), ("3.2", "1", False), ("3.25", "6.8", False), ("9.5", "0.5", True),
])  # fmt: skip
def test_cement_goes_in_from_the_first_workable_minute_to_the_last(
    tmp_path: Path, mixed_min: str, filled_min: str, is_fine: bool
) -> None:
    """3:15 to 10 min after mixing, both included."""
    text = FILLED % (mixed_min, filled_min)
    if is_fine:
        assert len(opened(tmp_path, text).steps) == 6
    else:
        assert "it can be used from 3.25 to 10 min" in "\n".join(refused(tmp_path, text))


def test_as_many_steps_as_fit_are_read(tmp_path: Path) -> None:
    """A film of many steps is no hostile file."""
    more = "".join(f"  - {{id: s{k}, kind: show, duration_s: 5}}\n" for k in range(99))
    assert len(opened(tmp_path, MINIMAL + more).steps) == 100


def test_text_that_is_no_yaml_is_told_with_its_reason(tmp_path: Path) -> None:
    """What the reader stumbled over, not only that it did."""
    assert "expected" in refused(tmp_path, "case: [1, 2")[0]
    assert "found character" in refused(tmp_path, "case: @me")[0]


def test_a_filler_may_leave_as_soon_as_the_cement_is_in(tmp_path: Path) -> None:
    """At that very share of the step, but not before."""
    leaving = "clinical_min: 6, moves: [{tool: cement_needle, to: parked, start: %s, end: 1}]}"
    text = (FILLED % ("3.25", "6")).replace("clinical_min: 6}", leaving)
    end = Fill(0.0, INTACT).end

    assert len(opened(tmp_path, text % end).steps) == 6
    assert "leaves before the cement is in" in "\n".join(refused(tmp_path, text % (end - 0.01)))


def test_a_name_is_cut_in_its_middle_only_where_it_must_be() -> None:
    """One that just fits is left alone."""
    assert shortened("abcdefghi", 9) == "abcdefghi"
    assert shortened("abcdefghij", 9) == "abc...hij"
