"""The X-ray pictures: sides, sameness whatever came before, and what a radiologist expects."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from kyphoviz.anatomy.mesh import Mesh
from kyphoviz.fluoroscopy.fluoroscope import Fluoroscope
from kyphoviz.site.role import Role
from kyphoviz.site.shape import Shape
from kyphoviz.site.xray.c_arm import CArmPose, Projection

MakeBall = Callable[..., Mesh]
MakeShape = Callable[..., Shape]

ORIGIN = (0.0, 0.0, 0.0)


def at(shape: Shape, *place: float) -> Shape:
    """The shape moved by its pose."""
    pose = np.eye(4)
    pose[:3, 3] = place
    return replace(shape, pose=pose)


@pytest.fixture
def site(ball: MakeBall, shape: MakeShape) -> list[Shape]:
    """A trunk with a bone in it, a needle's worth of steel and some cement."""
    trunk = shape("skin", ball((0.0, 0.0, 0.0), 110.0, fine=4))
    bone = shape("L1", ball((0.0, 0.0, 0.0), 24.0, lumpy=0.3), "cortical", "soft")
    core = shape("L1_marrow", ball((0.0, 0.0, 0.0), 22.0, lumpy=0.3), "cancellous", "cortical")
    steel = at(shape("needle", ball((0.0, 0.0, 0.0), 3.0), "steel", "soft"), 22.0, 40.0, 8.0)
    cement = shape("cement", ball((6.0, -6.0, 0.0), 7.0, lumpy=0.4), "cement", "cancellous")
    return [trunk, bone, core, steel, cement]


def middle_of_shade(picture: np.ndarray) -> tuple[float, float]:
    """Column and row of the centre of what is dense, in pixels from the image's corner."""
    rows, columns = np.indices(picture.shape)
    return (
        float(((columns + 0.5) * picture).sum() / picture.sum()),
        float(((rows + 0.5) * picture).sum() / picture.sum()),
    )


@pytest.mark.parametrize("place", [(30.0, 10.0, 0.0), (-25.0, -20.0, 40.0), (5.0, 45.0, -35.0)])
def test_small_ball_lands_where_the_c_arm_says(
    fluoroscope: Fluoroscope, ball: MakeBall, shape: MakeShape, view: Projection, place: tuple[float, float, float]
) -> None:
    """The shade of a small ball lies within half a pixel of the projected point."""
    integral = fluoroscope.line_integral([shape("bead", ball(place, 2.0), "steel")], view)
    assert middle_of_shade(integral) == pytest.approx(view.pixel(place), abs=0.5)


def test_sides_as_in_the_theatre(fluoroscope: Fluoroscope, ball: MakeBall, shape: MakeShape) -> None:
    """AP: the patient's left is on image left. Lateral: the front is on image left. The head is up in both."""
    bead = shape("bead", ball((0.0, 0.0, 0.0), 4.0), "steel")
    column, row = middle_of_shade(
        fluoroscope.line_integral([at(bead, 30, 0, 20)], CArmPose("ap", (0.0, 0.0, 0.0)).projection)
    )
    assert column < 200
    assert row < 230
    column, row = middle_of_shade(
        fluoroscope.line_integral([at(bead, 0, -30, 20)], CArmPose("lateral", (0.0, 0.0, 0.0)).projection)
    )
    assert column < 200
    assert row < 230


def test_nothing_of_what_came_before(fluoroscope: Fluoroscope, site: list[Shape], view: Projection) -> None:
    """Whatever was shown before, in whatever order, the sums are those of a fresh start within 0.0001."""
    chance = random.Random(4)
    for step in range(40):
        now = [
            at(replace(part, key=chance.choice([0, 1])), chance.choice([0, 0, 0, 5]), 0, 0)
            for part in site
            if chance.random() < 0.9
        ]
        other = replace(view, detector_up=view.detector_up, pixel_mm=chance.choice([0.88, 0.88, 0.5]))
        found = fluoroscope.line_integral(now, other)
        if step % 4 == 3:
            fresh = Fluoroscope()
            assert np.abs(found - fresh.line_integral(now, other)).max() < 1e-4
            fresh.close()


def test_what_rests_is_kept_and_what_moves_is_seen(
    fluoroscope: Fluoroscope, site: list[Shape], view: Projection
) -> None:
    """After many equal pictures a needle that moves still leaves its old place, and comes back to the same picture."""
    for _ in range(5):
        before = fluoroscope.line_integral(site, view)
    moved = [at(part, 22, 45, -8) if part.name == "needle" else part for part in site]
    assert np.abs(fluoroscope.line_integral(moved, view) - before).max() > 1
    assert np.abs(fluoroscope.line_integral(site, view) - before).max() < 1e-4
    without = [part for part in site if part.name != "needle"]
    assert fluoroscope.line_integral(without, view).sum() < before.sum() - 100


def test_parts_outside_the_x_ray_do_not_show(
    fluoroscope: Fluoroscope, site: list[Shape], shape: MakeShape, ball: MakeBall, view: Projection
) -> None:
    """Parts that are not for the X-ray, and parts of no triangles, change nothing."""
    hidden = Shape(name="drape", role=Role.HANDLE, mesh=ball((0, 0, 0), 60.0), key=0)
    nothing = Mesh(np.zeros((0, 3), np.float32), np.zeros((0, 3), np.int32), np.zeros((0, 3), np.float32))
    found = fluoroscope.line_integral([*site, hidden, shape("unborn", nothing)], view)
    fresh = Fluoroscope()
    assert np.array_equal(found, fresh.line_integral(site, view))
    fresh.close()


def test_a_refused_part_leaves_no_trace(
    fluoroscope: Fluoroscope, site: list[Shape], shape: MakeShape, ball: MakeBall, view: Projection
) -> None:
    """After a part that displaces no material was refused, the next picture is what it was before."""
    for _ in range(3):
        before = fluoroscope.line_integral(site, view)
    odd = shape("odd", ball((0, 0, 0), 9.0), "steel")
    odd = replace(odd, own=replace(odd.traits, inside=None))
    with pytest.raises(ValueError, match="odd"):
        fluoroscope.line_integral([*site[:2], odd], view)
    assert np.abs(fluoroscope.line_integral(site, view) - before).max() < 1e-4


def test_results_belong_to_the_caller(fluoroscope: Fluoroscope, site: list[Shape], view: Projection) -> None:
    """Writing into a result does not show in the next one."""
    first = fluoroscope.line_integral(site, view)
    kept, picture = first.copy(), fluoroscope.image(site, view)
    kept_picture = picture.copy()
    first[:], picture[:] = -1, 0
    assert np.array_equal(fluoroscope.line_integral(site, view), kept)
    assert np.array_equal(fluoroscope.image(site, view), kept_picture)


def test_noise_is_told_by_the_frame(fluoroscope: Fluoroscope, site: list[Shape], view: Projection) -> None:
    """The same frame number gives the same picture, another one other noise of the same size."""
    first, other, again = (fluoroscope.image(site, view, frame).astype(int) for frame in (7, 8, 7))
    fresh = Fluoroscope()
    anew = fresh.image(site, view, 7).astype(int)
    fresh.close()
    assert np.array_equal(first, again)
    assert np.abs(first - anew).max() <= 1
    assert 1 < (first - other)[96:160, 96:160].std() < 25


def test_dense_is_dark(fluoroscope: Fluoroscope, site: list[Shape], view: Projection) -> None:
    """On the screen steel is darker than cement, then bone, then soft tissue; outside the field it is dark."""
    picture = fluoroscope.image(site, view).astype(float)

    def grey(*place: float) -> float:
        column, row = (int(v) for v in view.pixel(np.array(place)))
        return float(picture[row - 2 : row + 3, column - 2 : column + 3].mean())

    steel, cement = grey(22, 40, 8), grey(6, -6, 0)
    bone, soft = grey(0, 0, -16), grey(0, 0, 45)
    assert steel < cement + 3
    assert cement + 15 < bone
    assert bone + 10 < soft
    assert picture[:20, :20].max() < 15


def test_cortical_outline_is_seen(fluoroscope: Fluoroscope, site: list[Shape], view: Projection) -> None:
    """The edge of a bone is darker than its inside: the outline is what one sees."""
    bone = fluoroscope.line_integral(site[1:3], view)
    column, row = (int(v) for v in view.pixel((0.0, 0.0, 0.0)))
    assert bone[row].max() > 1.6 * bone[row, column - 5 : column + 6].mean()


def test_empty_scene_and_double_close(view: Projection) -> None:
    """With nothing in the beam the sums are nought, a picture still comes, and closing twice does no harm."""
    fluoroscope = Fluoroscope()
    assert not fluoroscope.line_integral([], view).any()
    assert fluoroscope.image([], view).shape == (256, 256)
    fluoroscope.close()
    fluoroscope.close()
