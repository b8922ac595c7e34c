"""Windows come and go in one process without leaving anything behind."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parents[2]
CYCLES, AT_ONCE, GROWTH_MB = 50, 10, 5.0  # medians of ten windows: one alone breathes by that much
SCRIPT = f"""
import gc, sys
from PySide6.QtCore import QEvent, QEventLoop
from kyphoviz.bench.process import resident_mb
from kyphoviz.film import open_film
from kyphoviz.scenario import find, load
from kyphoviz.ui import app
from kyphoviz.ui.kiosk.memory import give_memory_back
film = open_film(load(find("kyphoplasty")))
for piece in film.preparations():  # what the film keeps for itself is no window's doing
    piece()
application = app.application()
held = []
for cycle in range({CYCLES}):
    excepthook = app.ExceptHook(lambda line, story: sys.stderr.write(story))
    window = app._opened(application, film, "kyphoplasty", app.Wish(mode="student", theme="dark"), None, excepthook)
    loop = QEventLoop()
    window.viewport.first_painted.connect(loop.quit)
    window.show()
    loop.exec()
    window.player.seek(80.0)  # the same instant: what the film keeps of others is no window's doing either
    application.processEvents()
    window.close()
    window.deleteLater()
    excepthook.release()
    del window, loop, excepthook
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    give_memory_back()  # what the allocator holds in reserve is no window's doing
    held.append(resident_mb())
print(*(round(h, 1) for h in held))
"""


@pytest.mark.gl
@pytest.mark.slow
def test_fifty_windows_leave_no_memory_behind() -> None:
    """Fifty times open, seek and close: exit code 0, no word of complaint, and memory flat over the later forty."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", SCRIPT], env=environment, capture_output=True, text=True, timeout=500)
    held = [float(word) for word in done.stdout.split()]

    assert (done.returncode, done.stderr) == (0, "")
    assert len(held) == CYCLES
    assert median(held[-AT_ONCE:]) - median(held[AT_ONCE : 2 * AT_ONCE]) < GROWTH_MB, held
