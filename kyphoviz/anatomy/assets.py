"""Reads the generated bones. Everything is checked against the manifest before a byte of it is used."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
import zlib
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kyphoviz.anatomy.bone_sets import BoneSet
from kyphoviz.anatomy.distance import DistanceGrid, unpacked
from kyphoviz.anatomy.landmarks import Landmarks, Pedicle, Place
from kyphoviz.anatomy.mesh import Mesh, vertex_normals
from kyphoviz.anatomy.morphometry import DiscShape, VertebraShape
from kyphoviz.anatomy.published import ORDER
from kyphoviz.anatomy.trabeculae import TrabecularTile
from kyphoviz.resources import DamagedFileError, assets_folder, plain_bytes

MANIFEST = "manifest.json"
TILE_FILE = "trabeculae.npz"
GENERATOR = "4"

Arrays = dict[str, NDArray[Any]]
_WRONG = (ArithmeticError, AttributeError, IndexError, KeyError, TypeError, ValueError)  # what is not as it should be


class AssetError(DamagedFileError):
    """A file of assets/meshes is missing or not what the manifest says; the message is one plain line."""


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


def meshes_folder() -> Path:
    """Where the generated bones lie."""
    return assets_folder() / "meshes"


def load_bone(level: str, folder: Path | None = None) -> RestBone:
    """Reads one vertebra.

    Args:
        level: T11 to L3.
        folder: other than the shipped one.
    Raises:
        AssetError: a file is missing, damaged or from another generator.
    """
    place = folder or meshes_folder()
    manifest = _manifest(place)
    path = place / f"{level}.npz"
    arrays = _checked_arrays(path, manifest)
    try:
        facts = manifest["levels"][level]
        landmarks, shape = _landmarks(facts["landmarks"]), _shape(facts["shape"])
        outer, marrow = _mesh(arrays, "outer"), _mesh(arrays, "marrow")
        grid = _grid(arrays)
    except _WRONG as wrong:
        raise AssetError(f"{path} does not hold what is expected ({wrong}); {_remedy(path)}") from wrong
    return RestBone(level, shape, outer, marrow, grid, landmarks)


def load_fine(level: str, folder: Path | None = None) -> Mesh:
    """Reads the finest surface of one vertebra, for stills and files; several times the triangles of `outer`.

    Raises:
        AssetError: as `load_bone`.
    """
    place = folder or meshes_folder()
    path = place / fine_file(level)
    arrays = _checked_arrays(path, _manifest(place))
    try:
        return _mesh(arrays, "fine")
    except _WRONG as wrong:
        raise AssetError(f"{path} does not hold what is expected ({wrong}); {_remedy(path)}") from wrong


def load_sizes(folder: Path | None = None) -> BoneSet:
    """Reads the sizes of all bones, and of the discs between them.

    Raises:
        AssetError: as `load_bone`.
    """
    place = folder or meshes_folder()
    path, manifest = place / MANIFEST, _manifest(place)
    try:
        shapes = {level: _shape(manifest["levels"][level]["shape"]) for level in ORDER}
        discs = {level: _disc(manifest["discs"][level]) for level in ORDER[:-1]}
        return BoneSet(str(manifest["set"]), shapes, discs)
    except _WRONG as wrong:
        raise AssetError(f"{path} does not hold what is expected ({wrong}); {_remedy(path)}") from wrong


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
    arrays = _checked_arrays(path, _manifest(place))
    try:
        return TrabecularTile(
            arrays["front"], arrays["front_loss"], arrays["deep"], arrays["deep_loss"], float(arrays["mm_per_pixel"])
        )
    except _WRONG as wrong:
        raise AssetError(f"{path} does not hold what is expected ({wrong}); {_remedy(path)}") from wrong


def _remedy(path: Path) -> str:
    """What makes a file of bones whole again."""
    is_shipped = path.parent == meshes_folder()
    return "run: kyphoviz anatomy build" + ("" if is_shipped else f" --set NAME -o {path.parent}")


def digest(content: bytes) -> str:
    """The checksum that the manifest keeps."""
    return hashlib.sha256(content).hexdigest()


def _manifest(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    try:
        found = json.loads(plain_bytes(path).decode())
    except OSError as wrong:
        raise AssetError(f"{path} cannot be read ({wrong.strerror}); {_remedy(path)}") from wrong
    except (ValueError, RecursionError) as wrong:
        raise AssetError(f"{path} is damaged; {_remedy(path)}") from wrong
    if not isinstance(found, dict) or found.get("generator") != GENERATOR:
        raise AssetError(f"{path} was written by another version; {_remedy(path)}")
    return found


def _checked_arrays(path: Path, manifest: dict[str, Any]) -> Arrays:
    """The arrays of a file whose size and checksum are right."""
    files = manifest.get("files")
    entry = files.get(path.name) if isinstance(files, dict) else None
    if not isinstance(entry, dict):
        raise AssetError(f"{path.name} is not listed in {path.with_name(MANIFEST)}; {_remedy(path)}")
    try:
        content = plain_bytes(path)
    except OSError as wrong:
        raise AssetError(f"{path} cannot be read ({wrong.strerror}); {_remedy(path)}") from wrong
    if digest(content) != entry.get("sha256"):
        raise AssetError(f"{path} is damaged (checksum differs from the manifest); {_remedy(path)}")
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as file:
            return {name: file[name] for name in file.files}
    except (ValueError, OSError, EOFError, MemoryError, NotImplementedError, zipfile.BadZipFile, zlib.error) as wrong:
        raise AssetError(f"{path} is damaged; {_remedy(path)}") from wrong


def _mesh(arrays: Arrays, name: str) -> Mesh:
    points, triangles = arrays[f"{name}_points"], arrays[f"{name}_triangles"]
    _demand(points, "f", (len(points), 3), f"{name}_points")
    _demand(triangles, "iu", (len(triangles), 3), f"{name}_triangles")
    if not 0 <= triangles.min() <= triangles.max() < len(points):
        raise ValueError(f"{name}_triangles names points that are not there")
    normals = arrays.get(f"{name}_normals")
    openness, bend = arrays.get(f"{name}_openness"), arrays.get(f"{name}_bend")
    paint = arrays.get(f"{name}_paint")
    return Mesh(
        points,
        triangles,
        vertex_normals(points, triangles) if normals is None else normals,
        None if openness is None else openness.astype(np.float32) / np.float32(255),
        bend=None if bend is None else bend.astype(np.float32) / np.float32(127),
        part=arrays.get(f"{name}_part"),
        paint=None if paint is None else paint.astype(np.float32) / np.float32(255),
    )


def _grid(arrays: Arrays) -> DistanceGrid:
    steps, origin, spacing_mm = arrays["distance"], arrays["distance_origin"], _number(arrays["distance_spacing"])
    _demand(steps, "i", steps.shape[:3] if steps.ndim == 3 and min(steps.shape) > 1 else (2, 2, 2), "distance")
    _demand(origin, "f", (3,), "distance_origin")
    if spacing_mm <= 0.0:
        raise ValueError("distance_spacing is no length")
    return unpacked(steps, origin, spacing_mm)


def _demand(array: NDArray[Any], kinds: str, shape: tuple[int, ...], name: str) -> None:
    """A ValueError for an array of other numbers or of another shape, an empty one, or one that is not finite."""
    if array.dtype.kind not in kinds or array.shape != shape or not array.size or not np.isfinite(array).all():
        raise ValueError(f"{name} is not what it should be")


def _shape(found: dict[str, Any]) -> VertebraShape:
    values: dict[str, Any] = {
        name: value if name in ("level", "source", "seed") else _number(value) for name, value in found.items()
    }
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
