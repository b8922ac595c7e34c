"""A window with stand-ins, on a clock that is told to pass; nothing may stay open after a test."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QAbstractEventDispatcher, QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kyphoviz.modes import CONSULT, KIOSK, STUDENT, Mode
from kyphoviz.ui.kiosk import pin as kiosk_pin
from kyphoviz.ui.kiosk.pin import hash_pin
from kyphoviz.ui.kiosk.settings import KioskSettings
from kyphoviz.ui.look.theme import DARK, apply_theme
from kyphoviz.ui.picture import rendering
from kyphoviz.ui.window.main_window import MainWindow
from kyphoviz.viewing import Viewing, pulses
from tests.ui.kiosk_room import KioskRoom
from tests.ui.stand_ins import FakeClock, FakeFluoroscope, FakeScene, fake_film


class Stage:
    """A window and all that it was handed."""

    def __init__(self, mode: Mode) -> None:
        self.log: list[str] = []
        self.film = fake_film()
        self.clock = FakeClock()
        self.viewing = Viewing(self.film, mode, DARK.name, self.clock)
        self.player = self.viewing.player
        self.scene, self.fluoroscope = FakeScene(self.log), FakeFluoroscope(self.log)
        self.window = MainWindow(self.viewing, self.scene, self.fluoroscope, DARK, clock=self.clock)

    @property
    def is_quiet(self) -> bool:
        """Nothing will be drawn unless something happens."""
        parts = self.window.parts
        return not (parts.viewport.is_refining or parts.xrays.is_pulsing or self.window.driver.is_running)

    @property
    def timers(self) -> list[QObject]:
        """Everything in the window that a timer will wake, QTimers as well as the timers of widgets themselves."""
        everything = [self.window, *self.window.findChildren(QObject)]
        return [each for each in everything if QAbstractEventDispatcher.instance().registeredTimers(each)]


@pytest.fixture
def open_stage(qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Stage]]:
    """Opens windows and waits until they have settled; closes them after the test."""
    monkeypatch.setattr(rendering, "STILL_MS", 1)  # stillness comes at once
    monkeypatch.setattr(pulses, "PERIOD_MS", 1)
    apply_theme(qapp, DARK)
    stages: list[Stage] = []

    def open_one(mode: Mode = CONSULT) -> Stage:
        stage = Stage(mode)
        stages.append(stage)
        with qtbot.waitSignal(stage.window.parts.viewport.first_painted):
            stage.window.show()
        qtbot.waitUntil(lambda: stage.is_quiet)
        return stage

    yield open_one
    for stage in stages:
        stage.window.close()
        stage.window.deleteLater()


@pytest.fixture
def student(open_stage: Callable[..., Stage], qtbot: QtBot) -> Stage:
    """A student with both X-ray pictures on the screens."""
    stage = open_stage(STUDENT)
    stage.player.seek(7.0)
    qtbot.waitUntil(lambda: stage.is_quiet)
    return stage


@pytest.fixture
def stage(open_stage: Callable[..., Stage]) -> Stage:
    """A window in consult mode."""
    return open_stage()


@pytest.fixture(autouse=True)
def nothing_stays_open(qapp: QApplication) -> Iterator[None]:
    """No top-level widget survives a test: a lambda or a partial that holds `self` is the usual cause."""
    before = set(qapp.topLevelWidgets())
    yield
    for _ in range(2):
        qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        qapp.processEvents()
    left = [widget for widget in qapp.topLevelWidgets() if widget not in before and widget.isWindow()]
    assert not left


@pytest.fixture
def open_room(open_stage: Callable[..., Stage], monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., KioskRoom]]:
    """Opens kiosks; their windows may close after the test."""
    monkeypatch.setattr(kiosk_pin, "COST", 2)
    rooms: list[KioskRoom] = []

    def open_one(settings: KioskSettings | None = None, *problems: str) -> KioskRoom:
        stage = open_stage(KIOSK)
        rooms.append(KioskRoom(stage, settings or KioskSettings(pin=hash_pin("471147")), problems))
        QApplication.processEvents()
        return rooms[-1]

    yield open_one
    for room in rooms:
        room.quiet.release()
        room.kiosk.leave()


@pytest.fixture
def room(open_room: Callable[..., KioskRoom]) -> KioskRoom:
    """A kiosk with the PIN 471147, at noon, with nobody there."""
    return open_room()
