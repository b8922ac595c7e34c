"""The beginnings of the last two pairs of ribs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from kyphoviz.anatomy.arch import costal_facet
from kyphoviz.anatomy.assets import RestBone
from kyphoviz.anatomy.fields import smoothstep
from kyphoviz.anatomy.mesh import Floats, Mesh, joined
from kyphoviz.anatomy.rest_spine import Path, solid
from kyphoviz.anatomy.spline import across, through

LENGTH_SHARE = {"T11": 1.0, "T12": 0.8}
ROWS, AROUND = 12, 8
FADE_MM = 26.0  # the outer end goes on in the body, not in the picture
CLEAR_MM = 1.4
HALF_MM = ((0.0, 3.4, 3.0), (3.0, 4.0, 3.2), (11.0, 3.6, 2.6), (24.0, 4.6, 3.2), (32.0, 4.9, 3.0), (48.0, 5.4, 2.7),
           (120.0, 5.2, 2.6))  # fmt: skip  # along the rib: half its height, half its thickness (head, neck, body)


def rib_stubs(bone: RestBone) -> Mesh:
    """Both ribs of T11 or T12, in the vertebra's own frame: head on the joint face, neck, then out, down, forwards.

    `paint` is how much of it is there: the ribs fade out towards the flank.
    """
    return joined([_rib(bone, side) for side in (1.0, -1.0)])


def _rib(bone: RestBone, side: float) -> Mesh:
    path = _way(bone)
    along = np.concatenate([[0.0], np.linalg.norm(np.diff(path, axis=0), axis=1).cumsum()])
    at, tall, thick = np.array(HALF_MM).T
    high, deep = np.interp(along, at, tall)[:, None, None], np.interp(along, at, thick)[:, None, None]
    tall_way, thick_way = across(path, (0.0, 1.0, 0.05))
    a = np.linspace(0, 2 * np.pi, AROUND, endpoint=False)[None, :, None]
    rings = path[:, None] + high * np.cos(a) * tall_way[:, None] + deep * np.sin(a) * thick_way[:, None]
    mesh = solid(rings * [side, 1.0, 1.0])
    there = 1.0 - smoothstep(along[-1] - FADE_MM, along[-1] - 1.0, along)
    return replace(mesh, openness=_each_point(_light(along)), paint=_each_point(there)[:, None])


def _way(bone: RestBone) -> Path:
    """The middle line of the left rib, clear of its vertebra beyond the joint."""
    shape = bone.shape
    face, normal = (np.array(value) for value in costal_facet(shape))
    head, tip = face + 2.6 * normal, 0.5 * shape.transverse_span
    back = shape.back
    neck = head + np.array([6.0, 4.0, -0.5])
    way = np.array([head, neck, (tip + 8.0, back + 17.0, -3.0), (tip + 25.0, back + 19.0, -13.0),
                    (tip + 44.0, back + 14.0, -26.0), (tip + 62.0, back + 3.0, -40.0)], float)  # fmt: skip
    path = through(np.arange(6), way, np.linspace(0.0, 5.0 * LENGTH_SHARE[shape.level], ROWS))
    for _ in range(24):
        short = np.clip(CLEAR_MM + 3.4 - bone.distance.at(path), 0.0, 0.5)
        short[:2] = 0.0
        path = path + short[:, None] * bone.distance.outward(path)
        path[2:-1] = 0.25 * path[1:-2] + 0.5 * path[2:-1] + 0.25 * path[3:]
    return np.asarray(path, np.float64)


def _light(along: Path) -> Floats:
    """A little darker at the neck, where it lies behind the body, and along the groove of the lower border."""
    return np.asarray(1.0 - 0.16 * np.exp(-(((along - 12.0) / 9.0) ** 2)), np.float32)


def _each_point(rows: Path | Floats) -> Floats:
    """A value of each ring at every point of `solid`."""
    return np.concatenate([rows[:1], np.repeat(rows, AROUND), rows[-1:]]).astype(np.float32)
