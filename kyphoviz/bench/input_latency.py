"""How soon the window answers a hand: a drag over the picture, and another audience."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import accumulate, permutations
from math import cos, sin
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from PySide6.QtCore import QEvent, QEventLoop, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from kyphoviz.bench.parts import percentile_95
from kyphoviz.bench.window import MeasuredWindow
from kyphoviz.modes import MODES
from kyphoviz.ui.saving.movie_child import MovieChild
from kyphoviz.ui.saving.tasks import Tasks

MOVE_S = 1.0 / 60.0  # between two moves of a common mouse
MOVES, REST_EVERY, REST_S = 60, 15, 0.3  # at each moment; a hand that rests lets the picture be refined
MOMENTS = 6  # spread over the film
REACH = 0.2  # of the picture's height, either way
PATIENCE_MS = 60_000  # for the movie's first frames
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton


def drag_p95_ms(window: MeasuredWindow, app: QApplication) -> float:
    """From a mouse move to the picture that follows it, 95th percentile over moments spread over the paused film.

    A move counts from when it was due, whatever the window was doing then; moves that have piled up are handed over
    together, as the display server does.
    """
    found: list[float] = []
    duration_s = window.player.timeline.duration_s
    window.player.pause()
    for k in range(MOMENTS):
        window.player.seek(duration_s * (k + 0.5) / MOMENTS)
        window.run_for(0.6)
        found.extend(_drag(window, app))
        window.window.viewing.follow_film()
    return 1e3 * percentile_95(found)


def _drag(window: MeasuredWindow, app: QApplication) -> Iterator[float]:
    """The seconds that each move waited."""
    _send(window, QEvent.Type.MouseButtonPress, 0, LEFT)
    dues_s = list(accumulate((REST_S if k % REST_EVERY == 0 else MOVE_S for k in range(MOVES)), initial=perf_counter()))
    waiting: list[float] = []
    for k in range(MOVES):
        while perf_counter() < dues_s[k]:
            app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 1)
        _send(window, QEvent.Type.MouseMove, k + 1, LEFT)
        waiting.append(dues_s[k])
        if k + 1 < MOVES and perf_counter() >= dues_s[k + 1]:
            continue  # the next has come meanwhile, and is handed over with this one
        window.forget()
        app.processEvents()
        if window.scene.drawn_s:
            yield from (window.scene.drawn_s[0] - since_s for since_s in waiting)
        waiting.clear()
    _send(window, QEvent.Type.MouseButtonRelease, MOVES, NONE)


def _send(window: MeasuredWindow, kind: QEvent.Type, step: int, held: Qt.MouseButton) -> None:
    viewport = window.window.parts.viewport
    reach = REACH * viewport.height()
    place = QPointF(viewport.rect().center()) + QPointF(reach * sin(0.13 * step), reach * (1.0 - cos(0.09 * step)))
    event = QMouseEvent(kind, place, viewport.mapToGlobal(place), LEFT, held, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(viewport, event)


@contextmanager
def movie_in_the_making(window: MeasuredWindow) -> Iterator[None]:
    """A second process makes a movie meanwhile, as the window's menu starts it.

    Raises:
        RuntimeError: it could not be made, or stood still while it was measured beside.
    """
    with TemporaryDirectory() as folder:
        child = MovieChild(Path(folder) / "film.mp4", ("kyphoplasty", "--progress", "often"))
        shown = window.window
        Tasks(shown.viewing, shown.parts.viewport, shown.large, "kyphoplasty").watch(child)
        frames: list[int] = []
        child.advanced.connect(lambda done, *_: frames.append(done))
        loop = QEventLoop()
        for signal in (child.advanced, child.failed):
            signal.connect(loop.quit)
        QTimer.singleShot(PATIENCE_MS, loop.quit)
        loop.exec()
        try:
            if not (frames and child.is_running):
                raise RuntimeError("the movie to measure beside could not be made")
            begun = frames[-1]
            yield
            if frames[-1] == begun:
                raise RuntimeError("the movie to measure beside stood still all the time")
        finally:
            child.close()


def mode_switch_ms(window: MeasuredWindow, app: QApplication) -> float:
    """From the choice of another audience until its window is painted, the slowest of all changes there are.

    Raises:
        RuntimeError: the film did not stay where it was.
    """
    window.free_size()
    window.player.seek(window.player.timeline.time_of("inflate", 0.6))
    slowest_s, time_s = 0.0, window.player.time_s
    for first, second in permutations(MODES, 2):
        window.window.viewing.set_mode(first)
        window.run_for(0.8)
        window.forget()
        start_s = perf_counter()
        window.window.parts.header.mode_chosen.emit(second)
        app.processEvents()  # the new places of everything
        app.processEvents()  # the paints of all that moved
        slowest_s = max(slowest_s, perf_counter() - start_s)
        if window.player.time_s != time_s:
            raise RuntimeError(f"from {first.name} to {second.name} the film went from {time_s} s elsewhere")
    return 1e3 * slowest_s
