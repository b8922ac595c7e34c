"""Claims about the landmarks in the manifest."""

from __future__ import annotations

import numpy as np
import pytest

from kyphoviz.anatomy.assets import RestBone
from kyphoviz.anatomy.bones import Bones
from kyphoviz.anatomy.landmarks import Place
from kyphoviz.anatomy.spine import ORDER


def depth(bone: RestBone, *places: Place) -> np.ndarray:
    return bone.distance.at(np.array(places))


@pytest.mark.parametrize("level", ORDER)
@pytest.mark.parametrize("side", ["left", "right"])
def test_pedicle(bones: Bones, level: str, side: str) -> None:
    """The medial point lies on the wall, the centre in the bone, and the half width reaches from one to the other."""
    bone = bones[level]
    pedicle = bone.landmarks.pedicle_left if side == "left" else bone.landmarks.pedicle_right
    sign = 1 if side == "left" else -1

    on_wall, centre = depth(bone, pedicle.medial, pedicle.centre)
    assert abs(on_wall) < 0.3
    assert -5 < centre < -3
    assert sign * pedicle.centre[0] - sign * pedicle.medial[0] == pytest.approx(pedicle.half_width_mm, abs=0.8)
    x, y, z = pedicle.centre
    lateral = (x + sign * (pedicle.half_width_mm + 1.2), y, z)
    assert depth(bone, lateral)[0] > 0
    above, below = (x, y, z + pedicle.half_height_mm + 1.0), (x, y, z - pedicle.half_height_mm - 1.0)
    assert depth(bone, above, below).min() > 0


@pytest.mark.parametrize("level", ORDER)
def test_posterior_wall(bones: Bones, level: str) -> None:
    """At mid-height all bone between the pedicles lies in front of the posterior wall, and some of it touches it."""
    bone = bones[level]
    _, wall, z = bone.landmarks.posterior_wall
    x = np.linspace(-0.5 * bone.shape.canal_width + 2, 0.5 * bone.shape.canal_width - 2, 60)

    behind = bone.distance.at(np.stack([x, np.full_like(x, wall + 0.4), np.full_like(x, z)], axis=-1))
    at_wall = bone.distance.at(np.stack([x, np.full_like(x, wall), np.full_like(x, z)], axis=-1))
    assert behind.min() > 0
    assert at_wall.min() == pytest.approx(0, abs=0.3)


@pytest.mark.parametrize("level", ORDER)
def test_end_plate_corners(bones: Bones, level: str) -> None:
    """The four corners lie on the surface and span about the depth and heights of the shape."""
    marks, bone = bones[level].landmarks, bones[level]
    corners = (marks.anterior_upper, marks.anterior_lower, marks.posterior_upper, marks.posterior_lower)

    assert np.abs(depth(bone, *corners)).max() < 0.3
    assert marks.anterior_upper[2] - marks.anterior_lower[2] == pytest.approx(bones[level].shape.height_front, abs=1.0)
    assert marks.posterior_upper[2] - marks.posterior_lower[2] == pytest.approx(bones[level].shape.height_back, abs=1.3)
    assert marks.posterior_upper[1] - marks.anterior_upper[1] == pytest.approx(bones[level].shape.depth, abs=2.0)


@pytest.mark.parametrize("level", ORDER)
def test_canal_axis_is_free(bones: Bones, level: str) -> None:
    """The axis of the canal meets no bone from above the body to below it."""
    marks = bones[level].landmarks
    share = np.linspace(0, 1, 40)[:, None]
    axis = np.array(marks.canal_lower) * (1 - share) + np.array(marks.canal_upper) * share

    assert bones[level].distance.at(axis).min() > 3


@pytest.mark.parametrize("level", ORDER)
def test_marrow_volume_of_the_body(bones: Bones, level: str) -> None:
    """The body holds half to nine tenths of all marrow."""
    bone = bones[level]

    assert 0.5 < bone.landmarks.marrow_volume_mm3 / bone.marrow.volume_mm3 < 0.9
