"""The command line as scripts rely on it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kyphoviz.anatomy.assets import meshes_folder
from kyphoviz.cli import main

OPERATIVE = (
    "position", "anesthesia", "c_arm", "mark", "incision", "needle_dock", "needle_advance", "inflate", "deflate_remove",
    "fill", "cure", "remove_close", "recover",
)  # fmt: skip
STATE_KEYS = {
    "time_s", "step", "clinical_min", "fracture", "needles", "balloons", "cement", "incision_mm", "cancellous_mass_g",
}  # fmt: skip


def said(capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    """Lines of standard output of a command that must succeed."""
    code = main(words)
    heard = capsys.readouterr()
    assert (code, heard.err) == (0, "")
    return heard.out.splitlines()


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, list[str]]:
    """Exit code and lines of standard error of a command that must not succeed, and must not say anything else."""
    code = main(words)
    heard = capsys.readouterr()
    assert heard.out == ""
    assert "Traceback" not in heard.err
    return code, heard.err.splitlines()


def states(capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in said(capsys, "state", "kyphoplasty", "--json", *words)]


def numbers_in(value: Any) -> list[float]:
    if isinstance(value, dict):
        return [number for item in value.values() for number in numbers_in(item)]
    if isinstance(value, list):
        return [number for item in value for number in numbers_in(item)]
    return [value] if isinstance(value, int | float) else []


def started(*words: str, **environment: str) -> subprocess.Popen[str]:
    """A command in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "kyphoviz", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
    )


def test_scenes_tile_their_films(capsys: pytest.CaptureFixture[str]) -> None:
    """`scenes --json` has an object a line; the steps of each follow without a gap from 0 to its end."""
    found = {scene["name"]: scene for scene in map(json.loads, said(capsys, "scenes", "--json"))}

    assert {"kyphoplasty", "vertebroplasty"} <= set(found)
    for scene in found.values():
        ends = [0.0, *(step["end_s"] for step in scene["steps"])]
        assert [step["start_s"] for step in scene["steps"]] == ends[:-1]
        assert ends[-1] == scene["duration_s"]
        assert len({step["id"] for step in scene["steps"]}) == len(scene["steps"])


def test_the_operation_has_its_steps(capsys: pytest.CaptureFixture[str]) -> None:
    """The operative steps of the kyphoplasty have the ids that scripts ask for, in this order."""
    scenes = map(json.loads, said(capsys, "scenes", "--json"))
    ids = [step["id"] for scene in scenes if scene["name"] == "kyphoplasty" for step in scene["steps"]]

    found = [name for name in ids if name in OPERATIVE]

    assert [name for name in OPERATIVE if name in found] == found
    assert {"position", "incision", "inflate", "deflate_remove", "fill", "cure", "remove_close", "recover"} <= set(
        found
    )


def test_scenes_are_listed_for_reading(capsys: pytest.CaptureFixture[str]) -> None:
    """Without --json there is a line for each scene, beginning with its name."""
    names = [line.split()[0] for line in said(capsys, "scenes")]

    assert "kyphoplasty" in names


def test_shipped_scenes_are_fine(capsys: pytest.CaptureFixture[str]) -> None:
    """`check` without a file looks at all shipped scenes and finds nothing."""
    assert all("fine" in line for line in said(capsys, "check"))


def test_check_tells_every_error_of_every_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Each line begins with the file and the line of a fault; the exit code is 1."""
    bad, worse = tmp_path / "bad.yaml", tmp_path / "worse.yaml"
    bad.write_text("case: {level: L9}\nsteps: []\n")
    worse.write_text("- 1\n")

    code, lines = refused(capsys, "check", str(bad), str(worse))

    assert code == 1
    assert any(line.startswith(f"{bad}:1: ") for line in lines)
    assert any(line.startswith(f"{worse}:1: ") for line in lines)


def test_states_come_in_the_order_asked(capsys: pytest.CaptureFixture[str]) -> None:
    """Times, ids and shares of steps may be mixed; times beyond the film are clamped to it."""
    scene = next(s for s in map(json.loads, said(capsys, "scenes", "--json")) if s["name"] == "kyphoplasty")
    step = next(s for s in scene["steps"] if s["id"] == "incision")

    found = states(capsys, "--at=-5,99999,incision,incision:0.5,1.5")

    middle = (step["start_s"] + step["end_s"]) / 2
    assert [state["time_s"] for state in found] == pytest.approx(
        [0.0, scene["duration_s"], step["start_s"], middle, 1.5]
    )
    assert [state["step"] for state in found[2:4]] == ["incision", "incision"]


def test_a_state_has_what_scripts_read(capsys: pytest.CaptureFixture[str]) -> None:
    """Keys, sides, unit vectors and finite numbers; null for what does not exist yet."""
    before, during, after = states(capsys, "--at", "0,inflate:0.8,cure:0.9")

    for state in (before, during, after):
        assert set(state) >= STATE_KEYS
        assert set(state["fracture"]) >= {"anterior_mm", "middle_mm", "posterior_mm", "kyphosis_deg", "intact"}
        assert set(state["fracture"]["intact"]) >= {"anterior_mm", "middle_mm", "posterior_mm", "kyphosis_deg"}
        assert all(np.isfinite(numbers_in(state)))
    assert before["cement"]["volume_ml"] == 0.0
    assert before["cement"]["viscosity_pa_s"] is None
    assert before["cement"]["core_temp_c"] is None
    assert {needle["side"] for needle in during["needles"]} == {"left", "right"}
    assert all(np.linalg.norm(needle["direction"]) == pytest.approx(1.0) for needle in during["needles"])
    assert {balloon["side"] for balloon in during["balloons"]} == {"left", "right"}
    assert after["cement"]["set_fraction"] > 0.5


def test_a_state_can_be_read(capsys: pytest.CaptureFixture[str]) -> None:
    """Without --json there is a line for each number, with its unit in its name."""
    lines = dict(line.split(maxsplit=1) for line in said(capsys, "state", "kyphoplasty", "--at", "inflate:0.5"))

    assert lines["step"] == "inflate"
    assert float(lines["balloons1.volume_ml"]) > 0.1


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("state", "kyphoplasty", "--at", "nowhere"), "no step has this id"),
        (("state", "kyphoplasty", "--at", "incision:2"), "share"),
        (("state", "kyphoplasty", "--at", "incision:"), "share"),
        (("state", "kyphoplasty", "--at", "nan"), "finite"),
        (("state", "kyphoplasty", "--at", "1,,2"), "no step has this id"),
        (("state", "no_such_scene", "--at", "1"), "no_such_scene:1: "),
        (("no_such_command",), "no_such_command:1: "),
        (("movie", "kyphoplasty", "--from", "9", "--to", "3", "-o", "x.mp4"), "--to"),
        (("movie", "kyphoplasty", "--to", "99999", "-o", "x.mp4"), "lasts"),
        (("movie", "kyphoplasty", "--from", "1", "--to", "1.001", "-o", "x.mp4"), "not one frame"),
        (("render", "kyphoplasty", "--at", "1", "-o", "no/such/folder/x.png"), "no such folder"),
        (("shapes", "kyphoplasty", "--at", "1", "-o", "no/such/folder"), "no such folder"),
        (("anatomy", "export", "--level", "L1", "--intact", "-o", "no/such/folder/x.stl"), "no such folder"),
    ],
)
def test_wrong_input_is_one_clear_line(capsys: pytest.CaptureFixture[str], words: tuple[str, ...], hint: str) -> None:
    """What can't be done is said in one line on standard error, with exit code 1."""
    code, lines = refused(capsys, *words)

    assert code == 1
    assert len(lines) == 1
    assert hint in lines[0]


@pytest.mark.parametrize(
    "words",
    [
        ("state", "kyphoplasty"),
        ("render", "kyphoplasty", "--at", "1"),
        ("render", "kyphoplasty", "--at", "1", "--raw", "x.npy"),
        ("render", "kyphoplasty", "--at", "1", "--size", "9x9", "-o", "x.png"),
        ("render", "kyphoplasty", "--at", "1", "--size", "wide", "-o", "x.png"),
        ("movie", "kyphoplasty", "--size", "641x360", "-o", "x.mp4"),
        ("movie", "kyphoplasty", "--fps", "nan", "-o", "x.mp4"),
        ("movie", "kyphoplasty", "--layout", "sideways", "-o", "x.mp4"),
        ("--mode", "loud"),
    ],
)
def test_wrong_usage_has_its_own_code(capsys: pytest.CaptureFixture[str], words: tuple[str, ...]) -> None:
    """A command that is put together wrongly ends with 2."""
    code, lines = refused(capsys, *words)

    assert code == 2
    assert lines


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    """`kyphoviz --help` shows what else there is."""
    text = "\n".join(said(capsys, "--help"))

    for command in ("scenes", "check", "state", "render", "contact", "movie", "shapes", "anatomy", "bench"):
        assert command in text


def test_listing_loads_neither_qt_nor_vtk() -> None:
    """`scenes` and `check` answer at once: nothing that draws is loaded."""
    script = """
import sys
from kyphoviz.anatomy.assets import meshes_folder
from kyphoviz.cli import main
code = main(["scenes"]) or main(["check"])
loaded = {name.split(".")[0] for name in sys.modules}
sys.exit(", ".join(sorted(loaded & {"PySide6", "vtkmodules", "moderngl", "scipy"})) or code)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")


def test_a_reader_that_had_enough_is_no_error() -> None:
    """When the other end of the pipe closes, the command ends quietly."""
    with started("state", "kyphoplasty", "--at", ",".join(["1"] * 2000), "--json") as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.readline()
        running.stdout.close()
        errors = running.stderr.read()

    assert (running.returncode, errors) == (0, "")


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
    assert capsys.readouterr().err == "none.npz is not listed in %s; run: kyphoviz anatomy build\n" % (
        meshes_folder() / "manifest.json"
    )
    assert not list(tmp_path.iterdir())


def test_ctrl_c_leaves_no_film(tmp_path: Path) -> None:
    """A movie that is cancelled ends with 130, and leaves no file and no process that writes."""
    path = tmp_path / "film.mp4"
    with started("movie", "kyphoplasty", "--size", "320x180", "--quality", "draft", "-o", str(path)) as running:
        deadline = time.monotonic() + 60.0
        while not any(tmp_path.iterdir()) and time.monotonic() < deadline:
            os.sched_yield()
        running.send_signal(signal.SIGINT)
        _, errors = running.communicate(timeout=60.0)

    assert running.returncode == 130
    assert errors.splitlines()[-1] == "Cancelled."
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


@pytest.mark.gl
@pytest.mark.xvfb
def test_a_real_window_shows_its_first_picture(x_display: str) -> None:
    """On a real X display the window opens, shows the spine and closes without a complaint."""
    with started("--exit-after-first-frame", DISPLAY=x_display, QT_QPA_PLATFORM="xcb") as running:
        out, errors = running.communicate(timeout=120.0)

    assert (running.returncode, out, errors) == (0, "", "")


@pytest.mark.gl
def test_without_a_display_the_window_says_so() -> None:
    """Where no display is named, the exit code is 3, with one line that tells what helps."""
    with started(DISPLAY="", WAYLAND_DISPLAY="", QT_QPA_PLATFORM="") as running:
        _, errors = running.communicate(timeout=60.0)

    assert running.returncode == 3
    assert len(errors.splitlines()) == 1
    assert "display" in errors
