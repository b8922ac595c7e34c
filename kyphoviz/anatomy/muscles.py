"""The muscles beside the spine as solids: erector spinae, multifidus and psoas."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kyphoviz.anatomy.fields import smoothstep
from kyphoviz.anatomy.mesh import Floats, Mesh
from kyphoviz.anatomy.rest_spine import Path, RestSpine, solid
from kyphoviz.anatomy.spine import ORDER

AROUND, ROWS = 14, 14
CLEAR_MM = 1.0
ROUNDS, LEAST = 24, 0.15  # of drawing in; the least share of its size that is left
SAMPLES = tuple((up / 3, around / 2) for up in range(3) for around in range(2))  # places on each face
FIBRE_SHADE = 0.26
BUNDLES = ((4, 0.9), (7, 1.2))  # of fibres: how many lie around, and how far they turn about the muscle on its way
END_SHARE = 0.16  # of the length: there a muscle grows thinner, tendinous, and fades out


def muscles(spine: RestSpine) -> dict[str, Mesh]:
    """Closed solids by name with their fibres as `openness`, in the treated vertebra's frame at rest."""
    found = {}
    for side, word in ((1.0, "left"), (-1.0, "right")):
        found[f"erector_spinae_{word}"] = _erector(spine, side)
        found[f"multifidus_{word}"] = _multifidus(spine, side)
        found[f"psoas_{word}"] = _psoas(spine, side)
    return found


def _erector(spine: RestSpine, side: float) -> Mesh:
    """Lateral of multifidus, behind the transverse processes; thicker towards the pelvis."""
    middle, share = _laminar_line(spine)
    wide, deep = 17.5 - 1.5 * share, 14.0 - 2.0 * share
    middle = middle + np.stack([side * (39.5 - 3.0 * share), 9.5 - 1.0 * share, 0 * share], -1)
    return _belly(spine, middle, wide, deep, side)


def _multifidus(spine: RestSpine, side: float) -> Mesh:
    """In the groove between spinous processes and laminae."""
    middle, share = _laminar_line(spine)
    middle = middle + np.stack([side * (13.0 - 1.0 * share), 10.5 - 1.5 * share, 0 * share], -1)
    return _belly(spine, middle, 11.0 - 1.5 * share, 12.5 - 2.5 * share, side)


def _psoas(spine: RestSpine, side: float) -> Mesh:
    """From the side of T12 downwards, growing from body to body."""
    knots = spine.knots(dict.fromkeys(ORDER, (0.0, 0.0, 0.0)))
    z = np.linspace(knots[0, 2] + 12.0, knots[-3, 2] + 6.0, ROWS)
    share = np.linspace(0.0, 1.0, ROWS)
    middle = np.stack([np.interp(z, knots[:, 2], knots[:, k]) for k in range(3)], -1)
    size = 0.30 + 0.70 * (1 - smoothstep(0.15, 1.0, share))
    middle += np.stack([side * (21.0 + 17.0 * size), 4.0 - 2.0 * share, 0 * share], -1)
    return _belly(spine, middle, 14.5 * size, 17.0 * size, side)


def _laminar_line(spine: RestSpine) -> tuple[Path, NDArray[np.float64]]:
    """The line of the laminae from below the segment to above it, and how far up each place is (0 to 1)."""
    knots = spine.knots({level: (0.0, spine.bones[level].shape.spinolaminar + 6.0, 0.0) for level in ORDER})
    z = np.linspace(knots[0, 2] + 12.0, knots[-1, 2] - 14.0, ROWS)
    middle = np.stack([np.interp(z, knots[:, 2], knots[:, k]) for k in range(3)], -1)
    return middle, np.linspace(0.0, 1.0, ROWS)


def _belly(spine: RestSpine, middle: Path, wide: NDArray[np.float64], deep: NDArray[np.float64], side: float) -> Mesh:
    """A rounded column, flatter than an ellipse, that gives way to the bones."""
    a = np.linspace(0, 2 * np.pi, AROUND, endpoint=False)
    c, s = (np.sign(f(a)) * np.abs(f(a)) ** 0.9 for f in (np.cos, np.sin))
    end = _from_end()
    slim = 0.72 + 0.28 * smoothstep(0.0, 0.3, end)
    wide, deep = wide * slim, deep * slim
    x = middle[:, None, 0] + side * wide[:, None] * c
    y = middle[:, None, 1] + deep[:, None] * s
    rings = np.stack([x, y, np.broadcast_to(middle[:, None, 2], x.shape)], -1)
    mesh = solid(_off_bones(spine, middle[:, None], rings))
    return Mesh(mesh.points, mesh.triangles, mesh.normals, _fibres(), _ends())


def _off_bones(spine: RestSpine, middle: Path, rings: Path) -> Path:
    """The rings drawn in towards their middles until no face between them comes nearer to bone than the clearance."""
    arms, reach = rings - middle, np.ones(rings.shape[:2])
    length = np.linalg.norm(arms, axis=-1)
    for _ in range(ROUNDS):
        places = middle + reach[..., None] * arms
        lacking = np.zeros_like(reach)
        for up, around in SAMPLES:
            between = _blended(_blended(places, up, 0), around, 1)
            short = np.clip(CLEAR_MM - spine.distance_mm(between), 0.0, 4.0)
            for corner in (short, np.roll(short, 1, axis=1)):
                lacking[:-1] = np.maximum(lacking[:-1], corner[:-1])
                lacking[1:] = np.maximum(lacking[1:], corner[:-1])
        if lacking.max() < 0.1:
            break
        reach = np.maximum(reach - 0.5 * lacking / length, LEAST)
    return np.asarray(middle + reach[..., None] * arms)


def _blended(rings: Path, share: float, axis: int) -> Path:
    """Places that share of the way from each ring, or each point of a ring, to the next."""
    return np.asarray(rings + share * (np.roll(rings, -1, axis=axis) - rings))


def _from_end() -> NDArray[np.float64]:
    """How far each row is from the nearer end, as a share of the length."""
    share = np.linspace(0.0, 1.0, ROWS)
    return np.minimum(share, 1.0 - share)


def _fibres() -> Floats:
    """Bundles that run slantwise along the muscle, as shares of light; one value for each point of `solid`."""
    turn, row = np.arange(AROUND)[None, :] / AROUND, np.arange(ROWS)[:, None] / ROWS
    coarse, fine = (np.sin(2 * np.pi * (count * turn + slant * row)) for count, slant in BUNDLES)
    uneven = 0.5 + 0.5 * np.sin(2 * np.pi * (2.0 * turn - 1.3 * row))
    return _each_point(1.0 - FIBRE_SHADE * (0.5 + 0.35 * coarse + (0.25 + 0.3 * uneven) * fine))


def _ends() -> Floats:
    """How much of each point is there, and how much of it is tendon."""
    end = _from_end()[:, None] + 0.02 * np.sin(1.9 * np.arange(AROUND))[None, :]
    there = smoothstep(0.0, END_SHARE, end)
    tendon = 0.55 * (1.0 - smoothstep(0.05, 1.6 * END_SHARE, end))
    return np.stack([_each_point(there), _each_point(tendon)], axis=1)


def _each_point(rows: NDArray[np.floating]) -> Floats:
    """Values (ROWS, AROUND) with the first and the last one at the middles of the ends."""
    return np.concatenate([rows[0, :1], rows.ravel(), rows[-1, :1]]).astype(np.float32)
