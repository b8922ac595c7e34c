"""The whole window by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QListWidget,
    QScrollBar,
    QTextBrowser,
    QWidget,
)

from kyphoviz.modes import CONSULT, STUDENT, Mode
from kyphoviz.modes import MODES as ALL_MODES
from kyphoviz.procedure.state import Layer
from kyphoviz.ui.look.theme import DARK, LIGHT, Theme, apply_theme
from kyphoviz.ui.opening import offer_case
from kyphoviz.ui.window.main_window import MainWindow
from tests.ui.conftest import Stage

CONTROLS = (QAbstractButton, QAbstractSlider, QListWidget, QTextBrowser, QComboBox)
MODES = pytest.mark.parametrize("mode", [CONSULT, STUDENT], ids=lambda mode: mode.name)
MOST_STOPS = 150


def opened(stage: Stage) -> MainWindow:
    """A window with all that can lie open at once."""
    window = stage.window
    editor = offer_case(window, "fake", "en", lambda case: stage.film)
    editor.toggle()
    window.aids.toggle_curves()
    window.aids.explain("balloon_pressure")
    if window.viewing.mode.teaches:
        window.c_arm.toggle()
    QApplication.processEvents()
    return window


def walk(window: MainWindow) -> list[QWidget]:
    """Where Tab goes, from the first control in the header once around."""
    window.activateWindow()
    window.parts.viewport.setFocus()
    met: list[QWidget] = []
    for _ in range(MOST_STOPS):
        here = QApplication.focusWidget()
        assert here is not None
        if here in met:
            return met
        met.append(here)
        QTest.keyClick(here, Qt.Key.Key_Tab)
    raise AssertionError("Tab never came round")


def place(window: MainWindow, widget: QWidget) -> QRect:
    """Where a widget lies in the window."""
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


@MODES
def test_tab_reaches_every_control_that_lies_open(open_stage: Callable[..., Stage], mode: Mode) -> None:
    """Buttons, lists, sliders, choices and notes, also on cards that were made late."""
    window = opened(open_stage(mode))
    wanted = {
        each for each in window.findChildren(QWidget)
        if isinstance(each, CONTROLS) and not isinstance(each, QScrollBar) and each.isVisible() and each.isEnabled()
    }  # fmt: skip

    modes = {each for each in wanted if each.objectName() in {mode.name for mode in ALL_MODES}}

    met = set(walk(window))

    assert wanted - modes <= met
    assert len(modes & met) == 1  # a group of which one is chosen is one stop, as everywhere


def test_arrows_walk_through_the_modes(open_stage: Callable[..., Stage]) -> None:
    """Within the group the arrows go on to the next mode; the film does not jump for it."""
    stage = open_stage(CONSULT)
    window = stage.window
    buttons = {
        each.objectName(): each for each in window.parts.header.findChildren(QAbstractButton) if each.isCheckable()
    }
    buttons["consult"].setFocus()
    before = stage.player.time_s
    QTest.keyClick(buttons["consult"], Qt.Key.Key_Right)

    assert buttons["student"].hasFocus()
    assert stage.player.time_s == before


@MODES
def test_tab_walks_from_top_to_bottom(open_stage: Callable[..., Stage], mode: Mode) -> None:
    """Header, side panel, picture with its cards, X-rays, bar, controls; never back up but at the end."""
    window = opened(open_stage(mode))
    parts = (
        window.parts.header,
        window.parts.steps,
        window.parts.viewport,
        window.parts.xrays,
        window.parts.bar,
        window.parts.transport,
    )
    met = walk(window)
    order = [next(k for k, part in enumerate(parts) if part is each or part.isAncestorOf(each)) for each in met]
    begin = order.index(min(order))
    turned = order[begin:] + order[:begin]

    assert turned == sorted(turned)
    row = [place(window, each).left() for each in met if window.parts.transport.isAncestorOf(each)]
    assert row == sorted(row)


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_the_focus_is_seen_wherever_it_is(open_stage: Callable[..., Stage], theme: Theme) -> None:
    """What Tab comes to looks different from before, in both themes."""
    window = opened(open_stage(STUDENT))
    apply_theme(window_app(), theme)
    QApplication.processEvents()
    for widget in walk(window):
        window.parts.caption.setFocus()
        widget.clearFocus()
        plain = window.grab(place(window, widget)).toImage()
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        assert window.grab(place(window, widget)).toImage() != plain, widget.accessibleName()


def window_app() -> QApplication:
    """The program."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app


@MODES
def test_every_control_says_its_name(open_stage: Callable[..., Stage], mode: Mode) -> None:
    """No control is told by a sign alone, and no two of one part by the same name."""
    window = opened(open_stage(mode))
    named = [each for each in walk(window) if isinstance(each, CONTROLS)]
    names = [each.accessibleName() or getattr(each, "text", str)() for each in named]

    assert all(any(letter.isalpha() for letter in name) for name in names)
    assert len(set(names)) == len(names)


def test_layers_are_named_and_reached(open_stage: Callable[..., Stage]) -> None:
    """Sliders and signs of the panel of the layers, one by one."""
    window = open_stage(STUDENT).window
    window.parts.layers.toggle()
    met = walk(window)
    row = next(row for row in window.parts.layers.rows if row.layer is Layer.TREATED_BONE)

    assert {row.state, row.slider, window.parts.layers.cut} <= set(met)
    assert row.slider.accessibleName() == "Treated bone: how much is seen"
