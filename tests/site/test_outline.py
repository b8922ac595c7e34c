"""Outlines: where a surface turns away from the eye."""

from __future__ import annotations

import numpy as np
import trimesh
from scipy.spatial import cKDTree

from kyphoviz.anatomy.bones import shipped_bones
from kyphoviz.anatomy.mesh import Mesh
from kyphoviz.anatomy.parts import PARTS, codes_of
from kyphoviz.site.role import Role
from kyphoviz.site.shape import Shape
from kyphoviz.site.xray.outline import Outlines


def ball(keeps: slice = slice(None)) -> Shape:
    unit = trimesh.creation.icosphere(subdivisions=4)
    points = np.array(10.0 * unit.vertices, np.float32)
    return Shape(name="ball", role=Role.CEMENT, mesh=Mesh(points, np.array(unit.faces, np.int32)[keeps], points), key=0)


def test_the_outline_of_a_ball_is_a_ring() -> None:
    """Seen from 100 mm, a ball of 10 mm shows the circle of its tangents, once round."""
    eye = np.array([0.0, -100.0, 0.0])
    lines = Outlines().of(ball(), eye)
    middles = lines.mean(axis=1)

    assert np.abs(middles[:, 1] + 1.0).max() < 1.2
    angle = np.sort(np.arctan2(middles[:, 2], middles[:, 0]))
    assert np.diff(angle).max() < 0.15


def test_an_open_edge_shows() -> None:
    """Where a surface was cut open its rim belongs to the outline."""
    eye = np.array([0.0, -100.0, 0.0])

    assert len(Outlines().of(ball(slice(0, 2000)), eye)) > len(Outlines().of(ball(), eye))


def test_another_surface_is_not_mistaken_for_the_last() -> None:
    """What was worked out for one topology is not used for the next."""
    outlines, eye = Outlines(), np.array([0.0, -100.0, 0.0])
    outlines.of(ball(), eye)

    assert np.array_equal(outlines.of(ball(slice(0, 2000)), eye), Outlines().of(ball(slice(0, 2000)), eye))


def test_the_outline_of_a_part_is_about_that_part_alone() -> None:
    """Of the right pedicle nothing but its own triangles; wherever one looks from, its lines close."""
    bone, codes = shipped_bones()["L1"].outer, codes_of("pedicle", "right")
    shape = Shape(name="L1", role=Role.VERTEBRA, mesh=bone, key=0)
    assert bone.part is not None
    own = bone.points[np.isin(bone.part, codes)]
    for eye in ((0.0, -900.0, 0.0), (900.0, 10.0, 5.0), (-300.0, 400.0, 200.0)):
        lines = Outlines().of(shape, np.array(eye), codes)
        ends = np.unique(np.round(lines.reshape(-1, 3), 4), axis=0, return_counts=True)

        assert 0 < len(lines) < len(Outlines().of(shape, np.array(eye)))
        assert (lines[..., 0] < 0.0).all()
        assert np.max(cKDTree(own).query(lines.reshape(-1, 3))[0]) < 3.0
        assert (ends[1] >= 2).mean() > 0.95


def test_a_name_means_its_own_side_and_all_that_it_bears() -> None:
    """A joint process with its face; a plate with its rim; the body is in the midline whatever the side."""
    named = {key: {PARTS[code].key for code in codes_of(key, "left")} for key in ("superior_articular", "body", "disc")}
    assert named["superior_articular"] == {"superior_articular", "superior_facet", "mamillary"}
    assert "upper_plate" not in named["body"]
    assert "body" in named["body"]
    assert named["disc"] == set()
    assert not set(codes_of("pedicle", "left")) & set(codes_of("pedicle", "right"))
