"""The ligaments that hold the segment: along the front and back of the bodies, and between the arches."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from kyphoviz.anatomy.mesh import Mesh, joined
from kyphoviz.anatomy.rest_spine import Path, RestSpine, solid, strap
from kyphoviz.anatomy.spine import ORDER

FRONT_HALF_MM, BACK_HALF_MM = 10.0, 6.0
BODY_ROWS = (0.40, 0.2, 0.0, -0.2, -0.40)  # heights, shares of the body's
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
    x = np.linspace(-FRONT_HALF_MM, FRONT_HALF_MM, 7)
    rows = []
    for level in ORDER:
        for share in BODY_ROWS:
            z = np.full_like(x, share * spine.bones[level].shape.height)
            starts = spine.place(level, np.stack([x, np.full_like(x, -45.0), z], -1))
            rows.append(spine.met(starts, (0.0, 1.0, 0.0), 45.0)[0])
    return strap(_over_discs(np.array(rows), -1.4), (0.0, -1.0, 0.0), 1.7)


def _posterior(spine: RestSpine) -> Mesh:
    """Narrow behind the bodies, spread out behind the discs."""
    rows = []
    for level in ORDER:
        shape = spine.bones[level].shape
        for share in BODY_ROWS:
            x = np.linspace(-1, 1, 5) * BACK_HALF_MM * (0.45 + 1.2 * abs(share))
            y = np.full_like(x, shape.back + 0.5 * shape.canal_depth)
            starts = spine.place(level, np.stack([x, y, np.full_like(x, share * shape.height)], -1))
            rows.append(spine.met(starts, (0.0, -1.0, 0.0), 14.0)[0])
    return strap(_over_discs(np.array(rows), 0.5), (0.0, 1.0, 0.0), 0.9)


def _over_discs(rows: Path, bulge_mm: float) -> Path:
    """The rows of the bodies with one more over each disc, bulging by that many mm towards the back."""
    per_body = len(BODY_ROWS)
    found: list[NDArray[np.float64]] = []
    for k, row in enumerate(rows):
        found.append(row)
        if k % per_body == per_body - 1 and k + 1 < len(rows):
            found.append(0.5 * (row + rows[k + 1]) + np.array([0.0, bulge_mm, 0.0]))
    return np.array(found)


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
    share = np.linspace(0.22, 0.92, 6)
    y = upper.spinolaminar + share * (upper.spinous_back - upper.spinolaminar)
    below = lower.spinolaminar + share * (lower.spinous_back - lower.spinolaminar)
    zero = np.zeros_like(y)
    one = spine.place(pair[0], np.stack([zero, y, -share * upper.spinous_down], -1))
    other = spine.place(pair[1], np.stack([zero, below, -share * lower.spinous_down], -1))
    steps = np.linspace(0.0, 1.0, 40)[:, None, None]
    middle = _freest(spine, one + steps * (other - one))
    top = spine.met(middle, (0.0, 0.0, 1.0), 16.0)[0] + np.array([0.0, 0.0, 1.0])
    low = spine.met(middle, (0.0, 0.0, -1.0), 16.0)[0] - np.array([0.0, 0.0, 1.0])
    half = np.array([1.0, 0.0, 0.0])
    ring = np.stack([top - half, top + half, middle + 0.8 * half, low + half, low - half, middle - 0.8 * half], 1)
    return solid(ring)


def _freest(spine: RestSpine, lines: Path) -> Path:
    """On each line across (steps, lines, 3) the middle of what lies outside bone."""
    free = spine.distance_mm(lines) > 0.3
    at = np.arange(len(lines))[:, None]
    middle = np.rint((at * free).sum(axis=0) / np.maximum(free.sum(axis=0), 1)).astype(int)
    return np.asarray(lines[middle, np.arange(lines.shape[1])])


def _supraspinous(spine: RestSpine) -> Mesh:
    """A cord over the tips of the spinous processes."""
    x, rows = np.linspace(-2.6, 2.6, 5), []
    for level in ORDER:
        shape = spine.bones[level].shape
        for drop in (-0.12, 0.1, 0.38):
            z = np.full_like(x, -shape.spinous_down - drop * shape.spinous_height)
            starts = spine.place(level, np.stack([x, np.full_like(x, 90.0), z], -1))
            places, _ = spine.met(starts, (0.0, -1.0, 0.0), 60.0)
            places[:, 1] = places[:, 1].max()
            rows.append(places)
    cord = np.array(rows)
    for _ in range(2):
        cord[1:-1] = 0.25 * cord[:-2] + 0.5 * cord[1:-1] + 0.25 * cord[2:]
    return strap(cord, (0.0, 1.0, 0.0), 1.5, 1.6)
