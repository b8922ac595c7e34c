"""Claims about the words that ship with the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from kyphoviz.resources import DamagedFileError, catalogue


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
