"""What is told in words of an instant: the sentence, the side panel, the aids, and what a screen reader says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from kyphoviz.procedure.state import ProcedureState
from kyphoviz.ui.film.caption_band import unbroken
from kyphoviz.ui.film.film_words import all_told, told
from kyphoviz.ui.film.spoken import spoken

if TYPE_CHECKING:
    from kyphoviz.ui.window.main_window import MainWindow


class Telling(QObject):
    """Works for one main window, in one language."""

    def __init__(self, window: MainWindow, language: str) -> None:
        """Nothing is told yet."""
        super().__init__(window)
        self._window, self._language = window, language
        self._spoken_step = ""

    def expect(self) -> None:
        """Another film or another audience: the caption makes ready for all that may come."""
        window = self._window
        said = all_told(window.film.timeline, self._language, is_clinical=window.mode.clinical_words)
        window.caption.expect(tuple(map(unbroken, said)), window.choices.text_scale)

    def show_state(self, state: ProcedureState, *, is_playing: bool) -> None:
        """Tells of that instant; a screen reader is told once a step while the film plays, else always."""
        window = self._window
        words = unbroken(told(state.caption, self._language, is_clinical=window.mode.clinical_words))
        if window.caption.text() != words:
            window.caption.setText(words)
        window.side.show_step(window.film.timeline.index_at(state.time_s))
        window.side.show_time(state.time_s, is_still=not is_playing)
        window.aids.show_time()
        if state.step != self._spoken_step or not is_playing:
            self._spoken_step = state.step
            intact, is_clinical = window.film.plan.intact, window.mode.clinical_words
            window.viewport.setAccessibleDescription(spoken(state, intact, self._language, is_clinical=is_clinical))
