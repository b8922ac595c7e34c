"""What lies on the picture only when somebody asks for it: the source of a number, and the curves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from kyphoviz.modes import Mode

if TYPE_CHECKING:
    from kyphoviz.ui.cards.curve_card import CurveCard
    from kyphoviz.ui.cards.source_card import SourceCard
    from kyphoviz.ui.window.main_window import MainWindow


class Aids(QObject):
    """Makes each card when it is first wanted, and keeps it up to date while it can be seen."""

    def __init__(self, window: MainWindow, language: str) -> None:
        """Nothing is made yet."""
        super().__init__(window)
        self._window, self._language = window, language
        self.source: SourceCard | None = None
        self.curves: CurveCard | None = None
        for part in (window.viewport, window.side.notes):
            part.gauge_chosen.connect(self.explain)
        window.header.menu.curves_asked.connect(self.toggle_curves)
        for asked in (window.layers.folded, window.header.case_asked):
            asked.connect(self._give_way)
        window.mode_changed.connect(self._follow_mode)

    def explain(self, gauge: str) -> None:
        """Tells what that number means and where it comes from."""
        if self.source is None:
            from kyphoviz.ui.cards.source_card import SourceCard

            self.source = SourceCard(self._window.viewport, self._language)
        self.source.explain(gauge)

    def _give_way(self) -> None:
        """The layers or the case were asked for: it would lie on their lower half."""
        if self.source is not None:
            self.source.hide()

    def toggle_curves(self) -> None:
        """Shows the curves on the picture, or puts them away."""
        window = self._window
        if self.curves is None:
            from kyphoviz.ui.cards.curve_card import CurveCard

            film = window.film
            self.curves = CurveCard(window.viewport, film.timeline, film.plan.intact, self._language)
            self.curves.pane.sought.connect(window.player.seek)
            window.viewport.told_on.append(self.curves)
        self.curves.setVisible(self.curves.isHidden())
        self.curves.pane.speak_clinically(window.mode.clinical_words)
        self.show_time()

    def show_film(self) -> None:
        """The window shows another film."""
        if self.curves is not None:
            self.curves.pane.show_film(self._window.film.timeline, self._window.film.plan.intact)

    def show_time(self) -> None:
        """The film moved."""
        if self.curves is not None and not self.curves.isHidden():
            self.curves.show_time(self._window.player.time_s, is_still=not self._window.player.is_playing)

    def _follow_mode(self, mode: Mode) -> None:
        if self.source is not None and not mode.clinical_words:
            self.source.hide()
        if self.curves is None:
            return
        self.curves.pane.speak_clinically(mode.clinical_words)
        if mode.idle_reset_s is not None:
            self.curves.hide()
