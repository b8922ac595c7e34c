"""Finds the files that ship with the program, in a checkout, a wheel or a frozen app, and reads those of words."""

from __future__ import annotations

import errno
import os
import stat
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

MOST_WORDS = 1_000_000  # bytes of a catalogue; ours have some thousand


class DamagedFileError(RuntimeError):
    """A file that ships with the program is missing or not what it should be; the message is one plain line."""


class Catalogue(dict[str, Any]):
    """A table of a catalogue, which tells its file and its own name where it is asked for words that it lacks."""

    def __init__(self, table: dict[str, Any], place: str) -> None:
        """Holds the tables within as its like."""
        super().__init__(
            (key, Catalogue(value, f"{place}{key}.") if isinstance(value, dict) else value)
            for key, value in table.items()
        )
        self._place = place

    def __missing__(self, key: str) -> Any:
        raise DamagedFileError(f"{self._place}{key} is missing from the words that ship with the program")


def plain_bytes(path: Path, most: int = 256_000_000) -> bytes:
    """What a plain file of at most so many bytes holds; a pipe or a device, which may never end, is not read.

    Raises:
        OSError: it is something else, or it can't be read.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, "it is no plain file", str(path))
        size = os.fstat(file.fileno()).st_size
        found = (file.read(most + 1) or b"") if size <= most else b""
    if max(size, len(found)) > most:  # a file that the system makes up, or that grows, says less than it holds
        raise OSError(errno.EFBIG, f"it is larger than {most} bytes", str(path))
    return found


def assets_folder() -> Path:
    """The folder that holds `meshes/`."""
    return _folder("assets")


def scenes_folder() -> Path:
    """The folder of the shipped scenarios."""
    return _folder("scenes")


def catalogue(subject: str, language: str = "en", folder: Path | None = None) -> Catalogue:
    """The words about a subject in that language, or the English ones where there are none.

    Args:
        folder: other than the shipped one.
    Raises:
        DamagedFileError: they cannot be read; later, where words are asked for that they lack.
    """
    place = folder or assets_folder() / "words"
    path = place / f"{subject}.{language}.toml"
    path = path if path.is_file() else place / f"{subject}.en.toml"
    try:
        return Catalogue(tomllib.loads(plain_bytes(path, MOST_WORDS).decode()), f"{path}: ")
    except (OSError, ValueError, RecursionError) as wrong:
        reason = wrong.strerror if isinstance(wrong, OSError) else wrong
        raise DamagedFileError(f"{path} cannot be read ({reason})") from wrong


@contextmanager
def as_expected(subject: str) -> Iterator[None]:
    """Words of another kind than those that are asked for within are told as damage of their catalogue."""
    try:
        yield
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as wrong:
        raise DamagedFileError(f"words/{subject}: the words are not of the expected kind ({wrong})") from wrong


def as_text(found: object) -> str:
    """Words that are to be read; a table or a number in their place is a TypeError."""
    if not isinstance(found, str):
        raise TypeError(f"{found!r:.60} is no text")
    return found


def _folder(name: str) -> Path:
    """The first place that exists; the checkout's place if none does, so that a build has somewhere to write."""
    package = Path(__file__).resolve().parent
    places = [package / name, package.parent / name]
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        places = [Path(frozen) / name, Path(frozen) / "kyphoviz" / name, *places]
    return next((place for place in places if place.is_dir()), package.parent / name)
