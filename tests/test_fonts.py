"""A machine without fonts: told in one line with the package to install, instead of bars for letters."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="fonts are found by fontconfig")

NO_FONTS = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>{}</dir></fontconfig>'
WRITES = [
    ("handout", "leak", "-o", "out.pdf"),
    ("contact", "leak", "--size", "96x64", "--quality", "draft", "-o", "out.png"),
    ("movie", "leak", "--to", "0.1", "--size", "320x180", "-o", "out.mp4"),
    ("render", "leak", "--at", "1", "--view", "ap", "-o", "out.png"),
    ("anatomy", "gallery", "-o", "out.png"),
    ("bench",),
    ("--exit-after-first-frame",),
    ("--mode", "kiosk", "--exit-after-first-frame"),
]
BARE = [
    ("render", "leak", "--at", "1", "--size", "64x64", "--quality", "draft", "-o", "out.png"),
    ("movie", "leak", "--to", "0.1", "--size", "64x64", "--captions", "none", "-o", "out.mp4"),
]


def run(folder: Path, *words: str) -> tuple[int, list[str], list[str]]:
    """Exit code, what was told, and what was made, on a machine without fonts."""
    (folder / "fonts").mkdir()
    (folder / "fonts.conf").write_text(NO_FONTS.format(folder / "fonts"))
    given = {"FONTCONFIG_FILE": str(folder / "fonts.conf"), "XDG_CACHE_HOME": str(folder), "HOME": str(folder)}
    environment = os.environ | given | {"QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "kyphoviz", *words]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=300)
    return done.returncode, done.stderr.splitlines(), [path.name for path in folder.glob("out*")]


@pytest.mark.parametrize("words", WRITES, ids=" ".join)
def test_words_that_can_t_be_written_are_told(tmp_path: Path, words: tuple[str, ...]) -> None:
    """Exit code 3, one line with the package, and no file."""
    code, told, made = run(tmp_path, *words)

    assert code == 3
    assert "apt-get install -y fonts-" in told[-1]
    assert "Traceback" not in "".join(told)
    assert not made


@pytest.mark.parametrize("words", BARE, ids=" ".join)
def test_what_has_no_words_needs_no_fonts(tmp_path: Path, words: tuple[str, ...]) -> None:
    """A bare picture is made as ever."""
    code, _, made = run(tmp_path, *words)

    assert code == 0
    assert made == [words[-1]]
