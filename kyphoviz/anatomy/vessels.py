"""The great vessels in front of the spine, and the vein within each body."""

from __future__ import annotations

import numpy as np

from kyphoviz.anatomy.canal import tube
from kyphoviz.anatomy.mesh import Mesh, joined
from kyphoviz.anatomy.rest_spine import Path, RestSpine
from kyphoviz.anatomy.spine import ORDER
from kyphoviz.anatomy.spline import through

AORTA_MM, CAVA_MM = 8.5, 9.5  # radii
AORTA_X_MM, CAVA_X_MM = 7.0, -15.0  # the aorta lies a little to the left, the vena cava to the right
CAVA_OVAL = (1.12, 0.85)
FREE_MM = 3.6  # between the vessel and the bone: ligament and fat


def vessels(spine: RestSpine) -> dict[str, Mesh]:
    """Closed solids by name, in the treated vertebra's frame at rest; the aorta divides below the segment."""
    return {"aorta": _aorta(spine), "vena_cava": _cava(spine), "basivertebral_veins": _basivertebral(spine)}


def _aorta(spine: RestSpine) -> Mesh:
    path = _in_front(spine, AORTA_X_MM, AORTA_MM, 0.0)
    trunks = ((0.78, -1.0, 14.0, 3.6), (0.64, -0.8, 16.0, 3.4))  # coeliac trunk, superior mesenteric artery
    branches = [_branch(path, share, (0.0, way, -0.6), length, radius) for share, way, length, radius in trunks]
    return joined([tube(path, np.full(len(path), AORTA_MM), 18), *branches])


def _cava(spine: RestSpine) -> Mesh:
    """Above the kidneys it leaves the spine forwards, to pass through the liver."""
    path = _in_front(spine, CAVA_X_MM, CAVA_MM, 26.0)
    return tube(path, np.full(len(path), CAVA_MM), 18, CAVA_OVAL)


def _in_front(spine: RestSpine, x_mm: float, radius_mm: float, leaves_mm: float) -> Path:
    """A way along the front of the column; at its upper end it has left the bone by that many mm."""
    knots = spine.knots({level: (x_mm, -0.5 * spine.bones[level].shape.depth, 0.0) for level in ORDER})
    starts = knots.copy()
    starts[:, 1] = -60.0
    edge, is_met = spine.met(starts, (0.0, 1.0, 0.0), 60.0)
    knots[is_met, 1] = edge[is_met, 1]
    knots[0, 1], knots[-1, 1] = knots[1, 1], knots[-2, 1]
    rise = np.linspace(0.0, 1.0, len(knots))
    knots[:, 1] -= radius_mm + FREE_MM + leaves_mm * np.clip((rise - 0.45) / 0.55, 0.0, 1.0) ** 2
    z = np.linspace(knots[0, 2] + 10.0, knots[-1, 2] - 8.0, 20)
    return through(knots[:, 2], knots, z)


def _branch(path: Path, share: float, way: tuple[float, float, float], length: float, radius: float) -> Mesh:
    """A stub that begins inside its vessel."""
    start = path[round(share * (len(path) - 1))]
    t = np.linspace(0.0, 1.0, 6)[:, None]
    bent = start + (AORTA_MM + length) * t * np.array(way) - np.array([0.0, 0.0, 5.0]) * t**2
    return tube(bent + np.array([0.02, 0.0, 0.01]), np.full(6, radius), 8)


def _basivertebral(spine: RestSpine) -> Mesh:
    """A short vein in the middle of each body that leaves through its back wall, with two tributaries."""
    return joined([piece for level in ORDER for piece in _veins_of(spine, level)])


def _veins_of(spine: RestSpine, level: str) -> list[Mesh]:
    shape = spine.bones[level].shape
    back, t = shape.back, np.linspace(0.0, 1.0, 4)[:, None]
    fork = np.array([0.3, 0.2 * back, 1.0])
    ways = [(np.array([0.0, back + 0.8, 1.5]), 1.5)]
    ways += [(np.array([side * 9.0, -0.55 * back, 2.5 - side]), 1.0) for side in (1.0, -1.0)]
    return [tube(spine.place(level, fork + t * (end - fork)), np.linspace(1.3, radius, 4), 6) for end, radius in ways]
