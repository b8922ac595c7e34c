"""What every test may rely on: no display is needed, and the same examples are tried on every run."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

# Before Qt or VTK is loaded: widgets without a display, pictures without an X server.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("VTK_DEFAULT_OPENGL_WINDOW", "vtkEGLRenderWindow")

settings.register_profile("kyphoviz", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("kyphoviz")


@pytest.fixture(scope="session", autouse=True)
def one_application(qapp: QApplication) -> QApplication:
    """The Qt application of all tests: there can be one in a process, and widgets need the largest kind."""
    return qapp


@pytest.fixture(scope="session")
def x_display() -> Iterator[str]:
    """The name of an X display that nobody looks at, for programs that are started with a real window."""
    server = shutil.which("Xvfb")
    if server is None:
        if "CI" in os.environ:
            pytest.fail("Xvfb is not installed, so real windows can't be tried")
        pytest.skip("Xvfb is not installed")
    reader, writer = os.pipe()
    command = [server, "-displayfd", str(writer), "-screen", "0", "1600x1200x24", "-nolisten", "tcp", "-noreset"]
    with subprocess.Popen(command, pass_fds=[writer], stderr=subprocess.DEVNULL) as running:
        os.close(writer)
        with os.fdopen(reader) as told:
            number = told.readline().strip()
        try:
            yield f":{number}"
        finally:
            running.terminate()
