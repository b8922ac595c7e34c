"""What lies in the beam besides the operation."""

from __future__ import annotations

import numpy as np
import pytest

from kyphoviz.anatomy.spine import ORDER
from kyphoviz.procedure.mechanics import INTACT
from kyphoviz.scenario.model import Case
from tests.site.cases import film_of

LEVELS = ("T12", "L1", "L2")


@pytest.mark.parametrize("level", LEVELS)
def test_the_spine_runs_through_the_whole_picture(level: str) -> None:
    """On both pictures of every treated level bone is seen up to the upper and down to the lower edge of the field."""
    site = film_of(Case(level=level)).site
    shapes = [s for s in site.shapes(film_of(Case(level=level)).timeline.state_at(0.0)) if s.in_xray]
    bones = [s for s in shapes if s.role in ("vertebra", "far_vertebra")]
    for view in ("ap", "lateral"):
        projection = site.projection(view)
        rows = np.concatenate([projection.pixels(s.placed.points.astype(float))[:, 1] for s in bones])
        assert rows.min() < 20
        assert rows.max() > 492


@pytest.mark.parametrize("level", LEVELS)
def test_all_that_is_in_the_beam_alone_is_closed_and_not_drawn(level: str) -> None:
    """Path lengths need closed surfaces; the 3D picture stays clear."""
    film = film_of(Case(level=level))
    found = [
        s for s in film.site.shapes(film.timeline.state_at(0.0)) if s.role in ("rib", "lung", "gas", "far_vertebra")
    ]

    assert {"rib", "lung", "gas"} <= {s.role for s in found}
    for shape in found:
        assert shape.mesh.is_closed
        assert shape.mesh.volume_mm3 > 0
        assert shape.in_xray
        assert not shape.is_drawn


def test_the_added_vertebra_keeps_its_distance() -> None:
    """It stands as far from the last one as that one from its neighbour, and never inside it."""
    site = film_of(Case(level="L2")).site
    state = film_of(Case(level="L2")).timeline.state_at(0.0)
    fourth = next(s for s in site.shapes(state) if s.name == "L4_bone")
    poses = site.poses(INTACT)
    third, second = (poses[level][:3, 3] for level in ("L3", "L2"))

    assert np.linalg.norm(fourth.pose[:3, 3] - third) == pytest.approx(np.linalg.norm(third - second), rel=0.05)
    assert "L4" not in ORDER
