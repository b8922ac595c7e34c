"""Claims about the planned way of the needle."""

from __future__ import annotations

import numpy as np
import pytest

from kyphoviz.anatomy.assets import RestBone
from kyphoviz.procedure.state import Side
from kyphoviz.site.needles.approach import Approach, canal_distance, depth_fraction, dock_depth_mm, front_depth_mm

RADIUS_MM = 1.7


def keeps_the_rule(bone: RestBone, way: Approach, depths: np.ndarray) -> bool:
    """The tip is not medial to the medial pedicle wall before it is anterior to the posterior wall."""
    pedicle = bone.landmarks.pedicle_left if way.side == Side.LEFT else bone.landmarks.pedicle_right
    tips = way.at(depths)
    too_medial = np.abs(tips[:, 0]) - RADIUS_MM < abs(pedicle.medial[0])
    behind_wall = tips[:, 1] > bone.landmarks.posterior_wall[1]
    return not bool((too_medial & behind_wall).any())


def test_the_planned_needle_keeps_the_ap_lateral_rule(bone: RestBone, ways: tuple[Approach, ...]) -> None:
    """On both sides, from the skin to the front of the body."""
    for way in ways:
        assert keeps_the_rule(bone, way, np.arange(-60.0, 25.0, 0.25))


def test_a_wrong_path_breaks_the_rule(bone: RestBone, ways: tuple[Approach, ...]) -> None:
    """A needle turned twenty degrees more to the middle is caught."""
    way = ways[0]
    turn = np.radians(-20.0)
    matrix = np.array([[np.cos(turn), -np.sin(turn), 0], [np.sin(turn), np.cos(turn), 0], [0, 0, 1]])
    wrong = Approach(way.side, way.at(-12.0) + 12.0 * (matrix @ way.direction), matrix @ way.direction, 0.0)

    assert not keeps_the_rule(bone, wrong, np.arange(-60.0, 25.0, 0.25))


def test_the_pedicle_keeps_its_wall(ways: tuple[Approach, ...]) -> None:
    """At least a millimetre of bone is left around the cannula on each side."""
    assert min(way.thinnest_wall_mm for way in ways) >= 1.0


def test_the_needle_leans_medially_and_slightly_down(ways: tuple[Approach, ...]) -> None:
    """Medial by eight to twenty-two degrees, caudal by five to thirteen."""
    for way in ways:
        toward_middle = -way.direction[0] if way.side == Side.LEFT else way.direction[0]
        assert 8.0 <= np.degrees(np.arctan2(toward_middle, -way.direction[1])) <= 22.1
        assert 5.0 <= np.degrees(np.arctan2(-way.direction[2], -way.direction[1])) <= 13.1


def test_the_canal_is_never_touched(bone: RestBone, ways: tuple[Approach, ...]) -> None:
    """The cannula's surface stays at least a millimetre off the canal."""
    for way in ways:
        assert canal_distance(bone, way.at(np.arange(-60.0, 25.0, 0.5))).min() - RADIUS_MM > 1.0


def test_stations_come_in_order(bone: RestBone, ways: tuple[Approach, ...]) -> None:
    """The needle meets bone well behind the wall and would leave the front some thirty millimetres past it."""
    for way in ways:
        assert -40.0 < dock_depth_mm(bone, way) < -15.0
        assert 25.0 < front_depth_mm(bone, way) < 38.0


@pytest.mark.parametrize("fraction", [0.0, 0.25, 1.0])
def test_depth_fractions_run_from_front_to_back(bone: RestBone, fraction: float) -> None:
    """Fraction and millimetres are each other's inverse."""
    from kyphoviz.site.needles.approach import y_at_fraction

    assert depth_fraction(bone, y_at_fraction(bone, fraction)) == pytest.approx(fraction)
