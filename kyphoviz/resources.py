"""Finds the files that ship with the program: in a checkout, in an installed wheel or in a frozen app."""

from __future__ import annotations

import sys
from pathlib import Path


def assets_folder() -> Path:
    """The folder that holds `meshes/`."""
    return _folder("assets")


def scenes_folder() -> Path:
    """The folder of the shipped scenarios."""
    return _folder("scenes")


def _folder(name: str) -> Path:
    """The first place that exists; the checkout's place if none does, so that a build has somewhere to write."""
    package = Path(__file__).resolve().parent
    places = [package / name, package.parent / name]
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        places = [Path(frozen) / name, Path(frozen) / "kyphoviz" / name, *places]
    return next((place for place in places if place.is_dir()), package.parent / name)
