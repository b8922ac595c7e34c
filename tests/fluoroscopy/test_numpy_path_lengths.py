"""X-rays without OpenGL: the same sums, chosen by themselves and told once."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace

import moderngl
import numpy as np
import pytest

from kyphoviz.anatomy.mesh import Mesh
from kyphoviz.fluoroscopy import chosen
from kyphoviz.fluoroscopy.fluoroscope import Fluoroscope
from kyphoviz.fluoroscopy.numpy_path_lengths import NumpyPathLengths
from kyphoviz.fluoroscopy.path_lengths import FluoroscopyUnavailable, PathLengthBuffer
from kyphoviz.site.shape import Shape
from kyphoviz.site.xray.c_arm import Projection

MakeBall = Callable[..., Mesh]
MakeShape = Callable[..., Shape]


@pytest.fixture
def nested(ball: MakeBall, shape: MakeShape) -> list[Shape]:
    """A lumpy shell with a spongy core, steel inside, and a trunk that is larger than the picture."""
    tilt = np.eye(4)
    tilt[:3, 3] = 9.0, 14.0, -12.0
    return [
        shape("trunk", ball((0.0, 10.0, 0.0), 140.0, fine=4)),
        shape("shell", ball((-8.0, 12.0, 5.0), 34.0, fine=4, lumpy=0.6), "cortical", "soft"),
        shape("core", ball((-8.0, 12.0, 5.0), 30.0, fine=4, lumpy=0.6), "cancellous", "cortical"),
        replace(shape("steel", ball((0.0, 0.0, 0.0), 4.0), "steel", "soft"), pose=tilt),
    ]


def test_the_same_sums_as_with_opengl(buffer: PathLengthBuffer, nested: list[Shape], view: Projection) -> None:
    """In both channels, 99 % of the pixels agree within 0.1 % of the largest, and none is off by more than 2 %."""
    expected, found = buffer.draw(nested, view), NumpyPathLengths().draw(nested, view)
    error = np.abs(found - expected) / expected.max(axis=(0, 1))

    assert np.percentile(error, 99, axis=(0, 1)).max() < 0.001
    assert error.max() < 0.02


def test_no_streaks_outside_a_solid(ball: MakeBall, shape: MakeShape, view: Projection) -> None:
    """Front and back cover the same pixels, so beside a solid of many slivers the sum is nought to the last pixel."""
    sliver = ball((3.0, 8.0, -2.0), 25.0, fine=4)
    flat = Mesh(sliver.points * np.array([1.0, 1.0, 0.004], np.float32), sliver.triangles, sliver.normals)
    for solid, largest in ((sliver, 52.0), (flat, 60.0)):
        found = NumpyPathLengths().draw([shape("solid", solid, "cancellous", "soft")], view)[..., 1]
        columns, rows = np.array([view.pixel(point) for point in solid.points]).T
        outside = np.ones_like(found, dtype=bool)
        outside[int(rows.min()) : int(rows.max()) + 2, int(columns.min()) : int(columns.max()) + 2] = False
        assert not found[outside].any()
        assert found.min() >= -0.01
        assert found.max() < largest


def test_a_part_of_the_picture_is_enough(ball: MakeBall, shape: MakeShape, view: Projection) -> None:
    """What lies beyond the border, or wholly outside, does no harm."""
    inside = shape("inside", ball((0.0, 10.0, 0.0), 20.0))
    away = [shape("above", ball((0.0, 10.0, 300.0), 20.0)), shape("beside", ball((250.0, 10.0, 0.0), 20.0))]
    sums = NumpyPathLengths()
    if view.view == "lateral":  # there the second one stands in the beam
        away.pop()

    assert np.array_equal(sums.draw([inside, *away], view), sums.draw([inside], view))


def test_written_where_it_is_asked_for(nested: list[Shape], view: Projection) -> None:
    """An array that is handed in is filled and returned."""
    out = np.full((256, 256, 2), 7.0, np.float32)

    assert NumpyPathLengths().draw(nested, view, out=out) is out
    assert np.array_equal(out, NumpyPathLengths().draw(nested, view))


@pytest.fixture
def no_opengl(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without it, on which nothing has been told yet."""

    def refuse(**settings: object) -> None:
        raise ValueError("requested OpenGL version 330, got version 110")

    monkeypatch.setattr(moderngl, "create_context", refuse)
    monkeypatch.delenv(chosen.WAY, raising=False)
    chosen._tell.cache_clear()


@pytest.mark.usefixtures("no_opengl")
def test_without_opengl_there_are_pictures_all_the_same(
    nested: list[Shape], view: Projection, caplog: pytest.LogCaptureFixture
) -> None:
    """The picture comes, and that it comes more slowly is told once, with the remedy."""
    with caplog.at_level(logging.WARNING):
        first, second = Fluoroscope(), Fluoroscope()

    assert first.image(nested, view).std() > 10
    assert first.note == second.note != ""
    assert [record.getMessage().count("OpenGL 3.3") for record in caplog.records] == [1]


@pytest.mark.usefixtures("no_opengl")
def test_whoever_insists_on_opengl_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment may ask for the fast way alone."""
    monkeypatch.setenv(chosen.WAY, "opengl")
    with pytest.raises(FluoroscopyUnavailable):
        Fluoroscope()


def test_the_slower_way_can_be_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """And with OpenGL there is nothing to note."""
    monkeypatch.setenv(chosen.WAY, "numpy")
    slow = Fluoroscope()
    monkeypatch.delenv(chosen.WAY)
    fast = Fluoroscope()
    fast.close()

    assert slow.renderer == "NumPy"
    assert (bool(slow.note), fast.note) == (True, "")
