"""Claims about discs, dural sac, nerve roots and the trabecular tile."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from kyphoviz.anatomy.assets import RestBone, load_tile
from kyphoviz.anatomy.canal import CanalRest, canal_rest
from kyphoviz.anatomy.disc import disc_rest
from kyphoviz.anatomy.spine import ORDER, moved, rest_poses
from kyphoviz.anatomy.trabeculae import trabecular_tile

PAIRS = list(pairwise(ORDER))


@pytest.fixture(scope="module")
def canal(bones: dict[str, RestBone]) -> CanalRest:
    return canal_rest(bones)


@pytest.mark.parametrize(("upper", "lower"), PAIRS)
def test_disc_is_closed_and_fills_the_gap(bones: dict[str, RestBone], upper: str, lower: str) -> None:
    """A disc is closed, has 4 to 16 mL, and its end plates lie on the bones without a gap."""
    poses, rest = rest_poses(), disc_rest(bones[upper], bones[lower])
    disc = rest.mesh(poses[upper], poses[lower])

    assert disc.is_closed
    assert 4000 < disc.volume_mm3 < 16000
    assert np.linalg.norm(disc.normals, axis=1) == pytest.approx(1, abs=1e-4)
    for bone, points in ((bones[upper], rest.upper_points), (bones[lower], rest.lower_points)):
        assert np.abs(bone.distance.at(points) + 0.12).max() < 0.15


def test_disc_follows_the_lower_end_plate(bones: dict[str, RestBone]) -> None:
    """A disc above a sunken end plate grows by the sunken volume and stays closed."""
    poses, rest = rest_poses(), disc_rest(bones["T12"], bones["L1"])
    sunk = rest.lower_points - np.array([0, 0, 2], np.float32)
    before, after = (rest.mesh(poses["T12"], poses["L1"], points) for points in (None, sunk))

    assert after.is_closed
    assert after.volume_mm3 - before.volume_mm3 == pytest.approx(2 * 1150, rel=0.2)
    assert after.triangles is before.triangles


def test_canal_contents_touch_no_bone(bones: dict[str, RestBone], canal: CanalRest) -> None:
    """Sac and roots are closed and stay clear of every bone at rest."""
    poses = rest_poses()
    for part in (canal.sac, canal.roots):
        assert part.rest.is_closed
        assert part.rest.volume_mm3 > 0
        for level in ORDER:
            local = moved(np.linalg.inv(poses[level]), part.rest.points)
            assert bones[level].distance.at(local).min() > 0.1


def test_canal_contents_follow_the_bones(canal: CanalRest) -> None:
    """At rest nothing moves; when every bone moves alike so do they; the weights of each point sum to one."""
    poses = rest_poses()
    lift = np.eye(4)
    lift[:3, 3] = 1, 2, 3
    for part in (canal.sac, canal.roots):
        assert part.weights.sum(axis=1) == pytest.approx(1, abs=1e-5)
        assert part.mesh(poses).points == pytest.approx(part.rest.points, abs=1e-3)
        shifted = part.mesh({level: lift @ pose for level, pose in poses.items()})
        assert shifted.points - np.array([1, 2, 3]) == pytest.approx(part.rest.points, abs=1e-3)


def test_sac_bends_with_what_rides_above(canal: CanalRest) -> None:
    """When only the bones above the treated one sink, the sac sinks there and stays where it was below."""
    poses = rest_poses()
    down = np.eye(4)
    down[2, 3] = -4
    moved_poses = {level: (down @ pose if level.startswith("T") else pose) for level, pose in poses.items()}
    gone = canal.sac.mesh(moved_poses).points[:, 2] - canal.sac.rest.points[:, 2]
    z = canal.sac.rest.points[:, 2]

    assert gone[z > poses["T12"][2, 3]] == pytest.approx(-4, abs=1e-3)
    assert gone[z < 0] == pytest.approx(0, abs=1e-3)


def test_tile_has_no_seam() -> None:
    """Across the edges of the tile grey values change no more than inside it."""
    for layer in (load_tile().front, load_tile().deep):
        grey = layer.astype(float)
        for axis in (0, 1):
            inside = np.abs(np.diff(grey, axis=axis)).mean()
            seam = np.abs(grey.take(0, axis) - grey.take(-1, axis)).mean()
            assert seam < 1.5 * inside


def test_tile_is_upright_and_porous() -> None:
    """Struts run upwards more than across, and bone covers a fifth to two fifths, as in osteoporosis."""
    grey = load_tile().front.astype(float)

    assert np.abs(np.diff(grey, axis=1)).mean() > 1.5 * np.abs(np.diff(grey, axis=0)).mean()
    assert 0.12 < (grey > 127).mean() < 0.45


def test_tile_is_the_same_every_time() -> None:
    """The shipped tile is what the generator makes."""
    assert np.array_equal(trabecular_tile().front, load_tile().front)
