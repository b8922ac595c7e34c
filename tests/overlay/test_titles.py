"""Titles of what is compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF, QSizeF

from kyphoviz.anatomy.bones import shipped_bones
from kyphoviz.film import open_film
from kyphoviz.overlay import titles
from kyphoviz.overlay.names import load_names
from kyphoviz.scenario import find, load
from kyphoviz.scene.camera import fitted, projected

RECT = QRectF(0, 0, 640, 400)


@given(
    st.lists(st.tuples(st.floats(-200, 900), st.floats(-200, 700)), min_size=2, max_size=2),
    st.floats(20, 300),
    st.floats(10, 40),
)
def test_titles_stay_apart_and_in_the_picture(feet: list[tuple[float, float]], width: float, height: float) -> None:
    """Wherever the two things are seen, neither title leaves the picture's sides nor covers the other."""
    size = QSizeF(width, height)
    first, second = titles.boxes(RECT, [QPointF(*foot) for foot in feet], [size, size], 8.0)

    assert not first.intersects(second)
    assert all(box.left() >= 0 and box.right() <= RECT.right() + 1e-9 for box in (first, second))


@pytest.mark.parametrize("size", [(446, 520), (640, 660), (1000, 560), (1050, 900)])
def test_both_bones_under_load_have_a_title_in_every_window(size: tuple[int, int]) -> None:
    """Students, patients and visitors can tell the one with cement from the one without, whatever the window."""
    film = open_film(load(find("kyphoplasty"), "kyphoplasty"), shipped_bones())
    state = film.timeline.state_at(film.timeline.time_of("load", 0.6))

    class Flat:
        def project(self, point_mm: object) -> tuple[float, float]:
            return projected(state.camera, size, point_mm)  # type: ignore[arg-type]

        def hidden_mm(self, point_mm: object) -> float:
            return 99.0

    found = titles.placed(film.site.anchors.at(state), Flat(), 1.0)

    assert [key for key, _ in found] == list(titles.TITLED)
    assert set(titles.TITLED) <= set(load_names())
    assert found[0][1].x() < found[1][1].x() - 40
    assert all(0 < foot.x() < size[0] and 0 < foot.y() < size[1] for _, foot in found)


@pytest.mark.parametrize("size", [(446, 520), (640, 660), (920, 550), (1050, 900)])
def test_a_title_stands_below_all_of_its_bone(size: tuple[int, int]) -> None:
    """No part of a bone, its joint processes too, reaches down to where its title stands, in any window."""
    film = open_film(load(find("kyphoplasty"), "kyphoplasty"), shipped_bones())
    state = film.timeline.state_at(film.timeline.time_of("load", 0.6))
    camera = fitted(state.camera, size, 1.0)

    class Flat:
        def project(self, point_mm: object) -> tuple[float, float]:
            return projected(camera, size, point_mm)  # type: ignore[arg-type]

        def hidden_mm(self, point_mm: object) -> float:
            return 99.0

    feet = dict(titles.placed(film.site.anchors.at(state), Flat(), 1.0))
    bones = {shape.name: shape.placed.points for shape in film.site.drawn(state)}

    for key, name in (("without_cement", "L1_untreated"), ("with_cement", "L1")):
        lowest = max(Flat().project(point)[1] for point in bones[name][::3])
        assert feet[key].y() > lowest - 0.01 * size[1]
