"""The command line as scripts rely on it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kyphoviz.procedure.timeline import film_time
from tests.commands import PATIENCE_S, refused, said, started, states

OPERATIVE = (
    "position", "anesthesia", "c_arm", "mark", "incision", "needle_dock", "needle_advance", "inflate", "deflate_remove",
    "fill", "cure", "remove_close", "recover",
)  # fmt: skip
STATE_KEYS = {
    "time_s", "step", "clinical_min", "fracture", "needles", "balloons", "cement", "incision_mm", "cancellous_mass_g",
}  # fmt: skip


def numbers_in(value: Any) -> list[float]:
    if isinstance(value, dict):
        return [number for item in value.values() for number in numbers_in(item)]
    if isinstance(value, list):
        return [number for item in value for number in numbers_in(item)]
    return [value] if isinstance(value, int | float) else []


def test_scenes_tile_their_films(capsys: pytest.CaptureFixture[str]) -> None:
    """`scenes --json` has an object a line; the steps of each follow without a gap from 0 to its end."""
    found = {scene["name"]: scene for scene in map(json.loads, said(capsys, "scenes", "--json"))}

    assert {"kyphoplasty", "vertebroplasty"} <= set(found)
    for scene in found.values():
        ends = [0.0, *(step["end_s"] for step in scene["steps"])]
        assert [step["start_s"] for step in scene["steps"]] == ends[:-1]
        assert ends[-1] == scene["duration_s"]
        assert len({step["id"] for step in scene["steps"]}) == len(scene["steps"])


def test_every_step_of_a_shipped_film_is_in_a_chapter(capsys: pytest.CaptureFixture[str]) -> None:
    """`scenes --json` names the chapter of each step."""
    scenes = map(json.loads, said(capsys, "scenes", "--json"))
    chapters = {step["id"]: step["chapter"] for scene in scenes for step in scene["steps"]}
    assert None not in chapters.values()
    assert (chapters["inflate"], chapters["risks"]) == ("balloon_and_cement", "does_it_help")


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
    """Without --json there is a line for each scene, beginning with its name and its length as the window tells it."""
    found = {line.split()[0]: line.split()[1] for line in said(capsys, "scenes")}
    ends = {s["name"]: s["steps"][-1]["end_s"] for s in map(json.loads, said(capsys, "scenes", "--json"))}

    assert "kyphoplasty" in found
    assert found == {name: film_time(end_s) for name, end_s in ends.items()}


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
        ("shapes", "kyphoplasty", "--at", "1", "-o", ""),
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
@pytest.mark.xvfb
def test_a_real_window_shows_its_first_picture(x_display: str) -> None:
    """On a real X display the window opens, shows the spine and closes without a complaint."""
    with started("--exit-after-first-frame", DISPLAY=x_display, QT_QPA_PLATFORM="xcb") as running:
        out, errors = running.communicate(timeout=PATIENCE_S)

    assert (running.returncode, out, errors) == (0, "", "")


@pytest.mark.gl
def test_without_a_display_the_window_says_so() -> None:
    """Where no display is named, the exit code is 3, with one line that tells what helps."""
    with started(DISPLAY="", WAYLAND_DISPLAY="", QT_QPA_PLATFORM="") as running:
        _, errors = running.communicate(timeout=PATIENCE_S)

    assert running.returncode == 3
    assert len(errors.splitlines()) == 1
    assert "display" in errors
