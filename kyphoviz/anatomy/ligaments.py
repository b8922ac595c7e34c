"""The ligaments that hold the segment: along the front and back of the bodies, and between the arches."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from kyphoviz.anatomy.disc import PLATE_POINTS, SIDE_ROWS, disc_rest
from kyphoviz.anatomy.mesh import Mesh, joined
from kyphoviz.anatomy.rest_spine import Path, RestSpine, solid, strap
from kyphoviz.anatomy.spine import ORDER

Sizes = tuple[float, float]  # over a body and over a disc

FRONT_HALF_MM, BACK_HALF_MM = (8.5, 11.5), (2.8, 6.5)
FRONT_MM, BACK_MM = (1.1, 0.7), (0.9, 0.6)  # thickness in the middle
FADE_MM = 16.0  # at its ends a ligament that goes on beyond the segment fades out
FRONT_ROWS = (0.41, 0.31, 0.16, 0.0, -0.16, -0.31, -0.41)  # heights, shares of the body's
BACK_ROWS = (0.41, 0.22, 0.0, -0.22, -0.41)  # the wall behind is flatter
FLAVUM_HALF_MM = 8.0


def ligaments(spine: RestSpine) -> dict[str, Mesh]:
    """Closed bands by name, in the treated vertebra's frame at rest."""
    return {
        "anterior_ligament": _anterior(spine),
        "posterior_ligament": _posterior(spine),
        "yellow_ligaments": joined([_flavum(spine, pair) for pair in pairwise(ORDER)]),
        "interspinous_ligaments": joined([_interspinous(spine, pair) for pair in pairwise(ORDER)]),
        "supraspinous_ligament": _supraspinous(spine),
    }


def _anterior(spine: RestSpine) -> Mesh:
    """Close on the front of bodies and discs; thinner and broader over the discs."""
    across = np.linspace(-1, 1, 7)
    return _along_bodies(spine, across, FRONT_HALF_MM, FRONT_MM, is_front=True)


def _posterior(spine: RestSpine) -> Mesh:
    """Narrow behind the bodies, spread out behind the discs."""
    return _along_bodies(spine, np.linspace(-1, 1, 5), BACK_HALF_MM, BACK_MM, is_front=False)


def _along_bodies(spine: RestSpine, across: Path, half_mm: Sizes, thick_mm: Sizes, *, is_front: bool) -> Mesh:
    """A band from body to body; `half_mm` and `thick_mm` are those over a body and over a disc."""
    rows, on_disc, heights = [], [], np.array(FRONT_ROWS if is_front else BACK_ROWS)
    for k, level in enumerate(ORDER):
        wide = np.interp(np.abs(heights), (0.1, 0.42), half_mm)
        rows += list(_on_body(spine, level, wide[:, None] * across, heights, is_front))
        on_disc += list(np.interp(np.abs(heights), (0.1, 0.42), (0.0, 1.0)))
        if k + 1 < len(ORDER):
            rows += _on_disc(spine, (level, ORDER[k + 1]), across * half_mm[1], is_front)
            on_disc += [1.0, 1.0, 1.0]
    way = (0.0, -1.0 if is_front else 1.0, 0.0)
    return strap(np.array(rows), way, np.interp(on_disc, (0.0, 1.0), thick_mm), 0.35, FADE_MM)


def _on_body(spine: RestSpine, level: str, x: Path, heights: Path, is_front: bool) -> Path:
    """Rows at these heights on the wall of a body, shape (rows, across, 3), from `x` without the last axis."""
    shape = spine.bones[level].shape
    y = np.full_like(x, -45.0 if is_front else shape.back + 0.5 * shape.canal_depth)
    z = np.broadcast_to(heights[:, None] * shape.height, x.shape)
    starts = spine.place(level, np.stack([x, y, z], -1))
    return spine.met(starts, (0.0, 1.0 if is_front else -1.0, 0.0), 45.0 if is_front else 14.0)[0]


def _on_disc(spine: RestSpine, pair: tuple[str, str], x: Path, is_front: bool) -> list[Path]:
    """Three rows on the wall of the disc, the middle one where it bulges."""
    disc = disc_rest(*(spine.bones[level] for level in pair)).mesh(*(spine.poses[level] for level in pair))
    wall = np.asarray(disc.points[2 * PLATE_POINTS :], float).reshape(SIDE_ROWS, -1, 3)
    found = []
    for row in wall[[0, SIDE_ROWS // 2, -1]]:
        side = row[(row[:, 1] < row[:, 1].mean()) == is_front]
        side = side[np.argsort(side[:, 0])]
        found.append(np.stack([x, *(np.interp(x, side[:, 0], side[:, k]) for k in (1, 2))], -1))
    return found


def _flavum(spine: RestSpine, pair: tuple[str, str]) -> Mesh:
    """From the front of the upper lamina to the upper edge of the lower one, both sides as one bent sheet."""
    upper, lower = (spine.bones[level].shape for level in pair)
    x = np.linspace(-FLAVUM_HALF_MM, FLAVUM_HALF_MM, 7)
    y = np.full_like(x, upper.back + 0.55 * upper.canal_depth)
    top = spine.place(pair[0], np.stack([x, y, np.full_like(x, -0.42 * upper.height)], -1))
    low = spine.place(pair[1], np.stack([x, y, np.full_like(x, -0.02 * lower.height)], -1))
    shares = np.linspace(0.0, 1.0, 5)
    rows, hits = zip(*(spine.met(top + s * (low - top), (0.0, 1.0, 0.0), 15.0) for s in shares), strict=True)
    places, found = np.array(rows), np.array(hits)
    for k in range(len(x)):
        on_bone = found[:, k]
        if on_bone.any():
            places[:, k, 1] = np.interp(shares, shares[on_bone], places[on_bone, k, 1])
    ridge = 0.8 * np.abs(x) / FLAVUM_HALF_MM
    places[..., 1] += 0.3 - ridge
    return strap(places, (0.0, -1.0, 0.0), 1.4, 1.6)


def _interspinous(spine: RestSpine, pair: tuple[str, str]) -> Mesh:
    """A thin sheet from the lower border of one spinous process to the upper border of the next."""
    upper, lower = (spine.bones[level].shape for level in pair)
    share = np.linspace(0.16, 0.90, 8)
    y = upper.spinolaminar + share * (upper.spinous_back - upper.spinolaminar)
    below = lower.spinolaminar + share * (lower.spinous_back - lower.spinolaminar)
    zero = np.zeros_like(y)
    one = spine.place(pair[0], np.stack([zero, y, -share * upper.spinous_down], -1))
    other = spine.place(pair[1], np.stack([zero, below, -share * lower.spinous_down], -1))
    steps = np.linspace(0.0, 1.0, 40)[:, None, None]
    middle = _freest(spine, one + steps * (other - one))
    (top, on_top), (low, on_low) = _border(spine, middle, 1.0), _border(spine, middle, -1.0)
    last = 1 + int(np.flatnonzero(on_top & on_low)[-1])  # farther back one of the two processes has ended
    top, low, middle = top[:last], low[:last], middle[:last]
    thick = np.array([1.5, 0.0, 0.0])
    thin = np.array([0.9, 0.0, 0.0])
    ring = np.stack([top - thick, top + thick, middle + thin, low + thick, low - thick, middle - thin], 1)
    mesh = solid(ring)
    fibres = np.where(np.arange(len(ring)) % 2, 1.0, 0.86)
    light = np.concatenate([[1.0], np.repeat(fibres, 6), [1.0]]).astype(np.float32)
    return Mesh(mesh.points, mesh.triangles, mesh.normals, light, np.ones((len(light), 1), np.float32))


def _border(spine: RestSpine, middle: Path, up: float) -> tuple[Path, NDArray[np.bool_]]:
    """Where bone is met above or below, a little within it; beside the process the line of its border goes on.

    Returns:
        the places, and which of them bone was met at.
    """
    place, is_met = spine.met(middle, (0.0, 0.0, up), 16.0)
    if is_met.any():
        place[:, 2] = np.interp(np.arange(len(place)), np.flatnonzero(is_met), place[is_met, 2])
    return np.asarray(place + np.array([0.0, 0.0, 1.2 * up]), np.float64), is_met


def _freest(spine: RestSpine, lines: Path) -> Path:
    """On each line across (steps, lines, 3) the middle of what lies outside bone."""
    free = spine.distance_mm(lines) > 0.3
    at = np.arange(len(lines))[:, None]
    middle = np.rint((at * free).sum(axis=0) / np.maximum(free.sum(axis=0), 1)).astype(int)
    return np.asarray(lines[middle, np.arange(lines.shape[1])])


def _supraspinous(spine: RestSpine) -> Mesh:
    """A cord over the tips of the spinous processes, drawn straight from tip to tip."""
    places, is_met = _tips(spine)
    at = -places[:, 2]
    places[:, 0] = np.interp(at, at[is_met], places[is_met, 0])
    places[:, 1] = np.interp(at, at[is_met], places[is_met, 1])
    wide = np.linspace(-3.0, 3.0, 5)
    rows = places[:, None] + wide[None, :, None] * np.array([1.0, 0.0, 0.0])
    rows[..., 1] -= 0.09 * wide**2
    return strap(rows, (0.0, 1.0, 0.0), 1.3, 1.4, 9.0, edge_share=1.0)


def _tips(spine: RestSpine) -> tuple[Path, NDArray[np.bool_]]:
    """Places down the free edges of the spinous processes, and which of them bone was met at."""
    starts = []
    for level in ORDER:
        shape = spine.bones[level].shape
        z = -shape.spinous_down - np.array([-0.3, -0.1, 0.1, 0.3]) * shape.spinous_height
        starts.append(spine.place(level, np.stack([np.zeros(4), np.full(4, 90.0), z], -1)))
    return spine.met(np.concatenate(starts), (0.0, -1.0, 0.0), 48.0)
