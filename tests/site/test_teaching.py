"""The AP/lateral rule, and the marks that let a learner see it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyphoviz.anatomy.assets import RestBone, load_bone
from kyphoviz.anatomy.bones import shipped_bones
from kyphoviz.film import Film, open_film
from kyphoviz.procedure.mechanics import INTACT
from kyphoviz.procedure.state import Fracture, Needle, Side, Tool
from kyphoviz.scenario.load import find, load
from kyphoviz.site.needles.approach import Approach
from kyphoviz.site.xray.ap_lateral_rule import Verdict, rule
from kyphoviz.site.xray.c_arm import CArmPose
from kyphoviz.site.xray.teaching import POINTS_PER_HOUR, TeachingMarks, Tip, foremost, isthmus_outline

BONE = load_bone("L1")
CENTRE = (0.0, 8.0, 0.0)


def needle(side: Side, kind: Tool, depth_mm: float) -> Needle:
    """A tool somewhere on its axis."""
    return Needle(side, kind, depth_mm, (0.0, 0.0, 0.0), (0.0, -1.0, 0.0), 5.0)


def test_the_planned_needle_is_on_course_all_the_way(bone: RestBone, ways: tuple[Approach, ...]) -> None:
    """From the skin to the front of the body, on both sides."""
    for way in ways:
        said = {rule(tip, bone.landmarks, way.side) for tip in way.at(np.arange(-60.0, 25.0, 0.25))}
        assert said == {Verdict.ON_COURSE}


@pytest.mark.parametrize("side", list(Side))
def test_medial_is_forbidden_only_behind_the_wall(side: Side) -> None:
    """The same distance from the midline stops the needle in the pedicle and is right within the body."""
    marks, outward = BONE.landmarks, 1.0 if side == Side.LEFT else -1.0
    wall_y, medial_x = marks.posterior_wall[1], abs(marks.pedicle_left.medial[0]) - 2.0

    assert rule((outward * medial_x, wall_y + 1.0, 0.0), marks, side) == Verdict.STOP
    assert rule((outward * medial_x, wall_y - 1.0, 0.0), marks, side) == Verdict.ON_COURSE
    assert rule((outward * 15.0, wall_y + 1.0, 0.0), marks, side) == Verdict.ON_COURSE
    assert rule((-outward * 15.0, wall_y + 1.0, 0.0), marks, side) == Verdict.STOP


def column_of_wall(marks: TeachingMarks, k: int) -> float:
    """Where a wall's line stands: upright to a fraction of a pixel, for the C-arm is tilted by about a degree."""
    (first, _), (last, _) = marks.walls[k]
    assert first == pytest.approx(last, abs=0.05)
    return float(first)


@given(st.floats(0.0, 22.0), st.floats(5.0, 30.0), st.floats(-6.0, 8.0), st.sampled_from(list(Side)))
def test_the_pictures_show_what_the_rule_says(x: float, y: float, z: float, side: Side) -> None:
    """A tip is stopped when it is seen inside the medial line and behind the other; half a millimetre is left out."""
    outward = 1.0 if side == Side.LEFT else -1.0
    tip, landmarks = (outward * x, y, z), BONE.landmarks
    medial_x = abs((landmarks.pedicle_left if side == Side.LEFT else landmarks.pedicle_right).medial[0])
    if min(abs(x - medial_x), abs(y - landmarks.posterior_wall[1])) < 0.5:
        return
    ap, lateral = (CArmPose(view, CENTRE).projection for view in ("ap", "lateral"))
    medial_line = ap.pixel((outward * medial_x, landmarks.posterior_wall[1], z))[0]
    wall_line = lateral.pixel(landmarks.posterior_wall)[0]
    is_medial = (ap.pixel(tip)[0] - medial_line) * outward > 0
    is_behind = lateral.pixel(tip)[0] > wall_line

    assert (rule(tip, landmarks, side) == Verdict.STOP) == (is_medial and is_behind)


@pytest.mark.parametrize("side", list(Side))
def test_the_ring_is_the_pedicles_own_outline(side: Side) -> None:
    """Its points lie on the bone's surface and span the pedicle's measured width and height."""
    pedicle = BONE.landmarks.pedicle_left if side == Side.LEFT else BONE.landmarks.pedicle_right
    outline = isthmus_outline(BONE, pedicle)

    assert np.abs(BONE.distance.at(outline)).max() < 0.15
    assert np.ptp(outline[:, 0]) == pytest.approx(2 * pedicle.half_width_mm, abs=0.5)
    assert np.ptp(outline[:, 2]) == pytest.approx(2 * pedicle.half_height_mm, abs=0.5)


@pytest.mark.parametrize(("side", "hour"), [(Side.LEFT, 10), (Side.RIGHT, 2)])
def test_needles_dock_above_and_outside(side: Side, hour: int) -> None:
    """Ten o'clock on the left pedicle and two on the right one are its upper outer parts in the AP picture."""
    pedicle = BONE.landmarks.pedicle_left if side == Side.LEFT else BONE.landmarks.pedicle_right
    entry = isthmus_outline(BONE, pedicle)[hour * POINTS_PER_HOUR]
    ap = CArmPose("ap", CENTRE).projection
    (column, row), (middle_column, middle_row) = ap.pixel(entry), ap.pixel(pedicle.centre)

    assert abs(entry[0]) > abs(pedicle.centre[0]) + 1.0
    assert row < middle_row
    assert (column < middle_column) == (side == Side.LEFT)


def test_only_the_foremost_tool_near_the_bone_is_marked() -> None:
    """Neither what follows it, nor what is still outside, nor a balloon's catheter."""
    inside, behind = needle(Side.LEFT, Tool.GUIDE_WIRE, 20.0), needle(Side.LEFT, Tool.ACCESS_NEEDLE, -30.0)
    outside, catheter = needle(Side.RIGHT, Tool.DRILL, -90.0), needle(Side.RIGHT, Tool.BALLOON_CATHETER, 25.0)

    assert foremost((behind, inside, outside, catheter)) == (inside,)


def test_one_stop_is_a_stop() -> None:
    """Whatever the other side does; and without a needle nothing is said."""
    good, bad = (Tip(Side.LEFT, (0.0, 0.0), verdict) for verdict in (Verdict.ON_COURSE, Verdict.STOP))

    assert TeachingMarks(tips=(good, bad)).verdict == Verdict.STOP
    assert TeachingMarks(tips=(good,)).verdict == Verdict.ON_COURSE
    assert TeachingMarks(tips=(Tip(Side.LEFT, (0.0, 0.0)),)).verdict is None


@pytest.fixture(scope="module")
def film() -> Film:
    """The shipped operation."""
    return open_film(load(find("kyphoplasty"), "kyphoplasty"), shipped_bones())


def test_the_posterior_line_sinks_with_the_back_of_the_body(film: Film) -> None:
    """Its upper end follows the fracture; its lower end, its place in front of the canal and the rings stay."""
    whole = replace(film.timeline.state_at(0.0), fracture=INTACT)
    broken = replace(whole, fracture=Fracture(0.6, 0.6, 0.8))
    before, after = (film.site.teaching.marks(film.site.projection("lateral"), each) for each in (whole, broken))
    rings = [film.site.teaching.marks(film.site.projection("ap"), each).rings for each in (whole, broken)]

    assert after.walls[0][0][1] > before.walls[0][0][1] + 5.0
    assert after.walls[0][1] == pytest.approx(before.walls[0][1])
    assert column_of_wall(after, 0) == pytest.approx(column_of_wall(before, 0), abs=0.05)
    assert rings[0] == rings[1]


def test_the_film_is_judged_while_the_needle_finds_its_way(film: Film) -> None:
    """And says on course throughout; before the bone and after the wall there is nothing to judge."""
    said = {
        step: {film.site.teaching.marks(film.site.projection("ap"), film.timeline.state_at(t)).verdict for t in times}
        for step, times in (
            ("needle_advance", [film.timeline.time_of("needle_advance", u) for u in (0.2, 0.5, 0.9)]),
            ("incision", [film.timeline.time_of("incision", 0.5)]),
            ("fill", [film.timeline.time_of("fill", u) for u in (0.3, 0.9)]),
        )
    }

    assert said == {"needle_advance": {Verdict.ON_COURSE}, "incision": {None}, "fill": {None}}
