"""What lies under a place of an X-ray: a ray through the shapes, and the structure that an eye would name there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from kyphoviz.anatomy.fields import as_point
from kyphoviz.anatomy.parts import PARTS
from kyphoviz.procedure.state import Point, ProcedureState
from kyphoviz.scene.picking import Drawn, Ray, all_beyond
from kyphoviz.site.anchors.anchors import Anchors
from kyphoviz.site.shape import Shape
from kyphoviz.site.xray.c_arm import Projection

STEP_MM = 3.0
BEARERS = {part.key: part.label for part in PARTS}  # joint faces and foramina are too small to be read on a shadow
# What an eye reads first where several things lie on top of each other: small and dense before large and pale.
READ_FIRST = (
    "drill", "guide_wire", "bone_filler", "cement_needle", "access_needle", "working_cannula", "cement", "balloon",
    "balloon_catheter", "spinous_process", "pedicle", "superior_articular", "inferior_articular", "upper_plate",
    "lower_plate", "broken_edge", "body", "costal_process", "transverse_process", "lamina", "cortical", "disc",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Clicked:
    """A structure: the shape that it is part of, its key in the catalogue of names, its level, and a place on it."""

    shape: str
    key: str
    level: str
    point_mm: Point


def under(
    projection: Projection, pixel: tuple[float, float], shapes: Iterable[Shape], anchors: Anchors,
    state: ProcedureState,
) -> Clicked | None:  # fmt: skip
    """The structure that is read first of all that the ray passes; None where none has a name.

    Args:
        pixel: column and row.
    """
    ray = Ray(*projection.ray(*pixel))
    found: list[tuple[int, float, Clicked]] = []
    for shape in shapes:
        if not (shape.in_xray and shape.is_drawn):
            continue
        for distance_mm in _distances_mm(Drawn(shape.name, shape.mesh.points, shape.mesh.triangles, shape.pose), ray):
            place = as_point(ray.at(distance_mm))
            part = anchors.part_at(shape.name, place, state)
            key = "" if part is None else BEARERS.get(part[0], part[0])
            if part is not None and key in READ_FIRST:
                found.append((READ_FIRST.index(key), distance_mm, Clicked(shape.name, key, part[1], place)))
    return min(found, key=lambda entry: entry[:2], default=(0, 0.0, None))[2]


def _distances_mm(drawn: Drawn, ray: Ray) -> Iterator[float]:
    """Where the ray enters and leaves a body, and places between: a pedicle is seen along its length, not its wall."""
    through = sorted(crossing.distance_mm for crossing in all_beyond(drawn, ray, 0.0))
    yield from through
    for enters, leaves in zip(through[::2], through[1::2], strict=False):
        yield from np.arange(enters + STEP_MM, leaves, STEP_MM).tolist()
