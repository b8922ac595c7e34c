"""Movies: exactly the frames that were asked for, in the right colours, or nothing at all."""

from __future__ import annotations

import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from imageio_ffmpeg import get_ffmpeg_exe
from numpy.typing import NDArray

from kyphoviz.export.movie import MovieFailed, write_movie

SIZE = (98, 54)  # no multiple of 16
COLOURS = ((200, 60, 40), (40, 160, 60), (236, 233, 220))


def frames() -> Iterator[NDArray[np.uint8]]:
    for colour in COLOURS:
        yield np.full((SIZE[1], SIZE[0], 4), (*colour, 255), np.uint8)


def decoded(path: Path) -> NDArray[np.uint8]:
    """All frames of a film as RGB, by whatever the file says of its colours."""
    command = [get_ffmpeg_exe(), "-loglevel", "error", "-i", str(path), "-f", "rawvideo", "-pix_fmt", "rgb24", "-"]
    content = subprocess.run(command, check=True, capture_output=True, stdin=subprocess.DEVNULL).stdout
    return np.frombuffer(content, np.uint8).reshape(-1, SIZE[1], SIZE[0], 3)


def description(path: Path) -> str:
    """What ffmpeg says of a film."""
    done = subprocess.run(
        [get_ffmpeg_exe(), "-hide_banner", "-i", str(path)], capture_output=True, text=True, check=False
    )
    return done.stderr


def test_every_frame_is_there_at_the_asked_size_in_its_colours(tmp_path: Path) -> None:
    """Three frames go in; three of the same size and nearly the same colours come out."""
    path = tmp_path / "film.mp4"

    assert write_movie(path, frames(), SIZE, 15.0) == 3

    found = decoded(path)
    assert found.shape == (3, SIZE[1], SIZE[0], 3)
    middles = found[:, SIZE[1] // 2, SIZE[0] // 2].astype(int)
    assert np.abs(middles - np.array(COLOURS)).max() <= 6


def test_any_player_can_show_it(tmp_path: Path) -> None:
    """The film is H.264 with 4:2:0 chroma, marked as BT.709, at the asked rate."""
    path = tmp_path / "film.mp4"
    write_movie(path, frames(), SIZE, 15.0)

    words = description(path)

    assert "h264" in words
    assert "yuv420p(tv, bt709, " in words
    assert "15 fps" in words


def test_progress_counts_every_frame(tmp_path: Path) -> None:
    """The callback hears of each frame once."""
    told: list[int] = []

    write_movie(tmp_path / "film.mp4", frames(), SIZE, 15.0, told.append)

    assert told == [1, 2, 3]


def test_cancelling_leaves_nothing(tmp_path: Path) -> None:
    """Ctrl-C in the middle of a film leaves neither the film nor a part of it, and an older film as it was."""
    path = tmp_path / "film.mp4"
    path.write_bytes(b"older")

    def cancelled() -> Iterator[NDArray[np.uint8]]:
        yield from frames()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_movie(path, cancelled(), SIZE, 15.0)

    assert [entry.name for entry in tmp_path.iterdir()] == ["film.mp4"]
    assert path.read_bytes() == b"older"


def test_an_odd_size_is_refused(tmp_path: Path) -> None:
    """A size that the codec does not know is an error, not another size."""
    with pytest.raises(ValueError, match="even"):
        write_movie(tmp_path / "film.mp4", frames(), (97, 54), 15.0)


def test_the_encoder_tells_why_it_failed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last line that ffmpeg wrote is in the error, and no file is left."""
    broken = tmp_path / "broken"
    broken.write_text("#!/bin/sh\necho 'no such codec' >&2\nexit 1\n")
    broken.chmod(broken.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", str(broken))

    with pytest.raises(MovieFailed, match="no such codec"):
        write_movie(tmp_path / "film.mp4", frames(), SIZE, 15.0)

    assert [entry.name for entry in tmp_path.iterdir()] == ["broken"]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            "[vost#0:0 @ 0x5] Unknown encoder 'libx264'\\nError opening: Encoder not found",
            "no encoder libx264",
        ),
        ("the cause\\n[a @ 0x5] what follows from it", "the cause; what follows from it"),
        ("", "it gave no reason and ended with code 8"),
    ],
)
@pytest.mark.parametrize("is_chosen", [True, False])
def test_it_is_told_which_encoder_failed_and_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, told: str, is_chosen: bool
) -> None:
    """Which ffmpeg, what is the matter with it, and how to get another; not the last line of its words alone."""
    broken = tmp_path / "ffmpeg"
    broken.write_text(f'#!/bin/sh\nprintf "{said}" >&2\nexit 8\n')
    broken.chmod(0o700)
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", str(broken))
    monkeypatch.setattr("kyphoviz.export.movie.CHOSEN_BY", "IMAGEIO_FFMPEG_EXE" if is_chosen else "NOT_SET")

    with pytest.raises(MovieFailed) as caught:
        write_movie(tmp_path / "film.mp4", frames(), SIZE, 15.0)

    words = str(caught.value)
    assert str(broken) in words
    assert told in words
    assert ("unset IMAGEIO" if is_chosen else "reinstall imageio-ffmpeg") in words
    assert "libx264" in words.split(";")[-1]


def test_no_folder_for_passing_files_is_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the encoder says is heard without a file of its own, and however much it is."""
    monkeypatch.setenv("TMPDIR", str(tmp_path / "missing"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "missing"))
    loud = tmp_path / "ffmpeg"
    loud.write_text("#!/bin/sh\nyes 'a word' | head -c 1000000 >&2\nexit 8\n")
    loud.chmod(0o700)
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", str(loud))

    with pytest.raises(MovieFailed, match="a word"):
        write_movie(tmp_path / "film.mp4", frames(), SIZE, 15.0)


def test_a_full_disk_is_not_told_in_the_encoder_s_own_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """ffmpeg names the reason somewhere above its last line; the film's name is told, and plain words."""
    broken = tmp_path / "broken"
    words = "[out#0/mp4 @ 0x56] Could not write header: No space left on device\n[out#0/mp4 @ 0x56] Nothing was written"
    broken.write_text(f"#!/bin/sh\necho '{words}' >&2\nexit 228\n")
    broken.chmod(broken.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", str(broken))
    path = tmp_path / "film.mp4"

    with pytest.raises(OSError, match="the disk is full") as caught:
        write_movie(path, frames(), SIZE, 15.0)

    assert caught.value.filename == str(path)
