"""Where another case is wished for, made and put into the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from kyphoviz.modes import Mode
from kyphoviz.scenario import ScenarioError
from kyphoviz.scenario.fit import misfits
from kyphoviz.scenario.model import Case
from kyphoviz.ui.start.warm_up import WarmUp

if TYPE_CHECKING:
    from kyphoviz.film import Film
    from kyphoviz.ui.cards.layers_panel import LayersPanel
    from kyphoviz.ui.case.film_maker import FilmMaker
    from kyphoviz.ui.case.panel import CasePanel
    from kyphoviz.ui.case.words import CaseWords
    from kyphoviz.ui.picture.viewport import Viewport
    from kyphoviz.viewing import Viewing


class CaseEditor(QObject):
    """Opens the panel of the case, and changes the film for what is chosen there.

    Nothing is made before the panel is opened for the first time. The film that is shown stays until the new one is
    ready, and stays where the new one is refused.

    Signals:
        opening: the panel is about to be seen, on the 3D picture.
        filled: the panel has its choices, which may be new widgets.
    """

    opening = Signal()
    filled = Signal(QWidget)

    def __init__(
        self,
        viewing: Viewing,
        viewport: Viewport,
        layers: LayersPanel,
        scene: str,
        language: str = "en",
        make: Callable[[Case], Film] | None = None,
    ) -> None:
        """Args: scene: as the command line knows it; make: gives the film of a case, from the scene if left out."""
        super().__init__(viewport)
        self._viewing, self._viewport, self._layers = viewing, viewport, layers
        self._scene, self._language = scene, language
        self._make = make or self._from_scene
        self._written = viewing.film.scenario.case
        self.panel: CasePanel | None = None
        self._maker: FilmMaker | None = None
        self._ahead: WarmUp | None = None
        viewing.mode_changed.connect(self._follow_mode)
        self._follow_mode(viewing.mode)

    def toggle(self, by_keyboard: bool = False) -> None:
        """Opens the panel, or folds it away. Args: by_keyboard: the keyboard asked, so it goes on in the panel."""
        panel = self._opened()
        is_opening = panel.isHidden() and self._viewing.mode.changes_case
        if is_opening:
            self.opening.emit()
            if not self._layers.isHidden():
                self._layers.toggle()
            self._show(self._viewing.film.scenario.case)
        panel.setVisible(is_opening)
        panel.raise_()
        self._make_room()
        if is_opening and by_keyboard:
            next(iter(panel.boxes.values())).setFocus()

    def put_away(self) -> bool:
        """Folds the panel away; whether it was there."""
        was_open = self.panel is not None and self.panel.isVisible()
        if was_open:
            self.toggle()
            self._viewport.setFocus()
        return was_open

    def choose(self, case: Case) -> None:
        """Makes a film of that case, unless its values do not fit each other."""
        panel = self._opened()
        for _, why in misfits(case):
            self._refuse(why)
            return
        assert self._maker is not None
        panel.tell(self._words.text("working"))
        self._maker.ask(case)

    def reset(self) -> None:
        """The case as the scene says."""
        self.choose(self._written)

    @property
    def is_working(self) -> bool:
        """Whether a film is in the making."""
        return self._maker is not None and self._maker.isRunning()

    @property
    def _words(self) -> CaseWords:
        from kyphoviz.ui.case.words import load_case_words

        return load_case_words(self._language, is_clinical=self._viewing.mode.clinical_words)

    def _opened(self) -> CasePanel:
        """The panel, made when it is first wanted."""
        if self.panel is None:
            from kyphoviz.ui.case.film_maker import FilmMaker
            from kyphoviz.ui.case.panel import CasePanel

            self.panel, self._maker = CasePanel(self._viewport), FilmMaker(self._make, self)
            self.panel.chosen.connect(self.choose)
            self.panel.reset_asked.connect(self.reset)
            self.panel.folded.connect(self._make_room)
            self._maker.made.connect(self._take)
            self._maker.refused.connect(self._take_refusal)
            self._layers.folded.connect(self._give_way)
        return self.panel

    def _take(self, case: Case, film: Film) -> None:
        self._viewing.show_film(film)
        self._show(case)
        if self._ahead is not None:
            self._ahead.close()
        self._ahead = WarmUp(film.preparations(), self, lambda: self._viewing.player.is_playing)
        self._ahead.start()

    def _take_refusal(self, case: Case, wrong: Exception) -> None:
        line = wrong.lines[0] if isinstance(wrong, ScenarioError) else str(wrong)
        self._refuse(line.split(": ", 1)[-1] if isinstance(wrong, ScenarioError) else line)

    def _refuse(self, why: str) -> None:
        """Tells why, and shows again what holds."""
        self._show(self._viewing.film.scenario.case)
        self._opened().tell(self._words.reason(why))

    def _show(self, case: Case) -> None:
        panel = self._opened()
        panel.show_case(case, self._words, is_changed=case != self._written)
        self.filled.emit(panel)
        panel.tell("")

    def _from_scene(self, case: Case) -> Film:
        """In a thread: the scene's film of that case, with the shapes of the present instant worked out already."""
        from kyphoviz.film import open_film
        from kyphoviz.scenario import find, load

        film = open_film(load(find(self._scene), self._scene, case), self._viewing.film.site.bones)
        film.timeline.state_at(film.timeline.duration_s)
        film.site.shapes(film.timeline.state_at(self._viewing.player.place_in(film.timeline)))
        return film

    def _give_way(self) -> None:
        """Two cards would hide the picture."""
        if not self._layers.isHidden() and self.panel is not None:
            self.panel.hide()

    def _make_room(self) -> None:
        if self._layers.isHidden() and self.panel is not None:
            self._viewport.overlays.keep_free(*self.panel.covered_px)

    def _follow_mode(self, mode: Mode) -> None:
        """A kiosk shows what the scene says, whatever was chosen before."""
        if not mode.changes_case and self._viewing.film.scenario.case != self._written:
            self.reset()
        if self.panel is None or self.panel.isHidden():
            return
        if mode.changes_case:
            self._show(self._viewing.film.scenario.case)
        else:
            self.panel.hide()
            self._make_room()

    def close(self) -> None:
        """Makes no more films, and tells of none."""
        self._viewing.mode_changed.disconnect(self._follow_mode, missing_ok=True)
        if self._ahead is not None:
            self._ahead.close()
        if self._maker is not None:
            self._maker.close()
