"""Names over the picture, and the one under the pointer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kyphoviz.modes import STUDENT
from kyphoviz.ui.picture import hover
from kyphoviz.ui.picture.hover import Hover
from tests.ui.conftest import Stage


@pytest.fixture
def resting(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pointer rests at once."""
    monkeypatch.setattr(hover, "REST_MS", 1)


@pytest.fixture
def asked(qtbot: QtBot, resting: None) -> tuple[Hover, list[QPointF]]:
    """A hover that notes what it is asked for."""
    places: list[QPointF] = []

    def name_at(place: QPointF) -> str:
        places.append(place)
        return "Pedicle"

    return Hover(name_at), places


def test_a_moving_pointer_is_never_asked_about(asked: tuple[Hover, list[QPointF]], qtbot: QtBot) -> None:
    """Only where it comes to rest; picking takes milliseconds."""
    found, places = asked
    for x in range(50):
        found.move(QPointF(x, 0))
    with qtbot.waitSignal(found.changed):
        pass

    assert places == [QPointF(49, 0)]
    assert found.text == "Pedicle"


def test_a_name_goes_with_the_pointer(asked: tuple[Hover, list[QPointF]], qtbot: QtBot) -> None:
    """The next move takes the name away, and leaving asks for none."""
    found, places = asked
    found.move(QPointF(1, 1))
    with qtbot.waitSignal(found.changed):
        pass
    with qtbot.waitSignal(found.changed):
        found.leave()

    assert found.text == ""
    assert len(places) == 1


def test_resting_on_the_picture_names_what_is_there(
    resting: None, open_stage: Callable[..., Stage], qtbot: QtBot
) -> None:
    """One pick for one rest, and the picture is not rendered again for it."""
    stage = open_stage(STUDENT)
    renders = stage.scene.renders
    before = stage.window.parts.viewport.grab().toImage()
    QTest.mouseMove(stage.window.parts.viewport, QPoint(220, 200))
    QTest.mouseMove(stage.window.parts.viewport, QPoint(222, 200))
    qtbot.waitUntil(lambda: stage.scene.picks == 1)
    after = stage.window.parts.viewport.grab().toImage()

    assert after != before
    assert stage.scene.renders == renders
    stage.window.parts.viewport.event(QEvent(QEvent.Type.Leave))


def test_students_see_names_and_patients_only_when_asked(open_stage: Callable[..., Stage]) -> None:
    """The same instant with and without names differs, and turning them on renders nothing."""
    stage = open_stage(STUDENT)
    QApplication.processEvents()
    named = stage.window.parts.viewport.grab().toImage()
    renders = stage.scene.renders
    stage.window.viewing.choose(replace(stage.window.viewing.choices, labels=False))
    plain = stage.window.parts.viewport.grab().toImage()

    assert named != plain
    assert stage.scene.renders <= renders + 1


def test_a_small_picture_has_no_names(open_stage: Callable[..., Stage]) -> None:
    """Words that would cover the bone stay away."""
    stage = open_stage(STUDENT)
    stage.window.places.swap("ap")
    QApplication.processEvents()
    small = stage.window.parts.viewport.grab().toImage()
    stage.window.viewing.choose(replace(stage.window.viewing.choices, labels=False))
    QApplication.processEvents()

    assert stage.window.parts.viewport.grab().toImage() == small
