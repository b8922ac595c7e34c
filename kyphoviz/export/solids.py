"""Every shape of a moment as STL, with a table that says what each is and how the X-ray sees it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from kyphoviz.anatomy.mesh import Mesh, write_stl
from kyphoviz.export.aside import not_written
from kyphoviz.film import Film
from kyphoviz.fluoroscopy.materials import ATTENUATION_PER_CM
from kyphoviz.site.shape import Shape
from kyphoviz.site.xray.c_arm import Projection

TABLE = "shapes.json"
VIEWS = ("ap", "lateral")
SMALLEST_MM3 = 1e-6


def write_shapes(folder: Path, film: Film, time_s: float) -> None:
    """Writes `NAME.stl` for every shape that has a volume, in patient axes (LPS) and millimetres, and `shapes.json`.

    Args:
        folder: made if it is not there; its parent must be. The table is written last.
    """
    if folder.exists() and not folder.is_dir():
        raise NotADirectoryError(20, "is a file, not a folder", str(folder))
    if not folder.parent.is_dir():
        raise FileNotFoundError(2, "there is no such folder", str(folder.parent))
    state = film.timeline.state_at(time_s)
    shapes = [(shape, shape.placed) for shape in film.site.shapes(state)]
    solid = [(shape, mesh) for shape, mesh in shapes if _has_volume(shape, mesh)]
    table = {
        "time_s": state.time_s,
        "step": state.step,
        "treated_level": film.plan.level,
        "materials": dict(ATTENUATION_PER_CM),
        "parts": [_part(shape) for shape, _ in solid],
        "views": {view: _view(film.site.projection(view)) for view in VIEWS},
        "landmarks_mm": {name: list(place) for name, place in film.site.landmarks_mm.items()},
    }
    try:
        with TemporaryDirectory(prefix=f".{folder.name[:40]}.", suffix=".part", dir=folder.parent) as aside:
            _fill(Path(aside), solid, table)
            folder.mkdir(exist_ok=True)
            for path in sorted(Path(aside).iterdir(), key=lambda path: path.name == TABLE):
                path.replace(folder / path.name)
    except OSError as error:
        raise not_written(folder, error.errno, error.strerror) from error


def _fill(folder: Path, solid: Iterable[tuple[Shape, Mesh]], table: dict[str, Any]) -> None:
    for shape, mesh in solid:
        write_stl(mesh, folder / f"{shape.name}.stl")
    (folder / TABLE).write_text(json.dumps(table, indent=1, allow_nan=False) + "\n", encoding="utf-8")


def _has_volume(shape: Shape, mesh: Mesh) -> bool:
    return len(mesh.triangles) > 0 and (not shape.closed or abs(mesh.volume_mm3) > SMALLEST_MM3)


def _part(shape: Shape) -> dict[str, Any]:
    return {
        "file": f"{shape.name}.stl",
        "role": shape.role,
        "level": shape.level,
        "side": shape.side,
        "layer": str(shape.layer),
        "closed": shape.closed,
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
