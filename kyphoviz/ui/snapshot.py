"""The picture in the window as a file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtGui import QImage

from kyphoviz.export.aside import written_aside

SCALES = (1, 2, 4)
FAST_PNG = 70  # Qt's measure: higher is quicker to write and a little larger


def folder_of(kind: QStandardPaths.StandardLocation) -> Path:
    """The person's folder for pictures or films, or their home where there is none."""
    for name in (QStandardPaths.writableLocation(kind), str(Path.home())):
        if name and Path(name).is_dir():
            return Path(name)
    return Path.cwd()


def named_by_time(folder: Path, step: str, ending: str, now: datetime) -> Path:
    """A name that tells what and when, and that nothing has yet: KyphoViz 2030-01-31 14.05.09 inflate.png."""
    stem = f"KyphoViz {now:%Y-%m-%d %H.%M.%S} {step}"
    path, count = folder / f"{stem}{ending}", 2
    while path.exists():
        path, count = folder / f"{stem} ({count}){ending}", count + 1
    return path


def save(image: QImage, path: Path) -> None:
    """Writes the picture as PNG, whole or not at all.

    Raises:
        OSError: it could not be written.
    """
    with written_aside(path) as aside:
        if not image.save(str(aside), quality=FAST_PNG):
            raise OSError(28, "the picture could not be written", str(path))
