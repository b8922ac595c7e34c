"""Claims about the load: the bone without cement gives way under it, the cemented one holds."""

from __future__ import annotations

import numpy as np
import pytest

from kyphoviz.anatomy.bones import shipped_bones
from kyphoviz.film import Film, open_film
from kyphoviz.procedure.state import Layer
from kyphoviz.scenario.load import find, load
from kyphoviz.site.anchors.anchors import Anchors
from kyphoviz.site.shape import Shape


@pytest.fixture(scope="module")
def film() -> Film:
    """The shipped kyphoplasty."""
    return open_film(load(find("kyphoplasty")), shipped_bones())


def at(film: Film, share: float) -> tuple[float, dict[str, Shape]]:
    """The load and the shapes at a share of the load step."""
    span = next(span for span in film.timeline.spans if span.step.id == "load")
    state = film.timeline.state_at(span.start_s + share * (span.end_s - span.start_s))
    return state.load, {shape.name: shape for shape in film.site.shapes(state)}


def front_height_mm(shape: Shape) -> float:
    """z of the highest point of the front of the body."""
    points = shape.mesh.points
    return float(points[points[:, 1] < -13.0, 2].max())


def test_only_the_bone_without_cement_gives_way(film: Film) -> None:
    """Under the full load the untreated front comes down by more than 2 mm, the treated bone keeps every point."""
    none, before = at(film, 0.2)
    rest = {name: before[name].mesh.points.copy() for name in ("L1", "L1_untreated")}
    high = front_height_mm(before["L1_untreated"])
    full, after = at(film, 0.44)
    assert (none, full) == (0.0, 1.0)
    np.testing.assert_array_equal(after["L1"].mesh.points, rest["L1"])
    assert front_height_mm(after["L1_untreated"]) < high - 2.0


def test_the_arrows_stand_on_the_bones_under_load(film: Film) -> None:
    """At full load each arrow's tip is within a millimetre of its end plate, before it several above."""
    for share, low, high in ((0.2, 6.0, 12.0), (0.44, -1.0, 1.5)):
        _, shapes = at(film, share)
        for arrow, bone in (("load_on_treated", "L1"), ("load_on_untreated", "L1_untreated")):
            tip, body = shapes[arrow].placed.points, shapes[bone].placed.points
            tip = tip[tip[:, 2].argmin()]
            near = body[np.hypot(body[:, 0] - tip[0], body[:, 1] - tip[1]) < 2.5]
            gap = float(tip[2] - near[:, 2].max())
            assert low < gap < high, (arrow, share)


def test_nothing_of_the_model_is_elsewhere_in_the_film(film: Film) -> None:
    """Bone without cement and arrows are shapes of that one layer, never in the X-ray, and gone in other steps."""
    _, shapes = at(film, 0.5)
    model = [shape for shape in shapes.values() if shape.layer == Layer.LOAD]
    assert {shape.role for shape in model} == {"comparison", "load"}
    assert not any(shape.in_xray for shape in model)
    names = {shape.name for shape in film.site.shapes(film.timeline.state_at(10.0))}
    assert not names & {shape.name for shape in model}


def test_both_bones_and_the_load_are_named_and_nothing_else(film: Film) -> None:
    """While the bones are compared, names tell which is which and what presses; elsewhere in the film none of them."""
    span = next(span for span in film.timeline.spans if span.step.id == "load")
    anchors = Anchors(film.site)
    told = {"with_cement", "without_cement", "body_weight"}
    found = anchors.at(film.timeline.state_at(0.5 * (span.start_s + span.end_s)))
    assert {anchor.key for anchor in found} == told
    by_key = {anchor.key: anchor.point_mm for anchor in found}
    assert by_key["without_cement"][1] < by_key["with_cement"][1] - 60.0
    assert not told & {anchor.key for anchor in anchors.at(film.timeline.state_at(10.0))}
