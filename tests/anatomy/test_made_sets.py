"""Claims about whole sets of bones that are made on demand; a set takes a minute or two."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from kyphoviz.anatomy.assets import RestBone, load_bone
from kyphoviz.anatomy.bone_sets import SETS, SHIPPED
from kyphoviz.anatomy.measure import measures
from kyphoviz.anatomy.published import ORDER
from kyphoviz.anatomy.spine import moved, rest_poses

VOLUME_CM3 = {"T11": (25, 50), "T12": (30, 55), "L1": (33, 65), "L2": (38, 68), "L3": (40, 72)}


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", [name for name in SETS if name != SHIPPED])
def test_every_set_makes_sound_bones_that_fit_together(name: str, tmp_path: Path) -> None:
    """Bones of each set are sound, of plausible size, measure their heights, and leave their neighbours a gap."""
    pytest.importorskip("trimesh.ray.ray_pyembree")
    from kyphoviz.anatomy.build import build
    from kyphoviz.anatomy.soundness import faults

    build(tmp_path, bone_set=SETS[name], is_fine=False)
    made = {level: load_bone(level, tmp_path) for level in ORDER}
    for level, bone in made.items():
        assert faults(bone.outer) == []
        low, high = VOLUME_CM3[level]
        assert low <= bone.outer.volume_mm3 / 1000 <= high
        assert [row.name for row in measures(bone) if not row.is_usual] == []
        assert heights(bone) == pytest.approx((bone.shape.height_front, bone.shape.height_back), abs=0.3)
    poses = rest_poses("L1", SETS[name])
    for upper, lower in pairwise(ORDER):
        to_upper = np.linalg.inv(poses[upper]) @ poses[lower]
        assert made[upper].distance.at(moved(to_upper, made[lower].outer.points)).min() > 1.3


def heights(bone: RestBone) -> tuple[float, float]:
    """Anterior and posterior height between the corners of the midline."""
    marks = bone.landmarks
    return (
        float(np.linalg.norm(np.subtract(marks.anterior_upper, marks.anterior_lower))),
        float(np.linalg.norm(np.subtract(marks.posterior_upper, marks.posterior_lower))),
    )
