"""Outlines: where a surface turns away from the eye."""

from __future__ import annotations

import numpy as np
import trimesh

from kyphoviz.anatomy.mesh import Mesh
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
