"""The trunk and its openings: always closed, growing with the cut, and where the needles pass."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kyphoviz.anatomy.assets import load_bone
from kyphoviz.procedure.state import Point
from kyphoviz.site.skin.dressing import dressing_mesh
from kyphoviz.site.skin.openings import GAPE
from kyphoviz.site.skin.pen import pen_cross
from kyphoviz.site.skin.skin import SkinBlock
from kyphoviz.site.skin.tissue import FLOOR_Z_MM, Tissue, tissue_floor
from kyphoviz.site.skin.trunk_surface import skin_depth_mm, skin_height


def _towards(x: float, y: float, z: float) -> Point:
    length = float(np.sqrt(x * x + y * y + z * z))
    return (x / length, y / length, z / length)


LEFT = ((13.0, 17.0, 2.0), _towards(-0.27, -0.94, -0.19))
RIGHT = ((-13.5, 17.0, 2.5), _towards(0.30, -0.93, -0.20))


@pytest.fixture(scope="module")
def block() -> SkinBlock:
    return SkinBlock((LEFT, RIGHT))


@given(length_mm=st.floats(0.0, 10.0))
@settings(max_examples=40, deadline=None)
def test_closed_at_any_length(block: SkinBlock, length_mm: float) -> None:
    """However long the cut, the trunk is a closed solid with finite points and unit normals."""
    mesh = block.block(length_mm)
    assert mesh.is_closed
    assert np.isfinite(mesh.points).all()
    assert np.allclose(np.linalg.norm(mesh.normals, axis=1), 1, atol=1e-3)
    assert 10e6 < mesh.volume_mm3 < 20e6


@pytest.mark.parametrize("entries", [(), (LEFT,), (LEFT, RIGHT)])
def test_closed_with_any_number_of_needles(entries: tuple[tuple[Point, Point], ...]) -> None:
    """None, one or two openings: the block is closed and within its budget of triangles."""
    mesh = SkinBlock(entries).block(6.0)
    assert mesh.is_closed
    assert len(mesh.triangles) <= 7000


@given(short=st.floats(1.0, 9.0), more=st.floats(0.5, 3.0))
@settings(max_examples=25, deadline=None)
def test_a_longer_cut_opens_wider(block: SkinBlock, short: float, more: float) -> None:
    """The opening's length is what was asked for, it gapes by 0.45 of it, and a longer cut gapes more."""
    for length in (short, short + more):
        lip = _lip(block, length)
        assert np.ptp(lip[:, 2]) == pytest.approx(length, abs=0.02)
        assert np.ptp(lip[:, 0]) == pytest.approx(0.45 * length, rel=0.05)


def _lip(block: SkinBlock, length_mm: float) -> np.ndarray:
    """Points around the left opening's lip: those moved by the cut that stand highest."""
    points, whole = block.block(length_mm).points, block.block(0.0).points
    entry = np.array(block.entries_mm[0])
    collapsed = np.linalg.norm(whole - entry, axis=1) < 1e-3
    lifted = points[:, 1] - skin_height(points[:, 0], points[:, 2])
    lip: np.ndarray = points[collapsed & (lifted > 0)]
    return lip


def test_the_opening_is_a_pocket(block: SkinBlock) -> None:
    """A full cut goes about 10 mm deep, along the needle."""
    points, whole = block.block(8.0).points, block.block(0.0).points
    entry, ahead = np.array(block.entries_mm[0]), np.array(LEFT[1])
    pocket = points[np.linalg.norm(whole - entry, axis=1) < 1e-3] - entry
    deepest = pocket[np.argmax(pocket @ ahead)]
    assert 9.0 < deepest @ ahead < 13.0
    bottom = pocket[pocket @ ahead > 9.0].mean(axis=0)
    assert np.linalg.norm(bottom - (bottom @ ahead) * ahead) < 0.6


def test_a_pocket_is_missing_from_the_solid(block: SkinBlock) -> None:
    """A real opening takes soft tissue away: the block's volume falls as the cut grows."""
    volumes = [block.block(length).volume_mm3 for length in (3.0, 5.0, 7.0, 9.0)]
    assert all(later < earlier - 10 for earlier, later in pairwise(volumes))


def test_topology_is_one_array(block: SkinBlock) -> None:
    """Triangles are the same object at every length, so only points are uploaded."""
    assert block.block(2.0).triangles is block.block(7.0).triangles


def test_earlier_lengths_leave_no_trace(block: SkinBlock) -> None:
    """The points depend on the length alone."""
    first = block.block(4.0).points
    block.block(9.0)
    assert np.array_equal(block.block(4.0).points, first)


def test_the_back_is_part_of_the_block(block: SkinBlock) -> None:
    """What is drawn are triangles of the block that look backwards and stay on the back."""
    whole, seen = block.block(5.0), np.unique(block.visible_triangles)
    assert {tuple(t) for t in block.visible_triangles} < {tuple(t) for t in whole.triangles}
    used = whole.points[seen]
    assert np.abs(used[:, 0]).max() <= 100.5
    assert np.abs(used[:, 2]).max() <= 95.5
    assert whole.normals[seen, 1].mean() > 0.6


@given(x=st.floats(-40, 40), z=st.floats(-20, 20), medial=st.floats(-0.5, 0.5), caudal=st.floats(-0.4, 0.4))
@settings(max_examples=50, deadline=None)
def test_the_axis_meets_the_skin_where_it_is_said(x: float, z: float, medial: float, caudal: float) -> None:
    """At the depth that is told, the axis lies on the skin, behind the bone."""
    point, direction = (x, 17.0, z), _towards(medial, -1.0, caudal)
    depth = skin_depth_mm(point, direction)
    at = np.array(point) + depth * np.array(direction)
    assert at[1] == pytest.approx(float(skin_height(at[0], at[2])), abs=1e-3)
    assert -100 < depth < -40


def test_entries_lie_on_axis_and_skin(block: SkinBlock) -> None:
    """Each opening's middle is on its needle's axis."""
    for entry, (point, direction) in zip(block.entries_mm, (LEFT, RIGHT), strict=True):
        away = np.array(entry) - np.array(point)
        assert np.linalg.norm(np.cross(away, direction)) < 1e-6


def test_skin_covers_the_spinous_process() -> None:
    """The furrow runs at least 8 mm over the spinous process of the first lumbar vertebra."""
    points = load_bone("L1").outer.points
    assert (skin_height(points[:, 0], points[:, 2]) - points[:, 1]).min() > 8.0


def test_nothing_is_red_before_the_cut(block: SkinBlock) -> None:
    """Redness comes with the cut and stays near it."""
    assert block.redness_at(0.0).max() == 0
    assert block.redness_at(6.0).max() == pytest.approx(1.0)
    assert len(block.redness) == len(block.near_entry) == len(block.block(0.0).points)
    assert block.near_entry[block.redness > 0.2].min() > 0.9


def test_dressing_covers_the_opening(block: SkinBlock) -> None:
    """A dressing is a closed solid of 25 x 40 mm on the skin, over the opening."""
    mesh = dressing_mesh(block.entries_mm[0])
    assert mesh.is_closed
    assert mesh.volume_mm3 == pytest.approx(25 * 40 * 1.0, rel=0.15)
    assert np.ptp(mesh.points[:, 0]) == pytest.approx(25, abs=1.0)
    assert np.ptp(mesh.points[:, 2]) == pytest.approx(40, abs=1.0)
    above = mesh.points[:, 1] - skin_height(mesh.points[:, 0], mesh.points[:, 2])
    assert above.min() > 0
    assert above.max() < 2.0


def test_floor_is_a_painted_section() -> None:
    """The section below shows every tissue, is nearly flat, faces the head and ends at the skin."""
    floor = tissue_floor()
    assert len(floor.mesh.triangles) <= 6000
    assert set(floor.tissue) == {int(t) for t in Tissue}
    assert len(floor.tissue) == len(floor.shade) == len(floor.fade) == len(floor.mesh.points)
    assert np.abs(floor.mesh.points[:, 2] - FLOOR_Z_MM).max() < 0.5
    x, y, _ = floor.mesh.points.T
    assert (y - skin_height(x, FLOOR_Z_MM)).max() < 0.01
    a, b, c = (floor.mesh.points[floor.mesh.triangles[:, k]] for k in range(3))
    assert np.cross(b - a, c - a)[:, 2].min() > 0


@given(share=st.floats(0.01, 1.0), cut_mm=st.floats(0.1, 12.0))
def test_a_pen_mark_leaves_the_cut_free(share: float, cut_mm: float) -> None:
    """Nothing of it lies over the opening; what is left is closed and lies where the whole mark lay."""
    entry, whole = (10.0, 0.0, 5.0), pen_cross((10.0, 0.0, 5.0), share)
    left = pen_cross(entry, share, cut_mm)
    assert whole is not None
    if left is None:
        return
    across, along = np.abs(left.points[:, [0, 2]] - (entry[0], entry[2])).T
    assert left.is_closed
    assert not ((across < 0.5 * GAPE * cut_mm) & (along < 0.5 * cut_mm)).any()
    low, high = (np.array(whole.bounds)[:, [0, 2]] - (entry[0], entry[2])).round(3)
    assert (across <= high[0] + 1e-3).all()
    assert (along <= high[1] + 1e-3).all()
    assert np.allclose(low, -high, atol=1e-3)
