"""The window: puts the parts together, and ends what works for it."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from kyphoviz.overlay.names import load_names
from kyphoviz.ui.film.driver import Driver
from kyphoviz.ui.look.theme import Theme
from kyphoviz.ui.picture.collaborators import Picturing, XRaying
from kyphoviz.ui.remembered.appearance import Appearance
from kyphoviz.ui.window.aids import Aids
from kyphoviz.ui.window.arrangement import OPENING, SMALLEST, Arrangement, put_in_tab_order
from kyphoviz.ui.window.commands import Commands
from kyphoviz.ui.window.parts import parts_for
from kyphoviz.ui.window.places import Places
from kyphoviz.ui.window.telling import Telling
from kyphoviz.ui.window.wiring import heard, wire_menu, wire_parts
from kyphoviz.ui.xray.c_arm_control import CArmControl
from kyphoviz.ui.xray.link import XrayLink
from kyphoviz.ui.xray.second_screen import SecondScreen
from kyphoviz.viewing import Viewing


class MainWindow(QWidget):
    """Everything on one screen: the 3D picture, two X-rays, a sentence, the film's bar and its controls.

    What is shown and to whom is the viewing's; how it looks is the appearance's. The window keeps neither.

    Signals:
        closing: it is about to close; whoever works for it ends now.
    """

    closing = Signal()

    def __init__(
        self,
        viewing: Viewing,
        scene: Picturing,
        fluoroscope: XRaying,
        theme: Theme,
        language: str = "en",
        clock: Callable[[], float] = perf_counter,
    ) -> None:
        """Takes over scene and fluoroscope, and closes them with itself."""
        super().__init__()
        self.viewing, self._fluoroscope, self._is_open = viewing, fluoroscope, True
        names = load_names(language)
        self.parts = parts = parts_for(self, viewing, scene, fluoroscope, names, theme.ink, language)
        self._set_up(viewing.film.scenario.title.text(language))
        self.driver = Driver(viewing.player, clock, self)
        self.arrangement = Arrangement(self, parts)
        self.appearance = Appearance(viewing, theme.name, self)
        self.telling, self.aids = Telling(viewing, parts, language, self), Aids(viewing, parts, language, self)
        self.places = Places(viewing, parts, self.arrangement, self.telling, self)
        self.c_arm = CArmControl(viewing, parts.xrays)
        self.link = XrayLink(viewing, parts.viewport, parts.xrays, names)
        self.second_screen = SecondScreen(viewing, parts.xrays, self.c_arm, self.link, self)
        self.commands = Commands(
            viewing, parts, self.places, self.aids, self.c_arm, self.link, self.second_screen, self
        )
        self._wire()
        parts.viewport.setFocus()
        self._show_first()

    def large(self) -> QWidget:
        """What has the large place."""
        return self.arrangement.large

    def _set_up(self, title: str) -> None:
        self.setWindowTitle(f"{title} - KyphoViz")
        self.setMinimumSize(*SMALLEST)
        self.resize(*OPENING)

    def _wire(self) -> None:
        """Ties all together; `closeEvent` lets go of what outlives the window."""
        wire_parts(self.viewing, self.parts, self.places, self.commands)
        wire_menu(self.parts, self.appearance, self.aids, self.c_arm, self.second_screen)
        self.second_screen.key_pressed.connect(self.commands.press)
        self.appearance.theme_changed.connect(self._take_theme)
        self.appearance.text_size_changed.connect(self._take_text_size)
        self.appearance.changed.connect(self._tick_choices)
        self._heard = heard(self.viewing, self.places, self.telling, self.aids)
        for signal, slot in self._heard:
            signal.connect(slot)

    def _show_first(self) -> None:
        """As if the audience had just been chosen; not by signals, so that what is wrong is told as it is."""
        mode = self.viewing.mode
        for serve in (self.places.serve, self.telling.serve, self.aids.serve):
            serve(mode)
        self._tick_choices()
        self.telling.show_now()

    def _take_theme(self, theme: Theme) -> None:
        self.parts.viewport.overlays.set_ink(theme.ink)

    def _take_text_size(self, share: float) -> None:
        self.arrangement.set_text_size(self, share)

    def _tick_choices(self) -> None:
        """The menu shows what holds now."""
        look, choices = self.appearance, self.viewing.choices
        self.parts.header.menu.show_choices(look.theme_choice, look.text_size, less_motion=choices.reduced_motion)

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Tab walks from top to bottom, through cards that were made late too."""
        parts = self.parts
        put_in_tab_order((parts.header, parts.steps, parts.viewport, parts.xrays, parts.bar, parts.transport))
        return super().focusNextPrevChild(is_next)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that nothing in the window needed for itself."""
        if not self.commands.press(event):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Sizes follow the window."""
        super().resizeEvent(event)
        self.arrangement.fit(self)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stops time first, then the pulses, and gives the pictures back last."""
        if self._is_open:
            self._is_open = False
            self.closing.emit()
            self.driver.close()
            for signal, slot in self._heard:
                signal.disconnect(slot)
            for listener in (self.second_screen, self.c_arm, self.link):
                listener.close()
            self.parts.xrays.close_beam()
            self.parts.viewport.close_scene()
            self._fluoroscope.close()
        super().closeEvent(event)
