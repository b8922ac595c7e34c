"""Claims about the kinds and grades of fracture."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from kyphoviz.anatomy.bones import shipped_bones
from kyphoviz.anatomy.spine import ORDER
from kyphoviz.procedure.fractures import FRACTURES, GRADES, STANDING, stages_of
from kyphoviz.procedure.mechanics import HEIGHTS, INTACT
from kyphoviz.scenario.model import TREATABLE_LEVELS
from kyphoviz.site.spine.collapse import collapse_of
from kyphoviz.site.spine.column import Column
from kyphoviz.site.spine.fracture import FracturedMesh, displacement_basis, intact_sizes, weights_of

KINDS = list(product(FRACTURES, GRADES))
BONES = shipped_bones()


@pytest.mark.parametrize("preset", HEIGHTS)
def test_the_usual_fracture_keeps_the_published_rows(preset: str) -> None:
    """A moderate wedge has the rows of the preset, number by number."""
    assert stages_of(preset, "wedge", "moderate") == HEIGHTS[preset]


@pytest.mark.parametrize(("kind", "grade"), STANDING)
@pytest.mark.parametrize("preset", HEIGHTS)
def test_every_stage_gives_back_the_share_of_its_preset(preset: str, kind: str, grade: str) -> None:
    """Standing has the heights of the kind; later stages regain what the preset's row regains of its own loss."""
    rows, usual = stages_of(preset, kind, grade), HEIGHTS[preset]
    lost = weights_of(STANDING[kind, grade])
    assert weights_of(rows["standing"]) == pytest.approx(lost)
    for name, row in rows.items():
        share = weights_of(usual[name]) / weights_of(usual["standing"])
        assert weights_of(row) == pytest.approx(lost * share)
        assert (weights_of(row) >= 0.0).all()


def rim_point(points: np.ndarray, corner: np.ndarray) -> int:
    """The vertex of the rim at a corner: of those near it the one that stands out most its way."""
    near = np.linalg.norm(points - corner, axis=1) < 2.5
    return int(np.where(near, points @ (0.0, np.sign(corner[1]), np.sign(corner[2])), -np.inf).argmax())


@pytest.mark.parametrize("level", TREATABLE_LEVELS)
@pytest.mark.parametrize(("kind", "grade"), KINDS)
def test_the_corners_have_the_heights_of_the_kind(level: str, kind: str, grade: str) -> None:
    """Front and back of the mesh lose what the stage says within 0.3 mm, and the arch stays where it is."""
    bone, sizes = BONES[level], intact_sizes(BONES[level].shape)
    rest = bone.outer.points
    marks = bone.landmarks
    for stage in stages_of("old_stiff", kind, grade).values():
        mesh = FracturedMesh(bone.shape, bone.outer, collapse_of(kind, grade)).shaped(stage)
        moved = mesh.points - rest
        for top, foot, lost in (
            (marks.anterior_upper, marks.anterior_lower, (1 - stage.anterior) * sizes.anterior_mm),
            (marks.posterior_upper, marks.posterior_lower, (1 - stage.posterior) * sizes.posterior_mm),
        ):
            a, b = (rim_point(rest, np.array(place)) for place in (top, foot))
            assert moved[b, 2] - moved[a, 2] == pytest.approx(lost, abs=0.3)
        assert not moved[rest[:, 1] > bone.shape.back + 6.0].any()


@pytest.mark.parametrize("level", TREATABLE_LEVELS)
@pytest.mark.parametrize(("kind", "grade"), KINDS)
def test_no_kind_folds_the_bone(level: str, kind: str, grade: str) -> None:
    """The displacement keeps right and left hand apart everywhere in the bone."""
    bone, step = BONES[level], 1e-3
    weights = weights_of(stages_of("old_stiff", kind, grade)["standing"])
    points = bone.outer.points[::3].astype(float)

    def moved(at: np.ndarray) -> np.ndarray:
        return np.asarray(at + displacement_basis(bone.shape, at, collapse_of(kind, grade)) @ weights)

    slopes = [(moved(points + step * way) - moved(points - step * way)) / (2 * step) for way in np.eye(3)]
    assert np.linalg.det(np.stack(slopes, axis=-1)).min() > 0.1


def into(pose: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Points in the frame of a bone that stands in that pose."""
    return np.asarray((points - pose[:3, 3]) @ pose[:3, :3])


@pytest.mark.parametrize("level", TREATABLE_LEVELS)
@pytest.mark.parametrize(("kind", "grade"), KINDS)
def test_neighbours_keep_clear_of_the_broken_bone(level: str, kind: str, grade: str) -> None:
    """At no stage of any preset does the bone come nearer than 0.3 mm to a neighbour, at the joints either."""
    column, shape = Column(BONES, level, collapse_of(kind, grade)), BONES[level].shape
    at = ORDER.index(level)
    for stage in {row for preset in HEIGHTS for row in stages_of(preset, kind, grade).values()}:
        poses = column.poses(stage)
        points = np.asarray(next(s for s in column.shapes(stage) if s.name == level).mesh.points, float)
        for other in (ORDER[at - 1], ORDER[at + 1]):
            placed = BONES[other].outer.moved(poses[other]).points.astype(float)
            behind = placed[placed[:, 1] > shape.back + 6.0]  # where the broken bone stands as it did
            assert float(BONES[other].distance.at(into(poses[other], points)).min()) > 0.3
            assert float(BONES[level].distance.at(behind).min()) > 0.3


def test_the_crack_shows_only_in_the_broken_bone() -> None:
    """Points along the crack darken with the loss, in few shades; the whole bone has its own openness back."""
    bone = BONES["L1"]
    mesh = FracturedMesh(bone.shape, bone.outer)
    broken = mesh.shaped(HEIGHTS["typical"]["standing"]).openness
    assert broken is not None
    assert bone.outer.openness is not None
    assert (broken < 0.6 * bone.outer.openness).sum() > 30
    assert mesh.shaped(HEIGHTS["typical"]["standing"]).openness is broken
    assert mesh.shaped(INTACT).openness is bone.outer.openness
