"""The kiosk: a window that plays by itself, can be touched by anybody and left by staff alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from time import monotonic

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from kyphoviz.film import Film
from kyphoviz.player import Player
from kyphoviz.ui.kiosk.controls import VisitorControls
from kyphoviz.ui.kiosk.idle import CornerHold, Idle, IdleWatch, Phase
from kyphoviz.ui.kiosk.input import KioskInput
from kyphoviz.ui.kiosk.memory import Memory
from kyphoviz.ui.kiosk.misses import Misses
from kyphoviz.ui.kiosk.orbit import calm_steps, calm_time, orbit_px, wander
from kyphoviz.ui.kiosk.panels import Panels
from kyphoviz.ui.kiosk.problem_card import ProblemCard
from kyphoviz.ui.kiosk.settings import KioskSettings
from kyphoviz.ui.kiosk.sizes import sizes_for
from kyphoviz.ui.kiosk.watchdog import Watchdog
from kyphoviz.ui.kiosk.words import KioskWords
from kyphoviz.ui.window.main_window import MainWindow

TICK_MS = 250
NOTICE_S = 30.0  # so long after the start staff see what is wrong; then only who holds the corner
STAFF_LEFT, CRASHED = 0, 70  # exit codes: nobody is to start it again, somebody is
CORNER_FINGERS = 1.5


def _wall_clock() -> time:
    """Opening hours are those of the clock on the wall."""
    return datetime.now().time()


@dataclass(frozen=True, slots=True)
class Clocks:
    """What tells the kiosk the time: seconds that only ever grow, and the hour of the day."""

    now: Callable[[], float] = monotonic
    hour: Callable[[], time] = _wall_clock


class Kiosk(QObject):
    """Runs a window as a kiosk: invites, lets the film be used, asks whether somebody is still there, starts over.

    It adds to the window and takes from it; the window itself knows nothing of kiosks. Everything follows from the
    clocks, the touches and one slow timer, so that a test can let a day pass at once.

    Signals:
        left: it is over, with that exit code; the window may close.
    """

    left = Signal(int)

    def __init__(
        self,
        window: MainWindow,
        film: Film,
        player: Player,
        settings: KioskSettings,
        words: KioskWords,
        problems: tuple[str, ...] = (),
        language: str = "en",
        clocks: Clocks | None = None,
        misses: Misses | None = None,
    ) -> None:
        """Begins to rest. Args: problems: what staff should know, a sentence each; misses: at the PIN, before too."""
        super().__init__(window)
        self._window, self._player, self._timeline = window, player, film.timeline
        self._settings, self._words, self._clocks = settings, words, clocks or Clocks()
        self._calm = calm_steps(film.timeline)
        self._watch = IdleWatch(settings.warn_s, settings.reset_s)
        self.idle = Idle(Phase.RESTING, 0, 0)
        self.is_paused = False  # by the visitor
        self.panels = Panels(window, film, settings, words, language, self._clocks.now, misses or Misses(None))
        self.problem_card = ProblemCard(words.settings, problems, window)
        self._controls = VisitorControls(window, self.panels.bar, settings.text_scale)
        self._started_s = self._clocks.now()
        self._memory = Memory(window.parts.viewport, player)
        self._connect()
        self._corner = CornerHold(self._clocks.now, self._corner_px)
        self._input = KioskInput(window, self, self._corner)
        self._watchdog = Watchdog(self._clocks.now, window.parts.viewport.update)
        window.parts.viewport.painted.connect(self._watchdog.painted)
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self.tick)
        self._timer.start()
        self._rest()
        self.tick()

    @property
    def is_asleep(self) -> bool:
        """Whether it is outside opening hours and nobody is at the screen."""
        return self.idle.phase is Phase.RESTING and not self._settings.is_open_at(self._clocks.hour())

    def tick(self) -> None:
        """Lets the time that has passed have its effect."""
        now = self._clocks.now()
        self._follow(self._watch.feed(now, is_watched=self._is_watched))
        if self._corner.was_held():
            self._follow(self._watch.touched(now))
            self.panels.pad.open()
        self.panels.pad.tick()
        self._sleep_or_play(now)
        self._shift(*orbit_px(now))
        self._tell_staff(now)
        self._prove_picture()

    def leave(self, code: int = STAFF_LEFT) -> None:
        """It ends, by staff or for another reason: the window closes as any other.

        Args:
            code: the exit code.
        """
        self._timer.stop()
        self._input.release()
        self._memory.close()
        self.left.emit(code)

    def touched(self) -> bool:
        """Somebody is there; True where that touch only wakes, and must press nothing."""
        if self.is_asleep:
            return True
        only_wakes = self.idle.phase is not Phase.IN_USE
        now = self._clocks.now()
        self._follow(self._watch.touched(now))
        self._tell_staff(now)
        return only_wakes

    def keyed(self, key: Qt.Key) -> None:
        """A key was pressed; outside opening hours it does nothing."""
        if self.idle.phase is not Phase.RESTING:
            self.panels.take_key(key)

    def _corner_px(self) -> int:
        """Side of the corner that staff hold; none while the pad is open."""
        return 0 if self.panels.pad.isVisible() else round(CORNER_FINGERS * sizes_for(self._window).finger_px)

    def _follow(self, idle: Idle) -> None:
        """Shows what has changed since the last look."""
        before, self.idle = self.idle, idle
        is_over = idle.ended != before.ended
        if is_over:
            self._rest()
        if idle.phase is not Phase.RESTING and (is_over or before.phase is Phase.RESTING):
            self._begin()
        if idle.phase is not Phase.WARNED:
            self.panels.still_there.hide()
            return
        self.panels.still_there.show_left(idle.left_s)
        if before.phase is not Phase.WARNED:
            self.panels.still_there.open()

    def _rest(self) -> None:
        """Puts back whatever a visitor changed, and invites the next one."""
        self.panels.put_away()
        self._pause(False)
        self._window.viewing.start_over()
        self._controls.hide()
        self._player.set_speed(1.0)
        self._player.seek(0.0)
        self.panels.invitation.open()
        self._window.setFocus()
        self._memory.give_back()

    def _begin(self) -> None:
        """A visit begins at the start of the film."""
        self.panels.invitation.hide()
        self._controls.show()
        self._player.seek(0.0)
        self._player.play()

    def _sleep_or_play(self, now: float) -> None:
        night = self.panels.night
        if self.is_asleep:
            if not night.isVisible():
                self._player.pause()
                night.open()
            opens = self._settings.opens
            night.show_line(self._words.closed.format(f"{opens:%H:%M}" if opens else ""), wander(now))
            return
        night.hide()
        if not self._player.is_playing and not self.is_paused:
            self._pause(self.idle.phase is not Phase.RESTING)  # a visitor's film has come to its end
        if self.idle.phase is Phase.RESTING:
            calm = calm_time(self._timeline, self._calm, self._player.time_s)
            if calm != self._player.time_s:
                self._player.seek(calm)

    def _shift(self, right_px: int, down_px: int) -> None:
        """Moves all that stands still by a pixel or so; sizes stay, so nothing is drawn anew."""
        most_right, most_down = 6 - right_px, 6 - down_px
        if self._window.contentsMargins().left() != right_px or self._window.contentsMargins().top() != down_px:
            self._window.setContentsMargins(right_px, down_px, most_right, most_down)
            self.problem_card.fit()

    @property
    def _is_watched(self) -> bool:
        """Whether the film plays for a visitor, with nothing on it that was left open."""
        return self._player.is_playing and self.idle.phase is Phase.IN_USE and not self.panels.are_open

    def _tell_staff(self, now: float) -> None:
        """What is wrong: on the invitation for a while after the start, then beside the pad alone."""
        is_new = now - self._started_s < NOTICE_S and self.idle.phase is Phase.RESTING
        self.problem_card.show_beside(self.panels.pad.card if self.panels.pad.isVisible() else None, is_new=is_new)

    def _prove_picture(self) -> None:
        window = self._window
        self._watchdog.tick(is_hidden=window.isVisible() and not window.windowHandle().isExposed())
        if self._watchdog.is_lost:
            self.leave(CRASHED)

    def _pause(self, is_paused: bool) -> None:
        self.is_paused = is_paused
        self.panels.bar.show_paused(is_paused=is_paused)
        (self._player.pause if is_paused else self._player.play)()

    def _turn_pause(self) -> None:
        self._pause(not self.is_paused)

    def _resume(self) -> None:
        """Whoever goes somewhere wants to see what happens there."""
        self._pause(False)

    def _list_chapters(self) -> None:
        self.panels.chapters.open_at(self._timeline.index_at(self._player.time_s))

    def _connect(self) -> None:
        bar = self.panels.bar
        for asked in (bar.back_asked, bar.onward_asked, self.panels.chapters.chosen):
            asked.connect(self._resume)
        bar.back_asked.connect(self._player.previous_step)
        bar.onward_asked.connect(self._player.next_step)
        bar.chapters_asked.connect(self._list_chapters)
        bar.pause_asked.connect(self._turn_pause)
        bar.resize_asked.connect(self._controls.resize_text)
        self.panels.chapters.chosen.connect(self._player.go_to_step)
        self.panels.pad.opened.connect(self.leave)
