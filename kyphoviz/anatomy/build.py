"""Makes assets/meshes/ from the published sizes: run once, by `kyphoviz anatomy build`, and shipped.

The same sources on the same machine give the same bytes. Only this needs trimesh and embreex.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import numpy as np

from kyphoviz.anatomy.assets import GENERATOR, MANIFEST, TILE_FILE, digest
from kyphoviz.anatomy.distance import DistanceGrid, opened
from kyphoviz.anatomy.isosurface import decimated, largest_shell, smoothed, surface
from kyphoviz.anatomy.landmarks import find_landmarks
from kyphoviz.anatomy.mesh import Floats, Mesh, vertex_normals
from kyphoviz.anatomy.morphometry import LEVELS
from kyphoviz.anatomy.occlusion import openness
from kyphoviz.anatomy.spine import ORDER, neighbours, rest_poses, with_joint_gap
from kyphoviz.anatomy.trabeculae import trabecular_tile
from kyphoviz.anatomy.vertebra import vertebra_distance

GRID_MM = 0.6
SHIPPED_GRID_MM = 0.8
SHELL_MM = 0.95  # real cortex is about 0.35 mm thick and would vanish in a picture
MARROW_EDGE_MM = 0.5  # opens the marrow by so much: no hair-thin bridge makes an extra handle
OCCLUDER_TRIANGLES = 4000

# (outer, marrow) triangles: the treated level is seen close, and a CPU renderer pays for every triangle.
TRIANGLES = {"T11": (4400, 2000), "T12": (7000, 3000), "L1": (14000, 6000), "L2": (7000, 3000), "L3": (4400, 2000)}


def build(folder: Path, levels: Iterable[str] = ORDER, progress: Callable[[str], None] = lambda _: None) -> None:
    """Writes the bones, the trabecular tile and the manifest.

    Args:
        levels: which bones to write; the others keep their files and their lines in the manifest.
        progress: is told one plain line per finished part.
    """
    folder.mkdir(parents=True, exist_ok=True)
    wanted = [level for level in ORDER if level in set(levels)]
    manifest = _kept(folder / MANIFEST)
    grids = _distances(progress)
    occluders = {level: decimated(_raw_surface(grids[level], 0.0), OCCLUDER_TRIANGLES) for level in ORDER}
    tile = trabecular_tile()
    made = {TILE_FILE: {f.name: np.asarray(getattr(tile, f.name)) for f in fields(tile)}}
    for level in wanted:
        made[f"{level}.npz"], manifest["levels"][level] = _bone(level, grids[level], occluders)
        progress(f"{level}: meshes")
    for name, arrays in made.items():  # all at the end, so that a build broken off leaves the old set whole
        manifest["files"][name] = _write(folder / name, arrays)
    _replace(folder / MANIFEST, (json.dumps(manifest, indent=1, sort_keys=True) + "\n").encode())
    progress("manifest")


def _distances(progress: Callable[[str], None]) -> dict[str, DistanceGrid]:
    """Distance of every bone, from the top, because each gives way to the one above."""
    grids: dict[str, DistanceGrid] = {}
    for level in ORDER:
        above, _ = neighbours(level)
        raw = vertebra_distance(LEVELS[level], GRID_MM)
        grids[level] = with_joint_gap(raw, level, grids[above] if above else None)
        progress(f"{level}: field")
    return grids


def _bone(level: str, grid: DistanceGrid, occluders: dict[str, Mesh]) -> tuple[dict[str, Any], dict[str, Any]]:
    """(arrays of the file, facts for the manifest) of one vertebra."""
    outer_triangles, marrow_triangles = TRIANGLES[level]
    inner = DistanceGrid(opened(grid.values, grid.spacing_mm, MARROW_EDGE_MM, -SHELL_MM), grid.origin, grid.spacing_mm)
    outer, marrow = bone_surface(grid, outer_triangles), bone_surface(inner, marrow_triangles)
    sky = 0.5 * (openness(outer, []) + openness(outer, _around(level, occluders)))  # also seen without neighbours
    shipped = grid.resampled(SHIPPED_GRID_MM)
    arrays = {
        **_parts("outer", outer),
        "outer_openness": np.rint(255 * np.clip(sky, 0, 1)).astype(np.uint8),
        **_parts("marrow", marrow),
        "distance": shipped.packed(),
        "distance_origin": shipped.origin,
        "distance_spacing": np.float64(shipped.spacing_mm),
    }
    shape = LEVELS[level]
    return arrays, {
        "landmarks": _rounded(asdict(find_landmarks(shape, grid, _body_volume(inner, shape.back)))),
        "volume_mm3": round(outer.volume_mm3, 1),
        "triangles": [len(outer.triangles), len(marrow.triangles)],
        "source": shape.source,
    }


def bone_surface(grid: DistanceGrid, triangles: int) -> Mesh:
    """The largest closed shell of a bone, smooth, light, and lying on the field again."""
    mesh = decimated(smoothed(_raw_surface(grid, 0.0), 20, 0.25), triangles)
    points = mesh.points
    for _ in range(3):
        off = np.clip(grid.at(points), -0.25, 0.25)
        normals = vertex_normals(points, mesh.triangles)
        points = points - np.float32(0.7) * off[:, None] * normals
    return Mesh(points, mesh.triangles, vertex_normals(points, mesh.triangles))


def _raw_surface(grid: DistanceGrid, level_mm: float) -> Mesh:
    return largest_shell(surface(-grid.values, grid.origin, grid.spacing_mm, -level_mm))


def _around(level: str, occluders: dict[str, Mesh]) -> list[Mesh]:
    """The neighbours at rest, in this vertebra's frame."""
    poses = rest_poses(level)
    return [occluders[other].moved(poses[other]) for other in neighbours(level) if other is not None]


def _body_volume(inner: DistanceGrid, back: float) -> float:
    """Marrow space of the body, without pedicles and arch, mm3."""
    _, y, _ = inner.axes
    share = np.clip(0.5 - inner.values / np.float32(inner.spacing_mm), 0, 1) * (y < back)
    return float(share.sum(dtype=np.float64) * inner.spacing_mm**3)


def _parts(name: str, mesh: Mesh) -> dict[str, Floats | Any]:
    return {f"{name}_points": mesh.points, f"{name}_triangles": mesh.triangles, f"{name}_normals": mesh.normals}


def _rounded(value: Any) -> Any:
    """Landmarks to a hundredth of a millimetre."""
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [_rounded(item) for item in value]
    return round(float(value), 2)


def _kept(path: Path) -> dict[str, Any]:
    """The manifest that is there, if it is one of this generator; otherwise an empty one."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        found = {}
    if isinstance(found, dict) and found.get("generator") == GENERATOR:
        return found
    return {"generator": GENERATOR, "files": {}, "levels": {}}


def _write(path: Path, arrays: dict[str, Any]) -> dict[str, Any]:
    """Writes an archive and gives its line in the manifest."""
    content = io.BytesIO()
    np.savez_compressed(content, **arrays)
    _replace(path, content.getvalue())
    return {"bytes": len(content.getvalue()), "sha256": digest(content.getvalue())}


def _replace(path: Path, content: bytes) -> None:
    """Writes aside and renames, so that no half file is left behind."""
    aside = path.with_name(path.name + ".part")
    aside.write_bytes(content)
    aside.replace(path)
