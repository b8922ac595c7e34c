"""Which names a picture shows, and their catalogue."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import ArrayLike
from PySide6.QtCore import QRectF, QSizeF

from kyphoviz.anatomy.bones import shipped_bones
from kyphoviz.anatomy.parts import PARTS
from kyphoviz.film import open_film
from kyphoviz.overlay import labels, naming
from kyphoviz.overlay.names import Name, load_names
from kyphoviz.resources import DamagedFileError
from kyphoviz.scenario.load import find, load
from kyphoviz.site.anchors.anchors import Anchor
from kyphoviz.site.anchors.named import RANKS

RECT = QRectF(0, 0, 640, 400)
BODY, DISC = Anchor("body", (100.0, 0.0, 100.0), "L1", 2), Anchor("disc", (300.0, 0.0, 200.0), "T12/L1", 3)


class Flat:
    """A picture in which x and z are pixels; what lies at y > 0 is hidden by so much."""

    def project(self, point_mm: ArrayLike) -> tuple[float, float]:
        x, _, z = np.asarray(point_mm, float)
        return float(x), float(z)

    def hidden_mm(self, point_mm: ArrayLike) -> float:
        return float(np.asarray(point_mm, float)[1])


def keys(anchors: list[Anchor], most: int = 7) -> list[str]:
    return [anchor.key for anchor, _, _ in naming.chosen(anchors, Flat(), RECT, 1.0, 10.0, most)]


def test_what_matters_most_comes_first_and_only_so_many() -> None:
    """Seven names at most, by rank."""
    crowd = [Anchor(f"thing{k}", (20.0 * k, 0.0, 20.0), "", 9 - k % 9) for k in range(30)]

    assert len(keys(crowd)) == 7
    assert keys([DISC, BODY]) == ["body", "disc"]
    assert keys([DISC, BODY], most=1) == ["body"]


def test_what_is_hidden_has_no_name() -> None:
    """Neither what lies behind a bone nor what was cut away in front of one; a clear thing may lie in front."""
    behind = Anchor("canal", (100.0, 6.0, 100.0))
    cut_away = Anchor("canal", (100.0, -6.0, 100.0))
    clear = Anchor("balloon", (100.0, -6.0, 100.0), is_solid=False)

    assert keys([behind]) == keys([cut_away]) == []
    assert keys([clear]) == ["balloon"]


def test_the_next_place_serves_where_the_first_is_hidden() -> None:
    """A structure is named once, at its first place that can be seen."""
    hidden, seen, third = (Anchor("pedicle", (100.0, y, z), "L1") for y, z in ((9.0, 50.0), (0.0, 90.0), (0.0, 200.0)))
    found = naming.chosen([hidden, seen, third], Flat(), RECT, 1.0, 10.0)

    assert [(x, y) for _, x, y in found] == [(100.0, 90.0)]


def test_points_beside_the_picture_have_no_name() -> None:
    """And rendered pixels are counted back into those of the widget."""
    outside = Anchor("body", (700.0, 0.0, 100.0))

    assert keys([outside]) == []
    assert naming.chosen([outside], Flat(), RECT, 2.0, 10.0)[0][1:] == (350.0, 50.0)


def test_patients_read_plain_words_once() -> None:
    """Two discs are one plain word; students read each with its level and its anatomical name."""
    found = [(BODY, 1.0, 1.0), (DISC, 2.0, 2.0), (Anchor("disc", (0.0, 0.0, 0.0), "L1/L2"), 3.0, 3.0)]
    names = load_names()

    assert [text for text, _, _ in naming.worded(found, names, is_clinical=False)] == ["Bone of the spine", "Disc"]
    clinical = [text for text, _, _ in naming.worded(found, names, is_clinical=True)]
    assert clinical[1:] == ["Disc T12/L1\ndiscus intervertebralis", "Disc L1/L2\ndiscus intervertebralis"]


def test_everything_that_can_be_pointed_at_has_words() -> None:
    """The catalogue knows every key that a site may use, and every part of a bone that the pointer may rest on."""
    assert set(RANKS) | {part.key for part in PARTS} | {part.label for part in PARTS} <= set(load_names())


def test_an_unknown_language_reads_english() -> None:
    """Better other words than none."""
    assert load_names("xx") == load_names("en")


@pytest.mark.parametrize(
    "text", ["[body", '[body]\nplain = "Bone"', '[body]\nplain = "a"\nclinical = 3', 'body = "Bone"',
             '[body]\nplain = "a"\nclinical = "b"\ngreek = "c"', '[body]\nplain = " "\nclinical = "b"']
)  # fmt: skip
def test_a_damaged_catalogue_is_told_in_one_line(tmp_path: Path, text: str) -> None:
    """Whatever is wrong, the message names the file."""
    (tmp_path / "labels.en.toml").write_text(text, encoding="utf-8")

    with pytest.raises(DamagedFileError) as told:
        load_names(folder=tmp_path)
    assert "labels" in str(told.value)
    assert "\n" not in str(told.value)


def test_a_name_without_latin_has_one_line() -> None:
    """No empty second line."""
    assert Name("Thin wire", "Guide wire").words("", is_clinical=True) == "Guide wire"


def test_names_fade_while_the_camera_flies() -> None:
    """At rest they are all there; somewhere in a film with flights they are not."""
    timeline = open_film(load(find("kyphoplasty"), "kyphoplasty"), shipped_bones()).timeline
    weights = [naming.weight(timeline, 0.5 * k) for k in range(round(2 * timeline.duration_s))]

    assert all(0.0 <= weight <= 1.0 for weight in weights)
    assert min(weights) == 0.0
    assert sum(weight == 1.0 for weight in weights) > 0.6 * len(weights)


@given(
    st.lists(
        st.tuples(st.uuids().map(str), st.floats(0, 640), st.floats(0, 400)), max_size=9, unique_by=lambda one: one[0]
    ),
    st.floats(30, 250),
)
def test_no_name_hides_a_point(named: list[tuple[str, float, float]], width: float) -> None:
    """Where there is no room for all, the last names go; the first ones stay as long as they can."""
    found = labels.uncovered(named, [QSizeF(width, 30.0)] * len(named), RECT, 4.0)

    for label in found:
        assert not any(other.box.contains(label.anchor) for other in found)


@given(
    st.lists(
        st.tuples(st.uuids().map(str), st.floats(0, 640), st.floats(0, 400)), max_size=9, unique_by=lambda one: one[0]
    ),
    st.floats(30, 250),
)
def test_no_name_lies_on_what_the_picture_is_about(named: list[tuple[str, float, float]], width: float) -> None:
    """A balloon stays free, and no line runs into another name; what has no place beside them is not named."""
    balloon = QRectF(200.0, 120.0, 160.0, 120.0)
    found = labels.uncovered(named, [QSizeF(width, 30.0)] * len(named), RECT, 4.0, balloon)

    for label in found:
        assert not label.box.intersects(balloon)
        for other in found:
            if other is not label:
                line = [label.box.center() + (label.anchor - label.box.center()) * share for share in (0.9, 0.99)]
                assert not any(other.box.contains(place) for place in line)


def test_a_name_over_the_balloon_goes_below_it() -> None:
    """It keeps its name: the card moves, the line still leads to the point."""
    balloon = QRectF(0.0, 120.0, 160.0, 120.0)
    (label,) = labels.uncovered([("Balloon", 100.0, 200.0)], [QSizeF(150.0, 30.0)], RECT, 4.0, balloon)

    assert label.box.top() > balloon.bottom()
    assert (label.anchor.x(), label.anchor.y()) == (100.0, 200.0)


def test_a_cloud_reaches_from_its_first_to_its_last_point() -> None:
    """Of all clouds together, in units of the widget; nothing for nothing."""
    clouds = [[(20.0, 0.0, 40.0), (60.0, 5.0, 44.0)], [(30.0, 0.0, 80.0)]]

    assert naming.extent(clouds, Flat(), 2.0) == QRectF(10.0, 20.0, 20.0, 20.0)
    assert naming.extent([], Flat(), 2.0) is None
