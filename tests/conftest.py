"""What every test may rely on: no display is needed, and the same examples are tried on every run."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings
from pytestqt.qtbot import QtBot

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

# Before Qt or VTK is loaded: widgets without a display, pictures without an X server.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("VTK_DEFAULT_OPENGL_WINDOW", "vtkEGLRenderWindow")

# What is started here is asked to end by signals, which `nohup` and shells in the background would have it ignore.
for number, handler in ((signal.SIGINT, signal.default_int_handler), (getattr(signal, "SIGHUP", None), signal.SIG_DFL)):
    if number is not None and signal.getsignal(number) is signal.SIG_IGN:
        signal.signal(number, handler)

settings.register_profile("kyphoviz", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("kyphoviz")


PATIENCE_MS = 120_000  # no bar: a wait ends as soon as what it waits for is there, however busy the machine is


class PatientBot(QtBot):
    """Waits as pytest-qt does, but not for five seconds only: how soon something comes is told by `bench`."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MS) -> None:  # noqa: N802
        """Returns when the callback says so."""
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE_MS, **more: Any) -> Any:  # noqa: N802
        """Waits at the end of its block until the signal was sent."""
        return super().waitSignal(signal, timeout=timeout, **more)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """The bot of pytest-qt, with more patience."""
    return PatientBot(request)


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
