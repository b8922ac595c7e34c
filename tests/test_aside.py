"""Files that are there whole or not at all."""

from __future__ import annotations

import errno
import os
import re
import stat
from pathlib import Path

import pytest

from kyphoviz.aside import aside_of, written_aside


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


def test_what_a_link_leads_to_is_written_and_the_link_stays(tmp_path: Path) -> None:
    """A link is followed, through others and to a file that is not there yet; half a file lies beside its end."""
    (tmp_path / "there").mkdir()
    target, link, first = tmp_path / "there" / "a.txt", tmp_path / "link.txt", tmp_path / "first.txt"
    link.symlink_to(Path("there") / "a.txt")
    first.symlink_to(link)

    for words in ("new", "newer"):
        with written_aside(first) as aside:
            assert aside.parent == target.parent
            aside.write_text(words)

        assert target.read_text() == words
        assert (link.is_symlink(), first.is_symlink(), target.is_symlink()) == (True, True, False)


def test_a_link_in_a_circle_is_told(tmp_path: Path) -> None:
    """It leads to no file that could be written, and stays as it is."""
    link = tmp_path / "a.txt"
    link.symlink_to(link)

    with pytest.raises(OSError, match="leads back to itself"), written_aside(link):
        pytest.fail("handed out a name")
    assert link.is_symlink()


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o444])
def test_a_file_keeps_its_mode(tmp_path: Path, mode: int) -> None:
    """What only its owner may read is never open to others, not even while it is written."""
    path = tmp_path / "a.txt"
    path.write_text("before")
    path.chmod(mode)

    with written_aside(path) as aside:
        assert stat.S_IMODE(aside.stat().st_mode) & 0o077 == 0
        aside.write_text("after")

    assert path.read_text() == "after"
    assert stat.S_IMODE(path.stat().st_mode) == mode


def test_it_is_on_the_disk_before_it_has_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The content is asked onto the disk while the name is not given, and then the folder that holds the name."""
    path = tmp_path / "a.txt"
    asked: list[tuple[int, bool]] = []
    monkeypatch.setattr(os, "fsync", lambda number: asked.append((os.fstat(number).st_ino, path.exists())))

    with written_aside(path) as aside:
        aside.write_text("whole")

    assert asked == [(path.stat().st_ino, False), (tmp_path.stat().st_ino, True)]


def test_a_disk_that_fails_at_the_last_moment_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file of before stays; a disk that merely does not know the question is no failure."""
    path = tmp_path / "a.txt"
    path.write_text("before")

    def save() -> None:
        with written_aside(path) as aside:
            aside.write_text("after")

    def fail(number: int) -> None:
        raise OSError(wrong, os.strerror(wrong))

    monkeypatch.setattr(os, "fsync", fail)
    wrong = errno.EIO
    with pytest.raises(OSError, match="the disk failed"):
        save()
    assert path.read_text() == "before"
    wrong = errno.EINVAL
    save()
    assert path.read_text() == "after"


@pytest.mark.parametrize("name", ["ä" * 120 + ".txt", "骨" * 83 + ".mp4", "a" * 255, "a." + "b" * 253, "." + "c" * 254])
def test_any_name_that_a_file_can_have_can_be_written(tmp_path: Path, name: str) -> None:
    """The name beside it is never too long for the system."""
    with written_aside(tmp_path / name) as aside:
        aside.write_text("whole")

    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_what_a_process_of_our_number_left_behind_is_in_nobody_s_way(tmp_path: Path) -> None:
    """In a container every process may have the same number; a link in its place is not followed."""
    path, other = tmp_path / "a.txt", tmp_path / "other"
    other.write_text("not ours")
    aside_of(path, os.getpid()).symlink_to(other)

    with written_aside(path) as aside:
        aside.write_text("whole")

    assert (path.read_text(), other.read_text()) == ("whole", "not ours")
