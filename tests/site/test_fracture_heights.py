"""Claims about the sizes that anybody can read on the bone that is drawn, whole or broken."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from kyphoviz.anatomy.bones import shipped_bones
from kyphoviz.anatomy.mesh import Mesh
from kyphoviz.anatomy.profile import midline_profile
from kyphoviz.anatomy.spine import ORDER
from kyphoviz.procedure.fractures import FRACTURES, GRADES, stages_of
from kyphoviz.procedure.mechanics import HEIGHTS, INTACT, kyphosis_deg
from kyphoviz.procedure.state import Fracture
from kyphoviz.scenario.model import TREATABLE_LEVELS
from kyphoviz.site.spine.collapse import collapse_of
from kyphoviz.site.spine.fracture import FracturedMesh, intact_sizes

BONES = shipped_bones()
KINDS = list(product(FRACTURES, GRADES))


def assert_measures(mesh: Mesh, level: str, fracture: Fracture, mm: float, deg: float) -> None:
    shape = BONES[level].shape
    found, sizes = midline_profile(mesh, shape.back), intact_sizes(shape)
    assert found.anterior_mm == pytest.approx(fracture.anterior * sizes.anterior_mm, abs=mm)
    assert found.middle_mm == pytest.approx(fracture.middle * sizes.middle_mm, abs=mm)
    assert found.posterior_mm == pytest.approx(fracture.posterior * sizes.posterior_mm, abs=mm)
    wanted = kyphosis_deg(fracture, sizes)
    over_intact_depth = np.degrees(np.arctan2(found.posterior_mm - found.anterior_mm, sizes.depth_mm))
    assert over_intact_depth == pytest.approx(wanted, abs=deg)
    assert found.wedge_deg == pytest.approx(wanted, abs=deg)


@pytest.mark.parametrize("level", ORDER)
def test_whole_bones_measure_their_heights(level: str) -> None:
    """Read on the midline of the surface: heights and depths within 0.15 mm, the angle within a quarter degree."""
    mesh, shape = BONES[level].outer, BONES[level].shape
    assert_measures(mesh, level, INTACT, 0.15, 0.25)
    found = midline_profile(mesh, shape.back)
    assert found.depth_upper_mm == pytest.approx(shape.depth_up, abs=0.15)
    assert found.depth_lower_mm == pytest.approx(shape.depth_low, abs=0.15)


@pytest.mark.parametrize("stage", HEIGHTS["typical"])
def test_the_usual_fracture_measures_what_the_state_says(stage: str) -> None:
    """Of L1, at each stage: heights within 0.3 mm and the angle within half a degree of the state's own numbers."""
    bone, fracture = BONES["L1"], HEIGHTS["typical"][stage]
    assert_measures(FracturedMesh(bone.shape, bone.outer).shaped(fracture), "L1", fracture, 0.3, 0.5)


@pytest.mark.exhaustive
@pytest.mark.parametrize(("kind", "grade"), KINDS)
@pytest.mark.parametrize("level", TREATABLE_LEVELS)
def test_every_fracture_measures_what_the_state_says(level: str, kind: str, grade: str) -> None:
    """Of every level that can be treated, kind, grade, preset and stage; at T12 and L2 a tenth of a mm more is let."""
    mm, deg = (0.3, 0.5) if level == "L1" else (0.4, 0.7)
    mesh = FracturedMesh(BONES[level].shape, BONES[level].outer, collapse_of(kind, grade))
    for preset in HEIGHTS:
        for fracture in stages_of(preset, kind, grade).values():
            assert_measures(mesh.shaped(fracture), level, fracture, mm, deg)
