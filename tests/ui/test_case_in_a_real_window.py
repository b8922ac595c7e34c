"""The case in a window with real bones, real pictures and real X-rays."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kyphoviz.anatomy.bones import shipped_bones
from kyphoviz.film import open_film
from kyphoviz.fluoroscopy.fluoroscope import Fluoroscope
from kyphoviz.modes import STUDENT
from kyphoviz.scenario import find, load
from kyphoviz.scene.view import SceneView
from kyphoviz.ui.case.choices import with_value
from kyphoviz.ui.look.theme import DARK, apply_theme
from kyphoviz.ui.opening import offer_case
from kyphoviz.ui.window.main_window import MainWindow
from kyphoviz.viewing import Viewing


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot) -> Iterator[MainWindow]:
    """A student in the middle of the inflation."""
    apply_theme(qapp, DARK)
    film = open_film(load(find("kyphoplasty")), shipped_bones())
    view, fluoroscope = SceneView(film.site, (480, 270)), Fluoroscope()
    window = MainWindow(Viewing(film, STUDENT), view, fluoroscope, DARK)
    window.viewing.player.seek(film.timeline.time_of("inflate", 0.5))
    with qtbot.waitSignal(window.parts.viewport.first_painted):
        window.show()
    yield window
    window.close()
    window.deleteLater()


def test_another_level_comes_where_the_film_is_and_the_window_stays_alive(window: MainWindow, qtbot: QtBot) -> None:
    """T12 in the middle of the inflation: same step and share; until it comes the window shows the old, and answers."""
    editor, old = offer_case(window, "kyphoplasty", "en"), window.viewing.film
    answers: list[bool] = []
    qtbot.waitUntil(lambda: not window.parts.viewport.is_refining)
    editor.choose(with_value(old.scenario.case, "level", "T12"))
    QTimer.singleShot(0, lambda: answers.append(window.viewing.film is old))
    qtbot.waitUntil(lambda: window.viewing.film is not old)

    span = window.viewing.film.timeline.spans[window.viewing.film.timeline.index_at(window.viewing.player.time_s)]
    assert window.viewing.film.plan.level == "T12"
    assert span.step.id == "inflate"
    assert (window.viewing.player.time_s - span.start_s) / span.step.duration_s == pytest.approx(0.5)
    assert answers == [True]


def test_another_site_leaves_no_trace_of_the_last() -> None:
    """The picture after a change is that of a fresh view, bit for bit; the X-ray to the last bits of a float."""
    scenario = load(find("kyphoplasty"))
    first = open_film(scenario, shipped_bones())
    other = open_film(load(find("kyphoplasty"), case=with_value(scenario.case, "level", "L2")), shipped_bones())
    state = first.timeline.state_at(first.timeline.time_of("inflate", 0.5))
    shown = other.timeline.state_at(other.timeline.time_of("inflate", 0.5))
    pictures, rays = [], []
    for is_fresh in (True, False):
        view, fluoroscope = SceneView(other.site if is_fresh else first.site, (320, 180)), Fluoroscope()
        projection = other.site.projection("lateral")
        if not is_fresh:
            view.apply(state)
            view.image()
            fluoroscope.image(first.site.shapes(state), projection)
            view.show_site(other.site)
            fluoroscope.forget()
        view.apply(shown)
        pictures.append(view.image().copy())
        rays.append(fluoroscope.line_integral(other.site.shapes(shown), projection))
        view.close()
        fluoroscope.close()

    assert np.array_equal(pictures[0], pictures[1])
    assert np.allclose(rays[0], rays[1], atol=1e-4)
