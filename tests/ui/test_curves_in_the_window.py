"""Curves and sources of numbers in the window: for students at hand, for a consultation when asked for."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kyphoviz.modes import KIOSK, STUDENT
from kyphoviz.overlay import gauge_cards
from kyphoviz.ui.look.em import em_of
from tests.ui.conftest import Stage


@pytest.fixture
def inflating(open_stage: Callable[..., Stage]) -> Stage:
    """A student in the middle of the inflation."""
    stage = open_stage(STUDENT)
    stage.player.seek(stage.film.timeline.time_of("inflate", 0.6))
    return stage


def test_no_curve_is_sampled_at_the_start(open_stage: Callable[..., Stage]) -> None:
    """The first step of a whole bone has no curve, so the start of the program pays for none."""
    stage = open_stage(STUDENT)

    assert stage.window.parts.steps.curves._curves is None
    assert not stage.window.parts.steps.curves.isVisible()


def test_the_step_chooses_the_curve(inflating: Stage) -> None:
    """Pressure while balloons fill, none in a folded panel."""
    pane = inflating.window.parts.steps.curves
    assert [chart.key for chart in pane.charts] == ["pressure"]
    assert pane.isVisible()
    inflating.window.parts.steps.fold(True)
    assert not pane.isVisible()


def test_a_press_on_the_curve_goes_there(inflating: Stage) -> None:
    """The film stands where the balloon held what was pointed at; a drag goes on."""
    pane = inflating.window.parts.steps.curves
    QTest.mouseClick(pane, Qt.MouseButton.LeftButton, pos=pane.rect().center())
    volume_ml = inflating.film.timeline.state_at(inflating.player.time_s).balloons[0].volume_ml

    assert 0.5 < volume_ml < 2.0
    assert pane._time_s == inflating.player.time_s


def test_the_curve_is_told_to_who_cannot_see_it(inflating: Stage) -> None:
    """Title and present value."""
    said = inflating.window.parts.steps.curves.accessibleDescription()

    assert said.startswith("Balloon pressure: ")
    assert said.endswith(" mL")


def test_a_consultation_sees_curves_only_when_asked_for(stage: Stage) -> None:
    """A card from the menu, in plain words; again puts it away; a kiosk never has it."""
    assert stage.window.aids.curves is None
    stage.window.parts.header.menu.curves_asked.emit()
    aids = stage.window.aids
    assert aids.curves is not None
    assert aids.curves.isVisible()
    assert stage.window.parts.viewport.rect().contains(aids.curves.geometry())
    assert "Height of the bone" in aids.curves.pane.accessibleDescription()
    stage.window.viewing.set_mode(KIOSK)
    assert not aids.curves.isVisible()


def test_another_film_has_other_curves(inflating: Stage) -> None:
    """What was sampled of the old film is not shown for the new one."""
    pane = inflating.window.parts.steps.curves
    before = pane.charts
    inflating.window.viewing.show_film(inflating.film)

    assert pane.charts == before
    assert pane.charts is not before


def test_a_number_is_explained_on_click_and_by_keyboard(inflating: Stage, qtbot: QtBot) -> None:
    """A press on its card, or the list in the panel; Esc closes and gives the keys back to the picture."""
    window = inflating.window
    view = window.parts.viewport
    state, picture = inflating.film.timeline.state_at(inflating.player.time_s), QRectF(view.rect())
    on_foot, em_px = view.overlays.gauges, em_of(view)
    strip, shown = on_foot.place(picture, em_px), on_foot.shown(state, picture, em_px)
    cards = gauge_cards.placed(strip, shown, gauge_cards.fitted(strip, shown, em_px))
    card = next(card for card, reading in cards if reading.key == "balloon_pressure")
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=card.center().toPoint())

    assert window.aids.source is not None
    assert window.aids.source.isVisible()
    assert "16762891" in window.aids.source.accessibleDescription()
    assert window.viewing.choices.follows  # the press took hold of nothing
    QTest.keyClick(window.aids.source.done, Qt.Key.Key_Escape)
    assert not window.aids.source.isVisible()

    window.parts.steps.notes.setFocus()
    QTest.keyClick(window.parts.steps.notes, Qt.Key.Key_Tab)
    QTest.keyClick(window.parts.steps.notes, Qt.Key.Key_Return)
    assert window.aids.source.isVisible()


def test_a_patient_is_told_no_sources(stage: Stage) -> None:
    """In plain words a press on a number turns the picture as anywhere."""
    stage.player.seek(stage.film.timeline.time_of("inflate", 0.6))
    view = stage.window.parts.viewport
    em_px = em_of(view) * stage.window.viewing.choices.text_scale
    state, picture = stage.film.timeline.state_at(stage.player.time_s), QRectF(view.rect())
    strip, shown = view.overlays.gauges.place(picture, em_px), view.overlays.gauges.shown(state, picture, em_px)
    (card, reading), *_ = gauge_cards.placed(strip, shown, gauge_cards.fitted(strip, shown, em_px))
    assert reading.opacity > 0.5
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=card.center().toPoint())

    assert stage.window.aids.source is None


def test_a_chart_is_whole_or_not_there(inflating: Stage) -> None:
    """Larger words leave room for fewer charts; a squeezed one could not be read."""
    window = inflating.window
    inflating.player.seek(inflating.film.timeline.time_of("needle", 0.1))
    counts = []
    for size in (1.0, 1.25, 1.5, 2.0):
        window.appearance.set_text_size(size)
        QApplication.processEvents()
        pane = window.parts.steps.curves
        counts.append(len(pane.charts) if pane.isVisible() else 0)
        if pane.isVisible():
            assert pane.height() >= pane.sizeHint().height()

    assert counts[0] == 2
    assert counts == sorted(counts, reverse=True)
