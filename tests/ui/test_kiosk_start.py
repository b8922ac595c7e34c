"""How a kiosk is started: from the command line, with whatever stands in its settings, on the screen that is there."""

from __future__ import annotations

import io
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from kyphoviz.cli import main
from kyphoviz.overlay.names import NamesError
from kyphoviz.ui.kiosk import run as kiosk_run
from kyphoviz.ui.kiosk.pin import read_hash
from kyphoviz.ui.kiosk.screen import chosen_screen
from kyphoviz.ui.kiosk.watchdog import Watchdog
from tests.ui.stand_ins import FakeClock

BAD = 'pin_hash = "4711"\nscene = "nowhere"\nlanguage = "xx"\nscreen = 9\nwarn = 3\n'


def test_a_screen_goes_by_number_or_name() -> None:
    """One that is not there is replaced by the first, and told with those that are."""
    screens = QGuiApplication.screens()

    assert chosen_screen(screens, 1) == (screens[0], ())
    assert chosen_screen(screens, screens[0].name()) == (screens[0], ())
    screen, problems = chosen_screen(screens, "HDMI-9")
    assert screen is screens[0]
    assert "HDMI-9" in problems[0]


def test_a_typed_pin_becomes_a_line_of_the_settings(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command prints what goes into the file, and the digits go nowhere."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("47110815\n"))
    code = main(["kiosk-pin"])
    printed = capsys.readouterr().out
    name, _, value = printed.strip().partition(" = ")

    assert (code, name) == (0, "pin_hash")
    assert read_hash(value.strip('"')).fits("47110815")


def test_a_pin_that_is_none_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Two digits are no PIN: one line, exit code 1."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("12\n"))

    assert main(["kiosk-pin"]) == 1
    told = capsys.readouterr()
    assert (told.out, told.err.count("\n")) == ("", 1)


def test_settings_need_the_mode(capsys: pytest.CaptureFixture[str]) -> None:
    """Settings of a kiosk without a kiosk are a slip that is told."""
    assert main(["--kiosk-settings", "kiosk.toml"]) == 2
    assert "--mode kiosk" in capsys.readouterr().err


def test_the_screen_is_covered_before_anything_heavy_loads() -> None:
    """Neither NumPy nor VTK stands between a start and the curtain, which fills the screen."""
    script = (
        "import sys, kyphoviz.cli.kiosk; from kyphoviz.ui.kiosk.screen import draw_curtain\n"
        "curtain = draw_curtain(1)\n"
        "print(curtain.was_painted, curtain.geometry() == curtain.screen().geometry(),\n"
        "      bool({'numpy', 'vtkmodules'} & sys.modules.keys()))\n"
    )
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)

    assert done.stdout.split() == ["True", "True", "False"]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such sockets")
def test_the_watchdog_hears_that_the_window_answers(tmp_path: Path) -> None:
    """A word at once and one every 5 seconds as long as pictures come; it goes on after a listener was away."""
    clock, place = FakeClock(), str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        ear.bind(place)
        ear.setblocking(False)
        watchdog = Watchdog(clock, lambda: None, {"NOTIFY_SOCKET": place})
        for _ in range(81):
            watchdog.painted()
            watchdog.tick()
            clock.pass_s(0.125)
        heard = [ear.recv(100) for _ in range(3)]
        with pytest.raises(BlockingIOError):
            ear.recv(100)
    Path(place).unlink()
    clock.pass_s(10.0)
    watchdog.painted()
    watchdog.tick()
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        ear.bind(place)
        ear.setblocking(False)
        clock.pass_s(10.0)
        watchdog.painted()
        watchdog.tick()
        heard.append(ear.recv(100))

    assert heard == [b"READY=1\nWATCHDOG=1"] * 4


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such sockets")
def test_no_picture_is_no_sign_of_life(tmp_path: Path) -> None:
    """While every paint fails nothing is said, however well the timer runs; after a minute it is known."""
    clock, place, asked = FakeClock(), str(tmp_path / "notify"), list[float]()
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        ear.bind(place)
        ear.setblocking(False)
        watchdog = Watchdog(clock, lambda: asked.append(clock()), {"NOTIFY_SOCKET": place})
        lost = []
        for _ in range(70):
            watchdog.tick()
            lost.append(watchdog.is_lost)
            clock.pass_s(1.0)
        with pytest.raises(BlockingIOError):
            ear.recv(100)
        watchdog.tick(is_hidden=True)  # a dark screen paints nothing and lacks nothing
        heard = ear.recv(100)

    assert len(asked) == 70
    assert (lost[59], lost[69]) == (False, True)
    assert (heard, watchdog.is_lost) == (b"READY=1\nWATCHDOG=1", False)


def test_missing_names_are_told_in_plain_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """A broken file of words ends the kiosk with one line after its log's and exit code 1, not with a traceback."""

    def run_kiosk(*_: object, **__: object) -> int:
        raise NamesError("labels.en.toml cannot be read (line 3)")

    monkeypatch.setattr(kiosk_run, "run_kiosk", run_kiosk)
    settings = tmp_path / "kiosk.toml"
    settings.write_text("", encoding="utf-8")

    assert main(["--mode", "kiosk", "--kiosk-settings", str(settings)]) == 1
    *log, last = capsys.readouterr().err.splitlines()
    assert last == "labels.en.toml cannot be read (line 3)"
    assert [line.rpartition("ERROR ")[2] for line in log] == [f"it ends with 1: {last}"]


@pytest.mark.gl
def test_a_faulty_file_never_stops_the_kiosk(tmp_path: Path) -> None:
    """Scene, language, screen, PIN and a name are wrong: it starts all the same, and the log has each of them."""
    settings = tmp_path / "kiosk.toml"
    settings.write_text(BAD, encoding="utf-8")
    command = [sys.executable, "-m", "kyphoviz", "--mode", "kiosk", "--exit-after-first-frame"]
    done = subprocess.run(
        [*command, "--kiosk-settings", str(settings)],
        env={**os.environ, "XDG_STATE_HOME": str(tmp_path), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    told = [line for line in done.stderr.splitlines() if "WARNING settings: " in line]

    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    for words in ("line 1: pin_hash", "nowhere", "language xx", "screen 9", "line 5: warn "):
        assert any(words in line for line in told), words
    if sys.platform == "linux":
        assert "line 5: warn " in (tmp_path / "kyphoviz" / "kiosk.log").read_text(encoding="utf-8")
