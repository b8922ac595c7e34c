"""Claims about all shapes of an instant, over the whole film of every shipped scenario."""

from __future__ import annotations

import numpy as np
import pytest

from kyphoviz.anatomy.bones import shipped_bones
from kyphoviz.film import Film, open_film
from kyphoviz.procedure.state import Layer, Side, Tool
from kyphoviz.scenario.load import find, load
from kyphoviz.site.needles.approach import depth_fraction
from kyphoviz.site.needles.tool_sizes import NOSE_MM


@pytest.fixture(scope="module", params=["kyphoplasty", "vertebroplasty"])
def film(request: pytest.FixtureRequest) -> Film:
    """The shipped films with their real shapes."""
    return open_film(load(find(request.param), request.param), shipped_bones())


def test_what_the_beam_meets_is_closed_and_faces_out(film: Film) -> None:
    """Every part of the X-ray is watertight with a positive volume, at the middle of each step."""
    for span in film.timeline.spans:
        state = film.timeline.state_at(0.5 * (span.start_s + span.end_s))
        for shape in film.site.shapes(state):
            if shape.in_xray:
                assert shape.material is not None, shape.name
                assert shape.mesh.is_closed, shape.name
                assert shape.mesh.volume_mm3 > 0.0, shape.name


def test_volumes_follow_the_state_through_the_film(film: Film) -> None:
    """Balloons, cavities and cement enclose what the state says within 2 %, four times a second."""
    for t in film.timeline.frame_times(4):
        state = film.timeline.state_at(t)
        shapes = {shape.name: shape for shape in film.site.shapes(state)}
        wanted = {f"balloon_{b.side}": b.volume_ml for b in state.balloons}
        wanted |= {f"cavity_{c.side}": c.volume_ml for c in state.cavities}
        wanted["cement"] = state.cement.volume_ml
        for name, volume in wanted.items():
            if name in shapes:
                assert shapes[name].mesh.volume_mm3 / 1000 == pytest.approx(volume, rel=0.02)
            else:
                assert volume <= 0.01


def test_a_picture_lacks_nothing_that_it_shows(film: Film) -> None:
    """What may be drawn is all there is, but for what is never drawn, is hidden or would float on a ghost of skin."""
    for span in film.timeline.spans:
        state = film.timeline.state_at(0.5 * (span.start_s + span.end_s))
        seen, drawn = film.site.shapes(state), {id(shape) for shape in film.site.drawn(state)}
        missing = [shape for shape in seen if id(shape) not in drawn]

        floats = ("dressing", "skin_mark") if state.opacity(Layer.SKIN) < 1.0 else ()
        assert all(not s.is_drawn or s.role in floats or state.opacity(Layer(s.layer)) == 0.0 for s in missing)
        assert len(drawn) + len(missing) == len(seen)


def test_names_are_unique_and_levels_are_there_once(film: Film) -> None:
    """No two shapes share a name, and each level has exactly one outer surface."""
    shapes = film.site.shapes(film.timeline.state_at(0.6 * film.timeline.duration_s))
    levels = [shape.level for shape in shapes if shape.role == "vertebra"]

    assert len({shape.name for shape in shapes}) == len(shapes)
    assert sorted(filter(None, levels)) == ["L1", "L2", "L3", "T11", "T12"]


def test_equal_keys_mean_equal_points(film: Film) -> None:
    """What was kept under a key is what is made anew for it."""
    times = [0.2, 0.45, 0.55, 0.2, 0.55]
    seen: dict[object, np.ndarray] = {}
    for share in times:
        for shape in film.site.shapes(film.timeline.state_at(share * film.timeline.duration_s)):
            points = shape.mesh.points.copy()
            before = seen.setdefault((shape.name, shape.key), points)
            assert np.array_equal(before, points), shape.name


def test_the_order_of_instants_leaves_no_trace(film: Film) -> None:
    """The shapes of an instant are the same whatever was asked for before."""
    t = film.timeline.time_of("fill", 0.5)
    first = {s.name: s.placed.points.copy() for s in film.site.shapes(film.timeline.state_at(t))}
    for share in (0.9, 0.1, 0.6):
        film.site.shapes(film.timeline.state_at(share * film.timeline.duration_s))
    again = {s.name: s.placed.points for s in film.site.shapes(film.timeline.state_at(t))}

    assert first.keys() == again.keys()
    assert all(np.array_equal(first[name], again[name]) for name in first)


def test_tools_end_where_they_should(film: Film) -> None:
    """Access 3 mm inside, drill 3 to 5 mm short of the front, wire behind it, both markers beyond the cannula."""
    bone = film.site.bones["L1"]
    for axis in film.plan.axes:
        assert axis.station_mm("access") == pytest.approx(3.0)
        assert 3.0 <= axis.station_mm("anterior") - axis.station_mm("drill") <= 5.0
        assert axis.station_mm("wire") < axis.station_mm("anterior") - 3.0
        assert axis.station_mm("balloon") - NOSE_MM - film.scenario.case.balloon_mm > axis.station_mm("access")
        needle_tip = axis.at(axis.station_mm("fill"))
        assert depth_fraction(bone, needle_tip[1]) < 1 / 3


def test_needles_lie_where_the_state_says(film: Film) -> None:
    """The tip of each drawn tool is the tip in the state."""
    state = film.timeline.state_at(film.timeline.time_of("fill", 0.3))
    for shape in film.site.shapes(state):
        if shape.role == "needle":
            needle = next(n for n in state.needles if shape.name.startswith(f"{n.kind}_{n.side}_"))
            assert shape.pose[:3, 3] == pytest.approx(np.array(needle.tip_mm))
            assert {Side.LEFT, Side.RIGHT} >= {needle.side}
            assert needle.kind in set(Tool)


def test_nothing_lies_on_a_ghost_of_skin(film: Film) -> None:
    """Marks and dressings are drawn where skin is solid, and float nowhere; as a solid the dressing is always there."""
    drawn_in = set()
    for span in film.timeline.spans:
        state = film.timeline.state_at(span.start_s + 0.9 * (span.end_s - span.start_s))
        if any(shape.role in ("dressing", "skin_mark") for shape in film.site.drawn(state)):
            assert state.opacity(Layer.SKIN) == 1.0, span.step.id
            drawn_in.add(span.step.id)
        assert any(shape.role == "dressing" for shape in film.site.shapes(state)) == (state.incision.dressing > 0.0)
    assert drawn_in == {"mark_level", "incision", "remove_close"}
