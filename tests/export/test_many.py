"""Frames that are drawn by several processes."""

from __future__ import annotations

import errno
import multiprocessing
import os
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kyphoviz.anatomy.bones import shipped_bones
from kyphoviz.children import python, this_program
from kyphoviz.export.frames import FrameLook
from kyphoviz.export.many import drawn_frames
from kyphoviz.film import open_film
from kyphoviz.scenario.load import find, load

OWN_FILES = ("signal", "random", "struct", "tempfile", "logging", "numpy", "kyphoviz")
LOOK = FrameLook((320, 180), "draft", "3d+xray", "en")


@pytest.mark.gl
@pytest.mark.slow
def test_it_does_not_matter_who_draws() -> None:
    """Two processes hand over the same pixels in the same order as one."""
    film = open_film(load(find("kyphoplasty")), shipped_bones())
    times = list(film.timeline.frame_times(2.0, film.timeline.time_of("inflate"), film.timeline.time_of("inflate") + 4))

    alone = [frame.copy() for frame in drawn_frames(film, LOOK, times, 1)]
    together = [frame.copy() for frame in drawn_frames(film, LOOK, times, 2)]

    assert len(alone) == len(together) == len(times)
    for one, other in zip(alone, together, strict=True):
        assert np.abs(one[..., :3].astype(int) - other[..., :3]).max() <= 2
    assert np.abs(alone[0].astype(int) - alone[-1]).max() > 20


@pytest.fixture
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with files of the person's own that are called as those of the library."""
    for name in OWN_FILES:
        (tmp_path / f"{name}.py").write_text("raise SystemExit('this is the user's own file, not the library's')")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_second_process_takes_nothing_from_the_working_folder(own_folder: Path) -> None:
    """Python looks there first by itself; this program and what it runs do not."""
    scenes = subprocess.run(this_program("scenes"), capture_output=True, text=True, check=True)
    alone = subprocess.run(
        python("import random, sys, kyphoviz; print(sys.argv)", "a"), capture_output=True, check=True
    )

    assert "kyphoplasty" in scenes.stdout
    assert alone.stdout.split() == [b"['-c',", b"'a']"]
    assert own_folder.is_dir()


@pytest.mark.gl
@pytest.mark.slow
@pytest.mark.usefixtures("own_folder")
def test_who_draws_takes_nothing_from_the_working_folder() -> None:
    """Processes that draw frames find the library, and leave no trace in our own environment."""
    film, before = open_film(load(find("leak")), shipped_bones()), dict(os.environ)
    frames = drawn_frames(film, FrameLook((32, 32), "draft"), [0.0, 1.0], 2)

    assert [frame.shape for frame in frames] == [(32, 32, 4)] * 2
    assert dict(os.environ) == before


class NothingShared:
    """A system whose shared memory takes nothing, as in a container that may only read it."""

    def RawArray(self, kind: str, size: int) -> Any:  # noqa: N802
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))


@pytest.mark.gl
def test_one_process_draws_where_nothing_can_be_shared(monkeypatch: pytest.MonkeyPatch) -> None:
    """A helper's need that fails is no failure of the film."""
    monkeypatch.setattr(multiprocessing, "get_context", lambda kind: NothingShared())
    film = open_film(load(find("leak")), shipped_bones())

    frames = [frame.copy() for frame in drawn_frames(film, FrameLook((32, 32), "draft"), [0.0, 1.0], 2)]

    assert [frame.shape for frame in frames] == [(32, 32, 4)] * 2
