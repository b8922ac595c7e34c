"""Every frame between two steps could be a still: each joint of each film, walked in ten steps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from kyphoviz.anatomy.bones import shipped_bones
from kyphoviz.film import Film, open_film
from kyphoviz.procedure.state import Cement, Layer, ProcedureState
from kyphoviz.procedure.steps import FLIGHT_S
from kyphoviz.procedure.timeline import StepSpan
from kyphoviz.scenario import load, shipped
from kyphoviz.scene.parts import ShapeActor
from kyphoviz.scene.view import SceneView
from kyphoviz.viewing.stills import still_of

FILMS = pytest.mark.parametrize("name", [path.stem for path in shipped()])
STEPS, SIZE = 10, (96, 54)


@pytest.fixture(scope="module")
def films() -> dict[str, Film]:
    return {path.stem: open_film(load(path), shipped_bones()) for path in shipped()}


@pytest.fixture
def view(films: dict[str, Film], name: str) -> Iterator[SceneView]:
    opened = SceneView(films[name].site, SIZE)
    yield opened
    opened.close()


def joint(film: Film, span: StepSpan) -> list[ProcedureState]:
    """Ten instants from the end of the step before to where the step's own shot stands."""
    return [film.timeline.state_at(span.start_s + FLIGHT_S * k / (STEPS - 1)) for k in range(STEPS)]


def shown(view: SceneView, state: ProcedureState) -> np.ndarray:
    view.apply(state)
    return np.array(view.image()[..., :3], int)


@FILMS
def test_a_picture_is_made_of_shots_that_the_film_shows(films: dict[str, Film], name: str) -> None:
    """Nothing is half cut or half there: each shot in a picture is that of a step, at most seen from on the way."""
    authored = set()
    for span in films[name].timeline.spans:
        end = films[name].timeline.state_at(span.end_s - 1e-6)
        authored.add((end.layers, end.cut))
    for time_s in films[name].timeline.frame_times(15.0):
        state = films[name].timeline.state_at(time_s)
        assert {(end.layers, end.cut) for end in state.ends} <= authored, (state.step, time_s)


@FILMS
def test_with_less_motion_a_joint_shows_the_shot_that_it_leads_to(films: dict[str, Film], name: str) -> None:
    """Stopped, stepped or playing: one picture, as it is once the step has come to rest."""
    timeline = films[name].timeline
    for span in timeline.spans[1:]:
        rest = timeline.state_at(span.end_s - 1e-6)
        for state in joint(films[name], span):
            for is_playing in (False, True):
                still = still_of(timeline, state.time_s, is_playing=is_playing)
                assert still.ends == (still,)
                assert (still.step, still.layers, still.cut) == (state.step, rest.layers, rest.cut)


@FILMS
def test_no_inner_side_of_a_shell_is_seen(films: dict[str, Film], name: str, view: SceneView) -> None:
    """No closed body is drawn with its inner side, whatever the camera; into a cavity one is meant to see."""
    for span in films[name].timeline.spans[1:]:
        looks: dict[object, ProcedureState] = {}  # what differs in its camera alone draws the same sides
        for state in joint(films[name], span):
            for end in state.ends:
                if looks.setdefault((end.layers, end.cut), end) is not end:
                    continue
                view.apply(end)
                parts = view._bodies.parts.values()
                is_open = [part for part in parts if part.drawn is not None and _shows_inside(part)]
                assert not is_open, (state.step, state.time_s, [part.name for part in is_open])


def _shows_inside(part: ShapeActor) -> bool:
    is_body = part._is_closed and part.finish.surface not in ("hollow", "glass", "tissue", "balloon")
    return is_body and part.is_cut and not part.actor.GetProperty().GetBackfaceCulling()


@FILMS
def test_cement_is_seen_all_through_a_joint_that_shows_it_on_both_sides(
    films: dict[str, Film], name: str, view: SceneView
) -> None:
    """Where both shots show the cement that the state has, so does every picture between."""
    film, found = films[name], 0
    for span in film.timeline.spans[1:]:
        instants = joint(film, span)
        shows = [end.opacity(Layer.CEMENT) * (end.cut or 1.0 - end.opacity(Layer.TREATED_BONE)) for end in
                 (instants[0], instants[-1])]  # fmt: skip
        if min(shows) == 0.0 or not instants[0].cement.volume_ml:
            continue
        found += 1
        for state in instants:
            bare = shown(view, replace(state, cement=Cement()))
            assert np.abs(shown(view, state) - bare).max() > 20, (state.step, state.time_s)
    assert found


@pytest.mark.parametrize(
    ("name", "step"), [("kyphoplasty", "risks"), ("kyphoplasty", "fill"), ("kyphoplasty", "choice")]
)
def test_a_joint_leaves_no_trace(films: dict[str, Film], name: str, step: str, view: SceneView) -> None:
    """Forwards, backwards and one instant alone give the same pixels, paused or not."""
    film = films[name]
    span = next(span for span in film.timeline.spans if span.step.id == step)
    instants = joint(film, span)
    forwards = [shown(view, state) for state in instants]
    backwards = [shown(view, state) for state in reversed(instants)][::-1]
    assert all(np.array_equal(a, b) for a, b in zip(forwards, backwards, strict=True))
    middle = next(k for k, state in enumerate(instants) if state.dissolve is not None)
    fresh = SceneView(film.site, SIZE)
    assert np.array_equal(shown(fresh, instants[middle]), forwards[middle])
    fresh.close()
    view.apply(instants[middle])
    assert not view.apply(instants[middle])


@pytest.mark.parametrize("name", ["kyphoplasty"])
def test_a_dissolve_is_the_mean_of_its_two_shots(films: dict[str, Film], name: str, view: SceneView) -> None:
    """Each shot shows through as much as the other leaves, and places are those of the one that is seen most."""
    film = films[name]
    start_s = film.timeline.time_of("mix_cement")
    early, late = (film.timeline.state_at(start_s + after_s) for after_s in (0.3, 0.5))
    for state in (early, late):
        assert state.dissolve is not None
        less, more = state.ends
        below, above = shown(view, less), shown(view, more)
        share = max(state.dissolve.share, 1.0 - state.dissolve.share)
        assert np.abs(shown(view, state) - (below + (above - below) * share)).max() <= 3
        assert view.camera.roll_deg == more.camera.roll_deg
