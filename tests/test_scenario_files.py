"""Files that mean harm, or are none: refused at once, in lines, with nothing done."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kyphoviz.bench.refusals import HOSTILE, SIZE
from kyphoviz.scenario import ScenarioError, find, load
from tests.scene_files import MINIMAL, opened, refused, write


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_file_is_refused_in_few_lines(tmp_path: Path, text: str) -> None:
    """However deep or large: a few printable lines, each with its place; how soon, `bench` tells."""
    refused(tmp_path, text)


def test_a_file_over_one_megabyte_is_refused(tmp_path: Path) -> None:
    """However harmless; one byte less is fine."""
    filling = "#" * (SIZE - len(MINIMAL) - 1) + "\n"
    assert opened(tmp_path, filling + MINIMAL).case.level == "L1"
    assert "larger than 1 MB" in refused(tmp_path, "#" + filling + MINIMAL)[0]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    """Nobody writes into it, and still the answer comes."""
    path = tmp_path / "pipe.yaml"
    os.mkfifo(path)
    with pytest.raises(ScenarioError, match="this is a pipe"):
        load(path)


def test_folders_devices_and_missing_files_are_refused(tmp_path: Path) -> None:
    """Each with its reason."""
    with pytest.raises(ScenarioError, match="this is a folder"):
        load(tmp_path)
    with pytest.raises(ScenarioError, match=":1: there is no such file"):
        load(tmp_path / "missing.yaml")
    if Path(os.devnull).is_char_device():
        with pytest.raises(ScenarioError, match="this is a device"):
            load(Path(os.devnull))


LINES = find("kyphoplasty").read_text(encoding="utf-8").split("\n")


@settings(max_examples=30)
@given(
    line=st.integers(0, len(LINES) - 1),
    junk=st.one_of(
        st.text(st.characters(codec="utf-8"), max_size=8),
        st.sampled_from(["- ", "{", "]", "&a ", "*a", "!!x ", "? ", ": ", "\t", "---", "null", ".inf"]),
    ),
    column=st.integers(0, 40),
)
def test_a_damaged_scene_loads_or_is_refused_in_lines(
    tmp_path_factory: pytest.TempPathFactory, line: int, junk: str, column: int
) -> None:
    """Whatever stands in a file, the answer is a scenario or printable lines, never another error."""
    damaged = [*LINES[:line], LINES[line][:column] + junk + LINES[line][column:], *LINES[line + 1 :]]
    path = write(tmp_path_factory.getbasetemp(), "\n".join(damaged))
    try:
        assert load(path).steps
    except ScenarioError as error:
        assert all(found.isprintable() for found in error.lines)  # noqa: PT017
