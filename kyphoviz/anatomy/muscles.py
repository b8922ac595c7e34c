"""The muscles beside the spine as solids: erector spinae, multifidus and psoas."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kyphoviz.anatomy.fields import smoothstep
from kyphoviz.anatomy.mesh import Floats, Mesh
from kyphoviz.anatomy.rest_spine import Path, RestSpine, solid
from kyphoviz.anatomy.spine import ORDER

AROUND, ROWS = 20, 15
CLEAR_MM = 1.3
FIBRE_SHADE = 0.20
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
    """A rounded column, flatter than an ellipse, pressed off the bones."""
    a = np.linspace(0, 2 * np.pi, AROUND, endpoint=False)
    c, s = (np.sign(f(a)) * np.abs(f(a)) ** 0.9 for f in (np.cos, np.sin))
    end = _from_end()
    slim = 0.72 + 0.28 * smoothstep(0.0, 0.3, end)
    wide, deep = wide * slim, deep * slim
    x = middle[:, None, 0] + side * wide[:, None] * c
    y = middle[:, None, 1] + deep[:, None] * s
    rings = np.stack([x, y, np.broadcast_to(middle[:, None, 2], x.shape)], -1)
    clear = rings
    for _ in range(6):  # up and down it may not give way, so that its rings stay level
        clear = spine.pushed_clear(clear.reshape(-1, 3), CLEAR_MM).reshape(rings.shape)
        clear[..., 2] = rings[..., 2]
    mesh = solid(clear)
    return Mesh(mesh.points, mesh.triangles, mesh.normals, _fibres(), _ends())


def _from_end() -> NDArray[np.float64]:
    """How far each row is from the nearer end, as a share of the length."""
    share = np.linspace(0.0, 1.0, ROWS)
    return np.minimum(share, 1.0 - share)


def _fibres() -> Floats:
    """Bundles that run slantwise along the muscle, as shares of light; one value for each point of `solid`."""
    turn, row = np.arange(AROUND)[None, :], np.arange(ROWS)[:, None]
    bundle = np.where((turn + row // 4) % 2, 1.0, 0.0) + 0.35 * np.sin(2.4 * turn + 0.5 * row)
    return _each_point(1.0 - FIBRE_SHADE * np.clip(bundle, 0.0, 1.2))


def _ends() -> Floats:
    """How much of each point is there, and how much of it is tendon."""
    end = _from_end()[:, None] + 0.02 * np.sin(1.9 * np.arange(AROUND))[None, :]
    there = smoothstep(0.0, END_SHARE, end)
    tendon = 0.55 * (1.0 - smoothstep(0.05, 1.6 * END_SHARE, end))
    return np.stack([_each_point(there), _each_point(tendon)], axis=1)


def _each_point(rows: NDArray[np.floating]) -> Floats:
    """Values (ROWS, AROUND) with the first and the last one at the middles of the ends."""
    return np.concatenate([rows[0, :1], rows.ravel(), rows[-1, :1]]).astype(np.float32)
