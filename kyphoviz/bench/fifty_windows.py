"""Whether windows that come and go in one process leave memory behind."""

from __future__ import annotations

import gc
from statistics import median

from PySide6.QtCore import QEvent, QEventLoop
from PySide6.QtWidgets import QApplication

from kyphoviz.bench.process import resident_mb
from kyphoviz.film import Film
from kyphoviz.fluoroscopy.fluoroscope import Fluoroscope
from kyphoviz.modes import STUDENT
from kyphoviz.ui.kiosk.memory import give_memory_back
from kyphoviz.ui.opening import opened_window

WINDOWS, AT_ONCE = 50, 10  # medians of ten: one alone breathes by some megabytes
SEEN_S = 80.0  # the same instant in each: what the film keeps of others is no window's doing


def windows_growth_mb(film: Film, app: QApplication) -> float:
    """Megabytes by which the last ten of fifty windows, opened, sought in and closed, hold more than the second ten."""
    for piece in film.preparations():  # what the film keeps for itself is no window's doing either
        piece()
    held = []
    for _ in range(WINDOWS):
        _open_and_close(film, app)
        gc.collect()
        give_memory_back()  # nor is what the allocator holds in reserve
        held.append(resident_mb())
    return median(held[-AT_ONCE:]) - median(held[AT_ONCE : 2 * AT_ONCE])


def _open_and_close(film: Film, app: QApplication) -> None:
    window, loop = opened_window(app, film, Fluoroscope(), STUDENT, "dark", "en"), QEventLoop()
    window.parts.viewport.first_painted.connect(loop.quit)
    window.show()
    loop.exec()
    window.viewing.player.seek(SEEN_S)
    app.processEvents()
    window.close()
    window.deleteLater()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
