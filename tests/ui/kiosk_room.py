"""A kiosk in a waiting room, with somebody in it who touches, holds and types."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kyphoviz.ui.film.driver import LONGEST_LOOK_S
from kyphoviz.ui.kiosk.idle import Phase
from kyphoviz.ui.kiosk.kiosk import Clocks, Kiosk
from kyphoviz.ui.kiosk.quiet import NoDialogs
from kyphoviz.ui.kiosk.settings import KioskSettings
from kyphoviz.ui.kiosk.words import ENGLISH

if TYPE_CHECKING:
    from tests.ui.conftest import Stage

Left = Qt.MouseButton.LeftButton
MIDDLE = QPoint(500, 300)
CORNER = QPoint(20, 20)


class KioskRoom:
    """A kiosk in a waiting room where time passes only when told to."""

    def __init__(self, stage: Stage, settings: KioskSettings, problems: tuple[str, ...]) -> None:
        self.stage, self.window, self.player, self.clock = stage, stage.window, stage.player, stage.clock
        self.hour = time(12)
        clocks = Clocks(self.clock, lambda: self.hour)
        self.kiosk = Kiosk(self.window, stage.film, self.player, settings, ENGLISH, problems, clocks=clocks)
        self.quiet = NoDialogs(self.window)
        self.kiosk.left.connect(self.window.close)
        self.panels = self.kiosk.panels

    def pass_s(self, seconds: float) -> None:
        """Time passes, in looks as short as a screen's; the film and the kiosk notice."""
        while seconds > 0.0:
            self.clock.pass_s(min(seconds, LONGEST_LOOK_S))
            seconds -= LONGEST_LOOK_S
            self.window.driver.tick()
            self.window.parts.viewport.painted.emit()
            self.kiosk.tick()

    def touch(self, place: QPoint = MIDDLE) -> None:
        """A tap on whatever lies there."""
        target = self.window.childAt(place) or self.window
        QTest.mouseClick(target, Left, pos=target.mapFrom(self.window, place))

    def hold(self, place: QPoint, seconds: float) -> None:
        """A finger lies still."""
        target = self.window.childAt(place) or self.window
        where = target.mapFrom(self.window, place)
        QTest.mousePress(target, Left, pos=where)
        self.pass_s(seconds)
        QTest.mouseRelease(target, Left, pos=where)

    def type_pin(self, pin: str) -> None:
        """On the pad's own buttons."""
        for digit in pin:
            next(button for button in self.panels.pad.digits if button.text() == digit).click()
        self.panels.pad.leave.click()

    @property
    def phase(self) -> Phase:
        return self.kiosk.idle.phase

    def census(self) -> tuple[int, int]:
        """How many widgets stand alone, and how many objects hang on the window."""
        return len(QApplication.topLevelWidgets()), len(self.window.findChildren(QObject))
