"""Files that are there whole or not at all, and still there after the power failed."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

FULL = "the disk is full"
_PLAIN = {errno.ENOSPC: FULL, errno.EDQUOT: FULL, None: "it could not be written whole; is the disk full?"}
_PLAIN |= {errno.EIO: "the disk failed", errno.EROFS: "the disk takes no files", errno.EFBIG: "it would be too large"}
_NOT_KNOWN_THERE = (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP)  # some network disks know no `fsync`
_STEM_BYTES, _ENDING_BYTES = 120, 80  # of the name beside; 255 are allowed in all


def not_written(path: Path, number: int | None, words: str | None = None) -> OSError:
    """The error of a file that could not be written, in plain words, with its name.

    Args:
        number: what the system says of it, as in `errno`; None where it says nothing.
        words: stand for a number that has no plain words here.
    """
    told = _PLAIN.get(number) or words or os.strerror(number or 0)
    return OSError(errno.EIO if number is None else number, told, str(path))


def aside_of(path: Path, process: int) -> Path:
    """The name beside the file that `path` means under which that process writes until it is done."""
    target = _meant(path)
    stem, ending = _cut(target.stem, _STEM_BYTES), _cut(target.suffix, _ENDING_BYTES)
    return target.with_name(f".{stem}.{process}.part{ending}")


@contextmanager
def written_aside(path: Path) -> Iterator[Path]:
    """Hands out a name beside `path`; renames it to `path` at the end, or removes it if anything went wrong.

    The name keeps the ending, by which many writers tell the format. Where `path` is a link, what it leads to is
    written and the link stays; a file that was there before passes on its mode and, where that is allowed, its owner.
    What was written is on the disk before the name is given, and the name before this returns.

    Raises:
        FileNotFoundError: the folder does not exist.
        IsADirectoryError: `path` is a folder.
        PermissionError: it is a device or a pipe, or its folder may not be written to.
        OSError: there is no room for it.
    """
    target = _meant(path)
    _demand_writable(target, path)
    before = target.stat() if target.exists() else None
    aside = aside_of(target, os.getpid())
    try:
        _create(aside, before)
        yield aside
        _settle(aside, before)
        aside.replace(target)
        with suppress(OSError):  # the file is there; not every system can be told this of a folder
            to_disk(target.parent)
    except OSError as error:
        if error.filename not in (None, str(aside)):
            raise  # about another file
        raise not_written(path, error.errno, error.strerror) from error
    finally:
        aside.unlink(missing_ok=True)


def to_disk(path: Path) -> None:
    """Returns once a file, or what names a folder holds, is on the disk and no longer only on its way there."""
    writable = os.O_RDWR if os.name == "nt" else os.O_RDONLY  # Windows flushes only what could be written
    number = os.open(path, writable | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(number)
    except OSError as error:
        if error.errno not in _NOT_KNOWN_THERE:
            raise
    finally:
        os.close(number)


def _meant(path: Path) -> Path:
    """The file that a path leads to, through all links, whether it is there or not."""
    target = Path(os.path.realpath(path))
    if target.is_symlink():
        raise OSError(errno.ELOOP, "is a link that leads back to itself", str(path))
    return target


def _demand_writable(target: Path, path: Path) -> None:
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, "is a folder, not a file", str(path))
    if target.exists() and not target.is_file():
        raise PermissionError(errno.EPERM, "is not a plain file", str(path))
    if not target.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, "there is no such folder", str(target.parent))
    if not os.access(target.parent, os.W_OK):
        raise PermissionError(errno.EACCES, "may not be written to", str(target.parent))


def _create(aside: Path, before: os.stat_result | None) -> None:
    """An empty file of our own that nobody may read who could not read the one before."""
    aside.unlink(missing_ok=True)  # left behind by a process that had our number
    mode = 0o666 if before is None else stat.S_IMODE(before.st_mode) & 0o700 | 0o600
    os.close(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode))


def _settle(aside: Path, before: os.stat_result | None) -> None:
    """Mode and owner of the file before, and all of it on the disk."""
    if before is not None:
        if hasattr(os, "chown"):
            with suppress(OSError):  # only the system's own user may give a file away
                os.chown(aside, before.st_uid, before.st_gid)
        aside.chmod(stat.S_IMODE(before.st_mode))
    to_disk(aside)


def _cut(name: str, most: int) -> str:
    """The first part of a name that takes at most so many bytes."""
    return name.encode(errors="surrogateescape")[:most].decode(errors="ignore")
