"""A folder of bones from outside: all that is wrong with it is told at once, before anything is drawn."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kyphoviz.anatomy.foreign_bones import UnfitBones, foreign_bones
from tests.bone_folders import grown, write_arrays, write_bytes
from tests.commands import refused

Arrays = dict[str, Any]
ASKED = ("state", "kyphoplasty", "--at", "0")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Bones that are right, and not the shipped ones."""
    return grown(tmp_path / "bones")


def arrays_of(folder: Path, name: str) -> Arrays:
    """What an archive holds."""
    with np.load(folder / name) as found:
        return dict(found.items())


def told(capsys: pytest.CaptureFixture[str], folder: Path) -> str:
    """All that is said of it; the exit code is 1 and no line is a traceback."""
    code, lines = refused(capsys, *ASKED, "--bones", str(folder))

    assert code == 1
    assert not any("Traceback" in line for line in lines)
    return "\n".join(lines)


def test_bones_that_are_right_are_taken(folder: Path) -> None:
    """Larger ones than ours are bones all the same."""
    assert foreign_bones(folder).folder == folder


def with_nan(arrays: Arrays) -> None:
    arrays["outer_points"][7] = np.nan


def in_metres(arrays: Arrays) -> None:
    arrays["outer_points"] = arrays["outer_points"] / arrays["outer_points"].dtype.type(1000.0)


def open_surface(arrays: Arrays) -> None:
    arrays["outer_triangles"] = arrays["outer_triangles"][10:]


def inside_out(arrays: Arrays) -> None:
    arrays["outer_triangles"] = arrays["outer_triangles"][:, ::-1].copy()


def beyond_the_points(arrays: Arrays) -> None:
    arrays["outer_triangles"][0, 0] = len(arrays["outer_points"])


def nothing(arrays: Arrays) -> None:
    arrays.clear()


@pytest.mark.parametrize("spoil", [with_nan, in_metres, open_surface, inside_out, beyond_the_points, nothing])
def test_surfaces_that_are_none_are_told_with_their_file(
    capsys: pytest.CaptureFixture[str], folder: Path, spoil: Callable[[Arrays], None]
) -> None:
    """The checksum is right, and the bone is none."""
    arrays = arrays_of(folder, "L1.npz")
    spoil(arrays)
    write_arrays(folder, "L1.npz", arrays)

    assert str(folder / "L1.npz") in told(capsys, folder)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\x93NUMPY", bytes(range(256)) * 16], ids=range(4))
def test_a_file_that_is_no_archive_is_told(capsys: pytest.CaptureFixture[str], folder: Path, content: bytes) -> None:
    """Whatever its bytes are, though the manifest vouches for them."""
    write_bytes(folder, "T12.npz", content)

    assert str(folder / "T12.npz") in told(capsys, folder)


def test_everything_that_is_wrong_is_told_at_once(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    """A missing file, a damaged one and wrong sizes: one run names all three."""
    (folder / "L3.npz").unlink()
    (folder / "L2.npz").write_bytes(b"damaged")
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["levels"]["T12"]["shape"]["height_front"] *= 10.0
    (folder / "manifest.json").write_text(json.dumps(manifest))

    lines = told(capsys, folder)

    assert all(words in lines for words in ("L3.npz", "L2.npz", "height_front"))


def test_bones_of_another_level_are_told(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    """A T11 under the name of an L3 is not shown as an L3."""
    write_arrays(folder, "L3.npz", arrays_of(folder, "T11.npz"))

    assert "L3" in told(capsys, folder)


def a_link_to_itself(path: Path) -> None:
    path.symlink_to(path.name)


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


def a_folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.skipif(os.name == "nt", reason="there are no pipes")
@pytest.mark.parametrize("put", [a_link_to_itself, a_pipe, a_folder])
@pytest.mark.parametrize("name", ["manifest.json", "L1.npz"])
def test_what_is_no_plain_file_is_not_read(
    capsys: pytest.CaptureFixture[str], folder: Path, put: Callable[[Path], None], name: str
) -> None:
    """Nobody waits for the other end of a pipe."""
    (folder / name).unlink()
    put(folder / name)

    assert name in told(capsys, folder)


@pytest.mark.parametrize(
    "manifest", ["", "[]", "{}", '{"generator": "4"}', '{"generator": "4", "files": 3}', "[" * 9000]
)
def test_a_manifest_that_says_nothing_is_told(capsys: pytest.CaptureFixture[str], folder: Path, manifest: str) -> None:
    """It is named, whatever it holds."""
    (folder / "manifest.json").write_text(manifest)

    assert "manifest.json" in told(capsys, folder)


def test_a_folder_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """With the way to make one."""
    assert "anatomy build --set" in told(capsys, tmp_path / "nowhere")


def test_no_fault_is_told_twice(folder: Path) -> None:
    """Five vertebrae of one broken manifest are one line."""
    (folder / "manifest.json").write_text("{}")
    with pytest.raises(UnfitBones) as wrong:
        foreign_bones(folder)

    assert len(wrong.value.lines) == 1
