"""The text of a scenario file, read with suspicion: a regular file of a sensible size, in UTF-8."""

from __future__ import annotations

import errno
import stat
from pathlib import Path

from kyphoviz.resources import plain_bytes
from kyphoviz.scenario.errors import ScenarioError, refusal

BYTES_MOST = 1_000_000
_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def read_text(path: Path, given: str) -> str:
    """The file's text; raises ScenarioError where it is anything but a readable text file of at most 1 MB."""
    try:
        _demand_regular(path.stat().st_mode, given)
        content = plain_bytes(path, BYTES_MOST)
    except (OSError, ValueError) as error:
        if isinstance(error, ScenarioError):
            raise
        raise refusal(given, _reason(error)) from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise refusal(given, "the file is not text in UTF-8", line) from None


def _demand_regular(mode: int, given: str) -> None:
    if not stat.S_ISREG(mode):
        kind = next((words for is_kind, words in _KINDS if is_kind(mode)), "something else")
        raise refusal(given, f"this is {kind}, not a plain text file")


def _reason(error: Exception) -> str:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return "there is no such file"
    if isinstance(error, PermissionError):
        return "the file may not be read: its permissions do not allow it"
    if isinstance(error, OSError) and error.errno == errno.EFBIG:
        return "the file is larger than 1 MB; it should be a short text"
    if isinstance(error, OSError) and error.strerror:
        return f"the file can't be read: {error.strerror[:1].lower()}{error.strerror[1:]}"
    return "this can't be the name of a file"
