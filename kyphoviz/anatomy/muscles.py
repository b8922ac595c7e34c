"""The muscles beside the spine as solids: erector spinae, multifidus and psoas."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kyphoviz.anatomy.fields import smoothstep
from kyphoviz.anatomy.mesh import Floats, Mesh
from kyphoviz.anatomy.rest_spine import Path, RestSpine, solid
from kyphoviz.anatomy.spine import ORDER

AROUND, ROWS = 18, 13
CLEAR_MM = 0.6
FIBRE_SHADE = 0.16


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
    x = middle[:, None, 0] + side * wide[:, None] * c
    y = middle[:, None, 1] + deep[:, None] * s
    rings = np.stack([x, y, np.broadcast_to(middle[:, None, 2], x.shape)], -1)
    clear = spine.pushed_clear(rings.reshape(-1, 3), CLEAR_MM).reshape(rings.shape)
    clear[..., 2] = rings[..., 2]
    mesh = solid(clear)
    return Mesh(mesh.points, mesh.triangles, mesh.normals, _fibres())


def _fibres() -> Floats:
    """Bundles that run along the muscle, as shares of light; one value for each point of `solid`."""
    turn = np.arange(AROUND)
    row = np.linspace(0, 1, ROWS)[:, None]
    bundle = np.where((turn + np.rint(3 * row)).astype(int) % 2, 1.0, 0.0) + 0.5 * np.sin(1.7 * turn + 5.0 * row)
    light = 1.0 - FIBRE_SHADE * (0.5 + 0.5 * bundle)
    light[[0, -1]] = 0.9
    return np.concatenate([[0.9], np.broadcast_to(light, (ROWS, AROUND)).ravel(), [0.9]]).astype(np.float32)
