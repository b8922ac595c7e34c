"""The patient as a smooth mannequin: an older woman of 1.60 m, in one closed surface blended from tapered capsules.

Sizes follow the usual proportions of stature (Drillis and Contini). The surface is read from a coarse grid that is
finer where the shape is: along the trunk and thighs the grid is stretched; the points are then brought onto the field.
"""

from __future__ import annotations

from functools import cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from kyphoviz.anatomy.fields import Triple, Values, rod, smooth_min
from kyphoviz.anatomy.isosurface import decimated, surface
from kyphoviz.anatomy.mesh import Mesh

Limb: TypeAlias = tuple[Triple, Triple, float, float, Triple]
LimbGroup: TypeAlias = tuple[float, tuple[Limb, ...]]  # how softly it is blended with what came before, mm; its limbs

TRIANGLES = 4900
STEP_MM = 19.0  # of the grid across the body
ROUND: Triple = (1.0, 1.0, 1.0)

_TRUNK: tuple[Limb, ...] = (
    ((0, -25, 205), (0, -30, 75), 106, 97, (1.42, 1.0, 1.0)),  # rib cage
    ((0, -30, 75), (0, -26, -80), 97, 100, (1.48, 1.0, 1.0)),  # waist
    ((0, -26, -95), (0, -24, -165), 99, 104, (1.52, 1.0, 1.0)),  # pelvis
    ((76, 10, -165), (72, 4, -205), 82, 76, ROUND),
    ((-76, 10, -165), (-72, 4, -205), 82, 76, ROUND),  # buttocks
    ((128, -14, 290), (-128, -14, 290), 60, 60, (1.0, 1.0, 0.95)),  # shoulders
    ((56, -88, 205), (60, -80, 185), 58, 56, ROUND),
    ((-56, -88, 205), (-60, -80, 185), 58, 56, ROUND),  # chest
    ((0, 0, 300), (0, -14, 375), 60, 50, ROUND),  # neck
)
_HEAD: tuple[Limb, ...] = (
    ((0, -20, 505), (0, -14, 500), 84, 84, (0.90, 1.0, 1.08)),  # skull
    ((0, -66, 430), (0, -58, 470), 45, 58, (1.0, 0.9, 1.0)),  # face and jaw
    ((0, -114, 460), (0, -106, 486), 11, 7, ROUND),  # nose
    ((74, -18, 468), (74, -14, 492), 12, 17, (0.55, 1.0, 1.0)),
    ((-74, -18, 468), (-74, -14, 492), 12, 17, (0.55, 1.0, 1.0)),  # ears
    ((0, 14, 480), (0, 22, 510), 62, 62, ROUND),  # back of the head
)


def _legs(spread: float, knee_y: float, ankle_y: float, toes: tuple[float, float]) -> tuple[Limb, ...]:
    """Both legs.

    Args:
        spread: how far the ankles stand from the midline, mm.
        knee_y: and `ankle_y`, how far back knee and ankle are.
        toes: y and z of the toes from the ankle.
    """
    limbs: list[Limb] = []
    for s in (1.0, -1.0):
        hip, knee = (s * 90.0, -22.0, -200.0), (s * (40 + 0.5 * spread), knee_y, -555.0)
        ankle, heel = (s * spread, ankle_y, -935.0), (s * spread, ankle_y + 20, -946.0)
        toe = (s * (spread + 10), ankle_y + toes[0], -948.0 + toes[1])
        calf_y = 0.7 * knee_y + 0.3 * ankle_y + 16.0
        limbs += [
            (hip, knee, 80, 54, ROUND),
            (knee, ankle, 52, 33, ROUND),
            ((knee[0], calf_y, -625.0), (0.4 * knee[0] + 0.6 * ankle[0], calf_y, -770.0), 46, 36, ROUND),
            (heel, toe, 37, 25, (1.15, 1.0, 1.0)),
        ]
    return tuple(limbs)


def _arms(elbow: Triple, wrist: Triple, finger: Triple) -> tuple[Limb, ...]:
    """Both arms, given the left one's joints."""
    limbs: list[Limb] = []
    for s in (1.0, -1.0):
        shoulder, e, w, f = ((s * p[0], p[1], p[2]) for p in ((168.0, -14.0, 288.0), elbow, wrist, finger))
        middle = tuple((a + b) / 2 for a, b in zip(w, f, strict=True))
        limbs += [
            (shoulder, e, 54, 41, ROUND),
            (e, w, 41, 27, ROUND),
            (w, (middle[0], middle[1], middle[2]), 27, 31, (1.15, 0.8, 1.0)),
            ((middle[0], middle[1], middle[2]), f, 31, 19, (1.2, 0.75, 1.0)),
        ]
    return tuple(limbs)


_PRONE: tuple[LimbGroup, ...] = (
    (75.0, _TRUNK),
    (22.0, _HEAD),
    (24.0, _legs(95.0, -88.0, -84.0, (16.0, -125.0))),
    (30.0, _arms((285, -92, 400), (225, -140, 590), (200, -150, 745))),
)
_STANDING: tuple[LimbGroup, ...] = (
    (75.0, _TRUNK),
    (22.0, _HEAD),
    (24.0, _legs(82.0, -30.0, -18.0, (-145.0, -16.0))),
    (22.0, _arms((232, -4, 52), (262, -40, -170), (256, -58, -325))),
)


@cache
def patient() -> Mesh:
    """Lying prone: arms bent forward beside the head, feet stretched."""
    return _body(_PRONE)


@cache
def standing_patient() -> Mesh:
    """Standing upright, arms at the sides, feet flat."""
    return _body(_STANDING)


def _body(parts: tuple[LimbGroup, ...]) -> Mesh:
    x, y, heights = _axes(parts)
    rough = surface(-_on_grid(parts, x, y, heights), (x[0], y[0], 0.0), (x[1] - x[0], y[1] - y[0], 1.0))
    placed = rough.points.copy()
    placed[:, 2] = np.interp(placed[:, 2], np.arange(len(heights)), heights)
    rough = decimated(Mesh(placed, rough.triangles, rough.normals), TRIANGLES)
    points = rough.points
    away, slope = _away_and_slope(parts, points)
    points = (points - np.clip(away, -9, 9)[:, None] * slope).astype(np.float32)
    return Mesh(points, rough.triangles, _away_and_slope(parts, points)[1])


def _axes(parts: tuple[LimbGroup, ...]) -> tuple[Values, Values, Values]:
    """Samples across, to the back and, unevenly, along the body."""
    limbs = [limb for _, group in parts for limb in group]
    reach = np.array([max(limb[2:4]) * np.array(limb[4]) + 25 for limb in limbs])
    low = np.min([np.minimum(limb[0], limb[1]) - r for limb, r in zip(limbs, reach, strict=True)], axis=0)
    high = np.max([np.maximum(limb[0], limb[1]) + r for limb, r in zip(limbs, reach, strict=True)], axis=0)
    x = np.arange(low[0], high[0] + STEP_MM, STEP_MM)
    y = np.arange(low[1], high[1] + STEP_MM, STEP_MM)
    feet, trunk, head = (low[2], -880.0, 24.0), (-872.0, 290.0, 38.0), (296.0, high[2] + STEP_MM, STEP_MM)
    z = np.concatenate([np.arange(*piece) for piece in (feet, trunk, head)])
    return x.astype(np.float32), y.astype(np.float32), z.astype(np.float32)


def _on_grid(parts: tuple[LimbGroup, ...], x: Values, y: Values, z: Values) -> Values:
    """The field on a grid, each limb only worked out near itself."""
    total = np.full((len(x), len(y), len(z)), 1e3, np.float32)
    for width, limbs in parts:
        for start, end, first, last, squash in limbs:
            ends, margin = np.array([start, end]), max(first, last) * np.array(squash) + 62.0
            low, high = ends.min(axis=0) - margin, ends.max(axis=0) + margin
            near = tuple(slice(*np.searchsorted(line, (low[k], high[k]))) for k, line in enumerate((x, y, z)))
            p = (x[near[0], None, None], y[None, near[1], None], z[None, None, near[2]])
            total[near] = smooth_min(total[near], rod(p, start, end, first, last, squash), width)
    return total


def _away_and_slope(parts: tuple[LimbGroup, ...], points: NDArray[np.float32]) -> tuple[Values, NDArray[np.float32]]:
    """Distance of the points from the surface, and the way outwards there, by differences of 2 mm."""
    step = np.float32(2.0) * np.concatenate([np.zeros((1, 3)), np.eye(3)]).astype(np.float32)
    at = np.ascontiguousarray((points[None] + step[:, None]).transpose(2, 0, 1))
    p = (at[0], at[1], at[2])
    total: Values = np.full(p[0].shape, 1e3, np.float32)
    for width, limbs in parts:
        for start, end, first, last, squash in limbs:
            total = smooth_min(total, rod(p, start, end, first, last, squash), width)
    slope = (total[1:] - total[0]).T / 2.0
    size = np.maximum(np.linalg.norm(slope, axis=1), 1e-6)
    return total[0] / size, (slope / size[:, None]).astype(np.float32)
