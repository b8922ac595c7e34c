"""The panel of the layers: it shows what is seen and asks for other choices, nothing more."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kyphoviz.modes import KIOSK
from kyphoviz.procedure.state import Layer
from kyphoviz.ui.cards.layers_panel import LAYER_NAMES, LayerRow
from tests.ui.conftest import Stage


@pytest.fixture
def opened(stage: Stage) -> Stage:
    """With the panel open."""
    QTest.keyClick(stage.window, Qt.Key.Key_Y)
    QApplication.processEvents()
    return stage


def row(stage: Stage, layer: Layer) -> LayerRow:
    return next(row for row in stage.window.parts.layers.rows if row.layer == layer)


def test_every_layer_can_be_chosen() -> None:
    """A new layer needs a name in the panel."""
    assert set(LAYER_NAMES) == set(Layer)


def test_the_panel_opens_folded_and_folds_again(stage: Stage) -> None:
    """Nobody is met by controls that were not asked for."""
    folded = stage.window.parts.layers.isHidden()
    QTest.keyClick(stage.window, Qt.Key.Key_Y)
    is_open = stage.window.parts.layers.isVisible()
    QTest.keyClick(stage.window, Qt.Key.Key_Y)

    assert (folded, is_open) == (True, True)
    assert stage.window.parts.layers.isHidden()


def test_a_layer_goes_from_shown_to_ghosted_to_hidden_and_back(opened: Stage) -> None:
    """One button, three states, told by its name as well."""
    opened.player.seek(3.9)  # shown by now
    discs = row(opened, Layer.DISCS)
    found = []
    for _ in range(3):
        QTest.mouseClick(discs.state, Qt.MouseButton.LeftButton)
        found.append((opened.window.viewing.seen.opacity(Layer.DISCS), discs.state.accessibleName()))

    assert found == [(0.3, "Discs: ghosted"), (0.0, "Discs: hidden"), (1.0, "Discs: shown")]


def test_a_choice_stays_through_steps_until_reset(opened: Stage) -> None:
    """Hidden discs stay hidden in the next step; the panel's reset gives them back to the film."""
    row(opened, Layer.DISCS).slider.setValue(20)
    opened.player.seek(12.0)
    QApplication.processEvents()
    assert opened.scene.shown is not None
    kept = opened.scene.shown[1].layers
    QTest.mouseClick(opened.window.parts.layers.reset, Qt.MouseButton.LeftButton)

    assert [(entry.layer, entry.value) for entry in kept] == [(Layer.DISCS, 0.2)]
    assert opened.window.viewing.choices.follows


def test_sliders_follow_the_film_without_becoming_choices(opened: Stage) -> None:
    """What the film changes is shown, and stays the film's own."""
    opened.player.seek(12.0)

    assert opened.window.parts.layers.cut.value() == 100
    assert opened.window.viewing.choices.follows


def test_the_cut_opens_by_slider(opened: Stage) -> None:
    """Half-way is half-way."""
    opened.window.parts.layers.cut.setValue(50)

    assert opened.window.viewing.choices.cut == 0.5


def test_a_press_beside_a_slider_turns_nothing(opened: Stage) -> None:
    """The panel lies on the picture and keeps what is done on it."""
    panel = opened.window.parts.layers
    QTest.mousePress(panel, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    QTest.mouseMove(panel, QPoint(60, 60))
    QTest.mouseRelease(panel, Qt.MouseButton.LeftButton, pos=QPoint(60, 60))

    assert opened.window.viewing.choices.camera is None


def test_the_panel_lies_within_the_picture(opened: Stage) -> None:
    """It scrolls where the window is low."""
    opened.window.resize(1024, 640)
    QApplication.processEvents()

    assert opened.window.parts.viewport.rect().contains(opened.window.parts.layers.geometry())


def test_the_panel_goes_where_there_is_no_place_for_it(opened: Stage) -> None:
    """Neither on a small picture nor in a kiosk."""
    opened.window.places.swap("ap")
    beside = opened.window.parts.layers.isHidden()
    opened.window.parts.layers.toggle()
    back = opened.window.parts.viewport.width() > opened.window.parts.xrays.panes[0].width()
    opened.window.viewing.set_mode(KIOSK)

    assert (beside, back) == (True, True)
    assert opened.window.parts.layers.isHidden()


@pytest.mark.parametrize("key", [Qt.Key.Key_Y, Qt.Key.Key_K], ids=["layers", "case"])
def test_what_explains_a_number_gives_way(student: Stage, key: Qt.Key) -> None:
    """It would lie on the lower half of what was asked for after it."""
    aids = student.window.aids
    aids.explain("balloon_pressure")
    assert aids.source is not None
    assert aids.source.isVisible()
    QTest.keyClick(student.window, key)

    assert not aids.source.isVisible()
