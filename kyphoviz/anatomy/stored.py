"""The files of a folder of bones: no byte of them is used that its manifest does not vouch for.

Such a folder may come from somebody else, so what is wrong with a file is always one plain line: what it does to its
reader, and what makes it whole again.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kyphoviz.resources import DamagedFileError, assets_folder, plain_bytes

MANIFEST = "manifest.json"
GENERATOR = "4"
MOST_BYTES = {"manifest": 1_000_000, "packed": 16_000_000, "unpacked": 32_000_000}  # ours have a tenth of it
MOST_ARRAYS = 64  # of a file; ours have 13

Arrays = dict[str, NDArray[Any]]


class AssetError(DamagedFileError):
    """A file of bones is missing or not what the manifest says; the message is one plain line."""


def meshes_folder() -> Path:
    """Where the shipped bones lie."""
    return assets_folder() / "meshes"


def digest(content: bytes) -> str:
    """The checksum that the manifest keeps."""
    return hashlib.sha256(content).hexdigest()


def read_manifest(folder: Path) -> dict[str, Any]:
    """What the manifest of a folder says, if it is one of this generator.

    Raises:
        AssetError: it is missing, damaged or from another generator.
    """
    path = folder / MANIFEST
    content = _content(path, MOST_BYTES["manifest"])
    with whole(path):
        found = json.loads(content.decode())
    if not isinstance(found, dict) or found.get("generator") != GENERATOR:
        raise fault(path, "was written by another version")
    return found


def read_arrays(path: Path, manifest: dict[str, Any]) -> Arrays:
    """The arrays of a file whose checksum is right.

    Raises:
        AssetError: it is missing, damaged or too large.
    """
    files = manifest.get("files")
    entry = files.get(path.name) if isinstance(files, dict) else None
    if not isinstance(entry, dict):
        raise fault(path, f"is not listed in {MANIFEST}")
    content = _content(path, MOST_BYTES["packed"])
    if digest(content) != entry.get("sha256"):
        raise fault(path, "is damaged (checksum differs from the manifest)")
    with whole(path):
        _demand_small(content)
        with np.load(io.BytesIO(content), allow_pickle=False) as file:
            return {name: file[name] for name in file.files}


def fault(path: Path, what: str) -> AssetError:
    """The error of a file of bones, with what makes it whole again."""
    other = "" if path.parent == meshes_folder() else f" --set NAME -o {path.parent}"
    return AssetError(f"{path} {what}; run: kyphoviz anatomy build{other}")


@contextmanager
def whole(path: Path) -> Iterator[None]:
    """Whatever a file does to those who unpack it within is told as damage of it: its parts may be anything."""
    try:
        yield
    except Exception as wrong:
        raise fault(path, "is damaged") from wrong


@contextmanager
def as_expected(path: Path, of: str = "") -> Iterator[None]:
    """Values of another kind than those that are asked for within are told as a fault of their file.

    Args:
        of: the part of the file that is read, as `L1: `.
    """
    try:
        yield
    except (ArithmeticError, AttributeError, IndexError, KeyError, TypeError, ValueError) as wrong:
        raise fault(path, f"does not hold what is expected ({of}{wrong!s:.120})") from wrong


def _content(path: Path, most: int) -> bytes:
    try:
        return plain_bytes(path, most)
    except OSError as wrong:
        raise fault(path, f"cannot be read ({wrong.strerror})") from wrong


def _demand_small(content: bytes) -> None:
    """A ValueError for an archive that would fill the memory once it is unpacked."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = archive.infolist()
    if len(members) > MOST_ARRAYS or sum(member.file_size for member in members) > MOST_BYTES["unpacked"]:
        raise ValueError("it is too large")
