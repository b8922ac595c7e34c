"""Hands what is seen to every part of the window, in pictures and in words, once for each change."""

from __future__ import annotations

from PySide6.QtCore import QObject

from kyphoviz.film import Film
from kyphoviz.modes import Mode
from kyphoviz.procedure.state import ProcedureState
from kyphoviz.ui.film.caption_band import unbroken
from kyphoviz.ui.film.film_words import all_told, chapters, spoken, titles, told
from kyphoviz.ui.window.parts import Parts
from kyphoviz.viewing import Viewing


class Telling(QObject):
    """Tells the parts of one window of one showing, in one language."""

    def __init__(self, viewing: Viewing, parts: Parts, language: str, parent: QObject) -> None:
        """Nothing is told yet."""
        super().__init__(parent)
        self._viewing, self._parts, self._language = viewing, parts, language
        self._spoken_step = ""

    def show_film(self, film: Film) -> None:
        """Another film: each part forgets the last one; what is seen of it follows."""
        parts = self._parts
        parts.steps.show_film(film)
        parts.viewport.show_film(film)
        parts.xrays.show_film(film)
        language = self._language
        parts.bar.show_film(film.timeline, titles(film.timeline, language), chapters(film, language))
        self._expect()

    def serve(self, mode: Mode) -> None:
        """Another audience: its words, and their size."""
        self._parts.viewport.overlays.speak_clinically(mode.clinical_words)
        self._parts.bar.speak_up(mode.text_scale)
        self._expect()

    def show_now(self) -> None:
        """Hands the state of this instant to every part."""
        parts, viewing = self._parts, self._viewing
        state, choices, mode = viewing.state, viewing.choices, viewing.mode
        parts.viewport.show_state(state, choices)
        self.show_layers()
        if mode.shows_xray:
            parts.xrays.teach(has_marks=choices.teaching, is_student=mode.teaches)
            parts.xrays.show_state(state, choices)
        self._say(state)
        parts.follow.setVisible(not choices.follows)
        parts.bar.show_time(viewing.player.time_s)
        parts.transport.show_player(state.clinical_min)

    def show_layers(self) -> None:
        """Hands what is seen of each layer to their panel, and whether that is open to its button."""
        parts, choices = self._parts, self._viewing.choices
        parts.layers.show_view(self._viewing.seen, choices)
        parts.transport.show_view(has_labels=choices.labels, has_layers=not parts.layers.isHidden())

    def _expect(self) -> None:
        """The caption makes ready for all that may come."""
        viewing = self._viewing
        said = all_told(viewing.film.timeline, self._language, is_clinical=viewing.mode.clinical_words)
        self._parts.caption.expect(tuple(map(unbroken, said)), viewing.choices.text_scale)

    def _say(self, state: ProcedureState) -> None:
        """A screen reader is told once a step while the film plays, else always."""
        parts, film, is_clinical = self._parts, self._viewing.film, self._viewing.mode.clinical_words
        is_playing = self._viewing.player.is_playing
        words = unbroken(told(state.caption, self._language, is_clinical=is_clinical))
        if parts.caption.text() != words:
            parts.caption.setText(words)
        parts.steps.show_step(film.timeline.index_at(state.time_s))
        parts.steps.show_time(state.time_s, is_still=not is_playing)
        if state.step != self._spoken_step or not is_playing:
            self._spoken_step = state.step
            description = spoken(state, film.plan.intact, self._language, is_clinical=is_clinical)
            parts.viewport.setAccessibleDescription(description)
