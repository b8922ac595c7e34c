"""Frames that are drawn by several processes."""

from __future__ import annotations

import numpy as np
import pytest

from kyphoviz.export.frames import FrameLook
from kyphoviz.export.many import drawn_frames
from kyphoviz.film import open_film
from kyphoviz.scenario.load import find, load

pytestmark = [pytest.mark.gl, pytest.mark.slow]

LOOK = FrameLook((160, 90), "draft", "3d+xray", "en")


def test_it_does_not_matter_who_draws() -> None:
    """Two processes hand over the same pixels in the same order as one."""
    film = open_film(load(find("kyphoplasty")))
    times = list(film.timeline.frame_times(2.0, film.timeline.time_of("inflate"), film.timeline.time_of("inflate") + 4))

    alone = [frame.copy() for frame in drawn_frames(film, LOOK, times, 1)]
    together = [frame.copy() for frame in drawn_frames(film, LOOK, times, 2)]

    assert len(alone) == len(together) == len(times)
    for one, other in zip(alone, together, strict=True):
        assert np.abs(one[..., :3].astype(int) - other[..., :3]).max() <= 2
    assert np.abs(alone[0].astype(int) - alone[-1]).max() > 20
