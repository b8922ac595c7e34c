"""The instruments: closed, of true size, fitting into each other, and laid where they are told to be."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyphoviz.anatomy.mesh import Mesh, joined
from kyphoviz.procedure.state import Tool
from kyphoviz.site.needles.tool_sizes import BORE_MM, HUB_END_MM, OUTER_MM, marker_depths_mm, tool_radius_mm
from kyphoviz.site.needles.tools import pose_of, tool_parts
from kyphoviz.site.role import TRAITS, Material, Role

INNER = (Tool.DRILL, Tool.BALLOON_CATHETER, Tool.BONE_FILLER)
coordinate = st.floats(-200.0, 200.0)
part_of_direction = st.floats(-1.0, 1.0)


def tool_mesh(tool: Tool, gauge: int, balloon_mm: int) -> Mesh:
    return joined([part.mesh for part in tool_parts(tool, gauge, balloon_mm)])


def radii(mesh: Mesh) -> np.ndarray:
    return np.hypot(mesh.points[:, 0], mesh.points[:, 1])


def first_mm(mesh: Mesh, length: float) -> np.ndarray:
    """Radii of the points within so many mm of the tip."""
    return radii(mesh)[mesh.points[:, 2] > -length]


@pytest.mark.parametrize(("tool", "gauge"), list(product(Tool, OUTER_MM)))
def test_parts_are_solids(tool: Tool, gauge: int) -> None:
    """Every part of every tool is closed and encloses a positive volume, with unit normals that look outwards."""
    for part in tool_parts(tool, gauge, 15):
        assert part.mesh.is_closed, part.name
        assert part.mesh.volume_mm3 > 0, part.name
        assert np.allclose(np.linalg.norm(part.mesh.normals, axis=1), 1, atol=1e-4), part.name


@pytest.mark.parametrize("tool", list(Tool))
def test_tools_are_light(tool: Tool) -> None:
    """No tool costs more than its share of triangles."""
    assert len(tool_mesh(tool, 10, 20).triangles) <= (1400 if tool is Tool.WORKING_CANNULA else 900)


@pytest.mark.parametrize(("tool", "gauge"), list(product(Tool, OUTER_MM)))
def test_tip_is_at_the_origin(tool: Tool, gauge: int) -> None:
    """A tool reaches exactly to z = 0 and its shaft runs backwards."""
    mesh = tool_mesh(tool, gauge, 15)
    assert mesh.points[:, 2].max() == pytest.approx(0.0, abs=0.04)
    assert mesh.points[:, 2].min() < -120


@pytest.mark.parametrize(("tool", "gauge"), list(product(Tool, OUTER_MM)))
def test_shaft_has_the_diameter_that_is_promised(tool: Tool, gauge: int) -> None:
    """What enters the body is as thick as `tool_radius_mm` says and no thicker."""
    assert first_mm(tool_mesh(tool, gauge, 15), 110.0).max() == pytest.approx(tool_radius_mm(tool, gauge), rel=0.03)


@pytest.mark.parametrize(("gauge", "diameter_mm"), [(8, 4.19), (10, 3.40), (11, 3.05), (13, 2.41)])
def test_gauges_are_those_of_the_table(gauge: int, diameter_mm: float) -> None:
    """A needle's outer diameter is the standard one of its gauge."""
    shaft = tool_parts(Tool.CEMENT_NEEDLE, gauge, 15)[0].mesh
    assert 2 * radii(shaft).max() == pytest.approx(diameter_mm, abs=0.01)


@pytest.mark.parametrize(("tool", "gauge"), list(product(INNER, (8, 10))))
def test_what_goes_through_the_cannula_fits(tool: Tool, gauge: int) -> None:
    """Drill, catheter and filler are thinner than the bore all along the cannula, even 30 mm out of it."""
    mesh = tool_mesh(tool, gauge, 20)
    assert first_mm(mesh, HUB_END_MM + 30.0).max() < BORE_MM[gauge] / 2


def test_the_wire_goes_through_every_needle_and_sticks_out() -> None:
    """A guide wire fits the bore of the thinnest needle and is longer than needle and hub."""
    wire = tool_mesh(Tool.GUIDE_WIRE, 13, 15)
    assert radii(wire).max() < min(BORE_MM.values()) / 2
    assert wire.points[:, 2].min() < -HUB_END_MM - 100


@pytest.mark.parametrize("gauge", [8, 10])
def test_the_cannula_is_open_from_end_to_end(gauge: int) -> None:
    """Nothing of the cannula comes nearer to its axis than its bore."""
    assert radii(tool_mesh(Tool.WORKING_CANNULA, gauge, 15))[_on_hub_or_shaft(gauge)].min() > BORE_MM[gauge] / 2 - 0.01


def _on_hub_or_shaft(gauge: int) -> np.ndarray:
    parts = tool_parts(Tool.WORKING_CANNULA, gauge, 15)
    return np.concatenate([np.full(len(p.mesh.points), p.name != "handle") for p in parts])


def test_the_cannulas_handle_spares_the_bore_behind_it() -> None:
    """The wings cross the hub, but nothing that is opaque to X-rays lies in the bore."""
    opaque = [p for p in tool_parts(Tool.WORKING_CANNULA, 10, 15) if TRAITS[p.role].material]
    assert {TRAITS[p.role].material for p in opaque} == {Material.STEEL}
    assert min(radii(p.mesh).min() for p in opaque) > BORE_MM[10] / 2 - 0.01


@pytest.mark.parametrize("balloon_mm", [10, 15, 20])
def test_markers_lie_at_the_ends_of_the_balloon(balloon_mm: int) -> None:
    """The two bands that X-rays show are where the plan expects them, a balloon's length apart less one band."""
    bands = [p for p in tool_parts(Tool.BALLOON_CATHETER, 10, balloon_mm) if p.role is Role.MARKER]
    depths = [-float(band.mesh.points[:, 2].mean()) for band in bands]
    assert depths == pytest.approx(marker_depths_mm(balloon_mm), abs=0.01)
    assert depths[1] - depths[0] == pytest.approx(balloon_mm - 1.6)


@given(st.tuples(*[coordinate] * 3), st.tuples(*[part_of_direction] * 3))
def test_pose_puts_tip_and_axis_where_they_belong(tip: tuple[float, ...], direction: tuple[float, ...]) -> None:
    """A pose is a rotation that takes the origin to the tip and +z to the direction of advance."""
    length = float(np.linalg.norm(direction))
    if length < 1e-3:
        return
    pose = pose_of(tip, direction)
    assert np.allclose(pose[:3, 3], tip)
    assert np.allclose(pose[:3, 2], np.array(direction) / length)
    assert np.allclose(pose[:3, :3] @ pose[:3, :3].T, np.eye(3), atol=1e-9)
    assert np.linalg.det(pose[:3, :3]) == pytest.approx(1.0)


@given(st.floats(-0.6, 0.6), st.floats(-0.6, 0.6))
def test_handles_lie_straight_across(medial: float, caudal: float) -> None:
    """The wings never tip towards head or feet, and a small change of direction turns them little."""
    pose, near = pose_of((0, 0, 0), (medial, -1.0, caudal)), pose_of((0, 0, 0), (medial + 0.01, -1.0, caudal + 0.01))
    assert abs(pose[2, 0]) < 1e-9
    assert np.linalg.norm(pose[:3, 0] - near[:3, 0]) < 0.03


def test_the_same_tool_is_made_once() -> None:
    """Asking twice gives the same arrays, so that nothing is uploaded again."""
    first, second = (tool_parts(Tool.DRILL, 10, 15)[0].mesh for _ in range(2))
    assert first.points is second.points
