"""The great vessels in front of the spine, their branches round the bodies, and the vein within each body."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from kyphoviz.anatomy.canal import tube
from kyphoviz.anatomy.fields import smoothstep
from kyphoviz.anatomy.mesh import Mesh, joined
from kyphoviz.anatomy.rest_spine import Path, RestSpine
from kyphoviz.anatomy.spine import ORDER
from kyphoviz.anatomy.spline import through

AORTA_MM, CAVA_MM = 8.5, 9.5  # radii
AORTA_X_MM, CAVA_X_MM = 7.0, -14.5  # the aorta lies a little to the left, the vena cava to the right
CAVA_OVAL = (1.12, 0.82)
FREE_MM = 3.2  # between the vessel and the foremost bone beside it: ligament and fat
FADE_MM = 24.0
SEGMENTAL_MM, EPIDURAL_MM = 1.2, 0.9
LUMBAR = ("T12", "L1", "L2", "L3")  # bodies whose pair of segmental arteries is shown


def vessels(spine: RestSpine) -> dict[str, Mesh]:
    """Closed solids by name, in the treated vertebra's frame at rest; `paint` fades those that go on beyond it.

    The aorta divides below the segment; the vena cava leaves the spine above it, to pass through the liver.
    """
    aorta = _in_front(spine, AORTA_X_MM, AORTA_MM, 0.0)
    cava = _in_front(spine, CAVA_X_MM, CAVA_MM * CAVA_OVAL[1], 9.0)
    cava = cava[cava[:, 2] < spine.poses["T12"][2, 3] + 14.0]
    found = {
        "aorta": _fading(tube(aorta, np.full(len(aorta), AORTA_MM), 14)),
        "vena_cava": _fading(tube(cava, np.full(len(cava), CAVA_MM), 14, CAVA_OVAL)),
        "segmental_arteries": _whole(joined([_segmental(spine, aorta, n, way) for n in LUMBAR for way in (1.0, -1.0)])),
        "basivertebral_veins": _whole(joined([piece for level in ORDER for piece in _veins_of(spine, level)])),
        "epidural_veins": _fading(joined([_epidural(spine, side) for side in (1.0, -1.0)])),
    }
    return found


def _fading(mesh: Mesh) -> Mesh:
    """Gone at both ends."""
    z = mesh.points[:, 2]
    there = smoothstep(0.0, FADE_MM, np.minimum(z - z.min(), z.max() - z)).astype(np.float32)
    return replace(mesh, openness=np.ones(len(z), np.float32), paint=there[:, None])


def _whole(mesh: Mesh) -> Mesh:
    count = len(mesh.points)
    return replace(mesh, openness=np.ones(count, np.float32), paint=np.ones((count, 1), np.float32))


def _in_front(spine: RestSpine, x_mm: float, radius_mm: float, leaves_mm: float) -> Path:
    """A smooth way along the front of the column that touches no bone; at its top it has left it by that many mm."""
    knots = spine.knots(dict.fromkeys(ORDER, (x_mm, 0.0, 0.0)))
    z = np.linspace(knots[0, 2] + 10.0, knots[-1, 2] - 8.0, 15)
    front = _foremost(spine, x_mm, radius_mm, z)
    share = (z - z[0]) / (z[-1] - z[0])
    y = front - radius_mm - FREE_MM - leaves_mm * np.clip((share - 0.4) / 0.6, 0.0, 1.0) ** 2
    return np.stack([np.full_like(z, x_mm), y, z], -1)


def _foremost(spine: RestSpine, x_mm: float, radius_mm: float, z: NDArray[np.float64]) -> NDArray[np.float64]:
    """y of the bone that comes nearest to a vessel of that radius at each height, smoothed along it."""
    off = np.linspace(-0.8, 0.8, 5) * radius_mm
    heights = np.linspace(z[0], z[-1], 120)
    starts = np.stack(np.broadcast_arrays(x_mm + off[None, :], -60.0, heights[:, None]), -1)
    place, is_met = spine.met(starts, (0.0, 1.0, 0.0), 60.0)
    room = radius_mm - np.sqrt(radius_mm**2 - off**2)  # the vessel is round: beside its middle it lies farther in front
    front = np.where(is_met, place[..., 1] + room, np.inf).min(axis=1)
    known = np.isfinite(front)
    front = np.interp(heights, heights[known], front[known])
    window = 14
    padded = np.pad(front, window, mode="edge")
    near = np.array([padded[k : k + 2 * window + 1].min() for k in range(len(front))])
    even = np.convolve(np.pad(near, window, mode="edge"), np.hanning(2 * window + 3)[1:-1] / (window + 1), "valid")
    return np.asarray(np.interp(z, heights, even))


def _segmental(spine: RestSpine, aorta: Path, level: str, side: float) -> Mesh:
    """From the back of the aorta close round the waist of a body to below its pedicle."""
    shape, bone = spine.bones[level].shape, spine.bones[level]
    angle = np.radians(np.linspace(-96.0 + 14.0 * (side < 0), 24.0, 14))
    out = np.stack([side * np.cos(angle), np.sin(angle), 0 * angle], -1)
    path = np.array([0.0, -0.1 * shape.depth, -1.0]) + 40.0 * out
    for _ in range(60):
        path = path - 0.8 * np.clip(bone.distance.at(path) - SEGMENTAL_MM - 0.5, -1.0, 5.0)[:, None] * out
    start = aorta[np.abs(aorta[:, 2] - spine.poses[level][2, 3]).argmin()] + np.array([0.0, 0.5 * AORTA_MM, 0.0])
    placed = spine.place(level, path)
    knots = np.concatenate([start[None], placed])
    return tube(through(np.arange(len(knots)), knots, np.linspace(0, len(knots) - 1, 13)), np.full(13, SEGMENTAL_MM), 5)


def _epidural(spine: RestSpine, side: float) -> Mesh:
    """Down the front of the canal, nearer to the midline behind each body, where the vein of the body opens into it."""
    knots = []
    for level in ORDER:
        shape = spine.bones[level].shape
        for share, x in ((0.42, 7.0), (0.0, 4.0), (-0.42, 7.0)):
            start = spine.place(level, [side * x, shape.back + 0.5 * shape.canal_depth, share * shape.height])
            knots.append(spine.met(start[None], (0.0, -1.0, 0.0), 14.0)[0][0] + np.array([0.0, EPIDURAL_MM + 0.5, 0.0]))
    path = through(np.arange(len(knots)), np.array(knots), np.linspace(0, len(knots) - 1, 2 * len(knots)))
    path = spine.pushed_clear(path, EPIDURAL_MM + 0.5)
    return tube(path[::-1], np.full(len(path), EPIDURAL_MM), 5)


def _veins_of(spine: RestSpine, level: str) -> list[Mesh]:
    """A short vein in the middle of a body that leaves through its back wall, with two tributaries."""
    shape = spine.bones[level].shape
    back, t = shape.back, np.linspace(0.0, 1.0, 2)[:, None]
    fork = np.array([0.3, 0.2 * back, 1.0])
    ways = [(np.array([0.0, back + 0.8, 1.5]), 1.5)]
    ways += [(np.array([side * 9.0, -0.55 * back, 2.5 - side]), 1.0) for side in (1.0, -1.0)]
    return [tube(spine.place(level, fork + t * (end - fork)), np.array([1.3, radius]), 6) for end, radius in ways]
