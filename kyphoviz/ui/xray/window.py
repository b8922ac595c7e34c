"""The two X-rays in a window of their own, for a second screen: side by side, as in the theatre."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kyphoviz.procedure.state import XrayView
from kyphoviz.ui.look.key_places import pressed
from kyphoviz.ui.look.shortcuts import Act
from kyphoviz.ui.xray.c_arm_control import CArmControl
from kyphoviz.ui.xray.fluoro_panel import FluoroPanel
from kyphoviz.ui.xray.pane import XrayPane

OPENING = (1120, 600)


class XrayWindow(QWidget):
    """Shows what the panel takes; it takes nothing itself.

    Signals:
        key_pressed: a key that is the main window's business.
    """

    key_pressed = Signal(QKeyEvent)

    def __init__(self, panel: FluoroPanel, c_arm: CArmControl, title: str, parent: QWidget) -> None:
        """Args: parent: with whom it closes."""
        super().__init__(parent, Qt.WindowType.Window)
        self._panel = panel
        self.panes = tuple(XrayPane(view, panel.words, self) for view in XrayView)
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 6, 6, 6)
        row.setSpacing(6)
        for pane in self.panes:
            c_arm.listen(pane)
            row.addWidget(pane, 1)
        self.setWindowTitle(f"X-rays - {title}")
        self.setMinimumSize(480, 280)
        self.resize(*OPENING)
        self._go_to_other_screen(parent)

    def _go_to_other_screen(self, parent: QWidget) -> None:
        """Where there is a second screen, it opens on the one that the main window is not on."""
        here = parent.frameGeometry().center()
        other = [screen for screen in QGuiApplication.screens() if not screen.geometry().contains(here)]
        if other:
            place = QRect(self.rect())
            place.moveCenter(other[0].availableGeometry().center())
            self.setGeometry(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F fills this screen, Escape leaves that; all other keys are the main window's."""
        found = pressed(event)
        act = found[0].act if found is not None else None
        if act is Act.FULL_SCREEN and not event.isAutoRepeat():
            self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)
        elif act is Act.LEAVE and self.isFullScreen():
            self.setWindowState(self.windowState() & ~Qt.WindowState.WindowFullScreen)
        else:
            self.key_pressed.emit(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Shows what the panel shows."""
        super().showEvent(event)
        self._panel.mirror(self.panes)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The panel goes on alone; the window keeps its place until it opens again."""
        self._panel.mirror(())
        super().closeEvent(event)
