"""Where this person's files lie; nowhere for whom the machine knows no home, as in some containers and services."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PySide6.QtCore import QDir, QStandardPaths

Location = QStandardPaths.StandardLocation


def settings_folder() -> Path | None:
    """Where this person's settings lie; None where there is no home to keep them in."""
    return _own(Location.GenericConfigLocation)


def log_folder() -> Path | None:
    """Where this person's programs keep their logs; None where there is no home to keep them in."""
    return _own(Location.GenericStateLocation)


def saving_folder(kind: Location) -> Path:
    """The person's folder for pictures or films, else their home, else one for files that need not stay."""
    home = QDir.homePath()
    for name in (QStandardPaths.writableLocation(kind), "" if home == QDir.rootPath() else home):
        if name and Path(name).is_dir():
            return Path(name)
    return Path(tempfile.gettempdir())


def _own(kind: Location) -> Path | None:
    """Qt takes the root of the disk for the home of who has none; nothing of ours belongs there."""
    name = QStandardPaths.writableLocation(kind)
    has_no_home = QDir.homePath() == QDir.rootPath() and name.lstrip("/").startswith(".")
    return None if has_no_home or not name else Path(name) / "kyphoviz"
