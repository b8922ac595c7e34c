"""Everything about the X-rays but the two screens themselves: the C-arm, what ties the pictures, the second window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect

from kyphoviz.choices import ViewChoices
from kyphoviz.modes import Mode
from kyphoviz.overlay.names import Names
from kyphoviz.ui.picture.collaborators import Filming
from kyphoviz.ui.xray.c_arm_control import CArmControl
from kyphoviz.ui.xray.link import XrayLink

if TYPE_CHECKING:
    from kyphoviz.ui.window.main_window import MainWindow
    from kyphoviz.ui.xray.window import XrayWindow


class XrayDesk(QObject):
    """Works for one main window."""

    def __init__(self, window: MainWindow, film: Filming, names: Names, language: str) -> None:
        """The second window is made when it is first asked for."""
        super().__init__(window)
        self._main = window
        self.c_arm = CArmControl(window.xrays, self._choices, language)
        self.c_arm.chosen.connect(window.choose)
        self.link = XrayLink(window, film, names)
        self.window: XrayWindow | None = None
        self.place: tuple[int, ...] = ()  # where the second window was last: x, y, width, height; or empty
        window.header.menu.c_arm_asked.connect(self._toggle_c_arm)
        window.header.menu.xray_window_asked.connect(self.toggle_window)

    def serve(self, mode: Mode) -> None:
        """Puts away what is not for that audience."""
        self._main.header.menu.offer_c_arm(mode.teaches)
        if not mode.teaches:
            self.c_arm.close()
            self.link.forget()
        if self.window is not None and not mode.shows_xray:
            self.window.close()

    def toggle_window(self) -> None:
        """Opens the X-rays in a window of their own, or closes it."""
        if self.window is None:
            from kyphoviz.ui.remembered.session import in_sight
            from kyphoviz.ui.xray.window import XrayWindow

            self.window = XrayWindow(self._main.xrays, self.c_arm, self._main.windowTitle(), self._main)
            if self.place:
                self.window.setGeometry(in_sight(QRect(*self.place), self.window))
            self.window.key_pressed.connect(self._main.keyPressEvent)
            self.link.watch_panes(self.window.panes)
        self.window.setVisible(not self.window.isVisible())

    def close(self) -> None:
        """Nothing stays on the second screen."""
        if self.window is not None:
            self.window.close()

    @property
    def present_place(self) -> tuple[int, ...]:
        """Where the second window is, or was last."""
        if self.window is None:
            return self.place
        found = self.window.normalGeometry()
        return (found.x(), found.y(), found.width(), found.height()) if found.isValid() else self.place

    def _toggle_c_arm(self) -> None:
        if self._main.mode.teaches and self._main.mode.shows_xray:
            self.c_arm.toggle()

    def _choices(self) -> ViewChoices:
        return self._main.choices
