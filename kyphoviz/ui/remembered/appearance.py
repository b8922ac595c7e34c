"""How the window looks: its colours, the size of its words, and whether the picture moves."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from kyphoviz.ui.look.theme import Theme, apply_theme, theme_named
from kyphoviz.ui.start.application import application
from kyphoviz.viewing import Viewing


class Appearance(QObject):
    """What a person chose of it, whatever film is shown and to whom.

    Signals:
        theme_changed: another `Theme`.
        text_size_changed: another size of words, as a share of the usual one.
        changed: anything of it.
    """

    theme_changed = Signal(object)
    text_size_changed = Signal(float)
    changed = Signal()

    def __init__(self, viewing: Viewing, theme_choice: str, parent: QObject | None = None) -> None:
        """Args: theme_choice: what the program wears already; `system` follows the desktop."""
        super().__init__(parent)
        self._viewing = viewing
        self.theme_choice, self.text_size = theme_choice, 1.0

    def set_theme(self, name: str) -> None:
        """Other colours; `system` follows the desktop."""
        theme: Theme = theme_named(name)
        self.theme_choice = name
        apply_theme(application(), theme)
        self.theme_changed.emit(theme)
        self._viewing.choose(replace(self._viewing.choices, theme=theme.name), is_new=False)
        self.changed.emit()

    def set_text_size(self, share: float) -> None:
        """Larger or smaller words than usual, in every mode."""
        self.text_size = share
        self.text_size_changed.emit(share)
        self.changed.emit()

    def set_less_motion(self, is_less: bool) -> None:
        """Stills that melt into each other, or the moving picture."""
        self._viewing.choose(replace(self._viewing.choices, reduced_motion=is_less), is_new=False)
        self.changed.emit()
