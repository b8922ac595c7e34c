"""A person without a home: some containers and services have none."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths

from kyphoviz.ui.start.folders import log_folder, saving_folder, settings_folder


@pytest.fixture
def no_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing tells where the person's files lie."""
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.usefixtures("no_home")
def test_who_has_no_home_keeps_nothing_on_the_root_of_the_disk() -> None:
    """Settings and logs go nowhere; a picture that is saved goes where files need not stay."""
    found = saving_folder(QStandardPaths.StandardLocation.PicturesLocation)

    assert settings_folder() is None
    assert log_folder() is None
    assert found == Path(tempfile.gettempdir())


@pytest.mark.usefixtures("no_home")
def test_what_is_told_counts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A service may be given its own folders instead of a home."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))

    assert settings_folder() == tmp_path / "kyphoviz"


def test_a_home_is_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As ever."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    found = log_folder()

    assert found is not None
    assert tmp_path in found.parents
