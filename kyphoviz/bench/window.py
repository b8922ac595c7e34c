"""The real window, played, scrubbed and left alone while others count what is drawn for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from random import Random
from statistics import median
from time import perf_counter, process_time

import numpy as np
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from kyphoviz.bench.counted import CountedFluoroscope, CountedScene
from kyphoviz.bench.parts import percentile_95
from kyphoviz.film import Film
from kyphoviz.fluoroscopy.fluoroscope import Fluoroscope
from kyphoviz.modes import STUDENT
from kyphoviz.player import Player
from kyphoviz.procedure.state import Camera
from kyphoviz.scene.view import SceneView
from kyphoviz.ui.look.theme import apply_theme, theme_named
from kyphoviz.ui.window.arrangement import OPENING, QWIDGETSIZE_MAX
from kyphoviz.ui.window.main_window import MainWindow
from kyphoviz.viewing import Viewing

PICTURE = (1280, 720)
LEAST = (120, 90)
BUSY_S = 0.5  # pulses that lie farther apart belong to different stretches


@dataclass(frozen=True, slots=True)
class Playback:
    """One run through the whole film: frames a second (median), share by which the clock was off, pulses of a view."""

    frames_per_s: float
    clock_error: float
    pulses_per_s: float | None


class MeasuredWindow:
    """The window on the display there is, its 3D pane 1280 x 720 pixels large."""

    def __init__(self, film: Film, app: QApplication) -> None:
        """Opens and shows it, and waits for its first picture."""
        self._app, self._film = app, film
        theme = theme_named("dark")
        apply_theme(app, theme)
        self.scene, self.fluoroscope = CountedScene(SceneView(film.site, PICTURE)), CountedFluoroscope(Fluoroscope())
        mode = replace(STUDENT, pauses_at_step_end=False, labels=False)
        viewing = Viewing(film, mode, theme.name)
        self.player = viewing.player
        self.window = MainWindow(viewing, self.scene, self.fluoroscope, theme)
        ratio = self.window.devicePixelRatioF()
        self.window.parts.viewport.setFixedSize(round(PICTURE[0] / ratio), round(PICTURE[1] / ratio))
        self.window.show()
        self.run_for(1.0)

    @property
    def picture_size(self) -> tuple[int, int]:
        """Of the 3D picture, in device pixels."""
        size = self.window.parts.viewport.rendering.size
        return size.width(), size.height()

    def play_through(self, *, with_xray: bool, speed: float, start_s: float, end_s: float) -> Playback:
        """Plays a stretch of the film.

        Args:
            with_xray: whether the X-ray panes are there; then frames count only while both pulse.
            speed: film seconds a second.
        """
        self.show_xray(with_xray)
        self.forget()
        self.player.seek(start_s)
        self.player.set_speed(speed)
        start = perf_counter()
        self.player.play()
        self._run_until(end_s, 2.0 * (end_s - start_s) / speed)
        expected_s = speed * (perf_counter() - start)
        error = abs(self.player.time_s - start_s - expected_s) / expected_s
        self.player.pause()
        if not with_xray:
            return Playback(_rate(self.scene.drawn_s), error, None)
        pulses = self.fluoroscope.pulses_s
        busy = [t for t in self.scene.drawn_s if all(_is_among(t, times) for times in pulses.values())]
        return Playback(_rate(busy), error, min(_rate(times) for times in pulses.values()))

    def show_xray(self, shows_xray: bool) -> None:
        """With the X-ray panes, or without."""
        self.window.viewing.set_mode(replace(self.window.viewing.mode, shows_xray=shows_xray))
        self.run_for(0.3)

    def frame_ms(self, times_s: Sequence[float], cameras: Sequence[Camera]) -> float:
        """Median milliseconds of a frame of ours: state, shapes, picture and overlays, until it is painted.

        Args:
            cameras: one for each time, in hand, so that every frame has to be drawn.
        """
        found = []
        for time_s, camera in zip(times_s, cameras, strict=True):
            self.forget()
            start = perf_counter()
            self.player.seek(time_s)
            self.window.viewing.take_camera(camera)
            self.window.parts.viewport.repaint()
            if self.scene.drawn_s:
                found.append(perf_counter() - start)
        self.window.viewing.follow_film()
        return 1e3 * median(found)

    def scrub_p95_ms(self, seeks: int) -> float:
        """From a seek to the new picture drawn, in random order, as the event loop brings it about."""
        random, found = Random(2), []
        for _ in range(seeks):
            self.forget()
            start = perf_counter()
            self.player.seek(random.uniform(0.0, self._film.timeline.duration_s))
            while not (self.scene.drawn_s or self.scene.changed[-1:] == [False]) and perf_counter() - start < 1.0:
                self._app.processEvents()
            if self.scene.drawn_s:
                found.append(self.scene.drawn_s[0] - start)
            self._app.processEvents()
        return 1e3 * percentile_95(found)

    def idle_cpu_pct(self, seconds: float = 4.0) -> float:
        """Share of a core that the paused window uses."""
        self.player.pause()
        self.run_for(1.5)
        start, used = perf_counter(), process_time()
        self.run_for(seconds)
        return 100.0 * (process_time() - used) / (perf_counter() - start)

    def free_size(self) -> None:
        """Gives the picture the room that the window leaves it, as on a screen."""
        self.window.parts.viewport.setMinimumSize(*LEAST)
        self.window.parts.viewport.setMaximumSize(QWIDGETSIZE_MAX, QWIDGETSIZE_MAX)
        self.window.resize(*OPENING)

    def close(self) -> None:
        """Closes the window, and with it all that draws."""
        self.window.close()

    def forget(self) -> None:
        """Counts anew."""
        self.scene.drawn_s.clear()
        self.scene.changed.clear()
        for times in self.fluoroscope.pulses_s.values():
            times.clear()

    def run_for(self, seconds: float) -> None:
        """Lets the window live for so long."""
        loop = QEventLoop()
        QTimer.singleShot(round(1000 * seconds), loop.quit)
        loop.exec()

    def _run_until(self, end_s: float, at_most_s: float) -> None:
        loop = QEventLoop()
        stop = _stop_at(self.player, end_s, loop)
        self.player.changed.connect(stop)
        QTimer.singleShot(round(1000 * at_most_s), loop.quit)
        loop.exec()
        self.player.changed.disconnect(stop)


def _stop_at(player: Player, end_s: float, loop: QEventLoop) -> Callable[[], None]:
    def stop() -> None:
        if not player.is_playing or player.time_s >= end_s:
            loop.quit()

    return stop


def _rate(times_s: Sequence[float]) -> float:
    """One over the median distance of two in a row; 0 where there are too few."""
    gaps = [b - a for a, b in pairwise(times_s)]
    return 1.0 / median(gaps) if gaps else 0.0


def _is_among(time_s: float, times_s: Sequence[float]) -> bool:
    """Whether events lie close around that time on both sides."""
    k = int(np.searchsorted(times_s, time_s))
    return 0 < k < len(times_s) and times_s[k] - times_s[k - 1] < BUSY_S
