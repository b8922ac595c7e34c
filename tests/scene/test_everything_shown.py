"""How much is drawn when every tissue is shown at once: counted in what is handed to the renderer, no picture made."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from kyphoviz.anatomy.bones import shipped_bones
from kyphoviz.choices import ViewChoices
from kyphoviz.film import Film, open_film
from kyphoviz.procedure.state import Layer, Opacity
from kyphoviz.scenario import find, load, shipped
from kyphoviz.scene.view import SceneView

AROUND = (Layer.PATIENT, Layer.STANDING_PATIENT, Layer.TABLE, Layer.C_ARM, Layer.BOWL, Layer.LOAD)  # no tissues
WHOLE, OPEN = 60_000, 78_000  # triangles; the open section adds its faces, balloons, cavities and cement
SHARES = (0.02, 0.6)  # of each step


@pytest.fixture(params=[path.stem for path in shipped()])
def film(request: pytest.FixtureRequest) -> Film:
    return open_film(load({path.stem: path for path in shipped()}[request.param]), shipped_bones())


@pytest.fixture
def view(film: Film) -> Iterator[SceneView]:
    opened = SceneView(film.site, (64, 36))
    yield opened
    opened.close()


def test_everything_shown_is_never_too_much(film: Film, view: SceneView) -> None:
    """At every step, all tissues and tools together are drawn with few enough triangles for a draft."""
    shown = tuple(Opacity(layer, float(layer not in AROUND)) for layer in Layer)
    for span in film.timeline.spans:
        for share in SHARES:
            state = film.timeline.state_at(span.start_s + share * (span.end_s - span.start_s))
            for cut, most in ((0.0, WHOLE), (1.0, OPEN)):
                view.apply(state, ViewChoices(layers=shown, cut=cut))
                assert 30_000 < _drawn(view) <= most, (span.step.id, share, cut)


def test_a_nearly_solid_bone_hides_what_is_in_it() -> None:
    """Balloons behind the wall of a bone are seen as far as it is looked through: hardly at 90 %, not at all at 100."""
    film = open_film(load(find("kyphoplasty")), shipped_bones())
    state, view = film.timeline.state_at(film.timeline.time_of("inflate", 0.9)), SceneView(film.site, (160, 90))

    def shown(bone: float, balloons: float) -> np.ndarray:
        layers = (Opacity(Layer.TREATED_BONE, bone), Opacity(Layer.BALLOONS, balloons))
        view.apply(state, ViewChoices(layers=layers, cut=0.0))
        return np.array(view.image()[..., :3], int)

    clear, dense, solid = (np.abs(shown(bone, 1.0) - shown(bone, 0.0)).max() for bone in (0.1, 0.9, 1.0))
    view.close()
    assert 0 < dense < 0.25 * clear
    assert solid == 0


def _drawn(view: SceneView) -> int:
    """Triangles of all actors that are seen."""
    actors = [actor for actor in view._renderer.GetActors() if actor.GetVisibility()]
    return sum(actor.GetMapper().GetInput().GetNumberOfPolys() for actor in actors)
