"""Standard streams as they are found: closed, full, with nobody who reads, or unable to write every sign.

What a command does is done whatever becomes of its words; only where the words are the work does losing them count.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, cast

from kyphoviz.cli.refusal import WRONG_INPUT

STAND_IN = "replace"  # a question mark for what a stream can't write or what is no text


class Said:
    """Standard output, which remembers the first fault of writing to it: some who write keep it to themselves."""

    def __init__(self, stream: Any) -> None:
        """Writes to that stream."""
        self._stream = stream
        self.fault: Exception | None = None

    def write(self, words: str) -> int:
        """Says the words."""
        with self._noted():
            self._stream.write(words)
        return len(words)

    def flush(self) -> None:
        """Sends on what was said."""
        with self._noted():
            self._stream.flush()

    @contextmanager
    def _noted(self) -> Iterator[None]:
        try:
            yield
        except (OSError, ValueError) as error:
            self.fault = self.fault or error
            raise

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


class Told:
    """Standard error, which loses its words where nobody can take them, and never ends the work for that."""

    def __init__(self, stream: Any) -> None:
        """Writes to that stream as long as it takes anything."""
        self._stream = stream

    def write(self, words: str) -> int:
        """Says the words, or loses them."""
        with suppress(OSError, ValueError):
            self._stream.write(words)
        return len(words)

    def flush(self) -> None:
        """Sends on what was said, or loses it."""
        with suppress(OSError, ValueError):
            self._stream.flush()

    def isatty(self) -> bool:
        """Whether somebody sits before it."""
        with suppress(AttributeError, OSError, ValueError):
            return bool(self._stream.isatty())
        return False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def open_closed() -> None:
    """Puts the empty device where a standard stream is closed: else the next file takes its number, and its words."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            with suppress(OSError):
                os.open(os.devnull, os.O_RDWR)  # takes the lowest free number


@contextmanager
def mended() -> Iterator[Said]:
    """Within it the three streams take whatever is said; gives standard output."""
    before = sys.stdin, sys.stdout, sys.stderr
    with open(os.devnull, "r+", encoding="utf-8") as nothing:  # noqa: PTH123 (it is no file)
        there = [stream or nothing for stream in before]
        for stream in there:
            if hasattr(stream, "reconfigure"):
                with suppress(OSError, ValueError):
                    stream.reconfigure(errors=STAND_IN)
        said = Said(there[1])
        sys.stdin, sys.stdout, sys.stderr = there[0], cast(Any, said), cast(Any, Told(there[2]))
        try:
            yield said
        finally:
            sys.stdin, sys.stdout, sys.stderr = before


def written(said: Said, code: int) -> int:
    """The exit code once standard output is on its way: a full one is told, a reader who had enough is no fault."""
    with suppress(OSError, ValueError):
        said.flush()
    if said.fault is None:
        return code
    with suppress(AttributeError, OSError, ValueError):  # what is left goes nowhere
        os.dup2(os.open(os.devnull, os.O_WRONLY), said.fileno())
    if isinstance(said.fault, BrokenPipeError):
        return code
    print(f"kyphoviz: standard output: {getattr(said.fault, 'strerror', None) or said.fault}", file=sys.stderr)
    return code or WRONG_INPUT
