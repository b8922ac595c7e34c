"""Files that are there whole or not at all."""

from __future__ import annotations

import errno
import os
import re
import stat
from pathlib import Path

import pytest

from kyphoviz.export.aside import written_aside


def test_the_file_appears_at_the_end(tmp_path: Path) -> None:
    """While it is written, the file is not there under its name; afterwards nothing else is."""
    path = tmp_path / "a.txt"
    with written_aside(path) as aside:
        aside.write_text("whole")
        assert not path.exists()

    assert path.read_text() == "whole"
    assert list(tmp_path.iterdir()) == [path]


def test_a_failure_leaves_nothing(tmp_path: Path) -> None:
    """Whatever goes wrong, the half-written file is gone."""

    def half_written() -> None:
        with written_aside(tmp_path / "a.txt") as aside:
            aside.write_text("half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half_written()

    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_is_refused_first(tmp_path: Path) -> None:
    """A missing folder and a folder in the file's place are told before anything is done."""
    with pytest.raises(FileNotFoundError), written_aside(tmp_path / "missing" / "a.txt"):
        pytest.fail("handed out a name in a folder that is not there")
    with pytest.raises(IsADirectoryError), written_aside(tmp_path):
        pytest.fail("handed out a folder's name")


def test_a_pipe_is_left_alone(tmp_path: Path) -> None:
    """What is not a plain file is not replaced by one."""
    pipe = tmp_path / "pipe.png"
    os.mkfifo(pipe)

    with pytest.raises(PermissionError), written_aside(pipe):
        pass
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "the disk is full"),
        (OSError("262144 requested and 11232 written"), "it could not be written whole; is the disk full?"),
        (OSError(errno.ENXIO, "odd"), "odd"),
    ],
)
def test_a_full_disk_is_told_in_plain_words_with_the_file(tmp_path: Path, wrong: OSError, told: str) -> None:
    """Writers do not say which file they mean, and some not even why; the name that was asked for is told."""
    path = tmp_path / "a.txt"

    def half_written() -> None:
        with written_aside(path) as aside:
            aside.write_text("half")
            raise wrong

    with pytest.raises(OSError, match=re.escape(told)) as caught:
        half_written()

    assert (caught.value.strerror, caught.value.filename) == (told, str(path))
    assert list(tmp_path.iterdir()) == []


def test_an_error_about_another_file_stays_as_it_is(tmp_path: Path) -> None:
    """What can't be read while a file is written is told by its own name."""
    with pytest.raises(FileNotFoundError) as caught, written_aside(tmp_path / "a.txt"):
        (tmp_path / "source.txt").read_text()

    assert caught.value.filename == str(tmp_path / "source.txt")
