"""Claims about the way beside the pedicle."""

from __future__ import annotations

import numpy as np
import pytest

from kyphoviz.anatomy.assets import RestBone, load_bone
from kyphoviz.procedure.state import Side
from kyphoviz.site.needles.approach import Approach, canal_distance, dock_depth_mm
from kyphoviz.site.needles.parapedicular import parapedicular, way_in
from kyphoviz.site.xray.ap_lateral_rule import Verdict, rule

RADIUS_MM = 1.7


@pytest.fixture(scope="module", params=["T12", "L1", "L2"])
def bone(request: pytest.FixtureRequest) -> RestBone:
    """Every level that can be treated."""
    return load_bone(request.param)


@pytest.fixture(scope="module", params=[(side, alone) for side in Side for alone in (False, True)], ids=str)
def way(request: pytest.FixtureRequest, bone: RestBone) -> Approach:
    """Both sides, with the other one treated or not."""
    side, is_alone = request.param
    return parapedicular(bone, side, RADIUS_MM, is_alone)


def test_the_tool_passes_beside_the_pedicle(bone: RestBone, way: Approach) -> None:
    """It touches no bone until it enters, in front of the narrowest place of the pedicle and behind the wall."""
    dock = dock_depth_mm(bone, way)
    assert way.thinnest_wall_mm > 0.0
    assert bone.landmarks.posterior_wall[1] - 0.5 < way.at(dock)[1] < bone.landmarks.pedicle_left.centre[1] + 1.0


def test_it_stays_farther_from_the_canal_than_a_way_through_the_pedicle(bone: RestBone, way: Approach) -> None:
    """At least three millimetres are free between the tool and the canal."""
    assert canal_distance(bone, way.at(np.arange(-60.0, 25.0, 0.5))).min() - RADIUS_MM > 3.0


def test_it_keeps_the_ap_lateral_rule(bone: RestBone, way: Approach) -> None:
    """Behind the posterior wall the tip is never medial to the medial wall of the pedicle."""
    tips = way.at(np.arange(-60.0, 25.0, 0.5))
    assert all(rule(tip, bone.landmarks, way.side) == Verdict.ON_COURSE for tip in tips)


def test_a_pedicle_too_narrow_for_the_tool_is_passed_on_its_outer_side(bone: RestBone) -> None:
    """A tool that fits goes through; one wider than the pedicle goes beside it whatever is asked for."""
    through = way_in(bone, Side.LEFT, RADIUS_MM, False, "transpedicular")
    beside = way_in(bone, Side.LEFT, 5.0, False, "transpedicular")
    asked = way_in(bone, Side.LEFT, RADIUS_MM, False, "parapedicular")
    assert through.wall[0] < asked.wall[0]
    np.testing.assert_array_equal(beside.wall, parapedicular(bone, Side.LEFT, 5.0).wall)
