"""Claims about the cancellous bone that balloons push aside."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyphoviz.anatomy.assets import RestBone
from kyphoviz.procedure.state import Side
from kyphoviz.scenario.model import Case
from kyphoviz.site.filling.chamber import Chamber
from kyphoviz.site.filling.compaction import (
    DENSEST_G_PER_ML,
    RIM_MM,
    WET_DENSITY_G_PER_ML,
    Compaction,
    pushed_mm,
    rim_packing,
)
from kyphoviz.site.filling.marrow import SPACING_MM
from kyphoviz.site.needles.approach import Approach
from tests.site.cases import film_of

VOLUMES_ML = (0.3, 0.6, 0.9, 1.2, 1.5, 1.8, 2.1, 2.4)


@pytest.fixture(scope="module")
def chamber(bone: RestBone, ways: tuple[Approach, ...]) -> Chamber:
    """The room of the default case."""
    return Chamber(Case(), bone, ways, 18.2)


@pytest.fixture(scope="module")
def packed(bone: RestBone, chamber: Chamber) -> Compaction:
    """The bone around it."""
    return Compaction(bone, chamber)


def test_no_bone_is_lost_while_balloons_are_filled(packed: Compaction) -> None:
    """Summed over the packed bone its mass stays within 1 %, at eight volumes."""
    before = packed.mass_g(0.0, 0.0)

    assert all(packed.mass_g(v, v / 2.4) == pytest.approx(before, rel=0.01) for v in VOLUMES_ML)


def test_without_a_rim_the_displaced_bone_is_missing(bone: RestBone, chamber: Chamber, packed: Compaction) -> None:
    """The mass is really summed: with nowhere to go, what two balloons of 2.4 mL displace is gone."""
    bare = Compaction(bone, chamber, rim_mm=0.0)
    missing = packed.mass_g(2.4, 1.0) - bare.mass_g(2.4, 1.0)

    assert missing > 4.0 * WET_DENSITY_G_PER_ML
    assert bare.mass_g(2.4, 1.0) < 0.8 * packed.mass_g(0.0, 0.0)


def test_what_is_displaced_thickens_the_rim_only(packed: Compaction, chamber: Chamber) -> None:
    """Within 3 mm of the balloons bone is denser than before, farther away it is as it was, nowhere beyond solid."""
    before, after = packed.packed(0.0, 1.0), packed.packed(2.4, 1.0)
    away = np.min([body.rough_field(2.4) for body in chamber.balloons], axis=0)
    rim = (away > SPACING_MM) & (away < RIM_MM - SPACING_MM) & (before > 0.1)
    far = away > RIM_MM + SPACING_MM

    assert 1.4 < after[rim].sum() / before[rim].sum() < 3.0
    assert np.abs(after - before)[far].max() < 1e-3
    assert after.max() <= DENSEST_G_PER_ML + 1e-6
    assert after[away < -SPACING_MM].max() == 0.0


def test_a_lower_body_is_denser(packed: Compaction) -> None:
    """Prone, the same bone fills less room than at the height that the balloons make."""
    prone, peak = packed.packed(0.0, 0.0), packed.packed(0.0, 1.0)

    assert prone.max() > peak.max()
    assert prone.sum() == pytest.approx(peak.sum(), rel=0.01)


@pytest.mark.parametrize("case", [Case(), Case(level="T12", preset="acute_mobile", sides=(Side.LEFT,))])
def test_the_state_tells_the_mass_of_the_packed_bone(case: Case) -> None:
    """Through inflation and deflation it is what was integrated, and constant within 1 %."""
    film = film_of(case)
    start, end = film.timeline.time_of("inflate"), film.timeline.time_of("deflate_remove", 1.0)
    masses = [film.timeline.state_at(start + (end - start) * k / 50).cancellous_mass_g for k in range(51)]

    assert len(set(masses)) > 10
    assert masses == pytest.approx([masses[0]] * 51, rel=0.01)


def test_what_the_cut_shows_is_what_was_integrated(packed: Compaction, chamber: Chamber) -> None:
    """The packing drawn around a balloon agrees with the mass found on the grid within a third, at three volumes."""
    before = packed.packed(0.0, 1.0)
    for volume in (1.2, 1.8, 2.4):
        away = np.min([body.rough_field(volume) for body in chamber.balloons], axis=0)
        rim = (away > 0.5 * SPACING_MM) & (away < RIM_MM) & (before > 0.1)
        found = packed.packed(volume, 1.0)[rim].sum() / before[rim].sum() - 1.0

        assert rim_packing(volume) == pytest.approx(found, rel=0.34)


@given(volume_ml=st.floats(0.02, 6.0))
def test_bone_is_pushed_outwards_and_keeps_its_order(volume_ml: float) -> None:
    """No two shells of bone change places, none beyond the rim moves, and the wall's bone comes from the middle."""
    away = np.linspace(0.0, RIM_MM + 2.0, 200)
    shift = pushed_mm(away.astype(np.float32), volume_ml)
    radius = np.cbrt(3000.0 * volume_ml / (4.0 * np.pi))

    assert np.diff(away - shift).min() > -1e-4
    assert shift[away >= RIM_MM] == pytest.approx(0.0, abs=1e-3)
    assert shift[0] == pytest.approx(radius, rel=0.02)


@given(volume_ml=st.floats(0.05, 6.0), share=st.floats(0.05, 1.0))
def test_pushed_bone_is_equally_dense_through_the_rim(volume_ml: float, share: float) -> None:
    """Up to any depth of the rim lies bone in proportion to its volume, as much more as `rim_packing` says."""
    radius = float(np.cbrt(3000.0 * volume_ml / (4.0 * np.pi)))
    away = np.array([share * RIM_MM], np.float32)
    came_from = radius + float(away[0]) - float(pushed_mm(away, volume_ml)[0])
    rim = (radius + share * RIM_MM) ** 3 - radius**3

    assert came_from**3 / rim == pytest.approx(1.0 + rim_packing(volume_ml), rel=0.01)


def test_no_hollow_packs_nothing() -> None:
    """Without a balloon bone is where it was and as dense as it was."""
    assert rim_packing(0.0) == 0.0
    assert pushed_mm(np.array([0.0, 1.0], np.float32), 0.0) == pytest.approx([0.0, 0.0], abs=1e-5)
