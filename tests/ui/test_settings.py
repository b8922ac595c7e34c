"""What is kept between runs, and what a broken end leaves behind."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, fields, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyphoviz.ui.remembered.settings import FILE_NAME, MARKER_NAME, THEMES, Settings, SettingsFile, settings_from

OTHER = Settings("light", "consult", 1.25, (10, 20, 900, 700), True, True, "vertebroplasty", "fill", 0.4, True)
NOBODY = 2**22 + 1  # above every process number that Linux gives
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8), lambda inner: st.lists(inner)
)


def test_what_was_kept_comes_back(tmp_path: Path) -> None:
    """Every field survives the file, and nothing else lies in the folder."""
    SettingsFile(tmp_path / "new").write(OTHER)

    assert SettingsFile(tmp_path / "new").read() == OTHER
    assert [path.name for path in (tmp_path / "new").iterdir()] == [FILE_NAME]


@pytest.mark.parametrize("words", [b"", b"{", b"[]", b"\xff\xfe", b"[" * 90_000, b" " * 200_000, b'{"theme": 3}'])
def test_a_broken_file_counts_as_none(tmp_path: Path, words: bytes) -> None:
    """Whatever lies in the file, the program starts with the usual settings."""
    (tmp_path / FILE_NAME).write_bytes(words)

    assert SettingsFile(tmp_path).read() == Settings()


@pytest.mark.parametrize("name", [FILE_NAME, MARKER_NAME])
def test_a_pipe_in_place_of_a_file_holds_nothing_up(tmp_path: Path, name: str) -> None:
    """Nobody ever writes into it, and nobody reads it: the program starts and ends all the same, and leaves it."""
    os.mkfifo(tmp_path / name)
    kept = SettingsFile(tmp_path)

    assert kept.read() == Settings()
    kept.begin()
    kept.write(OTHER)
    kept.end()
    assert (tmp_path / name).is_fifo()


@given(st.dictionaries(st.sampled_from([field.name for field in fields(Settings)]), ANYTHING))
def test_no_value_leads_astray(found: dict[str, object]) -> None:
    """Each value is taken only if the window can use it."""
    kept = settings_from(found)

    assert kept.theme in THEMES
    assert 0.0 <= kept.share <= 1.0
    assert 0.5 < kept.text_size < 2.0
    assert len(kept.place) in (0, 4)
    assert len(kept.xray_place) in (0, 4)
    assert settings_from(json.loads(json.dumps(asdict(kept)))) == kept


def test_one_wrong_value_spoils_no_other() -> None:
    """The rest of a file stays good."""
    assert settings_from({"theme": "sepia", "step": "fill"}) == replace(Settings(), step="fill")


def test_a_run_that_broke_off_is_noticed_once(tmp_path: Path) -> None:
    """A marker of a dead process tells of it; a clean end leaves none."""
    (tmp_path / MARKER_NAME).write_text(str(NOBODY))
    kept = SettingsFile(tmp_path)
    broke_off = kept.begin()
    kept.end()

    assert broke_off
    assert not SettingsFile(tmp_path).begin()


def test_a_second_window_is_no_broken_end(tmp_path: Path) -> None:
    """A marker whose process lives belongs to another window, and is left to it."""
    (tmp_path / MARKER_NAME).write_text(str(os.getppid()))

    assert not SettingsFile(tmp_path).begin()


def test_a_folder_that_takes_nothing_stops_nothing(tmp_path: Path) -> None:
    """Where nothing can be written, nothing is kept and nobody is told."""
    blocked = tmp_path / "file"
    blocked.write_text("")
    kept = SettingsFile(blocked / "folder")
    kept.write(OTHER)

    assert not kept.begin()
    assert kept.read() == Settings()
    kept.end()
