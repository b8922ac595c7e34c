"""Every way in which a kiosk ends: its code, and what the service files make of it."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kyphoviz.cli.ending import Asked, asked_code, ending_of
from kyphoviz.cli.refusal import Refusal
from kyphoviz.resources import DamagedFileError
from kyphoviz.ui.remembered.settings import MARKER_NAME

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the service files are for Linux")

DOCS = Path(__file__).parents[2] / "docs" / "kiosk"
SCRIPT = DOCS / "kyphoviz-kiosk.sh"
PATIENCE_S = 90.0
RUN = "from kyphoviz.cli import run; run()"
SLOT = """
from PySide6.QtCore import QTimer
import kyphoviz.ui.kiosk.run as run_room
before = run_room.Kiosk.__init__
def begun(self, *args, **kept):
    before(self, *args, **kept)
    def fail():
        raise {error}
    QTimer.singleShot(1000, self, fail)
run_room.Kiosk.__init__ = begun
"""
PAINT = """
import kyphoviz.ui.kiosk.watchdog as watchdog
import kyphoviz.ui.picture.viewport as viewport
watchdog.LOST_S = 3.0
def fail(self, event):
    raise RuntimeError("the graphics card was lost")
viewport.Viewport.paintEvent = fail
"""
START = """
import kyphoviz.ui.opening as opening
def fail(*_, **__):
    raise {error}
opening.opened_window = fail
import kyphoviz.ui.kiosk.screen as screen
screen.TOLD_MS = 500
"""


def passing(number: int) -> DamagedFileError:
    """A shipped file that could not be read for what the system said."""
    damage = DamagedFileError("L1.npz cannot be read")
    damage.__cause__ = OSError(number, "said the system")
    return damage


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (Refusal("scene.yaml:3: no such level"), 1),
        (DamagedFileError("labels.en.toml cannot be read (line 3)"), 1),
        (passing(2), 1),
        (passing(5), 75),
        (MemoryError(), 75),
        (OSError(5, "Input/output error"), 75),
        (OSError(24, "Too many open files"), 75),
        (PermissionError(13, "Permission denied"), 1),
        (ImportError("libGL.so.1: cannot open shared object file"), 3),
        (ImportError("cannot import name 'Film'"), 70),
        (ZeroDivisionError("division by zero"), 70),
    ],
    ids=str,
)
def test_what_may_pass_is_worth_another_start(error: Exception, code: int) -> None:
    """Wrong input and what is missing stay down; memory, disk and faults of our own do not. One line each."""
    ending = ending_of(error)

    assert ending.code == code
    assert len(ending.lines) == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_request_has_the_code_of_its_signal(number: signal.Signals) -> None:
    """As shells tell it."""
    assert asked_code(Asked(number)) == 128 + number
    assert asked_code(KeyboardInterrupt()) == 130


# -- the script, with a program that ends as it is told to


def stand_in(folder: Path, *codes: int) -> Path:
    """A program that ends with these codes in turn, and with 0 from then on; it counts its starts."""
    program = folder / "kyphoviz"
    cases = " ".join(f"{k}) exit {code};;" for k, code in enumerate(codes, 1))
    program.write_text(f'#!/bin/sh\necho x >> "{folder}/starts"\ncase $(wc -l < "{folder}/starts") in {cases} esac\n')
    program.chmod(0o755)
    return program


def starts(folder: Path) -> int:
    """How often it was started."""
    place = folder / "starts"
    return len(place.read_text().splitlines()) if place.exists() else 0


def script(program: Path, **more: str) -> subprocess.Popen[str]:
    """The service script, in a hurry."""
    environment = {**os.environ, "KYPHOVIZ": str(program), "KYPHOVIZ_WAIT_S": "0", **more}
    return subprocess.Popen(["/bin/sh", str(SCRIPT)], env=environment, stderr=subprocess.PIPE, text=True)


@pytest.mark.parametrize("code", [0, 1, 2, 3])
def test_the_script_leaves_down_what_a_restart_can_t_mend(tmp_path: Path, code: int) -> None:
    """Staff, wrong input, usage, machine: once, with the same code."""
    running = script(stand_in(tmp_path, code))
    running.communicate(timeout=PATIENCE_S)

    assert (running.returncode, starts(tmp_path)) == (code, 1)


def test_the_script_restarts_all_else(tmp_path: Path) -> None:
    """Crash, try again, each signal's code, until staff leave; each is told."""
    codes = (70, 75, 129, 130, 143, 134, 137, 139, 127)
    running = script(stand_in(tmp_path, *codes))
    _, told = running.communicate(timeout=PATIENCE_S)

    assert (running.returncode, starts(tmp_path)) == (0, len(codes) + 1)
    assert all(f"ended with {code};" in told for code in codes)


@pytest.mark.parametrize("name", ["TERM", "HUP", "INT"])
def test_who_ends_the_script_ends_its_kiosk(tmp_path: Path, name: str) -> None:
    """No kiosk is left running, and none is started again."""
    program = tmp_path / "kyphoviz"
    program.write_text(f'#!/bin/sh\necho x >> "{tmp_path}/starts"\necho $$ > "{tmp_path}/number"\nexec sleep 300\n')
    program.chmod(0o755)
    ignored = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell heeds only what was not ignored
    running = script(program)
    signal.signal(signal.SIGINT, ignored)
    wait_for(lambda: (tmp_path / "number").exists() and (tmp_path / "number").read_text().strip() != "")
    running.send_signal(getattr(signal, f"SIG{name}"))
    running.communicate(timeout=PATIENCE_S)
    child = int((tmp_path / "number").read_text())

    assert running.returncode == 128 + getattr(signal, f"SIG{name}")
    assert starts(tmp_path) == 1
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


def test_the_script_says_where_it_looks(tmp_path: Path) -> None:
    """A command that is not there is one line with its full path, and no loop."""
    running = script(tmp_path / "nowhere")
    _, told = running.communicate(timeout=PATIENCE_S)

    assert running.returncode == 3
    assert str(tmp_path / "nowhere") in told


def test_the_desktop_file_needs_no_path(tmp_path: Path) -> None:
    """It starts the script in the person's own folder, whatever PATH is."""
    line = next(line for line in (DOCS / "kyphoviz-kiosk.desktop").read_text().splitlines() if line.startswith("Exec="))
    quoted = line.removeprefix("Exec=").replace("\\\\", "\\")  # a string's escapes, then those of quotes
    words = [word.replace("\\$", "$") for word in shlex.split(quoted)]
    place = tmp_path / "a home" / ".local" / "bin" / "kyphoviz-kiosk.sh"
    place.parent.mkdir(parents=True)
    place.write_text("#!/bin/sh\necho started\n")
    place.chmod(0o755)
    environment = {"HOME": str(tmp_path / "a home"), "PATH": "/nowhere"}
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)

    assert done.stdout == "started\n", done.stderr


def test_the_unit_restarts_what_the_script_restarts() -> None:
    """Always but after 0 to 3, for ever, by a full path; a stop that was asked for is no failure."""
    lines = (DOCS / "kyphoviz-kiosk.service").read_text(encoding="utf-8").splitlines()
    found = dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))

    assert found["Restart"] == "always"
    assert found["RestartPreventExitStatus"].split() == ["0", "1", "2", "3"]
    assert found["StartLimitIntervalSec"] == "0"
    assert found["SuccessExitStatus"] == "143"
    assert found["ExecStart"].startswith("%h/")


# -- the real program on a real display


def wait_for(is_there: object, patience_s: float = PATIENCE_S) -> None:
    """Returns when it is there."""
    assert callable(is_there)
    end_s = time.monotonic() + patience_s
    while not is_there():
        assert time.monotonic() < end_s, "it never came"
        time.sleep(0.05)


class Display:
    """An X server of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder, self.name = folder, ""
        self._server: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Begins, on any number that is free."""
        told = self._folder / "number"
        told.unlink(missing_ok=True)
        with told.open("wb") as out:
            command = ["Xvfb", "-displayfd", str(out.fileno()), "-screen", "0", "1280x800x24"]
            self._server = subprocess.Popen(command, pass_fds=(out.fileno(),), stderr=subprocess.DEVNULL)
        wait_for(lambda: told.read_text().endswith("\n"))
        self.name = f":{told.read_text().strip()}"

    def start_again(self) -> None:
        """On the same number; nobody waits until it is there."""
        self._server = subprocess.Popen(["Xvfb", self.name, "-screen", "0", "1280x800x24"], stderr=subprocess.DEVNULL)

    def kill(self) -> None:
        """Dies; what it leaves behind of its number goes too, as at a start of the machine."""
        if self._server is not None:
            self._server.kill()
            self._server.wait()
            self._server = None
            for place in (f".X{self.name[1:]}-lock", f".X11-unix/X{self.name[1:]}"):
                Path("/tmp", place).unlink(missing_ok=True)


@pytest.fixture
def display(tmp_path: Path) -> Iterator[Display]:
    """A display that may die."""
    if shutil.which("Xvfb") is None:
        pytest.skip("there is no Xvfb")
    server = Display(tmp_path)
    server.start()
    yield server
    server.kill()


class Running:
    """A real kiosk."""

    def __init__(self, folder: Path, display: str, before: str = "", *words: str) -> None:
        self.log = folder / "kyphoviz" / "kiosk.log"
        environment = {**os.environ, "DISPLAY": display, "XDG_STATE_HOME": str(folder), "HOME": str(folder)}
        for name in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "XDG_SESSION_TYPE"):
            environment.pop(name, None)
        command = [sys.executable, "-c", f"{before}\n{RUN}", "--mode", "kiosk", *words]
        self.process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)

    def wait_for(self, words: str) -> None:
        """Until the log says so."""
        wait_for(lambda: self.process.poll() is not None or (self.log.exists() and words in self.log.read_text()))

    @property
    def code(self) -> int:
        """How it ended; as a shell tells it."""
        _, self.told = self.process.communicate(timeout=PATIENCE_S)
        code = self.process.returncode
        return code if code >= 0 else 128 - code


@pytest.mark.xvfb
@pytest.mark.slow
@pytest.mark.parametrize("name", ["TERM", "HUP", "INT", "KILL"])
def test_a_signal_ends_it_with_its_own_code(tmp_path: Path, display: Display, name: str) -> None:
    """None of them is taken for staff, and the log says which it was."""
    kiosk = Running(tmp_path, display.name)
    kiosk.wait_for("the kiosk runs on screen")
    kiosk.process.send_signal(getattr(signal, f"SIG{name}"))

    assert kiosk.code == 128 + getattr(signal, f"SIG{name}")
    assert name == "KILL" or f"by SIG{name}" in kiosk.log.read_text()


@pytest.mark.xvfb
@pytest.mark.slow
def test_a_request_while_it_loads_is_heeded(tmp_path: Path, display: Display) -> None:
    """It does not open first."""
    kiosk = Running(tmp_path, display.name)
    kiosk.wait_for("WARNING settings: ")
    kiosk.process.send_signal(signal.SIGTERM)

    assert kiosk.code == 143


@pytest.mark.xvfb
@pytest.mark.slow
@pytest.mark.parametrize(
    ("before", "code", "told"),
    [
        (START.format(error="ZeroDivisionError('at the start')"), 70, "at the start"),
        (START.format(error="MemoryError"), 75, "MemoryError"),
        (START.format(error="OSError(5, 'the disk failed')"), 75, "the disk failed"),
        (START.format(error="ImportError('half an update')"), 70, "half an update"),
        (SLOT.format(error="MemoryError"), 75, "MemoryError"),
        (PAINT, 70, "the graphics card was lost"),
    ],
    ids=["fault", "memory", "disk", "import", "memory later", "every picture"],
)
def test_what_goes_wrong_has_its_code(tmp_path: Path, display: Display, before: str, code: int, told: str) -> None:
    """At the start or later, with a line in the log, and never 0 to 3."""
    kiosk = Running(tmp_path, display.name, before)

    assert kiosk.code == code
    assert told in kiosk.log.read_text()


@pytest.mark.xvfb
@pytest.mark.slow
def test_one_error_later_ends_nothing(tmp_path: Path, display: Display) -> None:
    """It is logged, and the film goes on until somebody asks for its end."""
    kiosk = Running(tmp_path, display.name, SLOT.format(error="KeyError('title')"))
    kiosk.wait_for("KeyError: 'title'")
    kiosk.process.terminate()

    assert kiosk.code == 143
    assert "by SIGTERM" in kiosk.log.read_text()


@pytest.mark.xvfb
@pytest.mark.slow
def test_a_display_that_dies_is_worth_another_start(tmp_path: Path, display: Display) -> None:
    """Whether it dies while the film is loaded or later: 75; and nobody is shown a traceback."""
    codes = []
    for words in ("WARNING settings: ", "the kiosk runs on screen"):
        kiosk = Running(tmp_path / words[:3], display.name)
        kiosk.wait_for(words)
        display.kill()
        codes.append(kiosk.code)
        assert "Traceback" not in kiosk.told
        display.start()

    assert codes == [75, 75]


@pytest.mark.xvfb
@pytest.mark.slow
def test_a_window_whose_display_dies_keeps_its_place(tmp_path: Path, display: Display) -> None:
    """75, and the marker stays by which the next run resumes."""
    home = {"DISPLAY": display.name, "XDG_STATE_HOME": str(tmp_path), "HOME": str(tmp_path), "QT_QPA_PLATFORM": "xcb"}
    home["XDG_CONFIG_HOME"] = str(tmp_path)
    shown = f"""
from pathlib import Path
from kyphoviz.ui.start.splash import Splash
before = Splash.closeEvent
def close(self, event):
    before(self, event)
    Path({str(tmp_path / "shown")!r}).touch()
Splash.closeEvent = close
"""
    command = [sys.executable, "-c", f"{shown}\n{RUN}", "--mode", "consult"]
    window = subprocess.Popen(command, env={**os.environ, **home}, stderr=subprocess.PIPE, text=True)
    wait_for(lambda: (tmp_path / "shown").exists() or window.poll() is not None)
    display.kill()
    _, told = window.communicate(timeout=PATIENCE_S)

    assert window.returncode == 75
    assert "the display is gone" in told
    assert "Traceback" not in told
    assert (tmp_path / "kyphoviz" / MARKER_NAME).exists()


@pytest.mark.xvfb
@pytest.mark.slow
def test_a_late_display_is_waited_for_by_the_script(tmp_path: Path, display: Display) -> None:
    """75 until it is there; then it runs, and a request to the script ends both."""
    display.kill()
    program = tmp_path / "start it"  # not the name of the folder of the log
    program.write_text(f'#!/bin/sh\necho x >> "{tmp_path}/starts"\nexec {sys.executable} -m kyphoviz "$@"\n')
    program.chmod(0o755)
    home = {"DISPLAY": display.name, "XDG_STATE_HOME": str(tmp_path), "HOME": str(tmp_path), "KYPHOVIZ_WAIT_S": "1"}
    environment = {**home, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(DOCS.parents[1])}
    running = script(program, **environment)
    wait_for(lambda: starts(tmp_path) >= 2)
    display.start_again()
    log = tmp_path / "kyphoviz" / "kiosk.log"
    wait_for(lambda: log.exists() and "the kiosk runs on screen" in log.read_text())
    running.terminate()
    _, told = running.communicate(timeout=PATIENCE_S)

    assert "ended with 75;" in told
    assert running.returncode == 143
    assert "by SIGTERM" in log.read_text()


@pytest.mark.xvfb
@pytest.mark.slow
@pytest.mark.parametrize("what", ["scene", "words", "settings"])
def test_wrong_input_stays_down_and_wrong_settings_do_not(tmp_path: Path, display: Display, what: str) -> None:
    """A scene that is none and a damaged file of the program end it with 1; a fault of the settings ends nothing."""
    hurry = "import kyphoviz.ui.kiosk.screen as screen\nscreen.TOLD_MS = 500\n"
    damage = 'DamagedFileError("labels.en.toml cannot be read (line 3)")'
    bad = tmp_path / "bad"
    bad.write_text("pin_hash = 3\nscreen = = 2\n")
    runs = {
        "scene": (hurry, str(bad)),
        "words": (f"{START.format(error=damage)}from kyphoviz.resources import DamagedFileError\n",),
        "settings": (hurry, "--kiosk-settings", str(bad), "--exit-after-first-frame"),
    }
    kiosk = Running(tmp_path, display.name, *runs[what])

    assert kiosk.code == (0 if what == "settings" else 1)
    assert "Traceback" not in kiosk.told
