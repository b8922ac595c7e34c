"""What the process itself costs: memory, processor time, the wait for the first picture."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from time import perf_counter

from kyphoviz.anatomy.stored import meshes_folder
from kyphoviz.children import python, this_program

MEGABYTE = 1e6


def resident_mb() -> float:
    """Memory that this process holds now; its highest so far where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / MEGABYTE
    except (OSError, ValueError, AttributeError):
        import resource

        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak / MEGABYTE if sys.platform == "darwin" else peak * 1024 / MEGABYTE


BARE_WINDOW = """
import os
os.environ["QT_API"] = "pyside6"
import sys
import numpy as np
import pyvista as pv
from pyvistaqt import QtInteractor
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
bone = np.load(sys.argv[1])
triangles = bone["outer_triangles"]
mesh = pv.PolyData(bone["outer_points"], np.insert(triangles, 0, 3, axis=1).ravel())
app = QApplication([])
window = QMainWindow()
plotter = QtInteractor(window, auto_update=False, multi_samples=0)
window.setCentralWidget(plotter)
window.resize(1280, 800)
plotter.add_mesh(mesh)
window.show()
QTimer.singleShot(0, lambda: (plotter.render(), app.processEvents(), app.quit()))
app.exec()
plotter.close()
"""  # the same vertebra in the plainest window that PyVista offers for Qt
SPLASH = "from kyphoviz.ui.start.splash import show_splash\nsplash = show_splash()\nimport os\nos._exit(0)"


def start_s(runs: int = 3) -> dict[str, float]:
    """From the start of a process until it has shown what it should and ended, in seconds.

    Returns:
        `first_frame_s` of the window with its film, `splash_s` of the splash alone, and where pyvistaqt is installed
        and there is a screen, `bare_first_frame_s` of its plainest window with the same vertebra and `start_ratio` of
        the two. They are started in turn, so that each meets the same neighbours on a busy machine.
    """
    window = this_program("--exit-after-first-frame")
    commands = {"first_frame_s": window, "splash_s": python(SPLASH)}
    if find_spec("pyvistaqt") and os.environ.get("QT_QPA_PLATFORM") != "offscreen":
        mesh = str(meshes_folder() / "L1.npz")
        commands["bare_first_frame_s"] = python(BARE_WINDOW, mesh)
    times = [{name: _taken_s(command) for name, command in commands.items()} for _ in range(runs)]
    found = {name: median(each[name] for each in times) for name in commands}
    if "bare_first_frame_s" in found:
        found["start_ratio"] = median(each["first_frame_s"] / each["bare_first_frame_s"] for each in times)
    return found


def _taken_s(command: list[str]) -> float:
    start = perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return perf_counter() - start
