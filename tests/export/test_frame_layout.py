"""Frames of every size and shape: nothing is cut, nothing lies on anything else, and what is too small is refused."""

from __future__ import annotations

from contextlib import closing
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect

from kyphoviz.anatomy.bones import shipped_bones
from kyphoviz.export.frame_layout import drawn_size, frame_layout
from kyphoviz.export.frames import FrameDrawer, FrameLook, layout_of
from kyphoviz.film import Film, open_film
from kyphoviz.overlay.text import LEAST_PX
from kyphoviz.scenario.load import find, load, shipped
from tests.commands import refused

WIDE = ((320, 180), (426, 240), (640, 360), (854, 480), (1280, 720), (1920, 1080), (2560, 1440), (3840, 2160))
UPRIGHT = ((180, 320), (240, 426), (360, 640), (480, 854), (480, 1280), (720, 1280), (1080, 1920), (2160, 3840))
SQUARE = ((320, 320), (480, 480), (720, 720), (1080, 1080), (2160, 2160))
OTHERS = ((320, 240), (800, 600), (1024, 768), (768, 1024), (640, 180), (1280, 360), (2560, 720), (3840, 1080))
SIZES = (*WIDE, *UPRIGHT, *SQUARE, *OTHERS)


@pytest.fixture(scope="module", params=[path.stem for path in shipped()])
def film(request: pytest.FixtureRequest) -> Film:
    """Each film that ships."""
    return open_film(load(find(request.param)), shipped_bones())


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("has_xrays", [False, True])
def test_pictures_fill_the_frame_and_none_lies_on_another(size: tuple[int, int], has_xrays: bool) -> None:
    """X-rays stand beside the 3D picture, in an upright frame below it; the 3D picture keeps the largest part."""
    found = frame_layout(size, has_xrays=has_xrays)
    frame, pictures = QRect(0, 0, *size), (found.scene, *found.panes)

    assert len(pictures) == (3 if has_xrays else 1)
    assert all(frame.contains(each) for each in pictures)
    assert sum(each.width() * each.height() for each in pictures) == size[0] * size[1]
    assert not any(one.intersects(other) for one, other in combinations(pictures, 2))
    assert all(found.scene.height() >= pane.height() for pane in found.panes)
    assert all(pane.top() > found.scene.bottom() for pane in found.panes) or size[0] >= size[1] or not has_xrays


@pytest.mark.parametrize("layout", ["3d", "3d+xray"])
def test_the_words_of_every_step_fit_at_every_size(film: Film, layout: str) -> None:
    """From 320x180 to 3840x2160, upright, square and wide: title, a row of numbers and caption have their room."""
    for size in SIZES:
        assert layout_of(film, FrameLook(size, "draft", layout, "en")).em_px >= LEAST_PX


@pytest.mark.gl
@pytest.mark.parametrize("size", [(160, 90), (64, 64), (178, 318), (90, 1280)])
def test_a_smaller_frame_is_a_thumbnail(film: Film, size: tuple[int, int]) -> None:
    """It has the size that was asked for, and what stands on it stands where it does on the larger one."""
    with closing(FrameDrawer(film, FrameLook(size, "draft", "3d+xray", "en"))) as drawer:
        small = drawer.draw(60.0).astype(float)[..., :3]
    with closing(FrameDrawer(film, FrameLook(drawn_size(size), "draft", "3d+xray", "en"))) as drawer:
        large = drawer.draw(60.0).astype(float)[..., :3]

    assert small.shape == (size[1], size[0], 3)
    halves = [(p[:, : p.shape[1] // 2].mean(), p[: p.shape[0] // 2].mean(), p.mean()) for p in (small, large)]
    assert halves[0] == pytest.approx(halves[1], abs=4.0)


@given(st.tuples(st.integers(180, 4000), st.integers(320, 4000)))
def test_a_frame_with_room_for_words_is_drawn_as_large_as_it_is(size: tuple[int, int]) -> None:
    """From 320x180 on, upright or wide."""
    assert drawn_size(size) == size
    assert drawn_size(size[::-1]) == size[::-1]


def test_a_movie_too_narrow_for_its_words_is_refused_in_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Nothing is written."""
    path = tmp_path / "a.mp4"

    code, (line,) = refused(capsys, "movie", "kyphoplasty", "--size", "16x3840", "-o", str(path))

    assert code == 1
    assert "16x3840 is too narrow" in line
    assert not path.exists()


@pytest.mark.gl
@pytest.mark.parametrize("size", [(480, 1280), (180, 320), (320, 180)])
def test_a_frame_with_xrays_is_drawn_in_any_shape(size: tuple[int, int]) -> None:
    """An upright one has its X-rays below: the lower part is the dark room's grey, without the colours of bone."""
    film = open_film(load(find("kyphoplasty")), shipped_bones())
    look = FrameLook(size, "draft", "3d+xray", None)
    pane = layout_of(film, look).panes[0]
    with closing(FrameDrawer(film, look)) as drawer:
        pixels = drawer.draw(film.timeline.time_of("inflate") + 4.0).astype(int)
    inside = pixels[pane.top() : pane.bottom(), pane.left() : pane.right(), :3]
    middle = inside[inside.shape[0] // 3 : inside.shape[0] // 2, inside.shape[1] // 2 :]

    assert pixels.shape == (size[1], size[0], 4)
    assert np.ptp(inside) > 100
    assert np.ptp(middle, axis=2).max() < 12
