"""A horizontal section below the third lumbar vertebra: skin, fat, fascia and muscles, flat and painted by class.

It carries the bones in the picture as a map carries its landmarks. Each region is its own sheet a hair above the one
it lies on, so that borders stay crisp at few triangles.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from kyphoviz.anatomy.fields import smoothstep, waves
from kyphoviz.anatomy.mesh import Floats, Mesh, joined
from kyphoviz.site.skin.trunk_surface import skin_height
from kyphoviz.site.sweep import Array, bands

FLOOR_Z_MM = -82.0
HALF_WIDTH_MM, FRONT_Y_MM = 98.0, -62.0
SKIN_MM, FASCIA_MM = 2.4, 1.1
GONE = 0.02  # what has faded so far is not seen
_LIFT_MM = 0.15  # between one sheet and the next


class Tissue(IntEnum):
    """What is painted."""

    SKIN = 0
    FAT = 1
    FASCIA = 2
    ERECTOR_SPINAE = 3
    MULTIFIDUS = 4
    PSOAS = 5
    QUADRATUS_LUMBORUM = 6
    FLANK = 7


# Middle x (of the left one), y and half sizes, mm, as axial sections at L3/L4 show them
_BELLIES = (
    (Tissue.ERECTOR_SPINAE, 43.5, 54.0, 21.0, 18.5),
    (Tissue.MULTIFIDUS, 12.0, 56.0, 8.0, 17.5),
    (Tissue.QUADRATUS_LUMBORUM, 63.0, 25.0, 17.0, 9.5),
    (Tissue.PSOAS, 40.0, -7.0, 17.0, 19.5),
    (Tissue.FLANK, 97.0, 2.0, 12.0, 27.0),
)


@dataclass(frozen=True, slots=True, eq=False)
class TissueFloor:
    """The section with what belongs to each of its points.

    `tissue` is a `Tissue`; `shade` (about 1) multiplies its colour; `fade` is 1 in the middle and 0 at sides and front.
    """

    mesh: Mesh
    tissue: NDArray[np.uint8]
    shade: Floats
    fade: Floats


def tissue_floor() -> TissueFloor:
    """The section; an open surface that faces the head."""
    sheets = [(Tissue.FAT, _fat()), (Tissue.SKIN, _skin())]
    for tissue, x, y, wide, deep in _BELLIES:
        for side in (1.0, -1.0):
            grown = 1 + FASCIA_MM / min(wide, deep)
            sheets.append((Tissue.FASCIA, _belly(side * x, y, grown * wide, grown * deep, 1, side)))
            sheets.append((tissue, _belly(side * x, y, wide, deep, 3, side)))
    sheets = [(tissue, _seen(sheet)) for tissue, sheet in sheets]
    mesh = joined([sheet for _, sheet in sheets])
    classes = np.concatenate([np.full(len(sheet.points), tissue, np.uint8) for tissue, sheet in sheets])
    return TissueFloor(mesh, classes, _shade(mesh.points, classes), _fade(mesh.points))


def _seen(sheet: Mesh) -> Mesh:
    """Without the triangles that have faded wholly."""
    return replace(sheet, triangles=sheet.triangles[_fade(sheet.points)[sheet.triangles].max(axis=1) > GONE])


def _fat() -> Mesh:
    x = np.linspace(-HALF_WIDTH_MM, HALF_WIDTH_MM, 21)[:, None]
    share = np.linspace(0, 1, 13)[None, :]
    back = skin_height(x, FLOOR_Z_MM) - SKIN_MM
    return _grid(np.broadcast_to(x, (21, 13)), FRONT_Y_MM + share * (back - FRONT_Y_MM), 0.0)


def _skin() -> Mesh:
    x = np.linspace(-HALF_WIDTH_MM, HALF_WIDTH_MM, 41)[:, None]
    back = skin_height(x, FLOOR_Z_MM)
    return _grid(np.broadcast_to(x, (41, 2)), back - SKIN_MM * np.array([[1.1, 0.0]]), 0.0)


def _grid(x: Array, y: Array, lift_mm: float) -> Mesh:
    columns, rows = x.shape
    i, j = np.meshgrid(np.arange(columns - 1), np.arange(rows - 1), indexing="ij")
    a, b = i * rows + j, (i + 1) * rows + j
    triangles = np.stack([a, b, b + 1, a, b + 1, a + 1], axis=-1).reshape(-1, 3)
    return _flat(x.ravel(), y.ravel(), triangles, lift_mm)


def _belly(x: float, y: float, wide: float, deep: float, rings: int, side: float) -> Mesh:
    """A muscle's outline, a rounded box with an uneven edge, filled with rings about its middle."""
    count = 18
    a = np.linspace(0, 2 * np.pi, count, endpoint=False)
    c, s = (np.sign(f(a)) * np.abs(f(a)) ** 0.8 for f in (np.cos, np.sin))
    uneven = 1 + 0.035 * np.sin(3 * a + x) + 0.025 * np.sin(5 * a + 2 * y)
    share = np.linspace(1, 0, rings, endpoint=False)[:, None]
    px = np.append((x + share * wide * c * uneven * side).ravel(), x)
    py = np.append((y + share * deep * s * uneven).ravel(), y)
    last = (rings - 1) * count + np.arange(count)
    fan = np.column_stack([last, np.roll(last, -1), np.full(count, rings * count)])
    triangles = np.concatenate([bands(rings, count), fan])
    return _flat(px, py, triangles if side > 0 else triangles[:, ::-1], _LIFT_MM * (1 if rings == 1 else 2))


def _flat(x: Array, y: Array, triangles: NDArray[np.intp], lift_mm: float) -> Mesh:
    points = np.column_stack([x, y, np.full(len(x), FLOOR_Z_MM + lift_mm)]).astype(np.float32)
    normals = np.zeros_like(points)
    normals[:, 2] = 1.0
    return Mesh(points, triangles.astype(np.int32), normals)


def _shade(points: Floats, tissue: NDArray[np.uint8]) -> Floats:
    x, y, z = points.T
    coarse, fine = waves((x, y, 0 * z), 26.0, 10, 3), waves((x, y, 0 * z), 8.0, 12, 5)
    is_muscle = tissue >= Tissue.ERECTOR_SPINAE
    return (1 + np.where(is_muscle, 0.05 * coarse + 0.08 * fine, 0.035 * coarse + 0.02 * fine)).astype(np.float32)


def _fade(points: Floats) -> Floats:
    away = np.hypot(points[:, 0] / HALF_WIDTH_MM, np.minimum(points[:, 1] - 18.0, 0.0) / 80.0)
    return smoothstep(0.0, 1.0, (1.0 - away) / 0.35).astype(np.float32)
