"""Every shape of a moment as STL, with a table that says what each is and how the X-ray sees it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from kyphoviz.anatomy.mesh import Mesh, write_stl
from kyphoviz.aside import not_written, to_disk
from kyphoviz.film import Film
from kyphoviz.fluoroscopy.materials import ATTENUATION_PER_CM
from kyphoviz.procedure.state import XrayView
from kyphoviz.resources import plain_bytes
from kyphoviz.site.shape import Shape
from kyphoviz.site.xray.c_arm import Projection

TABLE = "shapes.json"
SMALLEST_MM3 = 1e-6
TABLE_MOST = 1_000_000  # bytes; ours have some ten thousand


class NotOurs(ValueError):
    """The folder holds solids that no earlier run wrote; the message is one line."""


def write_shapes(folder: Path, film: Film, time_s: float) -> None:
    """Writes `NAME.stl` for every shape that has a volume, in patient axes (LPS) and millimetres, and `shapes.json`.

    What an earlier run wrote there, which its table tells, goes: afterwards the folder holds the solids of one moment.

    Args:
        folder: made if it is not there; its parent must be. The table is written last.
    Raises:
        NotOurs: solids lie there that are in no table of ours; nothing was written.
    """
    if folder.exists() and not folder.is_dir():
        raise NotADirectoryError(20, "is a file, not a folder", str(folder))
    if not folder.parent.is_dir():
        raise FileNotFoundError(2, "there is no such folder", str(folder.parent))
    before = _written_before(folder)
    state = film.timeline.state_at(time_s)
    shapes = [(shape, shape.placed) for shape in film.site.shapes(state)]
    solid = [(shape, mesh) for shape, mesh in shapes if _has_volume(shape, mesh)]
    table = {
        "time_s": state.time_s,
        "step": state.step,
        "treated_level": film.plan.level,
        "materials": dict(ATTENUATION_PER_CM),
        "parts": [_part(shape) for shape, _ in solid],
        "views": {view: _view(film.site.projection(view)) for view in XrayView},
        "landmarks_mm": {name: list(place) for name, place in film.site.landmarks_mm.items()},
    }
    try:
        with TemporaryDirectory(prefix=f".{film.plan.level}.", suffix=".part", dir=folder.parent) as aside:
            _write_solid(Path(aside), solid, table)
            folder.mkdir(exist_ok=True)
            _move(Path(aside), folder, before)
    except OSError as error:
        raise not_written(folder, error.errno, error.strerror) from error


def _written_before(folder: Path) -> set[str]:
    """Names of the files of an earlier run that lie in the folder."""
    there = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    ours = _told(folder / TABLE) & there
    for name in sorted(there - ours):
        if name.lower().endswith(".stl") or name.lower() == TABLE:
            raise NotOurs(f"{folder}: {name} lies there, which no earlier run wrote; take another folder")
    return ours


def _told(table: Path) -> set[str]:
    """The table of an earlier run and the files that it names; nothing where it is no such table."""
    try:
        found = json.loads(plain_bytes(table, TABLE_MOST).decode())
        names = {part["file"] for part in found["parts"]}
    except (OSError, ValueError, RecursionError, KeyError, TypeError):
        return set()
    return {TABLE, *(name for name in names if isinstance(name, str) and name.endswith(".stl"))}


def _move(aside: Path, folder: Path, before: set[str]) -> None:
    """The new files come, the table last, and those of before that no longer belong go first."""
    fresh = sorted(aside.iterdir(), key=lambda path: path.name == TABLE)
    (folder / TABLE).unlink(missing_ok=True)  # it tells of files that go now
    for name in before - {path.name for path in fresh}:
        (folder / name).unlink(missing_ok=True)
    for path in fresh:
        to_disk(path)
        path.replace(folder / path.name)
    with suppress(OSError):
        to_disk(folder)


def _write_solid(folder: Path, solid: Iterable[tuple[Shape, Mesh]], table: dict[str, Any]) -> None:
    for shape, mesh in solid:
        write_stl(mesh, folder / f"{shape.name}.stl")
    (folder / TABLE).write_text(json.dumps(table, indent=1, allow_nan=False) + "\n", encoding="utf-8")


def _has_volume(shape: Shape, mesh: Mesh) -> bool:
    return len(mesh.triangles) > 0 and (not shape.is_closed or abs(mesh.volume_mm3) > SMALLEST_MM3)


def _part(shape: Shape) -> dict[str, Any]:
    return {
        "file": f"{shape.name}.stl",
        "role": shape.role,
        "level": shape.level,
        "side": shape.side,
        "layer": str(shape.layer),
        "closed": shape.is_closed,
        "in_xray": shape.in_xray,
        "material": shape.material,
        "mu_per_cm": ATTENUATION_PER_CM[shape.material] if shape.material else None,
        "inside": shape.inside,
    }


def _view(projection: Projection) -> dict[str, Any]:
    return {
        "source_mm": list(projection.source_mm),
        "detector_center_mm": list(projection.detector_center_mm),
        "detector_right": list(projection.detector_right),
        "detector_up": list(projection.detector_up),
        "pixel_mm": projection.pixel_mm,
        "size": list(projection.size),
    }
