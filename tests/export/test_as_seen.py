"""Frames show what a person at the screen chose."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import numpy as np
import pytest

from kyphoviz.anatomy.bones import shipped_bones
from kyphoviz.choices import CArmTurn, ViewChoices
from kyphoviz.export.frames import FrameDrawer, FrameLook, Pixels
from kyphoviz.film import Film, open_film
from kyphoviz.procedure.state import Camera, Layer
from kyphoviz.scenario.load import find, load
from kyphoviz.scene.view import SceneView

SIZE = (320, 180)
CHOSEN = (
    ViewChoices(theme="light"),
    ViewChoices(camera=Camera(azimuth_deg=200.0)),
    ViewChoices().with_layer(Layer.TREATED_BONE, 0.0),
    ViewChoices(cut=0.0),
)


@pytest.fixture(scope="module")
def film() -> Film:
    return open_film(load(find("kyphoplasty")), shipped_bones())


def frame(film: Film, look: FrameLook) -> Pixels:
    with closing(FrameDrawer(film, look)) as drawer:
        return drawer.draw(film.timeline.time_of("inflate") + 4.0).copy()


@pytest.mark.gl
@pytest.mark.parametrize("choices", CHOSEN)
def test_a_frame_is_the_picture_of_the_window(film: Film, choices: ViewChoices) -> None:
    """Theme, camera, layers and cut are those that the person chose."""
    state = film.timeline.state_at(film.timeline.time_of("inflate") + 4.0)
    with closing(SceneView(film.site, SIZE)) as view:
        view.apply(state, choices)
        seen = view.image()[::-1].copy()
    plain, chosen = (frame(film, FrameLook(SIZE, "draft", choices=each)) for each in (ViewChoices(), choices))

    assert np.array_equal(chosen[..., :3], seen[..., :3])
    assert np.abs(chosen[..., :3].astype(int) - plain[..., :3]).mean() > 1.0


@pytest.mark.gl
def test_a_turned_c_arm_turns_the_x_ray_in_the_frame(film: Film) -> None:
    """Its view alone."""
    look = FrameLook(SIZE, "draft", "3d+xray")
    turned = replace(look, choices=ViewChoices(c_arm=(CArmTurn("ap", 25.0),)))
    differs = np.abs(frame(film, look).astype(int) - frame(film, turned))[:, -80:, :3]

    assert differs[15:60].mean() > 2.0
    assert differs[95:].max() == 0


@pytest.mark.gl
def test_words_stand_on_light_cards_in_the_light_theme(film: Film) -> None:
    """The caption's card is the theme's own."""
    dark, light = (frame(film, FrameLook(SIZE, "draft", "3d", "en", ViewChoices(theme=t))) for t in ("dark", "light"))

    assert np.median(dark[160:166, 100:220, :3]) < 80
    assert np.median(light[160:166, 100:220, :3]) > 180
