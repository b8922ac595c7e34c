"""Folders of bones that are not the shipped ones, without the minutes that making a set takes."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import numpy as np

from kyphoviz.anatomy.published import SIZES
from kyphoviz.anatomy.stored import digest, meshes_folder

Arrays = dict[str, Any]


def grown(folder: Path, factor: float = 1.05) -> Path:
    """The shipped bones, larger by that factor in all directions, written as `anatomy build` does."""
    folder.mkdir(exist_ok=True)
    manifest = json.loads((meshes_folder() / "manifest.json").read_text())
    manifest["set"] = "grown"
    lengths = {size.field for size in SIZES if size.unit == "mm"}
    for facts in manifest["levels"].values():
        facts["shape"] |= {field: factor * facts["shape"][field] for field in lengths}
        facts["landmarks"] = {key: _grown(key, place, factor) for key, place in facts["landmarks"].items()}
    for disc in manifest["discs"].values():
        disc["height_mm"] *= factor
    (folder / "manifest.json").write_text(json.dumps(manifest))
    for path in meshes_folder().glob("*.npz"):
        with np.load(path) as arrays:
            wide = {k: v * v.dtype.type(factor) if k.endswith(WIDE) else v for k, v in arrays.items()}
        write_arrays(folder, path.name, wide)
    return folder


def write_arrays(folder: Path, name: str, arrays: Arrays) -> None:
    """Writes an archive and its line in the manifest."""
    content = io.BytesIO()
    np.savez(content, **arrays)
    write_bytes(folder, name, content.getvalue())


def write_bytes(folder: Path, name: str, content: bytes) -> None:
    """Writes a file and its line in the manifest, so that its checksum is right."""
    (folder / name).write_bytes(content)
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest["files"][name] = {"sha256": digest(content), "bytes": len(content)}
    path.write_text(json.dumps(manifest))


WIDE = ("_points", "distance_origin", "distance_spacing")


def _grown(key: str, place: Any, factor: float) -> Any:
    if isinstance(place, dict):
        return {inner: _grown(inner, value, factor) for inner, value in place.items()}
    if isinstance(place, list):
        return [factor * value for value in place]
    return place * (factor**3 if key.endswith("_mm3") else factor)
