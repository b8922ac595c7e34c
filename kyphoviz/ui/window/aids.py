"""What lies on the picture only when somebody asks for it: the source of a number, and the curves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from kyphoviz.film import Film
from kyphoviz.modes import Mode
from kyphoviz.ui.window.parts import Parts
from kyphoviz.viewing import Viewing

if TYPE_CHECKING:
    from kyphoviz.ui.cards.curve_card import CurveCard
    from kyphoviz.ui.cards.source_card import SourceCard


class Aids(QObject):
    """Makes each card when it is first wanted, and keeps it up to date while it can be seen."""

    def __init__(self, viewing: Viewing, parts: Parts, language: str, parent: QObject) -> None:
        """Nothing is made yet."""
        super().__init__(parent)
        self._viewing, self._parts, self._language = viewing, parts, language
        self.source: SourceCard | None = None
        self.curves: CurveCard | None = None
        for part in (parts.viewport, parts.steps.notes):
            part.gauge_chosen.connect(self.explain)
        for asked in (parts.layers.folded, parts.header.case_asked):
            asked.connect(self._give_way)

    def explain(self, gauge: str) -> None:
        """Tells what that number means and where it comes from."""
        if self.source is None:
            from kyphoviz.ui.cards.source_card import SourceCard

            self.source = SourceCard(self._parts.viewport, self._language)
        self.source.explain(gauge)

    def put_away(self) -> bool:
        """Closes the card that lies on top; whether there was one."""
        if self.source is not None and self.source.isVisible():
            self.source.close_card()
            return True
        if self.curves is not None and self.curves.isVisible():
            self.curves.hide()
            return True
        return False

    def _give_way(self) -> None:
        """The layers or the case were asked for: it would lie on their lower half."""
        if self.source is not None:
            self.source.hide()

    def toggle_curves(self) -> None:
        """Shows the curves on the picture, or puts them away."""
        viewing, viewport = self._viewing, self._parts.viewport
        if self.curves is None:
            from kyphoviz.ui.cards.curve_card import CurveCard

            film = viewing.film
            self.curves = CurveCard(viewport, film.timeline, film.plan.intact, self._language)
            self.curves.pane.sought.connect(viewing.player.seek)
            viewport.told_on.append(self.curves)
        self.curves.setVisible(self.curves.isHidden())
        self.curves.pane.speak_clinically(viewing.mode.clinical_words)
        self.show_time()

    def show_film(self, film: Film) -> None:
        """Another film is shown."""
        if self.curves is not None:
            self.curves.pane.show_film(film.timeline, film.plan.intact)

    def show_time(self) -> None:
        """The film moved."""
        if self.curves is not None and not self.curves.isHidden():
            self.curves.show_time(self._viewing.player.time_s, is_still=not self._viewing.player.is_playing)

    def serve(self, mode: Mode) -> None:
        """Another audience: no card is left that is not for it."""
        if self.source is not None and not mode.clinical_words:
            self.source.hide()
        if self.curves is None:
            return
        self.curves.pane.speak_clinically(mode.clinical_words)
        if mode.is_unattended:
            self.curves.hide()
