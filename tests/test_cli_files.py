"""Files that the command line writes: pictures, solids and films, whole or not at all."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from kyphoviz.anatomy.stored import meshes_folder
from kyphoviz.cli import main
from tests.commands import PATIENCE_S, said, started, states


@pytest.mark.gl
def test_render_writes_a_picture_of_the_asked_size(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """The PNG has the asked size, and something is in it."""
    from PySide6.QtGui import QImage

    path = tmp_path / "a.png"
    said(
        capsys,
        "render",
        "kyphoplasty",
        "--at",
        "inflate:0.5",
        "--size",
        "320x180",
        "--quality",
        "draft",
        "-o",
        str(path),
    )

    image = QImage(str(path))
    assert (image.width(), image.height()) == (320, 180)
    assert len({image.pixel(x, 90) for x in range(320)}) > 20


@pytest.mark.gl
def test_the_raw_xray_is_the_line_integral(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """`--raw` writes float32 in the shape of the view, whatever --size says, and needs no picture."""
    path = tmp_path / "ap.npy"
    said(capsys, "render", "kyphoplasty", "--at", "cure", "--view", "ap", "--size", "64x64", "--raw", str(path))

    sums = np.load(path)
    assert (sums.shape, sums.dtype) == ((512, 512), np.float32)
    assert sums.max() > 2.0


@pytest.mark.gl
def test_shapes_come_with_their_table(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Every file in the table is there, one vertebra a level, and everything in the X-ray is closed."""
    folder = tmp_path / "solids"
    said(capsys, "shapes", "kyphoplasty", "--at", "inflate:0.8", "-o", str(folder))

    table = json.loads((folder / "shapes.json").read_text())
    parts = table["parts"]
    assert table["treated_level"] == "L1"
    assert {path.name for path in folder.glob("*.stl")} == {part["file"] for part in parts}
    levels = [part["level"] for part in parts if part["role"] == "vertebra"]
    assert len(levels) == len(set(levels))
    assert {"T12", "L1", "L2"} <= set(levels)
    assert all(part["closed"] and part["material"] and part["inside"] for part in parts if part["in_xray"])
    assert {part["side"] for part in parts if part["role"] == "balloon"} == {"left", "right"}
    assert set(table["views"]) == {"ap", "lateral"}
    assert set(table["landmarks_mm"]) >= {"posterior_wall", "pedicle_medial_left", "pedicle_medial_right"}
    assert table["materials"]["steel"] == 8.24


def test_a_bone_is_exported_whole(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """The STL has as many triangles as its length says, around the origin."""
    path = tmp_path / "L1.stl"
    said(capsys, "anatomy", "export", "--level", "L1", "--intact", "-o", str(path))

    content = path.read_bytes()
    count = int.from_bytes(content[80:84], "little")
    assert len(content) == 84 + 50 * count
    corners = np.frombuffer(content[84:], np.dtype([("f", "<f4", (4, 3)), ("x", "<u2")]))["f"][:, 1:]
    assert np.ptp(corners.reshape(-1, 3), axis=0).max() > 60.0


@pytest.mark.gl
@pytest.mark.slow
def test_a_damaged_file_is_one_line_whenever_it_is_found(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The lattice is read only when a section is drawn: a sheet half painted is given up without a traceback."""
    monkeypatch.setattr("kyphoviz.anatomy.assets.TILE_FILE", "none.npz")

    code = main(["contact", "kyphoplasty", "--size", "32x24", "--quality", "draft", "-o", str(tmp_path / "a.png")])

    assert code == 1
    assert (
        capsys.readouterr().err
        == f"{meshes_folder() / 'none.npz'} is not listed in manifest.json; run: kyphoviz anatomy build\n"
    )
    assert not list(tmp_path.iterdir())


def test_ctrl_c_leaves_no_film(tmp_path: Path) -> None:
    """A movie that is cancelled ends with 130, and leaves no file and no process that writes."""
    path = tmp_path / "film.mp4"
    with started("movie", "kyphoplasty", "--size", "320x180", "--quality", "draft", "-o", str(path)) as running:
        while running.poll() is None and not any(tmp_path.iterdir()):
            os.sched_yield()
        running.send_signal(signal.SIGINT)
        _, errors = running.communicate(timeout=PATIENCE_S)

    assert running.returncode == 130
    assert errors.splitlines()[-1] == "Cancelled."
    assert list(tmp_path.iterdir()) == []


DIES = """
import os, pathlib, signal, subprocess, sys
folder = pathlib.Path(sys.argv[1])
command = [sys.executable, "-m", "kyphoviz", "movie", "kyphoplasty", "--size", "320x180", "--ends-with-input"]
movie = subprocess.Popen([*command, "-o", str(folder / "film.mp4")], stdin=subprocess.PIPE, stderr=subprocess.DEVNULL)
while not any(folder.iterdir()):
    os.sched_yield()
movie.send_signal(signal.SIGSTOP)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.gl
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux wakes a process whose parent died")
def test_a_movie_ends_with_the_window_that_let_it_rest(tmp_path: Path) -> None:
    """Who asked for it is killed while the movie is stopped: it does not stay behind, and leaves no file."""
    with subprocess.Popen([sys.executable, "-c", DIES, str(tmp_path)], stdout=subprocess.PIPE) as asks:
        asks.communicate(timeout=PATIENCE_S)  # its output is closed only when the movie, which has it too, has ended

    assert asks.returncode == -signal.SIGKILL
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_request_to_end_leaves_no_half_file(tmp_path: Path, number: signal.Signals) -> None:
    """Not only movies clear away what is half-done."""
    with started("shapes", "kyphoplasty", "--at", "fill", "-o", str(tmp_path / "there")) as running:
        while running.poll() is None and not any(tmp_path.rglob("*.stl")):
            os.sched_yield()
        running.send_signal(number)
        _, errors = running.communicate(timeout=PATIENCE_S)

    assert (running.returncode, errors) == (130, "Cancelled.\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.gl
@pytest.mark.slow
def test_a_film_has_its_frames_and_its_subtitles(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Frames are as many as asked, and the words lie beside the film."""
    path = tmp_path / "film.mp4"
    words = ("--from", "inflate", "--to", "inflate:0.05", "--size", "320x180", "--fps", "10", "--quality", "draft")
    code = main(("movie", "kyphoplasty", *words, "--captions", "srt", "--layout", "3d+xray", "-o", str(path)))
    capsys.readouterr()

    from imageio_ffmpeg import count_frames_and_secs

    start, end = states(capsys, "--at", "inflate,inflate:0.05")
    assert code == 0
    assert count_frames_and_secs(str(path))[0] == round((end["time_s"] - start["time_s"]) * 10)
    assert "00:00:00,000 --> " in path.with_suffix(".srt").read_text()
