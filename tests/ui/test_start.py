"""The start: a splash before anything heavy, no needless import, slow work after the first picture."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from kyphoviz.ui.opening import collect_as_usual, remember
from kyphoviz.ui.remembered.session import Session
from kyphoviz.ui.remembered.settings import Settings, SettingsFile
from kyphoviz.ui.start.warm_up import WarmUp
from tests.ui.conftest import Stage

ROOT = Path(__file__).parents[2]
HEAVY = ("numpy", "scipy", "vtkmodules", "pyvista", "moderngl", "yaml")
NEEDLESS = (
    "matplotlib", "pyvista.plotting", "pyvista.examples", "hypothesis", "pytest", "trimesh", "embreex", "vtk",
    "vtkmodules.all", "scipy", "skfmm", "imageio_ffmpeg", "kyphoviz.ui.kiosk.kiosk", "kyphoviz.export.movie",
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
    loaded = modules_after(
        "import kyphoviz.ui.app\nfrom kyphoviz.ui.start.splash import show_splash\ns = show_splash()"
    )

    assert "PySide6.QtWidgets" in loaded
    assert not loaded & set(HEAVY)


@pytest.mark.gl
def test_nothing_needless_is_imported() -> None:
    """A run up to the first picture loads no large library that this picture does not use."""
    loaded = modules_after("from kyphoviz.cli import main\nmain(['--exit-after-first-frame'])")

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


def test_a_film_that_is_played_at_once_does_not_stutter(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pieces wait while it plays, though not for ever, and go on as soon as it is paused."""
    monkeypatch.setattr("kyphoviz.ui.start.warm_up.LOOK_MS", 1)
    done: list[str] = []
    is_playing = True
    warm_up = WarmUp([lambda: done.append("first"), lambda: done.append("second")], None, lambda: is_playing)
    warm_up.start()
    qtbot.wait(20)
    while_playing = list(done)
    is_playing = False
    qtbot.waitUntil(lambda: warm_up.is_done)

    assert while_playing == []
    assert done == ["first", "second"]


def test_a_film_that_is_never_paused_is_prepared_all_the_same(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a while the pieces are done between its pictures."""
    for name in ("LOOK_MS", "REST_MS", "PATIENCE_MS"):
        monkeypatch.setattr(f"kyphoviz.ui.start.warm_up.{name}", 1)
    warm_up = WarmUp([lambda: None, lambda: None], None, lambda: True)
    warm_up.start()

    qtbot.waitUntil(lambda: warm_up.is_done)


def test_python_looks_for_garbage_again() -> None:
    """What was put off for the first picture ends with the last piece; what was made until then is left alone."""
    gc.disable()
    collect_as_usual()
    is_on, count = gc.isenabled(), gc.get_freeze_count()
    gc.unfreeze()

    assert is_on
    assert count > 1000


def test_a_closed_window_does_no_more_slow_work(qtbot: QtBot) -> None:
    """What is left undone stays undone."""
    warm_up = WarmUp([pytest.fail])
    warm_up.start()
    warm_up.close()

    assert warm_up.is_done


def test_after_a_broken_end_the_film_is_where_it_was(stage: Stage, tmp_path: Path) -> None:
    """Scene, step and share come back; another scene starts at its beginning."""
    SettingsFile(tmp_path).write(Settings(scene="fake", step="inflate", share=0.5, text_size=1.25))
    (tmp_path / "running").write_text("0")
    session = Session(SettingsFile(tmp_path))
    remember(stage.window, session, "fake")
    came_to = stage.player.time_s
    session.close()

    assert came_to == pytest.approx(11.5)
    assert stage.window.appearance.text_size == 1.25
    assert not (tmp_path / "running").exists()


def test_after_a_clean_end_the_film_begins(stage: Stage, tmp_path: Path) -> None:
    """Only the look of the window is kept then."""
    SettingsFile(tmp_path).write(Settings(scene="fake", step="inflate", share=0.5))
    session = Session(SettingsFile(tmp_path))
    remember(stage.window, session, "fake")

    assert stage.player.time_s == 0.0
    session.close()


def test_the_place_is_kept_while_the_film_runs(stage: Stage, tmp_path: Path) -> None:
    """A crash would find the step that was shown."""
    session = Session(SettingsFile(tmp_path), clock=stage.clock)
    remember(stage.window, session, "fake")
    stage.player.seek(15.0)
    kept = SettingsFile(tmp_path).read()
    session.close()

    assert (kept.scene, kept.step) == ("fake", "fill")
