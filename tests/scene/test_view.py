"""Claims about the pictures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest

from kyphoviz.choices import ViewChoices
from kyphoviz.procedure.state import Camera, Layer, Opacity, ProcedureState
from kyphoviz.scene.view import SceneView
from kyphoviz.site.role import Role
from kyphoviz.site.shape import Shape
from tests.scene.conftest import SIZE, SmallSite, ball

pytestmark = pytest.mark.gl
Opener = Callable[..., SceneView]


def picture(view: SceneView, state: ProcedureState, choices: ViewChoices | None = None) -> np.ndarray:
    view.apply(state, choices)
    return view.image()[..., :3].copy()


def test_scrubbing_leaves_no_trace(view_of: Opener, moments: tuple[ProcedureState, ...]) -> None:
    """A picture is the same whatever was shown before it."""
    fresh = [picture(view_of(), moment) for moment in moments]
    used = view_of()
    for a, b in permutations(range(len(moments)), 2):
        picture(used, moments[a])
        assert np.array_equal(picture(used, moments[b]), fresh[b]), (a, b)


def test_moments_look_different(view_of: Opener, moments: tuple[ProcedureState, ...]) -> None:
    """The moments of these tests are told apart by their pictures, so that equal pictures mean something."""
    view = view_of()
    seen = {picture(view, moment).tobytes() for moment in moments}
    assert len(seen) == len(moments)


def test_still_leaves_no_trace(view_of: Opener, moments: tuple[ProcedureState, ...]) -> None:
    """A still picture is the mean of shifted frames, and the draft after refining is the draft."""
    view, still = view_of(), view_of("still")
    draft = picture(view, moments[1])
    while view.refine():
        pass
    assert np.array_equal(view.image()[..., :3], picture(still, moments[1]))
    assert not np.array_equal(view.image()[..., :3], draft)
    picture(view, moments[0])
    assert np.array_equal(picture(view, moments[1]), draft)


def test_a_kept_picture_is_finer_and_leaves_no_trace(view_of: Opener, moments: tuple[ProcedureState, ...]) -> None:
    """With the finest bones it differs a little, cut open or whole; the next moving picture is as it was before."""
    view = view_of()
    for moment in moments[:2]:
        draft = picture(view, moment)
        assert view.apply(moment, is_fine=True)
        difference = np.abs(view.image()[..., :3].astype(int) - draft).mean()
        assert 0.2 < difference < 8.0
        assert np.array_equal(picture(view, moment), draft)


@pytest.mark.parametrize("azimuth", [0.0, 90.0, 200.0])
@pytest.mark.parametrize("roll", [0.0, 35.0])
def test_ball_lands_where_the_camera_says(view_of: Opener, state: ProcedureState, azimuth: float, roll: float) -> None:
    """A small ball is drawn at the pixel that `project` names."""
    place = (17.0, -12.0, 21.0)

    class OneBall(SmallSite):
        def __init__(self) -> None:
            pass

        def drawn(self, state: ProcedureState) -> tuple[Shape, ...]:
            return (Shape(name="tool", role=Role.CATHETER, mesh=ball(3.0, place), key="ball"),)

    camera = Camera((4.0, 6.0, 2.0), azimuth, 25.0, 260.0, roll)
    view = view_of(shown=OneBall())
    empty = picture(view, replace(state, camera=camera, layers=()))
    drawn = picture(view, replace(state, camera=camera))
    rows, columns = np.nonzero((drawn[::-1] != empty[::-1]).any(axis=-1))
    assert len(rows) > 20
    x, y = view.project(place)
    assert abs(columns.mean() + 0.5 - x) < 0.5
    assert abs(rows.mean() + 0.5 - y) < 0.5


def test_from_behind_the_left_is_on_the_left(view_of: Opener, state: ProcedureState) -> None:
    """Azimuth 0 looks from behind: the patient's left is on image left, the head is up."""
    view = view_of()
    view.apply(replace(state, camera=Camera((0.0, 0.0, 0.0), 0.0, 0.0, 400.0)))
    assert view.project((20.0, 0.0, 0.0))[0] < SIZE[0] / 2 < view.project((-20.0, 0.0, 0.0))[0]
    assert view.project((0.0, 0.0, 20.0))[1] < SIZE[1] / 2


def test_nothing_changed_means_nothing_drawn(view_of: Opener, state: ProcedureState) -> None:
    """The same state again changes nothing and draws nothing."""
    view = view_of()
    assert view.apply(state)
    first = view.image()
    assert not view.apply(replace(state, time_s=3.0))
    assert view.image() is first


def test_same_key_uploads_nothing(view_of: Opener, state: ProcedureState) -> None:
    """Points go to the graphics card when a shape's key changes, and not when only its pose or the camera does."""
    view = view_of()
    ghost = tuple(Opacity(e.layer, 0.5 if e.layer == Layer.TREATED_BONE else e.value) for e in state.layers)
    state = replace(state, layers=ghost)  # what lies within solid bone is not drawn at all
    picture(view, state)
    times = _upload_times(view)
    turned = replace(state.camera, azimuth_deg=9.0)
    moved = replace(state, fracture=replace(state.fracture, anterior=0.6), camera=turned)
    picture(view, moved)
    assert _upload_times(view) == times
    picture(view, replace(moved, cement=replace(state.cement, volume_ml=2.0)))
    grown = _upload_times(view)
    picture(view, replace(moved, cement=replace(state.cement, volume_ml=2.5)))
    assert {name for name, time in _upload_times(view).items() if time != grown[name]} == {"balloon_left"}


def test_seeks_leave_nothing_behind(view_of: Opener, moments: tuple[ProcedureState, ...]) -> None:
    """A thousand seeks make no more actors than there are shapes and pieces of the face."""
    view = view_of()
    for moment in moments:
        picture(view, moment)
    actors = _actors(view)
    for k in range(1000):
        view.apply(moments[k % len(moments)])
    assert _actors(view) == actors == 4 + 2 + 1 + 1  # four shapes, two of them cut as well, the bone's face, the lids


def test_topology_is_kept(view_of: Opener, state: ProcedureState) -> None:
    """While nothing is cut, a bone that deforms sends its points and never its triangles."""
    view = view_of()
    picture(view, state)
    cells = _part(view, "tool").GetMapper().GetInput().GetPolys()
    before = cells.GetMTime()
    for k in range(5):
        picture(view, replace(state, fracture=replace(state.fracture, middle=0.9 - 0.01 * k)))
    assert cells.GetMTime() == before


def test_hidden_layer_leaves_no_pixels(view_of: Opener, state: ProcedureState) -> None:
    """With every layer at 0 the picture is the empty background, whether the state or the person hid them."""
    view = view_of()
    nothing = picture(view, replace(state, layers=()))
    assert np.ptp(nothing.astype(int), axis=1).max() <= 1  # a gradient from top to bottom, dithered
    chosen = ViewChoices(layers=tuple(Opacity(layer, 0.0) for layer in Layer))
    assert np.array_equal(picture(view, state, chosen), nothing)
    assert not np.array_equal(picture(view, state), nothing)


def test_choices_win(view_of: Opener, state: ProcedureState) -> None:
    """Camera, cut and theme of the person win over the state's, and going back gives the film's picture again."""
    view = view_of()
    film = picture(view, state)
    for choices in (ViewChoices(camera=Camera()), ViewChoices(cut=1.0), ViewChoices(theme="light")):
        assert not np.array_equal(picture(view, state, choices), film)
        assert np.array_equal(picture(view, state), film)


def test_cut_lays_bare_marrow(view_of: Opener, moments: tuple[ProcedureState, ...]) -> None:
    """The open section shows red-brown marrow where the whole bone shows none."""
    view = view_of()
    whole, opened = picture(view, replace(moments[1], cut=0.0)), picture(view, moments[1])
    assert _marrow_pixels(whole) == 0
    assert _marrow_pixels(opened) > 300


def test_balloon_cuts_a_hole(view_of: Opener, moments: tuple[ProcedureState, ...]) -> None:
    """Where a balloon stands in the section there is no marrow."""
    view = view_of()
    no_balloon = replace(moments[1], layers=tuple(e for e in moments[1].layers if e.layer != Layer.BALLOONS))
    solid = _marrow_pixels(picture(view, no_balloon))
    hollow = _marrow_pixels(picture(view, replace(no_balloon, cement=replace(moments[1].cement, volume_ml=5.0))))
    assert hollow < 0.8 * solid


def test_resize(view_of: Opener, state: ProcedureState) -> None:
    """The next picture has the new size and is that of a view of this size from the start."""
    view = view_of()
    picture(view, state)
    view.resize(200, 120)
    resized = view.image()[..., :3].copy()
    assert resized.shape == (120, 200, 3)
    other = view_of()
    other.resize(200, 120)
    assert np.array_equal(picture(other, state), resized)


def test_close_twice(site: SmallSite, state: ProcedureState) -> None:
    """Closing again is harmless."""
    view = SceneView(site, SIZE)
    picture(view, state)
    view.close()
    view.close()


def _marrow_pixels(image: np.ndarray) -> int:
    red, green, blue = (image[..., k].astype(int) for k in range(3))
    return int(((red > 60) & (red > 1.7 * green) & (red > 1.7 * blue)).sum())


def _actors(view: SceneView) -> int:
    return int(view._renderer.GetViewProps().GetNumberOfItems())


def _part(view: SceneView, name: str):  # type: ignore[no-untyped-def]
    return view._bodies.parts[name, False].actor


def _upload_times(view: SceneView) -> dict[str, int]:
    parts = view._bodies.parts.values()
    return {part.name: part.actor.GetMapper().GetInput().GetPoints().GetData().GetMTime() for part in parts}


def test_memory_given_back_takes_no_picture_away(view_of: Opener, moments: tuple[ProcedureState, ...]) -> None:
    """The picture, what lies under a pixel and the next pictures are the same as if nothing had been given back."""
    view, other = view_of(), view_of()
    for moment in moments:
        before = picture(view, moment)
        depth = view.hidden_mm((0.0, 0.0, 0.0))
        view.give_memory_back()
        assert np.array_equal(view.image()[..., :3], before)
        assert view.hidden_mm((0.0, 0.0, 0.0)) == depth
        while view.refine():
            pass
        picture(other, moment)
        while other.refine():
            pass
        assert np.array_equal(view.image(), other.image())
