"""The two X-ray views, taken in pulses."""

from __future__ import annotations

from collections.abc import Hashable

from PySide6.QtCore import QElapsedTimer, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from kyphoviz.choices import ViewChoices
from kyphoviz.film import Film
from kyphoviz.overlay import xray_marks
from kyphoviz.procedure.beam_log import BeamLog, seen_by_xray
from kyphoviz.procedure.state import ProcedureState
from kyphoviz.ui.film.film_words import titles
from kyphoviz.ui.picture.collaborators import XRaying
from kyphoviz.ui.xray.pane import XrayPane

VIEWS = ("ap", "lateral")
PULSE_MS = 66  # one view at a time: 7.5 pulses a second for each of two, the common low rate
BETWEEN_PX = 6
AFTER_PICTURE_MS = 12  # the 3D picture of a new instant is painted before its X-rays are taken
FRAMES_PER_S = 15.0  # the noise of a pulse follows the film's time, so that it is the same whenever it is taken


class FluoroPanel(QWidget):
    """AP above lateral, kept up to date by one pulse at a time.

    A pulse is taken when the beam is on and what it would show has moved, else the last picture stays. The timer runs
    only while a picture is out of date. Where a hand has turned the C-arm, each turn takes a shot of the present.

    Signals:
        taken: a pane shows another picture, or none.
    """

    taken = Signal()

    def __init__(self, film: Film, fluoroscope: XRaying, parent: QWidget | None = None, language: str = "en") -> None:
        """Shows two dark screens."""
        super().__init__(parent)
        self._film, self._fluoroscope = film, fluoroscope
        self._log = BeamLog(film.timeline)
        self._wanted: dict[str, ProcedureState] = {}
        self._choices = ViewChoices()
        self._mirrors: tuple[XrayPane, ...] = ()
        self.panes = tuple(XrayPane(view, self) for view in VIEWS)
        self._waiting = list(self.panes)  # the one whose turn is next comes first
        self._clock, self._due_ms = QElapsedTimer(), 0
        self._clock.start()
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.pulse)
        self._column, self._screens = QVBoxLayout(self), QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._screens, 1)
        for row in (self._column, self._screens):
            row.setSpacing(BETWEEN_PX)
        for pane in self.panes:
            self._screens.addWidget(pane, 1)
        self._language = language
        self._tell_what_comes()

    def show_film(self, film: Film) -> None:
        """Another film: what was pictured of the last one shows it no more."""
        self._film, self._log = film, BeamLog(film.timeline)
        self._fluoroscope.forget()
        for pane in self.panes:
            pane.pictured = None
        self._tell_what_comes()

    def _tell_what_comes(self) -> None:
        marks, names = self._film.timeline.marks, titles(self._film.timeline, self._language)
        for pane in self.panes:
            first = next((k for k, mark in enumerate(marks) if pane.view in mark.step.scenery.xray), None)
            pane.coming = xray_marks.BLANK if first is None else f"X-rays begin at step {first + 1}:\n{names[first]}"

    @property
    def is_pulsing(self) -> bool:
        """Whether a picture is out of date and will be taken."""
        return self._timer.isActive()

    def show_state(self, state: ProcedureState, choices: ViewChoices | None = None) -> None:
        """Notes what each view is to show; pictures follow in pulses.

        Args:
            choices: how the hand has turned the C-arm; a view that it turned shows the present instant.
        """
        self._choices = choices or self._choices
        for pane in self.panes:
            shown = state if self._choices.turn_of(pane.view) else self._log.shown(pane.view, state)
            if shown is None:
                self._wanted.pop(pane.view, None)
                if pane.pictured is not None:
                    for each in self._all(pane):
                        each.clear()
                    self.taken.emit()
            else:
                self._wanted[pane.view] = shown
            for each in self._all(pane):
                each.show_status(_status(pane.view, state, shown))
                each.show_count(self._log.counted(pane.view, state.time_s).words)
        self._schedule(AFTER_PICTURE_MS)

    def shown_state(self, view: str) -> ProcedureState | None:
        """The instant that a view's picture tells of, or will with the next pulse; None where it is dark."""
        return self._wanted.get(view)

    def pulse(self) -> None:
        """Takes the picture whose turn it is; the next is due one period after this one was, however late it came."""
        self._due_ms = max(self._due_ms, self._clock.elapsed() - PULSE_MS) + PULSE_MS
        stale = self._stale()
        if stale and self._is_watched:
            self._take(stale[0])
        self._schedule(max(0, self._due_ms - self._clock.elapsed()))

    def exchange(self, leaving: QWidget, coming: QWidget) -> None:
        """Puts another widget in the place of one of its own, which is free then."""
        place = self._screens.indexOf(leaving)
        self._screens.removeWidget(leaving)
        self._screens.insertWidget(place, coming, 1)

    def turn(self, is_upright: bool) -> None:
        """In an upright window the screens stand side by side."""
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._screens.setDirection(across if is_upright else down)

    def add_below(self, widget: QWidget) -> None:
        """Another widget below the pictures, no higher than it needs to be."""
        self._column.addWidget(widget)

    def teach(self, *, has_marks: bool, is_student: bool) -> None:
        """Whether a teacher's marks lie on the pictures, and whether verdicts and counts are for the one who looks."""
        for pane in (*self.panes, *self._mirrors):
            pane.teach(has_marks=has_marks, is_student=is_student)

    def invert(self) -> None:
        """Dense is white on both screens, or dark again."""
        for pane in (*self.panes, *self._mirrors):
            pane.invert()

    def mirror(self, panes: tuple[XrayPane, ...]) -> None:
        """Shows the same pictures on other screens too; an empty tuple ends it."""
        self._mirrors = panes
        for pane in self.panes:
            for each in self._all(pane)[1:]:
                each.copy(pane)
        self._schedule(0)

    @property
    def _is_watched(self) -> bool:
        return self.isVisible() or any(pane.isVisible() for pane in self._mirrors)

    def _all(self, pane: XrayPane) -> tuple[XrayPane, ...]:
        return (pane, *(mirror for mirror in self._mirrors if mirror.view == pane.view))

    def close_beam(self) -> None:
        """Takes no more pictures."""
        self._timer.stop()
        self._wanted.clear()

    def _take(self, pane: XrayPane) -> None:
        state, site = self._wanted[pane.view], self._film.site
        turn = self._choices.turn_of(pane.view)
        frame, projection = round(state.time_s * FRAMES_PER_S), site.projection(pane.view, turn)
        picture = self._fluoroscope.image(site.shapes(state), projection, frame)
        marks, alignment = site.teaching.marks(projection, state), site.alignment(projection) if turn else None
        for each in self._all(pane):
            each.show_picture(picture, marks, projection, alignment)
        pane.pictured = self._seen(pane.view)
        self.taken.emit()
        self._waiting.remove(pane)
        self._waiting.append(pane)

    def _stale(self) -> list[XrayPane]:
        return [p for p in self._waiting if p.view in self._wanted and p.pictured != self._seen(p.view)]

    def _seen(self, view: str) -> Hashable:
        return seen_by_xray(self._wanted[view]), self._choices.turn_of(view)

    def _schedule(self, delay_ms: int) -> None:
        if self._is_watched and not self._timer.isActive() and self._stale():
            self._timer.start(delay_ms)

    def showEvent(self, event: QShowEvent) -> None:
        """Catches up with what happened while it was hidden."""
        super().showEvent(event)
        self._schedule(0)


def _status(view: str, state: ProcedureState, shown: ProcedureState | None) -> str:
    if view in state.xray:
        return xray_marks.BEAM_ON
    return xray_marks.IMAGE_HELD if shown is not None else ""
