"""Every command with standard streams that are closed, full, without a reader, or unable to write every sign."""

from __future__ import annotations

import errno
import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kyphoviz.cli import main
from tests.scene_files import MINIMAL

Opened = Callable[[], Any]


class Faulty:
    """A stream that fails so when it is written to, or only when what was said is sent on."""

    def __init__(self, number: int, *, is_later: bool = False) -> None:
        self._number, self._is_later, self._held = number, is_later, ""

    def write(self, words: str) -> int:
        self._held += words
        if not self._is_later:
            self.flush()
        return len(words)

    def flush(self) -> None:
        if self._held:
            raise OSError(self._number, os.strerror(self._number))


def closed() -> None:
    """What Python has where a stream was closed before it began."""
    return


def full() -> Faulty:
    return Faulty(errno.ENOSPC)


def full_later() -> Faulty:
    return Faulty(errno.ENOSPC, is_later=True)


def left() -> Faulty:
    """A pipe whose reader went away."""
    return Faulty(errno.EPIPE)


def left_later() -> Faulty:
    return Faulty(errno.EPIPE, is_later=True)


def ascii_only() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), "ascii")


def latin() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), "latin-1")


def strict() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), "utf-8")


STREAMS: tuple[Opened, ...] = (closed, full, full_later, left, left_later, ascii_only, latin, strict)
# Words, code, and whether standard output is the work.
COMMANDS = (
    (("scenes",), 0, True),
    (("scenes", "--json"), 0, True),
    (("check", "Wirbelsäule.yaml", "脊椎.yaml", "caf\udce9.yaml"), 0, True),
    (("state", "kyphoplasty", "--at", "1,2", "--json"), 0, True),
    (("state", "kyphoplasty", "--at", "1"), 0, True),
    (("anatomy", "sizes"), 0, True),
    (("--help",), 0, True),
    (("--version",), 0, True),
    (("movie", "--help"), 0, True),
    (("check", "keine Wirbelsäule.yaml", "脊椎\udce9"), 1, False),
    (("state", "脊椎\udce9", "--at", "1"), 1, False),
    (("render", "kyphoplasty", "--at", "1"), 2, False),
    (("render", "kyphoplasty", "--größe"), 2, False),
    (("kiosk-pin",), 1, False),
)


@pytest.fixture
def scenes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with films whose names not every stream can write."""
    for name in ("Wirbelsäule.yaml", "脊椎.yaml", "caf\udce9.yaml"):
        (tmp_path / name).write_text(MINIMAL)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", None)
    return tmp_path


@pytest.mark.parametrize(("words", "code", "is_work"), COMMANDS)
@pytest.mark.parametrize("opened", STREAMS)
@pytest.mark.usefixtures("scenes")
def test_standard_output_takes_nothing(
    opened: Opened, words: tuple[str, ...], code: int, is_work: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only a full one counts, and only where it was the work; that is told in one line."""
    heard = strict()
    monkeypatch.setattr(sys, "stderr", heard)
    monkeypatch.setattr(sys, "stdout", opened())

    is_lost = is_work and opened in (full, full_later)
    assert main(words) == (1 if is_lost else code)
    heard.seek(0)
    told = heard.read()
    assert ("standard output: No space" in told) == is_lost
    assert not is_work or len(told.splitlines()) == is_lost


@pytest.mark.parametrize(("words", "code", "is_work"), COMMANDS)
@pytest.mark.parametrize("opened", STREAMS)
@pytest.mark.usefixtures("scenes")
def test_standard_error_takes_nothing(
    opened: Opened, words: tuple[str, ...], code: int, is_work: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The work is the same, the code too, and a refusal never stands among what others read."""
    out = strict()
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", opened())

    assert main(words) == code
    out.seek(0)
    assert bool(out.read()) == is_work


def test_a_sign_that_a_stream_cannot_write_has_a_stand_in(scenes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rest of the line stays as it is."""
    out = ascii_only()
    monkeypatch.setattr(sys, "stdout", out)

    assert main(["check", "Wirbelsäule.yaml"]) == 0
    out.seek(0)
    assert out.read().startswith("Wirbels?ule.yaml: fine")


def test_a_pin_that_is_no_text_is_refused(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Bytes that are no text are no PIN, and no fault of the program."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xff\xfe1234\n"), "utf-8"))

    assert main(["kiosk-pin"]) == 1
    assert "This is no PIN" in capsys.readouterr().err


@pytest.mark.gl
@pytest.mark.slow
@pytest.mark.parametrize("redirected", ["2>&-", "2>/dev/full", "2> >(exec true)", "<&- >&- 2>&-", ">/dev/full"])
@pytest.mark.parametrize(
    "command",
    [
        "movie kyphoplasty --to 0.2 --fps 60 --size 64x64 --progress often -o out",
        "contact leak --size 32x32 --quality draft -o out",
        "render kyphoplasty --at 1 --size 64x64 --quality draft -o out",
    ],
)
def test_a_file_is_made_whatever_becomes_of_the_words(tmp_path: Path, command: str, redirected: str) -> None:
    """The file is there and whole, and no word of anybody went into it by the number of a closed stream."""
    line = f"'{sys.executable}' -P -m kyphoviz {command} {redirected}"
    done = subprocess.run(["bash", "-c", line], cwd=tmp_path, check=False, capture_output=True)

    assert (done.returncode, b"Traceback" in done.stderr) == (0, False)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert (tmp_path / "out").stat().st_size > 1000
