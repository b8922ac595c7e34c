"""Claims about the words that ship with the program."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType

import pytest

from kyphoviz.overlay.curve_words import load_curve_words
from kyphoviz.overlay.gauge_words import load_gauge_words, load_stop_words
from kyphoviz.procedure.fractures import stages_of
from kyphoviz.resources import DamagedFileError, catalogue, plain_bytes
from kyphoviz.ui.case.words import load_case_words


def test_missing_words_are_told_by_file_and_name(tmp_path: Path) -> None:
    """Who asks for words that a damaged catalogue lacks gets one line with the file and the whole name."""
    path = tmp_path / "case.en.toml"
    path.write_text('[choices.level]\nname = {plain = "Which bone"}\n')
    words = catalogue("case", folder=tmp_path)

    assert words["choices"]["level"]["name"]["plain"] == "Which bone"
    with pytest.raises(DamagedFileError) as caught:
        words["choices"]["level"]["name"]["clinical"]
    assert str(caught.value) == (
        f"{path}: choices.level.name.clinical is missing from the words that ship with the program"
    )


@pytest.mark.parametrize("text", ["a = ", "\0", "[a]\n[a]"])
def test_words_that_cannot_be_read_are_one_line(tmp_path: Path, text: str) -> None:
    """A catalogue that is no TOML is told by its file."""
    path = tmp_path / "case.en.toml"
    path.write_text(text)

    with pytest.raises(DamagedFileError, match="cannot be read") as caught:
        catalogue("case", folder=tmp_path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_pipe_in_place_of_words_is_told(tmp_path: Path) -> None:
    """It would be waited for without end."""
    os.mkfifo(tmp_path / "case.en.toml")

    with pytest.raises(DamagedFileError, match="no plain file"):
        catalogue("case", folder=tmp_path)


def test_a_file_beyond_all_measure_is_not_read(tmp_path: Path) -> None:
    """It is refused before it is in memory."""
    path = tmp_path / "case.en.toml"
    path.touch()
    os.truncate(path, 10**12)

    with pytest.raises(DamagedFileError, match="larger than 1000000 bytes"):
        catalogue("case", folder=tmp_path)


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux for a file that says that it is empty")
def test_a_file_that_says_nothing_of_its_size_is_measured() -> None:
    """What the system makes up as it is read is refused for what it holds, and never cut short."""
    with pytest.raises(OSError, match="larger than 20 bytes"):
        plain_bytes(Path("/proc/self/status"), 20)


def test_shared_tables_can_not_be_changed() -> None:
    """What is read or computed once is handed to everybody, so nobody can change it for the others."""
    for table in (load_gauge_words(), load_stop_words(), stages_of("typical", "wedge", "moderate")):
        assert isinstance(table, MappingProxyType)


DAMAGE: dict[str, tuple[str, Callable[[Path], object]]] = {
    "gauges": ('stop = "words"', lambda folder: load_stop_words(folder=folder)),
    "curves": ("[line]\ncement = 3", lambda folder: load_curve_words(folder=folder).line("cement")),
    "case": ('[refused]\nplain = "{"', lambda folder: load_case_words(is_clinical=False, folder=folder).reason("so")),
}


@pytest.mark.parametrize("subject", DAMAGE)
def test_words_of_another_kind_are_told_as_damage(tmp_path: Path, subject: str) -> None:
    """A text for a table, a number for a text, a pattern that is none: one line that names the file."""
    text, read = DAMAGE[subject]
    (tmp_path / f"{subject}.en.toml").write_text(f"{text}\n[choices]\n")

    with pytest.raises(DamagedFileError, match=f"words/{subject}"):
        read(tmp_path)
