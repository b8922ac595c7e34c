"""The case in a window with real bones, real pictures and real X-rays."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kyphoviz.anatomy.bones import shipped_bones
from kyphoviz.anatomy.parts import codes_of
from kyphoviz.film import open_film
from kyphoviz.fluoroscopy.fluoroscope import Fluoroscope
from kyphoviz.modes import STUDENT
from kyphoviz.overlay.crosshair import LIT
from kyphoviz.scenario import find, load
from kyphoviz.scene.camera import all_projected, fitted
from kyphoviz.scene.opacity import breadth
from kyphoviz.scene.view import SceneView
from kyphoviz.ui.case.choices import with_value
from kyphoviz.ui.look.theme import DARK, apply_theme
from kyphoviz.ui.opening import offer_case
from kyphoviz.ui.window.main_window import MainWindow
from kyphoviz.viewing import Viewing

NEAR_PX = 6.0  # half the dot at the place that was clicked


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


def to_t12(window: MainWindow, qtbot: QtBot) -> None:
    """Three months later, with another bone treated, and all pictures taken."""
    old, editor = window.viewing.film, offer_case(window, "kyphoplasty", "en")
    window.viewing.player.seek(old.timeline.time_of("three_months", 0.9))
    editor.choose(with_value(old.scenario.case, "level", "T12"))
    qtbot.waitUntil(lambda: window.viewing.film is not old)
    qtbot.waitUntil(lambda: not (window.parts.viewport.is_refining or window.parts.xrays.is_pulsing))


def spinous_process(window: MainWindow, view: str) -> NDArray[np.float64]:
    """Points of that of T12 in the widget that shows a view, N by 2."""
    viewing, codes = window.viewing, codes_of("spinous_process", "")
    pane = next((pane for pane in window.parts.xrays.panes if pane.view == view), None)
    state = viewing.seen if pane is None else window.parts.xrays.shown_state(view)
    assert state is not None
    bone = next(shape for shape in viewing.film.site.shapes(state) if shape.name == "T12")
    assert bone.mesh.part is not None
    points = bone.placed.points[np.isin(bone.mesh.part, codes)].astype(float)
    if pane is None:
        rendering = window.parts.viewport.rendering
        size = (rendering.size.width(), rendering.size.height())
        return np.asarray(
            all_projected(fitted(viewing.seen.camera, size, breadth(viewing.seen)), size, points) / rendering.scale
        )
    assert pane.projection is not None
    scale = pane.square.width() / pane.projection.size[0]
    return np.asarray(pane.projection.pixels(points) * scale + [pane.square.left(), pane.square.top()])


def lit(widget: QWidget) -> NDArray[np.int_]:
    """Places, N by 2, that have the colour of what was clicked."""
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    pixels = rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).astype(int)
    wanted = (QColor(LIT).red(), QColor(LIT).green(), QColor(LIT).blue())
    return np.argwhere(np.abs(pixels - wanted).max(axis=2) < 24)[:, ::-1]


def test_a_click_after_a_change_of_case_names_the_right_bone_and_outlines_its_part(
    window: MainWindow, qtbot: QtBot
) -> None:
    """From L1 to T12: the spinous process of T12 and nothing else, on all three pictures, until it is let go of."""
    to_t12(window, qtbot)
    parts, later_s = window.parts, window.viewing.film.timeline.time_of("disclaimer", 0.9)
    widgets: dict[str, QWidget] = {"3d": parts.viewport, **{pane.view: pane for pane in parts.xrays.panes}}
    before = {name: len(lit(widget)) for name, widget in widgets.items()}
    lets_go: dict[str, Callable[[], None]] = {
        "3d": lambda: QTest.keyClick(window, Qt.Key.Key_Escape),
        "ap": lambda: QTest.keyClick(window, Qt.Key.Key_R),
        "lateral": lambda: window.viewing.player.seek(later_s),
    }
    for view, let_go in lets_go.items():
        around = spinous_process(window, view)
        x, y = around[np.abs(around - around.mean(axis=0)).sum(axis=1).argmin()]
        QTest.mouseClick(widgets[view], Qt.MouseButton.LeftButton, pos=QPoint(round(x), round(y)))
        clicked = window.link.clicked
        assert clicked is not None
        assert (clicked.key, clicked.level, clicked.shape) == ("spinous_process", "T12", "T12")
        for name, widget in widgets.items():
            low, high = (edge(spinous_process(window, name), axis=0) for edge in (np.min, np.max))
            shown = lit(widget)
            assert len(shown) > before[name] + 20, name
            is_near = ((shown >= low - NEAR_PX) & (shown <= high + NEAR_PX)).all(axis=1)
            assert is_near.sum() >= len(shown) - before[name], name
        let_go()
        assert window.link.clicked is None
        assert len(lit(widgets["ap"])) == before["ap"]


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
