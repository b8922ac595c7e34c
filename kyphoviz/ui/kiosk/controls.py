"""What of the window a kiosk shows, and how large its words are."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt

from kyphoviz.modes import KIOSK
from kyphoviz.ui.kiosk.bar import KioskBar
from kyphoviz.ui.window.main_window import MainWindow

TEXT_SIZES = (0.7, 0.85, 1.0, 1.2, 1.4)  # of what the settings say
CAPTION_SHARE = 0.05  # of the screen's shorter side for a line of the caption: it can be read from 3 m


class VisitorControls:
    """Controls and X-rays for a visitor; the picture and its caption alone while nobody is there."""

    def __init__(self, window: MainWindow, bar: KioskBar, text_scale: float) -> None:
        """Args: text_scale: of the captions, from the settings."""
        self._window, self._bar, self._text_scale = window, bar, text_scale
        self._size = TEXT_SIZES.index(1.0)

    def hide(self) -> None:
        """Nobody is there: words as large as the settings say, and a film that goes round."""
        self._size = TEXT_SIZES.index(1.0)
        self._show(False)

    def show(self) -> None:
        """A visitor is there: the film is played to its end."""
        self._show(True)

    def resize_text(self, by: int) -> None:
        """The words so many sizes larger."""
        self._size = min(max(self._size + by, 0), len(TEXT_SIZES) - 1)
        self._show(True)

    def _show(self, are_shown: bool) -> None:
        self._set_text(loops=not are_shown)
        window = self._window
        parts = window.parts
        for part in (parts.header, parts.steps, parts.layers, parts.transport):
            part.hide()
        parts.bar.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)  # it shows; its segments are too small
        parts.viewport.overlays.show(are_shown)
        for shown in (parts.xrays, parts.bar, self._bar):
            shown.setVisible(are_shown)
        window.arrangement.fit(window)  # with the height that these leave, or the next reason to fit makes all jump

    def _set_text(self, *, loops: bool) -> None:
        scale = self._text_scale * TEXT_SIZES[self._size]
        self._window.parts.caption.be_readable(CAPTION_SHARE * scale / KIOSK.text_scale)
        self._window.viewing.set_mode(replace(KIOSK, text_scale=scale, loops=loops))
        self._bar.smaller.setEnabled(self._size > 0)
        self._bar.larger.setEnabled(self._size < len(TEXT_SIZES) - 1)
