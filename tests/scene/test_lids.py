"""Claims about what closes the openings of cut bodies, and about what need not be drawn behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kyphoviz.anatomy.assets import RestBone
from kyphoviz.anatomy.mesh import Mesh, vertex_normals
from kyphoviz.procedure.state import Layer, Opacity, ProcedureState
from kyphoviz.scene.cut_lid import RIM_MM, Closure, Lid, Opening, lid_over, quartered
from kyphoviz.scene.parts import Knife, ShapeActor
from kyphoviz.scene.view import SceneView
from kyphoviz.site.cut.remainder import remainder
from kyphoviz.site.role import Role
from kyphoviz.site.shape import Shape
from tests.scene.conftest import SmallSite, ball

UP, STAYS = np.array([0.0, 0.0, 1.0]), np.eye(4)
KNIFE = Knife((0.0, 0.0, 1.0), (0.0, 0.0, 1.0))


def opening(mesh: Mesh, height_mm: float, alpha: int = 255) -> Opening:
    """What is left of a body below that height; where it is higher than 0 it has faded to that alpha."""
    left = remainder(mesh.points, mesh.triangles, (0.0, 0.0, height_mm), UP)
    points = left.carried(mesh.points)
    colours = np.full((len(points), 4), 255, np.uint8)
    colours[points[:, 0] > 0.0, 3] = alpha
    return Opening(left, points, left.carried(mesh.normals), colours, UP)


def area_mm2(points: np.ndarray, triangles: np.ndarray) -> float:
    """Of triangles as seen from above; those that face down count against it."""
    a, b, c = (points[triangles[:, k], :2].astype(float) for k in range(3))
    u, v = b - a, c - a
    return float((u[:, 0] * v[:, 1] - u[:, 1] * v[:, 0]).sum() / 2)


def two_balls() -> Mesh:
    """A hollow ball: one in another, its surface turned inside out."""
    outer, inner = ball(10.0), ball(6.0)
    points = np.concatenate([outer.points, inner.points])
    triangles = np.concatenate([outer.triangles, inner.triangles[:, ::-1] + len(outer.points)]).astype(np.int32)
    return Mesh(points, triangles, vertex_normals(points, triangles))


@settings(max_examples=25)
@given(st.floats(-9.0, 9.0))
def test_a_lid_closes_its_body(height_mm: float) -> None:
    """Cut surface and lid together are as watertight as the body was: the lid, facing the side that is gone, is as
    large as the surface's shadow on it."""
    whole = opening(ball(10.0), height_mm)
    lid = lid_over(whole, Closure.LID, STAYS, 0.0)

    assert lid is not None
    found = area_mm2(lid.points, lid.triangles)
    assert found > 0.0
    assert found == pytest.approx(-area_mm2(whole.points, whole.left.triangles), rel=1e-4, abs=1e-3)
    assert np.allclose(lid.points[:, 2], height_mm, atol=1e-4)


def test_a_hollow_stays_open() -> None:
    """The lid of a hollow body leaves its hole open."""
    lid = lid_over(opening(two_balls(), 0.5), Closure.LID, STAYS, 0.0)

    assert lid is not None
    middles = lid.points[lid.triangles].mean(axis=1)
    assert np.linalg.norm(middles[:, :2], axis=1).min() > 5.5


def test_a_rim_runs_along_the_outline() -> None:
    """A rim begins at the outline, ends as far in as it is wide, and covers nothing else."""
    rim = lid_over(opening(ball(10.0), 0.5), Closure.RIM, STAYS, 0.2)

    assert rim is not None
    away = np.linalg.norm(rim.points[:, :2], axis=1)
    assert away.max() == pytest.approx(10.0, abs=0.1)
    assert away.min() == pytest.approx(away.max() - RIM_MM, abs=0.1)
    assert np.allclose(rim.points[:, 2], 0.3, atol=1e-4)


@pytest.mark.parametrize("closure", [Closure.NOTHING, Closure.FACE])
def test_what_needs_no_lid_has_none(closure: Closure) -> None:
    """Neither an open body nor one that its face covers gets a lid, nor does one that the knife has missed."""
    assert lid_over(opening(ball(10.0), 0.5), closure, STAYS, 0.0) is None
    assert lid_over(opening(ball(10.0), 50.0), Closure.LID, STAYS, 0.0) is None


def test_a_lid_fades_where_its_body_does() -> None:
    """A lid of a body that fades out upwards is as faint at every height as the body's outline is there."""
    upright = Knife((0.0, 0.0, 0.0), (1.0, 0.0, 0.0))
    mesh = ball(10.0)
    left = remainder(mesh.points, mesh.triangles, upright.origin, upright.normal)
    points = left.carried(mesh.points)
    colours = np.full((len(points), 4), 255, np.uint8)
    colours[:, 3] = np.clip(255 - 25 * points[:, 2], 0, 255)
    lid = lid_over(
        Opening(left, points, left.carried(mesh.normals), colours, np.array(upright.normal)), Closure.LID, STAYS, 0.0
    )

    assert lid is not None
    assert np.abs(lid.colours[:, 3] - np.clip(255 - 25 * lid.points[:, 2], 0, 255)).max() < 12


def test_quarters_cover_what_the_whole_did() -> None:
    """Quartering makes four triangles of each, of the same area together."""
    points, triangles = ball(10.0).points, ball(10.0).triangles[:7]
    finer, quarters = quartered(points, triangles)

    assert len(quarters) == 4 * len(triangles)
    assert area_mm2(finer, quarters) == pytest.approx(area_mm2(points, triangles), rel=1e-4)


def part_of(role: Role, centre: tuple[float, float, float] = (0.0, 0.0, 0.0)) -> ShapeActor:
    """A ball of that role, cut at 1 mm and closed with a lid."""
    shape = Shape(name=role, role=role, mesh=ball(10.0, centre), key=centre)
    part = ShapeActor(shape)
    part.show(1.0)
    part.hold(shape, KNIFE, closure=Closure.LID)
    return part


@pytest.mark.gl
def test_a_body_that_the_knife_missed_hides_its_inside() -> None:
    """A whole body beside the section costs no more than without one: its inner side is not drawn."""
    assert part_of(Role.DISC, centre=(0.0, 0.0, -30.0)).actor.GetProperty().GetBackfaceCulling()


@pytest.mark.gl
def test_nothing_on_the_side_that_is_gone_is_drawn() -> None:
    """Of a cut body only what lies on the near side of the plane is left, its lid within a quarter of a millimetre."""
    part = part_of(Role.PSOAS)
    drawn, lid = part.drawn, part.lid

    assert drawn is not None
    assert lid is not None
    assert drawn.points[drawn.triangles][..., 2].max() <= 1.0 + 1e-4
    assert -0.25 < lid.points[:, 2].max() - 1.0 <= 0.0


@pytest.mark.gl
def test_a_ghost_has_no_lid() -> None:
    """One looks into a body that is half seen: nothing closes it."""
    part = part_of(Role.DISC)
    solid = part.lid
    part.show(0.4)

    assert solid is not None
    assert part.lid is None


@pytest.mark.gl
def test_a_lid_has_the_colour_of_its_body() -> None:
    """A lid is of the flat colour of inner sides, or of its body where that has none, even after that was tinted."""
    disc, cement = part_of(Role.DISC), part_of(Role.CEMENT)
    shape = Shape(name="cement", role=Role.CEMENT, mesh=ball(10.0), key=(0.0, 0.0, 0.0))
    cement.tint((0.5, 0.4, 0.3))
    cement.hold(shape, KNIFE, closure=Closure.LID)

    assert _colour(disc.lid) == (158, 161, 171, 255)
    assert _colour(cement.lid) == (128, 102, 76, 255)


@pytest.mark.gl
def test_an_open_section_draws_fewer_triangles(
    view_of: Callable[..., SceneView], state: ProcedureState, bone: RestBone
) -> None:
    """With the section open fewer triangles of the bodies are in the picture than whole."""
    view = view_of()
    view.apply(state)
    whole = _triangles(view)
    view.apply(replace(state, cut=1.0))

    assert _triangles(view) < whole
    assert view._bodies.cutaway.lids.count == 1  # the bone's rim: the plane misses the disc


@pytest.mark.gl
def test_hidden_layers_have_no_lid(view_of: Callable[..., SceneView], state: ProcedureState) -> None:
    """A body whose layer is hidden leaves no lid behind."""
    view = view_of()
    hidden = tuple(Opacity(e.layer, 0.0 if e.layer == Layer.TREATED_BONE else e.value) for e in state.layers)
    view.apply(replace(state, cut=1.0))
    view.apply(replace(state, cut=1.0, layers=hidden))

    assert view._bodies.cutaway.lids.count == 0


@pytest.mark.gl
def test_a_gap_in_the_cut_is_never_seen_through(
    view_of: Callable[..., SceneView], state: ProcedureState, site: SmallSite
) -> None:
    """From the open side, straight and askew, the picture inside the bodies' cut shows no background."""
    view = view_of()
    for azimuth_deg in (60.0, 100.0, 130.0):
        view.apply(replace(state, cut=1.0, camera=replace(state.camera, azimuth_deg=azimuth_deg, distance_mm=150.0)))
        image = view.image()[..., :3].astype(int)
        ground = (np.abs(image - image[0, 0]).max(axis=-1) < 3).reshape(image.shape[:2])
        assert not (_enclosed(ground)).any()


def _enclosed(ground: np.ndarray) -> np.ndarray:
    """Lone pixels of the background with bodies on all eight sides: pinholes."""
    solid = ~ground
    around = [np.roll(np.roll(solid, i, 0), j, 1) for i in (-1, 0, 1) for j in (-1, 0, 1) if i or j]
    return np.asarray(ground & np.logical_and.reduce(around))


def _triangles(view: SceneView) -> int:
    return sum(len(drawn.triangles) for part in view._bodies.parts.values() if (drawn := part.drawn) is not None)


def _colour(lid: Lid | None) -> tuple[int, ...]:
    assert lid is not None
    return tuple(int(v) for v in lid.colours[0])
