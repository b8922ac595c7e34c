"""The start: a splash before anything heavy, no needless import, slow work after the first picture."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from kyphoviz.ui.session import Session
from kyphoviz.ui.settings import Kept, Settings
from kyphoviz.ui.warm_up import WarmUp
from tests.ui.conftest import Stage

ROOT = Path(__file__).parents[2]
HEAVY = ("numpy", "scipy", "vtkmodules", "pyvista", "moderngl", "yaml")
NEEDLESS = (
    "matplotlib", "pyvista.plotting", "pyvista.examples", "hypothesis", "pytest", "trimesh", "embreex", "vtk",
    "vtkmodules.all", "scipy.interpolate", "scipy.optimize", "scipy.stats", "scipy.spatial", "imageio_ffmpeg",
    "superqt", "PySide6.QtOpenGLWidgets", "PySide6.QtNetwork", "multiprocessing.pool", "pandas", "PIL",
)  # fmt: skip


def modules_after(script: str) -> set[str]:
    """What a fresh interpreter has loaded at the end of a script."""
    told = f"{script}\nimport sys; print(*sys.modules)"
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", told], env=environment, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_splash_needs_nothing_heavy() -> None:
    """When the splash has been painted, only Qt and our own light files are loaded."""
    loaded = modules_after("import kyphoviz.ui.app\nfrom kyphoviz.ui.splash import show_splash\ns = show_splash()")

    assert "PySide6.QtWidgets" in loaded
    assert not loaded & set(HEAVY)


def test_nothing_needless_is_imported() -> None:
    """All that the window needs is loaded without the large libraries that it does not use."""
    loaded = modules_after(
        "import kyphoviz.film, kyphoviz.ui.main_window, kyphoviz.ui.tasks, kyphoviz.scene.view\n"
        "import kyphoviz.fluoroscopy.fluoroscope"
    )

    assert {"numpy", "pyvista", "vtkmodules.vtkRenderingOpenGL2", "moderngl"} <= loaded
    assert not loaded & set(NEEDLESS)


def test_slow_work_waits_and_is_done_slice_by_slice(qtbot: QtBot) -> None:
    """Between two slices other events are served; at the end no timer runs."""
    order: list[str] = []
    warm_up = WarmUp([lambda: order.append("first"), lambda: order.append("second")])
    before = warm_up.is_done
    warm_up.start()
    qtbot.waitUntil(lambda: warm_up.is_done)

    assert not before
    assert order == ["first", "second"]
    assert not [timer for timer in warm_up.findChildren(QTimer) if timer.isActive()]


def test_a_closed_window_does_no_more_slow_work(qtbot: QtBot) -> None:
    """What is left undone stays undone."""
    warm_up = WarmUp([pytest.fail])
    warm_up.start()
    warm_up.close()

    assert warm_up.is_done


def test_after_a_broken_end_the_film_is_where_it_was(stage: Stage, tmp_path: Path) -> None:
    """Scene, step and share come back; another scene starts at its beginning."""
    Kept(tmp_path).write(Settings(scene="fake", step="inflate", share=0.5, text_size=1.25))
    (tmp_path / "running").write_text("0")
    session = Session(Kept(tmp_path))
    session.dress_window(stage.window, "fake")
    came_to = stage.player.time_s
    session.close()

    assert came_to == pytest.approx(11.5)
    assert stage.window.text_size == 1.25
    assert not (tmp_path / "running").exists()


def test_after_a_clean_end_the_film_begins(stage: Stage, tmp_path: Path) -> None:
    """Only the look of the window is kept then."""
    Kept(tmp_path).write(Settings(scene="fake", step="inflate", share=0.5))
    session = Session(Kept(tmp_path))
    session.dress_window(stage.window, "fake")

    assert stage.player.time_s == 0.0
    session.close()


def test_the_place_is_kept_while_the_film_runs(stage: Stage, tmp_path: Path) -> None:
    """A crash would find the step that was shown."""
    session = Session(Kept(tmp_path), clock=stage.clock)
    session.dress_window(stage.window, "fake")
    stage.player.seek(15.0)
    kept = Kept(tmp_path).read()
    session.close()

    assert (kept.scene, kept.step) == ("fake", "fill")
