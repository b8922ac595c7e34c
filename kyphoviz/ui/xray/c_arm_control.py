"""Who turns the C-arm by hand: bar, drags and keys in; choices out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kyphoviz.choices import CArmTurn, ViewChoices
from kyphoviz.overlay.c_arm_words import feedback
from kyphoviz.ui.xray.fluoro_panel import FluoroPanel
from kyphoviz.ui.xray.pane import XrayPane

if TYPE_CHECKING:
    from kyphoviz.ui.xray.c_arm_bar import CArmBar

MOST_DEG = 45.0  # farther round or over, the patient and the table would be in the way
# Where exercises begin, one after the other: clearly off, differently each time, and the same for every student.
EXERCISES = ((14.0, -9.0), (-11.0, 12.0), (18.0, 7.0), (-16.0, -13.0))


class CArmControl(QObject):
    """Keeps which view the hand turns; how far it turned is the window's, among its choices.

    Signals:
        chosen: the view with the C-arm turned, or given back to the film.
    """

    chosen = Signal(object)

    def __init__(self, panel: FluoroPanel, choices: Callable[[], ViewChoices], language: str = "en") -> None:
        """Args: choices: the present ones."""
        super().__init__(panel)
        self._panel, self._choices, self._language = panel, choices, language
        self._view, self._exercise = "ap", 0
        self._bar: CArmBar | None = None
        for pane in panel.panes:
            self.listen(pane)
        panel.taken.connect(self.show_present)

    def listen(self, pane: XrayPane) -> None:
        """Turns a pane's view as the hand on it says."""
        pane.c_arm_hand.turned.connect(self._turn_ap if pane.view == "ap" else self._turn_lateral)

    @property
    def bar(self) -> CArmBar | None:
        """Its controls, once they were asked for."""
        return self._bar

    def toggle(self) -> None:
        """Shows the controls, or folds them away and follows the film again."""
        if self._bar is None:
            self._bar = self._new_bar()
        elif not self._bar.isHidden():
            self.close()
            return
        self._bar.show()
        self.turn(0.0, 0.0)

    def close(self) -> None:
        """Folds the controls away; the C-arm is the film's again."""
        if self._bar is not None:
            self._bar.hide()
        if self._choices().c_arm:
            self.reset()

    def turn(self, orbital_deg: float, angular_deg: float) -> None:
        """Turns the chosen view that many degrees on."""
        was = self._choices().turn_of(self._view) or CArmTurn(self._view)
        self._set(was.orbital_deg + orbital_deg, was.angular_deg + angular_deg)

    def begin_exercise(self) -> None:
        """Sets the C-arm of the chosen view wrong."""
        self._set(*EXERCISES[self._exercise % len(EXERCISES)])
        self._exercise += 1

    def reset(self) -> None:
        """The C-arm as in the film."""
        self.chosen.emit(replace(self._choices(), c_arm=()))
        self.show_present()

    def show_present(self) -> None:
        """Says on the bar how the C-arm stands."""
        if self._bar is None or self._bar.isHidden():
            return
        turn = self._choices().turn_of(self._view) or CArmTurn(self._view)
        pane = next(pane for pane in self._panel.panes if pane.view == self._view)
        told = feedback(pane.alignment, self._language) if pane.alignment is not None else ""
        self._bar.show_turn(turn, told)

    def _set(self, orbital_deg: float, angular_deg: float) -> None:
        orbital, angular = (min(max(value, -MOST_DEG), MOST_DEG) for value in (orbital_deg, angular_deg))
        self.chosen.emit(self._choices().with_turn(CArmTurn(self._view, orbital, angular)))
        self.show_present()

    def _turn_ap(self, orbital_deg: float, angular_deg: float) -> None:
        self._view = "ap"
        self.turn(orbital_deg, angular_deg)

    def _turn_lateral(self, orbital_deg: float, angular_deg: float) -> None:
        self._view = "lateral"
        self.turn(orbital_deg, angular_deg)

    def _choose_view(self, view: str) -> None:
        self._view = view
        self.turn(0.0, 0.0)

    def _new_bar(self) -> CArmBar:
        from kyphoviz.ui.xray.c_arm_bar import CArmBar

        bar = CArmBar(self._panel)
        self._panel.add_below(bar)
        bar.view_chosen.connect(self._choose_view)
        bar.turned.connect(self.turn)
        bar.exercise_asked.connect(self.begin_exercise)
        bar.reset_asked.connect(self.reset)
        return bar
