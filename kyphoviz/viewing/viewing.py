"""What is shown, where in it, to whom, and what the person at the screen changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from time import perf_counter

from psygnal import Signal

from kyphoviz.choices import ViewChoices
from kyphoviz.film import Film
from kyphoviz.modes import Mode
from kyphoviz.player import Player
from kyphoviz.procedure.state import Camera, ProcedureState
from kyphoviz.procedure.timeline import StepSpan
from kyphoviz.viewing.history import History
from kyphoviz.viewing.stills import still_of


class Viewing:
    """One showing: whoever draws of it or changes it is handed this, so that another film or audience reaches all.

    The state is asked of the film once for each change; it draws nothing and keeps no clock.

    Signals:
        film_changed: another film is shown; `changed` follows, at the same share of the same step.
        mode_changed: another `Mode`; `changed` follows.
        changed: another instant or another view of it.
    """

    film_changed = Signal(Film)
    mode_changed = Signal(Mode)
    changed = Signal()

    def __init__(self, film: Film, mode: Mode, theme: str = "dark", clock: Callable[[], float] = perf_counter) -> None:
        """At the beginning, paused. Args: clock: seconds that only ever grow."""
        self.film, self.player = film, Player(film.timeline)
        self.history = History(clock)
        self.choices = ViewChoices(theme=theme)
        self._take_mode(mode)
        self.state = self._present()
        self.player.changed.connect(self._refresh)

    @property
    def seen(self) -> ProcedureState:
        """The present state with the person's choices in it."""
        return self.choices.seen(self.state)

    @property
    def span(self) -> StepSpan:
        """The step that is shown, and where it lies in the film."""
        timeline = self.player.timeline
        return timeline.spans[timeline.index_at(self.player.time_s)]

    def show_film(self, film: Film) -> None:
        """Another film takes the place of this one, at the same share of the same step; what was chosen stays."""
        self.film = film
        self.film_changed.emit(film)
        self.player.change_film(film.timeline)

    def set_mode(self, mode: Mode) -> None:
        """Shows what that audience needs."""
        self._take_mode(mode)
        self.mode_changed.emit(mode)
        self._refresh()

    def choose(self, choices: ViewChoices, *, is_new: bool = True) -> None:
        """Another view of the film.

        Args:
            is_new: it can be undone.
        """
        if is_new:
            self.history.note(self.choices, choices)
        self.choices = choices
        self._refresh()

    def undo(self) -> None:
        """The view before the last change."""
        self.choose(self.history.undone(self.choices), is_new=False)

    def redo(self) -> None:
        """The view that was undone last."""
        self.choose(self.history.redone(self.choices), is_new=False)

    def take_camera(self, camera: Camera) -> None:
        """The camera in hand wins, until `follow_film`."""
        self.choose(replace(self.choices, camera=camera))

    def follow_film(self) -> None:
        """Gives camera, layers, cut and C-arm back to the film."""
        self.choose(self.choices.following())

    def start_over(self) -> None:
        """The view as it is at first: nothing is left of what a person changed, and nothing can be undone."""
        self.history.forget()
        self.choices = ViewChoices(theme=self.choices.theme, reduced_motion=self.choices.reduced_motion)
        self.set_mode(self.mode)

    def _take_mode(self, mode: Mode) -> None:
        self.mode = mode
        self.player.pauses_at_step_end, self.player.loops = mode.pauses_at_step_end, mode.loops
        self.choices = replace(self.choices, labels=mode.labels, text_scale=mode.text_scale, teaching=mode.teaches)

    def _present(self) -> ProcedureState:
        timeline, player = self.film.timeline, self.player
        if self.choices.reduced_motion:
            return still_of(timeline, player.time_s, is_playing=player.is_playing)
        return timeline.state_at(player.time_s)

    def _refresh(self) -> None:
        self.player.shows_at_once = self.choices.reduced_motion
        self.state = self._present()
        self.changed.emit()
