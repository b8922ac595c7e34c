"""What a command writes, held against what it reads and what else it writes, before anything is drawn."""

from __future__ import annotations

import argparse
import os
import unicodedata
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from kyphoviz.cli.parser import LEVELS
from kyphoviz.cli.refusal import UsageRefusal
from kyphoviz.resources import scenes_folder

WRITTEN = (("output", "-o"), ("raw", "--raw"))
READ = (("scene", "the scene"), ("set", "the set of bones"), ("bones", "the bones"))
BONE_FILES = ("manifest.json", *(f"{level}{which}.npz" for level in LEVELS for which in ("", "_fine")))


def demand_apart(wanted: argparse.Namespace) -> None:
    """Refuses a command that would write over what it reads, or two files into one, however the names are spelt."""
    written = list(_written(wanted))
    for option, path in written:
        for what, source in _read(wanted):
            if _is_same(path, source):
                raise UsageRefusal(f"{option} {path}: this is {what} that is read; say another name")
    for (option, path), (other, second) in combinations(written, 2):
        if _is_same(path, second) or _folded(path) == _folded(second):
            raise UsageRefusal(f"{option} {path} and {other} would be one file; say another name")


def subtitles_of(film: str) -> Path | None:
    """Where the subtitles of a film lie; None where it has no name."""
    path = Path(film)
    return path.with_suffix(".srt") if path.name.strip(".") else None


def _written(wanted: argparse.Namespace) -> Iterator[tuple[str, Path]]:
    given = vars(wanted)
    for name, option in WRITTEN:
        if given.get(name):
            yield option, Path(given[name])
    if given.get("captions") == "srt":
        subtitles = subtitles_of(given["output"])
        if subtitles is not None:
            yield f"its subtitles ({subtitles.name})", subtitles


def _read(wanted: argparse.Namespace) -> Iterator[tuple[str, Path]]:
    given = vars(wanted)
    for name, what in READ:
        if given.get(name):
            yield what, Path(given[name])
            yield what, scenes_folder() / f"{given[name]}.yaml"
    if given.get("bones"):
        for name in BONE_FILES:
            yield f"a file of the bones ({name})", Path(given["bones"]) / name


def _is_same(path: Path, other: Path) -> bool:
    """Whether two names mean one file, through links of both kinds and where case does not count."""
    try:
        return path.samefile(other)
    except (OSError, ValueError):  # one of them is not there
        return os.path.realpath(path) == os.path.realpath(other)


def _folded(path: Path) -> str:
    """Names that are alike in this are one file on some disks."""
    return unicodedata.normalize("NFC", os.path.realpath(path)).casefold()
