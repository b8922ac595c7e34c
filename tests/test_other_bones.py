"""Other bones than the shipped ones, handed in by a folder."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from kyphoviz.anatomy.bones import read_bones, shipped_bones
from kyphoviz.film import open_film
from kyphoviz.scenario.load import find, load
from tests.bone_folders import grown
from tests.commands import said

FACTOR = 1.05


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Bones that are larger by a twentieth."""
    return grown(tmp_path_factory.mktemp("grown"), FACTOR)


def test_sizes_are_those_of_the_bones_handed_in(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    """The heights that a film tells are those of its bones."""
    usual, larger = (
        json.loads(said(capsys, "state", "kyphoplasty", "--at", "0", "--json", *bones)[0])["fracture"]["intact"]
        for bones in ([], ["--bones", str(folder)])
    )

    for height in ("anterior_mm", "middle_mm", "posterior_mm"):
        assert larger[height] == pytest.approx(FACTOR * usual[height], abs=0.01)


def test_shapes_are_those_of_the_bones_handed_in(folder: Path) -> None:
    """All that follows from the bones does: surfaces light and fine, discs, where the vertebrae stand, soft parts."""
    scenario = load(find("kyphoplasty"))
    usual, larger = (open_film(scenario, bones) for bones in (shipped_bones(), read_bones(folder)))
    tall = [
        {shape.name: np.ptp(shape.placed.points[:, 2]) for shape in drawn}
        for film in (usual, larger)
        for drawn in (film.site.drawn_finely(film.timeline.state_at(0.0)),)
    ]

    assert {"L1", "T12", "disc_L1_L2"} <= set(tall[0])
    for name in ("L2", "T12", "disc_L2_L3"):  # these are whole
        assert tall[1][name] == pytest.approx(FACTOR * tall[0][name], rel=0.02)
