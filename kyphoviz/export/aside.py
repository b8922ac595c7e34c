"""Files that are there whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


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
    finally:
        aside.unlink(missing_ok=True)
