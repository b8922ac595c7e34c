"""Reads the generated bones."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import isfinite
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from kyphoviz.anatomy.bone_sets import BoneSet
from kyphoviz.anatomy.distance import DistanceGrid, unpacked
from kyphoviz.anatomy.landmarks import Landmarks, Pedicle, Place
from kyphoviz.anatomy.mesh import Mesh, vertex_normals
from kyphoviz.anatomy.morphometry import DiscShape, VertebraShape
from kyphoviz.anatomy.published import ORDER
from kyphoviz.anatomy.stored import MANIFEST, Arrays, as_expected, meshes_folder, read_arrays, read_manifest
from kyphoviz.anatomy.trabeculae import TrabecularTile

TILE_FILE = "trabeculae.npz"
REACH_MM = 150.0  # no vertebra reaches so far from the middle of its body
SPACING_MM = (0.2, 3.0)  # of a grid of distances


@dataclass(frozen=True, slots=True, eq=False)
class RestBone:
    """One vertebra at rest in its own frame.

    `outer` is the bone's surface with baked openness, bend and parts, `marrow` the inside of the drawn cortical
    shell, `distance` the signed distance to the surface of the whole bone (0.8 mm grid, negative inside, cut off at
    +-5 mm).
    """

    level: str
    shape: VertebraShape
    outer: Mesh
    marrow: Mesh
    distance: DistanceGrid
    landmarks: Landmarks


def load_bone(level: str, folder: Path | None = None) -> RestBone:
    """Reads one vertebra.

    Args:
        level: T11 to L3.
        folder: other than the shipped one.
    Raises:
        AssetError: a file is missing, damaged or from another generator.
    """
    place = folder or meshes_folder()
    manifest = read_manifest(place)
    path = place / f"{level}.npz"
    arrays = read_arrays(path, manifest)
    with as_expected(path):
        outer, marrow, grid = _bone_mesh(arrays, "outer"), _mesh(arrays, "marrow"), _grid(arrays)
    with as_expected(place / MANIFEST, f"{level}: "):
        facts = manifest["levels"][level]
        return RestBone(level, _shape(facts["shape"], level), outer, marrow, grid, _landmarks(facts["landmarks"]))


def load_fine(level: str, folder: Path | None = None) -> Mesh:
    """Reads the finest surface of one vertebra, for stills and files; several times the triangles of `outer`.

    Raises:
        AssetError: as `load_bone`.
    """
    place = folder or meshes_folder()
    path = place / fine_file(level)
    arrays = read_arrays(path, read_manifest(place))
    with as_expected(path):
        return _bone_mesh(arrays, "fine")


def load_sizes(folder: Path | None = None) -> BoneSet:
    """Reads the sizes of all bones, and of the discs between them.

    Raises:
        AssetError: as `load_bone`.
    """
    place = folder or meshes_folder()
    manifest = read_manifest(place)
    with as_expected(place / MANIFEST):
        shapes = {level: _shape(manifest["levels"][level]["shape"], level) for level in ORDER}
        discs = {level: _disc(manifest["discs"][level]) for level in ORDER[:-1]}
        return BoneSet(str(manifest["set"]), shapes, discs)


def fine_file(level: str) -> str:
    """Name of the file of that level's finest surface."""
    return f"{level}_fine.npz"


def load_tile(folder: Path | None = None) -> TrabecularTile:
    """Reads the lattice of cancellous bone.

    Raises:
        AssetError: the file is missing or damaged.
    """
    place = folder or meshes_folder()
    path = place / TILE_FILE
    arrays = read_arrays(path, read_manifest(place))
    with as_expected(path):
        return TrabecularTile(
            arrays["front"], arrays["front_loss"], arrays["deep"], arrays["deep_loss"], float(arrays["mm_per_pixel"])
        )


def _bone_mesh(arrays: Arrays, name: str) -> Mesh:
    """A surface of bone with all that is baked on it."""
    bare, count = _mesh(arrays, name), len(arrays[f"{name}_points"])
    baked = {key: arrays[f"{name}_{key}"] for key in ("openness", "bend", "part", "paint")}
    for key, array in baked.items():
        kind = np.int8 if key == "bend" else np.uint8
        _demand(array, kind, (count, 2) if key == "paint" else (count,), f"{name}_{key}")
    return replace(
        bare,
        openness=baked["openness"].astype(np.float32) / np.float32(255),
        bend=baked["bend"].astype(np.float32) / np.float32(127),
        part=baked["part"],
        paint=baked["paint"].astype(np.float32) / np.float32(255),
    )


def _mesh(arrays: Arrays, name: str) -> Mesh:
    points, triangles = arrays[f"{name}_points"], arrays[f"{name}_triangles"]
    _demand(points, np.float32, (len(points), 3), f"{name}_points")
    _demand(triangles, np.int32, (len(triangles), 3), f"{name}_triangles")
    if not 0 <= triangles.min() <= triangles.max() < len(points):
        raise ValueError(f"{name}_triangles names points that are not there")
    if np.abs(points).max() > REACH_MM:
        raise ValueError(f"{name}_points reaches beyond {REACH_MM:g} mm")
    normals = arrays.get(f"{name}_normals")
    if normals is None:
        return Mesh(points, triangles, vertex_normals(points, triangles))
    _demand(normals, np.float32, points.shape, f"{name}_normals")
    return Mesh(points, triangles, normals)


def _grid(arrays: Arrays) -> DistanceGrid:
    steps, origin, spacing_mm = arrays["distance"], arrays["distance_origin"], _number(arrays["distance_spacing"])
    _demand(steps, np.int8, steps.shape[:3], "distance")
    _demand(origin, np.float32, (3,), "distance_origin")
    if steps.ndim != 3 or min(steps.shape) < 2:
        raise ValueError("distance is no grid")
    if not SPACING_MM[0] <= spacing_mm <= SPACING_MM[1] or np.abs(origin).max() > 2 * REACH_MM:
        raise ValueError("the grid of distances lies elsewhere than a bone")
    return unpacked(steps, origin, spacing_mm)


def _demand(array: NDArray[Any], kind: DTypeLike, shape: tuple[int, ...], name: str) -> None:
    """A ValueError for an array of other numbers or of another shape, an empty one, or one that is not finite."""
    if array.dtype != kind or array.shape != shape or not array.size or not np.isfinite(array).all():
        raise ValueError(f"{name} is not what it should be")


def _shape(found: dict[str, Any], level: str) -> VertebraShape:
    values: dict[str, Any] = {
        name: value if name in ("level", "source", "seed") else _number(value) for name, value in found.items()
    }
    if values["level"] != level or type(values["seed"]) is not int or not isinstance(values["source"], str):
        raise ValueError(f"the sizes of {level} are not its own")
    return VertebraShape(**values)


def _disc(found: dict[str, Any]) -> DiscShape:
    return DiscShape(_number(found["height_mm"]), _number(found["lordosis_deg"]), str(found["source"]))


def _landmarks(found: dict[str, Any]) -> Landmarks:
    sides = ("pedicle_left", "pedicle_right")
    values: dict[str, Any] = {name: _pedicle(found[name]) for name in sides}
    for name in found.keys() - values.keys():
        is_size = name.endswith(("_mm", "_mm3"))
        values[name] = _number(found[name]) if is_size else _place(found[name])
    return Landmarks(**values)


def _pedicle(side: dict[str, Any]) -> Pedicle:
    half_width_mm, half_height_mm = _number(side["half_width_mm"]), _number(side["half_height_mm"])
    return Pedicle(_place(side["centre"]), half_width_mm, half_height_mm, _place(side["medial"]), _place(side["entry"]))


def _place(found: list[Any]) -> Place:
    x, y, z = map(_number, found)
    return x, y, z


def _number(found: Any) -> float:
    if not isfinite(number := float(found)):
        raise ValueError(f"{found} is no number")
    return number
