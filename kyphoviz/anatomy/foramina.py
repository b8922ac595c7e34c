"""The holes by which vessels enter the body: the basivertebral foramen behind, nutrient foramina around the waist.

Tzika et al., Surg Radiol Anat 2021;43:889: the basivertebral foramen lies in the middle of the posterior wall, nearer
the upper rim from T10 to L4; it is single in 45 % of vertebrae and double in 37 %. Sizes of the small ones are
illustrative.
"""

from __future__ import annotations

import numpy as np

from kyphoviz.anatomy.fields import Points, Triple, Values
from kyphoviz.anatomy.morphometry import VertebraShape

_FAR = 9.0


def basivertebral_field(s: VertebraShape, p: Points) -> Values:
    """Negative inside the foramen, or inside both of them; about millimetres."""
    x, y, z = p
    apart, wide = (2.6, 2.4) if s.seed % 3 == 2 else (0.0, 3.2)
    away = np.sqrt(((np.abs(x) - apart) / wide) ** 2 + ((y - s.back - 0.2) / 4.5) ** 2 + ((z - 1.5) / 2.4) ** 2)
    return np.asarray((away - 1) * 2.4)


def nutrient_field(s: VertebraShape, p: Points) -> Values:
    """Negative inside the small holes: funnels, widest at the wall, 1.7 mm deep."""
    x, y, z = np.broadcast_arrays(*p)
    near = (np.abs(z) < 0.34 * s.height) & (y < s.back - 1.0)
    here = [c[near] for c in (x, y, z)]
    found = np.full(here[0].shape, _FAR, np.float32)
    for place, (ux, uy), radius in _holes(s):
        dx, dy, dz = (c - at for c, at in zip(here, place, strict=True))
        out = dx * ux + dy * uy
        deep = np.clip(out, -1.7, 2.5)
        away = np.sqrt((dx - deep * ux) ** 2 + (dy - deep * uy) ** 2 + dz**2)
        found = np.minimum(found, away - radius * (1 + 0.35 * deep))
    field = np.full(near.shape, _FAR, np.float32)
    field[near] = found
    return field


def _holes(s: VertebraShape) -> list[tuple[Triple, tuple[float, float], float]]:
    """(place on the waist, way outwards, radius) of four to eight holes, the same for the same bone.

    They share the waist out between them, so that no two meet under the surface.
    """
    rng = np.random.default_rng(900 + s.seed)
    holes = []
    for side in (-1, 1):
        count = int(rng.integers(2, 5))
        for k in range(count):
            share = (k + 0.5 + rng.uniform(-0.22, 0.22)) / count
            angle = side * np.radians(14 + 100 * share)  # from straight ahead; the back is left to the pedicles
            way = (float(np.sin(angle)), float(-np.cos(angle)))
            x, y = 0.49 * s.waist_width * way[0], 0.47 * s.depth * way[1]
            rise = (-1) ** k * rng.uniform(0.03, 0.22)
            holes.append(((x, y, float(rise) * s.height), way, float(rng.uniform(0.38, 0.52))))
    return holes
