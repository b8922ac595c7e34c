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

from kyphoviz.anatomy.assets import TILE_FILE, fine_file
from kyphoviz.anatomy.bone_sets import SETS, SHIPPED, BoneSet
from kyphoviz.anatomy.landmarks import find_landmarks
from kyphoviz.anatomy.making import MadeBone, around, baked, body_volume_mm3, made_bones, marrow_surface, occluders
from kyphoviz.anatomy.mesh import Mesh
from kyphoviz.anatomy.spine import ORDER
from kyphoviz.anatomy.stored import GENERATOR, MANIFEST, digest
from kyphoviz.anatomy.trabeculae import trabecular_tile
from kyphoviz.aside import written_aside

SHIPPED_GRID_MM = 0.8

# (outer, marrow, finest) triangles: the treated level is seen close, and a CPU renderer pays for every triangle.
TRIANGLES = {
    "T11": (4400, 2000, 48_000),
    "T12": (7000, 3000, 60_000),
    "L1": (14000, 6000, 80_000),
    "L2": (7000, 3000, 60_000),
    "L3": (4400, 2000, 56_000),
}

Arrays = dict[str, Any]


def build(
    folder: Path,
    levels: Iterable[str] = ORDER,
    progress: Callable[[str], None] = lambda _: None,
    bone_set: BoneSet = SETS[SHIPPED],
    is_fine: bool = True,
) -> None:
    """Writes the bones, the trabecular tile and the manifest.

    Args:
        levels: which bones to write; the others keep their files and their lines in the manifest.
        progress: is told one plain line per finished part.
        bone_set: whose bones.
        is_fine: whether the finest surfaces are made too.
    Raises:
        making.UnsoundBone: sizes that make no vertebra.
    """
    folder.mkdir(parents=True, exist_ok=True)
    wanted = [level for level in ORDER if level in set(levels)]
    manifest = _manifest_so_far(folder / MANIFEST, bone_set.name)
    manifest["discs"] = {level: asdict(disc) for level, disc in bone_set.discs.items()}
    bones = made_bones(bone_set, ORDER, progress)
    light = occluders(bones)
    tile = trabecular_tile()
    made: dict[str, Arrays] = {TILE_FILE: {f.name: np.asarray(getattr(tile, f.name)) for f in fields(tile)}}
    for level in wanted:
        shadows = around(level, light, bone_set)
        made[f"{level}.npz"], manifest["levels"][level] = _bone(bones[level], shadows)
        if is_fine:
            fine = _baked(bones[level].pierced(), [], TRIANGLES[level][2])  # looked at alone
            made[fine_file(level)] = _surface_arrays("fine", fine, False)
        progress(f"{level}: meshes")
    for name, arrays in made.items():  # all at the end, so that a build broken off leaves the old set whole
        manifest["files"][name] = _write(folder / name, arrays)
    _replace(folder / MANIFEST, (json.dumps(manifest, indent=1, sort_keys=True) + "\n").encode())
    progress("manifest")


def _baked(bone: MadeBone, shadows: list[Mesh], triangles: int) -> Mesh:
    return baked(bone, bone.surface(triangles), shadows)


def _baked_light(bone: MadeBone, shadows: list[Mesh], triangles: int) -> Mesh:
    return baked(bone, bone.light_surface(triangles), shadows)


def _bone(bone: MadeBone, shadows: list[Mesh]) -> tuple[Arrays, dict[str, Any]]:
    """(arrays of the file, facts for the manifest) of one vertebra."""
    shape, inner = bone.shape, bone.marrow()
    outer_triangles, marrow_triangles, _ = TRIANGLES[shape.level]
    outer, marrow = _baked_light(bone, shadows, outer_triangles), marrow_surface(bone, marrow_triangles)
    shipped = bone.grid.resampled(SHIPPED_GRID_MM)
    arrays = {
        **_surface_arrays("outer", outer),
        **_surface_arrays("marrow", marrow),
        "distance": shipped.packed(),
        "distance_origin": shipped.origin,
        "distance_spacing": np.float64(shipped.spacing_mm),
    }
    return arrays, {
        "landmarks": _rounded(asdict(find_landmarks(shape, bone.grid, body_volume_mm3(inner, shape.back)))),
        "shape": asdict(shape),
        "volume_mm3": round(outer.volume_mm3, 1),
        "triangles": [len(outer.triangles), len(marrow.triangles)],
    }


def _surface_arrays(name: str, mesh: Mesh, has_normals: bool = True) -> Arrays:
    """What a file keeps of a surface; shares and bends as whole steps."""
    arrays: Arrays = {f"{name}_points": mesh.points, f"{name}_triangles": mesh.triangles}
    if has_normals:
        arrays[f"{name}_normals"] = mesh.normals
    if mesh.openness is not None:
        arrays[f"{name}_openness"] = np.rint(255 * np.clip(mesh.openness, 0, 1)).astype(np.uint8)
    if mesh.bend is not None:
        arrays[f"{name}_bend"] = np.rint(127 * np.clip(mesh.bend, -1, 1)).astype(np.int8)
    if mesh.part is not None:
        arrays[f"{name}_part"] = mesh.part
    if mesh.paint is not None:
        arrays[f"{name}_paint"] = np.rint(255 * np.clip(mesh.paint, 0, 1)).astype(np.uint8)
    return arrays


def _rounded(value: Any) -> Any:
    """Landmarks to a hundredth of a millimetre."""
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [_rounded(item) for item in value]
    return round(float(value), 2)


def _manifest_so_far(path: Path, set_name: str) -> dict[str, Any]:
    """The manifest that is there, if it is one of this generator and set; otherwise an empty one."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        found = {}
    if isinstance(found, dict) and (found.get("generator"), found.get("set")) == (GENERATOR, set_name):
        return found
    return {"generator": GENERATOR, "set": set_name, "files": {}, "levels": {}}


def _write(path: Path, arrays: Arrays) -> dict[str, Any]:
    """Writes an archive and gives its line in the manifest."""
    content = io.BytesIO()
    np.savez_compressed(content, **arrays)
    _replace(path, content.getvalue())
    return {"bytes": len(content.getvalue()), "sha256": digest(content.getvalue())}


def _replace(path: Path, content: bytes) -> None:
    with written_aside(path) as aside:
        aside.write_bytes(content)
