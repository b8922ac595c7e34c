"""Claims about discs, dural sac, nerve roots and the trabecular tile."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from kyphoviz.anatomy.assets import load_tile
from kyphoviz.anatomy.bones import Bones
from kyphoviz.anatomy.canal import CanalRest, canal_rest
from kyphoviz.anatomy.disc import disc_rest
from kyphoviz.anatomy.spine import ORDER, moved
from kyphoviz.anatomy.trabeculae import LATTICES, trabecular_tile
from kyphoviz.scenario.model import BONE_QUALITIES

PAIRS = list(pairwise(ORDER))


@pytest.fixture(scope="module")
def canal(bones: Bones) -> CanalRest:
    return canal_rest(bones, "L1")


@pytest.mark.parametrize(("upper", "lower"), PAIRS)
def test_disc_is_closed_and_fills_the_gap(bones: Bones, upper: str, lower: str) -> None:
    """A disc is closed, has 4 to 16 mL, and its end plates lie on the bones without a gap."""
    poses, rest = bones.rest_poses("L1"), disc_rest(bones[upper], bones[lower])
    disc = rest.mesh(poses[upper], poses[lower])

    assert disc.is_closed
    assert 4000 < disc.volume_mm3 < 16000
    assert np.linalg.norm(disc.normals, axis=1) == pytest.approx(1, abs=1e-4)
    for bone, points in ((bones[upper], rest.upper_points), (bones[lower], rest.lower_points)):
        assert np.abs(bone.distance.at(points) + 0.12).max() < 0.15


def test_disc_follows_the_lower_end_plate(bones: Bones) -> None:
    """A disc above a sunken end plate grows by the sunken volume and stays closed."""
    poses, rest = bones.rest_poses("L1"), disc_rest(bones["T12"], bones["L1"])
    sunk = rest.lower_points - np.array([0, 0, 2], np.float32)
    before, after = (rest.mesh(poses["T12"], poses["L1"], points) for points in (None, sunk))

    assert after.is_closed
    assert after.volume_mm3 - before.volume_mm3 == pytest.approx(2 * 1150, rel=0.2)
    assert after.triangles is before.triangles


def test_canal_contents_touch_no_bone(bones: Bones, canal: CanalRest) -> None:
    """Sac and roots are closed and stay clear of every bone at rest."""
    poses = bones.rest_poses("L1")
    for part in (canal.sac, canal.roots):
        assert part.rest.is_closed
        assert part.rest.volume_mm3 > 0
        for level in ORDER:
            local = moved(np.linalg.inv(poses[level]), part.rest.points)
            assert bones[level].distance.at(local).min() > 0.1


def test_canal_contents_follow_the_bones(bones: Bones, canal: CanalRest) -> None:
    """At rest nothing moves; when every bone moves alike so do they; the weights of each point sum to one."""
    poses = bones.rest_poses("L1")
    lift = np.eye(4)
    lift[:3, 3] = 1, 2, 3
    for part in (canal.sac, canal.roots):
        assert part.weights.sum(axis=1) == pytest.approx(1, abs=1e-5)
        assert part.mesh(poses).points == pytest.approx(part.rest.points, abs=1e-3)
        shifted = part.mesh({level: lift @ pose for level, pose in poses.items()})
        assert shifted.points - np.array([1, 2, 3]) == pytest.approx(part.rest.points, abs=1e-3)


def test_sac_bends_with_what_rides_above(bones: Bones, canal: CanalRest) -> None:
    """When only the bones above the treated one sink, the sac sinks there and stays where it was below."""
    poses = bones.rest_poses("L1")
    down = np.eye(4)
    down[2, 3] = -4
    moved_poses = {level: (down @ pose if level.startswith("T") else pose) for level, pose in poses.items()}
    gone = canal.sac.mesh(moved_poses).points[:, 2] - canal.sac.rest.points[:, 2]
    z = canal.sac.rest.points[:, 2]

    assert gone[z > poses["T12"][2, 3]] == pytest.approx(-4, abs=1e-3)
    assert gone[z < 0] == pytest.approx(0, abs=1e-3)


def test_tile_has_no_seam() -> None:
    """Across the edges of the tile distances to struts change no more than inside it."""
    for layer in (load_tile().front, load_tile().deep):
        distance = layer.astype(float)
        for axis in (0, 1):
            inside = np.abs(np.diff(distance, axis=axis)).mean()
            seam = np.abs(distance.take(0, axis) - distance.take(-1, axis)).mean()
            assert seam < 1.5 * inside


def test_struts_stand_upright() -> None:
    """Distances to struts change across more than upwards."""
    distance = load_tile().front.astype(float)

    assert np.abs(np.diff(distance, axis=1)).mean() > 1.5 * np.abs(np.diff(distance, axis=0)).mean()


def test_qualities_of_bone_differ() -> None:
    """From sclerotic over healthy and osteopenic to osteoporotic, bone covers each time at most 0.8 as much."""
    tile = load_tile()
    covered = [
        float((LATTICES[name].struts_mm(tile.front, tile.front_loss) < 0).mean())
        for name in ("sclerotic", "healthy", "osteopenic", "osteoporotic")
    ]

    assert all(less < 0.8 * more for more, less in pairwise(covered))
    assert 0.1 < covered[-1] < covered[0] < 0.65


def test_cross_links_go_first() -> None:
    """In osteoporosis a larger share of what lies across is lost than of what stands upright."""
    tile = load_tile()
    lost = LATTICES["osteoporotic"].struts_mm(tile.front, tile.front_loss) > 0.9
    struts = tile.front < 50  # within a strut's edges: their slopes tell which way it runs
    up, across = np.gradient(tile.front.astype(float))
    links = struts & (np.abs(up) > 2 * np.abs(across))
    stands = struts & (np.abs(across) > 2 * np.abs(up))

    assert lost[links].mean() > 1.5 * lost[stands].mean()


def test_every_quality_of_bone_can_be_drawn_and_resists() -> None:
    """What a case may say of the bone has a lattice."""
    assert set(LATTICES) == set(BONE_QUALITIES)


def test_tile_is_the_same_every_time() -> None:
    """The shipped tile is what the generator makes."""
    made, shipped = trabecular_tile(), load_tile()
    for name in ("front", "front_loss", "deep", "deep_loss"):
        assert np.array_equal(getattr(made, name), getattr(shipped, name))
