"""What the kiosk lays over its window, and how keys walk over it."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from kyphoviz.film import Film
from kyphoviz.ui.film.film_words import chapters
from kyphoviz.ui.kiosk.bar import KioskBar
from kyphoviz.ui.kiosk.button import KioskButton
from kyphoviz.ui.kiosk.chapters import Chapters
from kyphoviz.ui.kiosk.misses import Misses
from kyphoviz.ui.kiosk.pin_pad import PinPad
from kyphoviz.ui.kiosk.settings import KioskSettings
from kyphoviz.ui.kiosk.veil import Invitation, Night, StillThere
from kyphoviz.ui.kiosk.words import KioskWords
from kyphoviz.ui.window.main_window import MainWindow

PRESS_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
ONWARD_KEYS = (Qt.Key.Key_Tab, Qt.Key.Key_Right, Qt.Key.Key_Down)
BACK_KEYS = (Qt.Key.Key_Backtab, Qt.Key.Key_Left, Qt.Key.Key_Up)


class Panels:
    """Made once, for as long as the kiosk runs; in the order in which they lie on each other."""

    def __init__(
        self,
        window: MainWindow,
        film: Film,
        settings: KioskSettings,
        words: KioskWords,
        language: str,
        clock: Callable[[], float],
        misses: Misses,
    ) -> None:
        """Args: clock: seconds that only ever grow; misses: at the PIN so far."""
        title, minutes = film.scenario.title.text(language), ceil(film.timeline.duration_s / 60.0)
        self.bar = KioskBar(words, window)
        self.invitation = Invitation(title, minutes, words, window, window.parts.viewport)
        self.chapters = Chapters(chapters(film, language), words, window)
        self.still_there = StillThere(words, window)
        self.night = Night(window)
        self.pad = PinPad(settings, words, window, clock, misses)
        layout = window.layout()
        if layout is not None:
            layout.addWidget(self.bar)

    def put_away(self) -> None:
        """Closes whatever a visitor or staff had opened."""
        for panel in (self.chapters, self.still_there, self.pad):
            panel.hide()

    @property
    def are_open(self) -> bool:
        """Whether something lies over the film that a visitor or staff had opened."""
        return self.chapters.isVisible() or self.pad.isVisible()

    def take_key(self, key: Qt.Key) -> None:
        """Keys walk over the buttons of what lies on top and press them; on the pad they type."""
        if self.pad.isVisible() and Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
            self.pad.type_digit(chr(key))
        elif self.pad.isVisible() and key == Qt.Key.Key_Backspace:
            self.pad.erase_digit()
        elif key in ONWARD_KEYS or key in BACK_KEYS:
            self._walk(1 if key in ONWARD_KEYS else -1)
        elif key in PRESS_KEYS:
            self._press_focused()

    def _focusable(self) -> list[KioskButton]:
        overlays = (self.pad, self.still_there, self.chapters)
        top: QWidget = next((each for each in overlays if each.isVisible()), self.bar)
        return [button for button in top.findChildren(KioskButton) if button.isVisible() and button.isEnabled()]

    def _walk(self, way: int) -> None:
        buttons = self._focusable()
        if buttons:
            at = next((k for k, button in enumerate(buttons) if button.hasFocus()), -1 if way > 0 else 0)
            buttons[(at + way) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)

    def _press_focused(self) -> None:
        button = next((each for each in self._focusable() if each.hasFocus()), None)
        if button is not None:
            button.click()
        elif self.pad.isVisible():
            self.pad.try_it()
