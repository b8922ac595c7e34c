"""Frames -> an H.264 film that any player shows, in the colours of the pictures."""

from __future__ import annotations

import errno
import os
import re
import subprocess
from collections.abc import Callable, Iterable
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from threading import Thread
from typing import cast

import numpy as np
from imageio_ffmpeg import get_ffmpeg_exe
from numpy.typing import NDArray

from kyphoviz.aside import not_written, written_aside

ENCODER = "libx264"
QUALITY_CRF = 20
SAID_MOST = 20_000  # bytes of an encoder's words that are kept; the first tell the cause
CHOSEN_BY = "IMAGEIO_FFMPEG_EXE"
# Says how the colours are coded, and codes them so: a player that has to guess shows them duller.
COLOURS = (
    "scale=in_range=full:out_range=tv:out_color_matrix=bt709:flags=accurate_rnd+full_chroma_int,format=yuv420p,"
    "setparams=range=tv:colorspace=bt709:color_primaries=bt709:color_trc=bt709"
)
_OF_THE_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO)
_NO_ENCODER = re.compile(rf"(unknown|unrecognized) encoder|encoder .*{ENCODER}|encoder not found", re.IGNORECASE)
_WHO = re.compile(r"^\[[^]]* @ 0x[0-9a-f]+\] *")  # which part of ffmpeg speaks


class MovieFailed(RuntimeError):
    """ffmpeg is not there or did not take the frames; the message is one line."""


def write_movie(
    path: Path,
    frames: Iterable[NDArray[np.uint8]],
    size: tuple[int, int],
    fps: float,
    progress: Callable[[int], None] = lambda _: None,
) -> int:
    """Writes every frame, in order, and returns how many there were.

    Args:
        path: where the film goes; nothing is left there unless it is complete.
        frames: arrays of shape (height, width, 4), top row first, the fourth byte unused.
        size: width and height, both even: H.264 with 4:2:0 chroma knows no others.
        fps: frames per second.
        progress: told how many frames are done.
    Raises:
        MovieFailed: ffmpeg said no.
        OSError: there is no room for the film.
    """
    if size[0] % 2 or size[1] % 2:
        raise ValueError(f"a film needs an even width and height, not {size[0]}x{size[1]}")
    with written_aside(path) as aside:
        encoder = _started(_command(size, fps, aside))
        said = _Listener(encoder)
        try:
            count = _fed(encoder, frames, progress)
            if count is not None:
                encoder.wait()
        finally:
            _end(encoder)
        if count is None or encoder.returncode:
            raise _why(path, encoder, said.lines())
    return count


class _Listener:
    """Hears what an encoder says, so that it never waits for somebody to listen, and needs no file for it."""

    def __init__(self, encoder: subprocess.Popen[bytes]) -> None:
        """Listens until it ends."""
        assert encoder.stderr is not None
        self._stream, self._said = encoder.stderr, b""
        self._thread = Thread(target=self._listen, name="ffmpeg", daemon=True)
        self._thread.start()

    def lines(self) -> list[str]:
        """What it said, each line once and without who in it spoke; call it when it has ended."""
        self._thread.join()
        lines = [_WHO.sub("", line).strip() for line in self._said.decode(errors="replace").splitlines()]
        return list(dict.fromkeys(filter(None, lines)))

    def _listen(self) -> None:
        with self._stream as stream:
            while words := stream.read(4096):
                self._said = (self._said + words)[:SAID_MOST]


def _command(size: tuple[int, int], fps: float, path: Path) -> list[str]:
    width, height = size
    rate = Fraction(fps).limit_denominator(1001)
    source = ["-f", "rawvideo", "-pix_fmt", "rgb0", "-video_size", f"{width}x{height}", "-framerate", str(rate)]
    codec = ["-c:v", ENCODER, "-preset", "veryfast", "-crf", str(QUALITY_CRF), "-vf", COLOURS]
    container = ["-an", "-movflags", "+faststart", "-f", "mp4", "-y", str(path.absolute())]
    return [_ffmpeg(), "-hide_banner", "-nostdin", "-loglevel", "error", *source, "-i", "-", *codec, *container]


def _ffmpeg() -> str:
    try:
        return str(get_ffmpeg_exe())
    except RuntimeError as error:
        raise MovieFailed(f"no ffmpeg was found: {_remedy()}") from error


def _started(command: list[str]) -> subprocess.Popen[bytes]:
    """ffmpeg in a process group of its own: Ctrl-C reaches us, and we end it.

    Not in a session of its own: Linux shares out the processor by sessions, and there it would count as much as the
    window however low its priority.
    """
    try:
        pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
        return subprocess.Popen(command, stdin=pipe, stdout=nothing, stderr=pipe, process_group=0)
    except OSError as error:
        why = f"the ffmpeg that should write the film can't be run ({error.strerror or error}): {command[0]}"
        raise MovieFailed(f"{why}; {_remedy()}") from error


def _fed(
    encoder: subprocess.Popen[bytes], frames: Iterable[NDArray[np.uint8]], progress: Callable[[int], None]
) -> int | None:
    """Hands over all frames; how many, or None when ffmpeg stopped listening."""
    assert encoder.stdin is not None
    count = 0
    try:
        for frame in frames:
            encoder.stdin.write(np.ascontiguousarray(frame).data)
            count += 1
            progress(count)
        encoder.stdin.close()
    except BrokenPipeError:
        return None
    return count


def _end(encoder: subprocess.Popen[bytes]) -> None:
    """Leaves no process and no pipe behind."""
    encoder.kill()
    if encoder.stdin is not None:
        with suppress(OSError):
            encoder.stdin.close()
    encoder.wait()


def _why(path: Path, encoder: subprocess.Popen[bytes], lines: list[str]) -> Exception:
    """The error that ffmpeg's words tell of: a disk that took no more, a build without the encoder, or all of them."""
    for number in _OF_THE_DISK:
        if any(os.strerror(number) in line for line in lines):
            return not_written(path, number)
    program = str(cast(list[str], encoder.args)[0])
    if any(_NO_ENCODER.search(line) for line in lines):
        return MovieFailed(f"the ffmpeg at {program} has no encoder {ENCODER}, which makes H.264; {_remedy()}")
    reason = "; ".join(lines)[:200] or f"it gave no reason and ended with code {encoder.returncode}"
    return MovieFailed(f"the ffmpeg at {program} could not write the film ({reason}); {_remedy()}")


def _remedy() -> str:
    if CHOSEN_BY in os.environ:
        return f"unset {CHOSEN_BY} to take the one that comes with imageio-ffmpeg, or name one that has {ENCODER}"
    return f"reinstall imageio-ffmpeg, which brings one, or name another that has {ENCODER} by {CHOSEN_BY}"
