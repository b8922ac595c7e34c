"""Who turns the C-arm by hand: bar, drags and keys in; the viewing's choices out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from kyphoviz.choices import CArmTurn
from kyphoviz.modes import Mode
from kyphoviz.procedure.state import XrayView
from kyphoviz.ui.xray.fluoro_panel import FluoroPanel
from kyphoviz.ui.xray.pane import XrayPane
from kyphoviz.viewing import Viewing

if TYPE_CHECKING:
    from kyphoviz.ui.xray.c_arm_bar import CArmBar

MOST_DEG = 45.0  # farther round or over, the patient and the table would be in the way
# Where exercises begin, one after the other: clearly off, differently each time, and the same for every student.
EXERCISES = ((14.0, -9.0), (-11.0, 12.0), (18.0, 7.0), (-16.0, -13.0))


class CArmControl(QObject):
    """Keeps which view the hand turns; how far it turned is kept by the viewing, among its choices."""

    def __init__(self, viewing: Viewing, panel: FluoroPanel) -> None:
        """Turns the AP view first."""
        super().__init__(panel)
        self._viewing, self._panel = viewing, panel
        self._view: str = XrayView.AP
        self._exercise = 0
        self._bar: CArmBar | None = None
        for pane in panel.panes:
            self.listen(pane)
        panel.taken.connect(self.show_present)
        viewing.mode_changed.connect(self._follow_mode)

    def listen(self, pane: XrayPane) -> None:
        """Turns a pane's view as the hand on it says."""
        pane.c_arm_drag.turned.connect(self._turn_ap if pane.view == XrayView.AP else self._turn_lateral)

    @property
    def bar(self) -> CArmBar | None:
        """Its controls, once they were asked for."""
        return self._bar

    def toggle(self) -> None:
        """Shows the controls, or folds them away and follows the film again; only for who learns."""
        if not (self._viewing.mode.teaches and self._viewing.mode.shows_xray):
            return
        if self._bar is None:
            self._bar = self._new_bar()
        elif not self._bar.isHidden():
            self.fold()
            return
        self._bar.show()
        self.turn(0.0, 0.0)

    def fold(self) -> None:
        """Folds the controls away; the C-arm is the film's again."""
        if self._bar is not None:
            self._bar.hide()
        if self._viewing.choices.c_arm:
            self.reset()

    def put_away(self) -> bool:
        """Folds the controls away; whether they were there."""
        was_open = self._bar is not None and not self._bar.isHidden()
        if was_open:
            self.fold()
        return was_open

    def close(self) -> None:
        """Listens no more."""
        self._viewing.mode_changed.disconnect(self._follow_mode, missing_ok=True)

    def turn(self, orbital_deg: float, angular_deg: float) -> None:
        """Turns the chosen view that many degrees on."""
        was = self._viewing.choices.turn_of(self._view) or CArmTurn(self._view)
        self._set(was.orbital_deg + orbital_deg, was.angular_deg + angular_deg)

    def begin_exercise(self) -> None:
        """Sets the C-arm of the chosen view wrong."""
        self._set(*EXERCISES[self._exercise % len(EXERCISES)])
        self._exercise += 1

    def reset(self) -> None:
        """The C-arm as in the film."""
        self._viewing.choose(replace(self._viewing.choices, c_arm=()))
        self.show_present()

    def show_present(self) -> None:
        """Says on the bar how the C-arm stands."""
        if self._bar is None or self._bar.isHidden():
            return
        turn = self._viewing.choices.turn_of(self._view) or CArmTurn(self._view)
        pane = next(pane for pane in self._panel.panes if pane.view == self._view)
        told = self._panel.words.feedback(pane.alignment) if pane.alignment is not None else ""
        self._bar.show_turn(turn, told)

    def _set(self, orbital_deg: float, angular_deg: float) -> None:
        orbital, angular = (min(max(value, -MOST_DEG), MOST_DEG) for value in (orbital_deg, angular_deg))
        self._viewing.choose(self._viewing.choices.with_turn(CArmTurn(self._view, orbital, angular)))
        self.show_present()

    def _follow_mode(self, mode: Mode) -> None:
        """The C-arm is not for everybody's hands."""
        if not mode.teaches:
            self.fold()

    def _turn_ap(self, orbital_deg: float, angular_deg: float) -> None:
        self._view = XrayView.AP
        self.turn(orbital_deg, angular_deg)

    def _turn_lateral(self, orbital_deg: float, angular_deg: float) -> None:
        self._view = XrayView.LATERAL
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
