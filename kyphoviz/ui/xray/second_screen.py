"""The window of the X-rays for a second screen: made when it is first wanted, closed with the audience it is for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from kyphoviz.modes import Mode
from kyphoviz.ui.look.desktop import in_sight, place_of
from kyphoviz.ui.xray.c_arm_control import CArmControl
from kyphoviz.ui.xray.fluoro_panel import FluoroPanel
from kyphoviz.ui.xray.link import XrayLink
from kyphoviz.viewing import Viewing

if TYPE_CHECKING:
    from kyphoviz.ui.xray.window import XrayWindow


class SecondScreen(QObject):
    """Opens and closes the X-rays' own window, and keeps its place.

    Signals:
        key_pressed: a key in it that is the main window's business.
    """

    key_pressed = Signal(QKeyEvent)

    def __init__(self, viewing: Viewing, panel: FluoroPanel, c_arm: CArmControl, link: XrayLink, main: QWidget) -> None:
        """Args: main: the window that it closes with."""
        super().__init__(main)
        self._viewing, self._panel, self._c_arm, self._link, self._main = viewing, panel, c_arm, link, main
        self.window: XrayWindow | None = None
        self.place: tuple[int, ...] = ()  # where it was last: x, y, width, height; or empty
        viewing.mode_changed.connect(self._follow_mode)

    def toggle(self) -> None:
        """Opens it, or closes it."""
        if not self._viewing.mode.shows_xray:
            return
        if self.window is None:
            from kyphoviz.ui.xray.window import XrayWindow

            self.window = XrayWindow(self._panel, self._c_arm, self._main.windowTitle(), self._main)
            if self.place:
                self.window.setGeometry(in_sight(QRect(*self.place), self.window))
            self.window.key_pressed.connect(self.key_pressed)
            self._link.watch_panes(self.window.panes)
        self.window.setVisible(not self.window.isVisible())

    @property
    def present_place(self) -> tuple[int, ...]:
        """Where it is, or was last."""
        return (place_of(self.window) if self.window is not None else ()) or self.place

    def close(self) -> None:
        """Nothing stays on the second screen."""
        self._viewing.mode_changed.disconnect(self._follow_mode, missing_ok=True)
        self._put_away()

    def _follow_mode(self, mode: Mode) -> None:
        if not mode.shows_xray:
            self._put_away()

    def _put_away(self) -> None:
        if self.window is not None:
            self.window.close()
