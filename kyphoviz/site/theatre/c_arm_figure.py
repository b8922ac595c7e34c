"""The C-arm that a hand turns, as the 3D picture shows it: tube, detector, arc, and the cone of its beam."""

from __future__ import annotations

from functools import cache

import numpy as np

from kyphoviz.anatomy.mesh import Mesh, vertex_normals
from kyphoviz.site.role import Role
from kyphoviz.site.shape import Shape
from kyphoviz.site.theatre.figures import C_ARM_PARTS, c_arm_figure
from kyphoviz.site.xray.c_arm import DETECTOR_PIXELS, PIXEL_MM, SOURCE_TO_DETECTOR_MM, SOURCE_TO_ISOCENTRE_MM, CArmPose

SIDES = 72
FIELD_SHARE = 0.945  # of the detector's width: the round field that the collimator leaves open
STANDS = ("cart",)  # what does not turn is left out: the picture is about the beam


def beam_shapes(pose: CArmPose) -> list[Shape]:
    """The C-arm in that pose."""
    turn, view = pose.turn, pose.view
    pieces = zip(C_ARM_PARTS, c_arm_figure(0.0), strict=True)
    frame = [
        Shape(name=f"turned_{view}_{name}", role=Role.TURNED_C_ARM, mesh=mesh, key=name, pose=turn)
        for name, mesh in pieces
        if name not in STANDS
    ]
    return [*frame, Shape(name=f"beam_{view}", role=Role.BEAM, mesh=_cone(), key="beam", pose=turn)]


@cache
def _cone() -> Mesh:
    """From the focal spot to the round field on the detector, closed there; the isocentre at the origin."""
    radius = 0.5 * FIELD_SHARE * DETECTOR_PIXELS * PIXEL_MM
    angle = np.linspace(0.0, 2 * np.pi, SIDES, endpoint=False)
    end = SOURCE_TO_DETECTOR_MM - SOURCE_TO_ISOCENTRE_MM
    ring = np.column_stack([radius * np.cos(angle), np.full(SIDES, end), radius * np.sin(angle)])
    points = np.vstack([ring, [[0.0, -SOURCE_TO_ISOCENTRE_MM, 0.0], [0.0, end, 0.0]]]).astype(np.float32)
    one = np.arange(SIDES)
    other = (one + 1) % SIDES
    side = np.column_stack([one, other, np.full(SIDES, SIDES)])
    lid = np.column_stack([other, one, np.full(SIDES, SIDES + 1)])
    triangles = np.vstack([side, lid]).astype(np.int32)
    return Mesh(points, triangles, vertex_normals(points, triangles))
