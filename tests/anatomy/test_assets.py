"""Claims about the files in assets/meshes and what happens when they are not as they should be."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from kyphoviz.anatomy.assets import load_bone, load_fine, load_tile
from kyphoviz.anatomy.build import _write
from kyphoviz.anatomy.stored import AssetError, digest, meshes_folder


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in ("manifest.json", "T11.npz", "trabeculae.npz"):
        shutil.copy(meshes_folder() / name, tmp_path / name)
    return tmp_path


def complaint(folder: Path, level: str = "T11") -> str:
    with pytest.raises(AssetError) as caught:
        load_bone(level, folder)
    message = str(caught.value)
    assert "\n" not in message
    assert "kyphoviz anatomy build" in message
    return message


def test_manifest_lists_every_file_with_its_checksum() -> None:
    """Each file beside the manifest is listed in it with size and checksum, and all together stay below 25 MB."""
    manifest = json.loads((meshes_folder() / "manifest.json").read_text())
    files = {path.name: path.read_bytes() for path in meshes_folder().glob("*.npz")}

    assert {name: (len(content), digest(content)) for name, content in files.items()} == {
        name: (entry["bytes"], entry["sha256"]) for name, entry in manifest["files"].items()
    }
    assert sum(map(len, files.values())) < 25_000_000


def test_one_flipped_bit_is_noticed(copy: Path) -> None:
    """A damaged file is refused by its checksum, in one line that names it and the remedy."""
    path = copy / "T11.npz"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)

    assert "T11.npz" in complaint(copy)


def test_truncated_file_is_noticed(copy: Path) -> None:
    """A file that was cut short is refused."""
    path = copy / "T11.npz"
    path.write_bytes(path.read_bytes()[:1000])

    assert "damaged" in complaint(copy)


def test_missing_file_is_named(copy: Path) -> None:
    """A missing file is named."""
    (copy / "T11.npz").unlink()

    assert "T11.npz" in complaint(copy)


def test_missing_manifest_is_named(tmp_path: Path) -> None:
    """Without a manifest nothing is read."""
    assert "manifest.json" in complaint(tmp_path)


@pytest.mark.parametrize("text", ["{", "[]", '{"generator": "1"}', '{"generator":"3"}', '{"generator":"3","files":[]}'])
def test_odd_manifest_is_refused(copy: Path, text: str) -> None:
    """A manifest that is no manifest, or another version's, is refused plainly."""
    (copy / "manifest.json").write_text(text)

    complaint(copy)


@pytest.mark.parametrize(
    ("group", "name", "value"),
    [
        ("landmarks", "canal_upper", [0.0, 1.0]),
        ("landmarks", "canal_upper", [0.0, 1.0, 2.0, 3.0]),
        ("landmarks", "canal_upper", [0.0, "much", 2.0]),
        ("landmarks", "canal_upper", [0.0, float("nan"), 2.0]),
        ("landmarks", "marrow_volume_mm3", None),
        ("landmarks", "marrow_volume_mm3", float("inf")),
        ("landmarks", "pedicle_left", 3.0),
        ("landmarks", "pedicle_left", {"centre": [1.0, 2.0]}),
        ("shape", "depth_up", None),
        ("shape", "height_back", "x"),
        ("shape", "girth", 10**400),
    ],
)
def test_places_and_sizes_that_are_none_are_refused(copy: Path, group: str, name: str, value: object) -> None:
    """A place has three finite coordinates and a size is one finite number, however late it is needed."""
    path = copy / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest["levels"]["T11"][group][name] = value
    path.write_text(json.dumps(manifest))

    assert "T11" in complaint(copy)


@pytest.mark.parametrize(
    ("name", "array"),
    [
        ("outer_points", np.full((9, 3), np.nan, np.float32)),
        ("outer_triangles", np.full((9, 3), 10**6)),
        ("outer_triangles", np.zeros(9, np.int32)),
        ("distance", np.zeros(9, np.int8)),
        ("distance_spacing", np.float32(0.0)),
    ],
)
def test_arrays_that_make_no_bone_are_refused(copy: Path, name: str, array: np.ndarray) -> None:
    """A file that was written with the right checksum, but wrongly, is told when it is read."""
    arrays = dict(np.load(copy / "T11.npz"))
    content = io.BytesIO()
    np.savez(content, **{**arrays, name: array})
    (copy / "T11.npz").write_bytes(content.getvalue())
    _relist(copy, content.getvalue())

    assert "does not hold what is expected" in complaint(copy)


def test_missing_fine_surface_is_named(copy: Path) -> None:
    """The finest surfaces are read only when asked for; a missing one is named then, and not before."""
    assert load_bone("T11", copy).level == "T11"
    with pytest.raises(AssetError, match=r"T11_fine\.npz cannot be read .*kyphoviz anatomy build"):
        load_fine("T11", copy)


def test_unknown_level_is_refused(copy: Path) -> None:
    """A level that was never built is refused plainly."""
    complaint(copy, "L5")


@pytest.mark.parametrize("content", [b"no archive", b"PK\x03\x04 half an archive"])
def test_file_that_is_no_archive_is_refused(copy: Path, content: bytes) -> None:
    """Even with a right checksum, something that is no archive of arrays is refused plainly."""
    (copy / "T11.npz").write_bytes(content)
    _relist(copy, content)

    complaint(copy)


def test_pickled_objects_are_never_opened(copy: Path) -> None:
    """An archive with a pickled object in it is refused, whatever its checksum."""
    archive = io.BytesIO()
    np.savez(archive, outer_points=np.array([{"a": 1}], dtype=object))
    (copy / "T11.npz").write_bytes(archive.getvalue())
    _relist(copy, archive.getvalue())

    complaint(copy)


def test_missing_array_is_refused(copy: Path) -> None:
    """An archive without the expected arrays is refused plainly."""
    archive = io.BytesIO()
    np.savez(archive, something=np.zeros(3))
    (copy / "T11.npz").write_bytes(archive.getvalue())
    _relist(copy, archive.getvalue())

    complaint(copy)


def test_writing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    """The archives hold no time and no order of their own."""
    arrays = {"a": np.arange(5), "b": np.zeros((2, 2), np.float32)}

    assert _write(tmp_path / "one.npz", arrays) == _write(tmp_path / "two.npz", arrays)


def test_tile_is_read(copy: Path) -> None:
    """The trabecular tile is checked and read like a bone."""
    assert load_tile(copy).front.shape == (384, 384)
    (copy / "trabeculae.npz").unlink()
    with pytest.raises(AssetError, match="trabeculae"):
        load_tile(copy)


def _relist(folder: Path, content: bytes) -> None:
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest["files"]["T11.npz"] = {"sha256": digest(content), "bytes": len(content)}
    path.write_text(json.dumps(manifest))
