"""Files that are there whole or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FULL = "the disk is full"
_PLAIN = {errno.ENOSPC: FULL, errno.EDQUOT: FULL, None: "it could not be written whole; is the disk full?"}
_PLAIN |= {errno.EIO: "the disk failed", errno.EROFS: "the disk takes no files", errno.EFBIG: "it would be too large"}


def not_written(path: Path, number: int | None, words: str | None = None) -> OSError:
    """The error of a file that could not be written, in plain words, with its name.

    Args:
        number: what the system says of it, as in `errno`; None where it says nothing.
        words: stand for a number that has no plain words here.
    """
    told = _PLAIN.get(number) or words or os.strerror(number or 0)
    return OSError(errno.EIO if number is None else number, told, str(path))


def aside_of(path: Path, process: int) -> Path:
    """The name beside `path` under which that process writes until it is done."""
    return path.with_name(f".{path.stem[:80]}.{process}.part{path.suffix}")


@contextmanager
def written_aside(path: Path) -> Iterator[Path]:
    """Hands out a name beside `path`; renames it to `path` at the end, or removes it if anything went wrong.

    The name keeps the ending, by which many writers tell the format.

    Raises:
        FileNotFoundError: the folder does not exist.
        IsADirectoryError: `path` is a folder.
        PermissionError: it is a device or a pipe, or its folder may not be written to.
        OSError: there is no room for it.
    """
    if path.is_dir():
        raise IsADirectoryError(21, "is a folder, not a file", str(path))
    if path.exists() and not path.is_file():
        raise PermissionError(1, "is not a plain file", str(path))
    if not path.parent.is_dir():
        raise FileNotFoundError(2, "there is no such folder", str(path.parent))
    if not os.access(path.parent, os.W_OK):
        raise PermissionError(13, "may not be written to", str(path.parent))
    aside = aside_of(path, os.getpid())
    try:
        yield aside
        aside.replace(path)
    except OSError as error:
        if error.filename not in (None, str(aside)):
            raise  # about another file
        raise not_written(path, error.errno, error.strerror) from error
    finally:
        aside.unlink(missing_ok=True)
