"""Windows come and go in one process without leaving anything behind."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WINDOWS = 4
SCRIPT = f"""
import gc, weakref
from PySide6.QtWidgets import QApplication
from kyphoviz.anatomy.bones import shipped_bones
from kyphoviz.film import open_film
from kyphoviz.scenario import find, load
from kyphoviz.ui.app import Wish, run_window
sites = []

def opened(scene):
    film = open_film(load(find(scene)), shipped_bones())
    sites.append(weakref.ref(film.site))
    return film

for _ in range({WINDOWS}):
    assert run_window(Wish(mode="student", theme="dark", exit_after_first_frame=True), opened) == 0
    gc.collect()
    print(len(QApplication.topLevelWidgets()), sum(site() is not None for site in sites))
"""


@pytest.mark.gl
@pytest.mark.slow
def test_a_window_takes_all_that_it_showed_with_it() -> None:
    """Opened, seen and closed, again and again: no word of complaint, no widget left, and its film's shapes are free.

    Of memory, which the allocator and the machine have a say in, `bench` tells.
    """
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", SCRIPT], env=environment, capture_output=True, text=True)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == ["0 0"] * WINDOWS
