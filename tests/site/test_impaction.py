"""Claims about the band of packed bone under the sunken end-plate."""

from __future__ import annotations

from itertools import product

import pytest
import pyvista as pv

from kyphoviz.anatomy.assets import load_bone
from kyphoviz.procedure.fractures import FRACTURES, GRADES, stages_of
from kyphoviz.procedure.mechanics import HEIGHTS, INTACT
from kyphoviz.scenario.model import TREATABLE_LEVELS
from kyphoviz.site.spine.collapse import collapse_of
from kyphoviz.site.spine.fracture import FracturedMesh
from kyphoviz.site.spine.impaction import RINGS, SPOKES, Impaction

BONES = {level: load_bone(level) for level in TREATABLE_LEVELS}
KINDS = list(product(FRACTURES, GRADES))


@pytest.mark.parametrize("level", TREATABLE_LEVELS)
@pytest.mark.parametrize(("kind", "grade"), KINDS)
def test_the_band_is_a_closed_body_inside_the_marrow(level: str, kind: str, grade: str) -> None:
    """At every stage it is watertight, faces out, and lies within the cortex, so lengths of rays simply add up."""
    bone, collapse = BONES[level], collapse_of(kind, grade)
    band, marrow = Impaction(level, bone.shape, collapse), FracturedMesh(bone.shape, bone.marrow, collapse)
    for stage in stages_of("typical", kind, grade).values():
        for shape in band.shapes(stage):
            wall = pv.make_tri_mesh(marrow.shaped(stage).points.astype(float), bone.marrow.triangles)
            points = pv.PolyData(shape.mesh.points.astype(float))
            assert points.compute_implicit_distance(wall)["implicit_distance"].max() < -0.1
            assert shape.mesh.is_closed
            assert shape.mesh.volume_mm3 > 0.0
            assert len(shape.mesh.triangles) < 1500


@pytest.mark.parametrize("level", TREATABLE_LEVELS)
@pytest.mark.parametrize("kind", ["biconcave", "crush"])
def test_where_both_plates_are_pushed_in_there_is_a_band_at_each(level: str, kind: str) -> None:
    """The lower one lies above its plate and clear of the upper one, so that no ray counts bone twice."""
    band = Impaction(level, BONES[level].shape, collapse_of(kind, "severe"))
    upper, lower = (shape.mesh.points for shape in band.shapes(stages_of("typical", kind, "severe")["standing"]))
    inner = slice(1 + RINGS * SPOKES, None)  # of the sheets that stay behind, point below point
    assert (upper[inner, 2] - lower[inner, 2]).min() > 0.5
    assert lower[:, 2].max() < 0.0


def test_the_band_thins_out_as_height_is_regained() -> None:
    """More loss makes more of it, and a whole bone has none."""
    band = Impaction("L1", BONES["L1"].shape, collapse_of("wedge", "moderate"))
    lowest, lifted = (HEIGHTS["acute_mobile"][name] for name in ("standing", "balloon_peak"))

    assert band.shapes(INTACT) == []
    assert band.shapes(lowest)[0].mesh.volume_mm3 > 2 * band.shapes(lifted)[0].mesh.volume_mm3
