"""The two X-ray views, taken in pulses."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from kyphoviz.choices import ViewChoices
from kyphoviz.film import Film
from kyphoviz.overlay import xray_marks
from kyphoviz.overlay.xray_words import load_xray_words
from kyphoviz.procedure.beam_log import PULSES_PER_S, BeamLog
from kyphoviz.procedure.state import ProcedureState, XrayView
from kyphoviz.ui.film.film_words import titles
from kyphoviz.ui.picture.collaborators import XRaying
from kyphoviz.ui.xray.pane import XrayPane
from kyphoviz.viewing.pulses import Exposure, Pulses

BETWEEN_PX = 6
AFTER_PICTURE_MS = 12  # the 3D picture of a new instant is painted before its X-rays are taken
# The noise of a pulse follows the film's time, so that it is the same whenever it is taken.
FRAMES_PER_S = PULSES_PER_S * len(XrayView)


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
        self._pulses, self.words = Pulses(), load_xray_words(language)
        self._mirrors: tuple[XrayPane, ...] = ()
        self.panes = tuple(XrayPane(view, self.words, self) for view in XrayView)
        self._clock = QElapsedTimer()
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
        self._pulses.forget()
        self._tell_what_comes()

    def _tell_what_comes(self) -> None:
        spans, names = self._film.timeline.spans, titles(self._film.timeline, self._language)
        for pane in self.panes:
            first = next((k for k, span in enumerate(spans) if pane.view in span.step.scenery.xray), None)
            pane.coming = xray_marks.BLANK if first is None else f"X-rays begin at step {first + 1}:\n{names[first]}"

    @property
    def is_pulsing(self) -> bool:
        """Whether a picture is out of date and will be taken."""
        return self._timer.isActive()

    def show_state(self, state: ProcedureState, choices: ViewChoices) -> None:
        """Notes what each view is to show; pictures follow in pulses.

        Args:
            choices: how the hand has turned the C-arm; a view that it turned shows the present instant.
        """
        for pane in self.panes:
            turn = choices.turn_of(pane.view)
            shown = state if turn else self._log.shown(pane.view, state)
            self._pulses.want(pane.view, None if shown is None else Exposure(shown, turn))
            if shown is None and pane.projection is not None:
                for each in self._showing(pane.view):
                    each.clear()
                self.taken.emit()
            for each in self._showing(pane.view):
                each.show_status(_status(pane.view, state, shown))
                each.show_count(self._log.counted(pane.view, state.time_s))
        self._schedule(AFTER_PICTURE_MS)

    def shown_state(self, view: str) -> ProcedureState | None:
        """The instant that a view's picture tells of, or will with the next pulse; None where it is dark."""
        exposure = self._pulses.wanted(view)
        return exposure.state if exposure else None

    def pulse(self) -> None:
        """Takes the picture whose turn it is, and waits for the next."""
        self._pulses.begin(self._clock.elapsed())
        if self._is_watched and self._pulses.stale is not None:
            self._take(*self._pulses.stale)
        self._schedule(self._pulses.wait_ms(self._clock.elapsed()))

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
            for each in self._showing(pane.view)[1:]:
                each.copy(pane)
        self._schedule(0)

    @property
    def _is_watched(self) -> bool:
        return self.isVisible() or any(pane.isVisible() for pane in self._mirrors)

    def _showing(self, view: str) -> tuple[XrayPane, ...]:
        """All screens of that view; its own comes first."""
        return tuple(pane for pane in (*self.panes, *self._mirrors) if pane.view == view)

    def close_beam(self) -> None:
        """Takes no more pictures."""
        self._timer.stop()
        self._pulses.stop()

    def _take(self, view: str, exposure: Exposure) -> None:
        site, state, turn = self._film.site, exposure.state, exposure.turn
        frame, projection = round(state.time_s * FRAMES_PER_S), site.projection(view, turn)
        picture = self._fluoroscope.image(site.shapes(state), projection, frame)
        marks, alignment = site.teaching.marks(projection, state), site.alignment(projection) if turn else None
        for pane in self._showing(view):
            pane.show_picture(picture, marks, projection, alignment)
        self._pulses.taken(view, exposure)
        self.taken.emit()

    def _schedule(self, delay_ms: int) -> None:
        if self._is_watched and not self._timer.isActive() and self._pulses.stale is not None:
            self._timer.start(delay_ms)

    def showEvent(self, event: QShowEvent) -> None:
        """Catches up with what happened while it was hidden."""
        super().showEvent(event)
        self._schedule(0)


def _status(view: str, state: ProcedureState, shown: ProcedureState | None) -> str:
    if view in state.xray:
        return xray_marks.BEAM_ON
    return xray_marks.IMAGE_HELD if shown is not None else ""
