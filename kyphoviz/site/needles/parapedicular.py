"""The way beside the pedicle, for a pedicle that is too narrow for the tool.

The needle passes along the outer side of the pedicle, above and in front of the transverse process, and enters bone
where pedicle and body meet (extrapedicular or parapedicular route; thoracic pedicles are often under 5 mm wide, CT
series PMC4857161). It comes from farther outside and from higher up than the way through the pedicle.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kyphoviz.anatomy.assets import RestBone
from kyphoviz.anatomy.landmarks import posterior_wall_y
from kyphoviz.procedure.state import Side
from kyphoviz.site.needles.approach import (
    BESIDE,
    MIDDLE_DEPTH,
    MIDLINE,
    TARGET_BELOW_MM,
    UNUSUAL,
    USUAL_CAUDAL_DEG,
    Approach,
    Vector,
    front_y,
    pedicle_of,
    planned,
)

OUT_MM = np.arange(1.5, 9.1, 0.5)  # where the axis crosses the plane of the posterior wall, outside of and above
UP_MM = np.arange(-5.0, 3.1, 1.0)  # the middle of the pedicle; farther up runs the root of the level above
MEDIAL_DEG = np.arange(20.0, 57.6, 2.5)
CAUDAL_DEG = np.arange(0.0, 27.6, 2.5)
FREE_MM = 0.3  # between the tool and the bone that it passes before it enters
WORTH = 20.0  # mm of miss that a missing mm of free way, or of a place to enter, is worth
NO_WAY = 1000.0


def way_in(bone: RestBone, side: Side, radius_mm: float, is_alone: bool, route: str) -> Approach:
    """The best way into the body on one side, by the route that is wanted.

    Args:
        radius_mm: of the widest tool; a pedicle that can't hold it is passed on its outer side whatever `route` says.
        is_alone: whether the other side is left untreated.
        route: `transpedicular` or `parapedicular`.
    """
    through = planned(bone, side, radius_mm, is_alone)
    wanted = route == "parapedicular" or through.thinnest_wall_mm < 0.0
    return parapedicular(bone, side, radius_mm, is_alone) if wanted else through


def parapedicular(bone: RestBone, side: Side, radius_mm: float, is_alone: bool = False) -> Approach:
    """The best way beside the pedicle; arguments as for `way_in`.

    `thinnest_wall_mm` of the result is the free distance to the bone that the tool passes before it enters.
    """
    sign, aim = (1.0 if side == Side.LEFT else -1.0), (MIDLINE if is_alone else BESIDE)
    pedicle, wall_y = pedicle_of(bone, sign), posterior_wall_y(bone.shape, bone.distance, 0.0)
    out, up, medial, caudal = (
        grid.ravel() for grid in np.meshgrid(OUT_MM, UP_MM, np.radians(MEDIAL_DEG), np.radians(CAUDAL_DEG))
    )
    cx, cy, cz = pedicle.centre
    walls = np.stack([cx + sign * out, np.full_like(out, wall_y), cz + up], axis=1)
    directions = np.stack([-sign * np.tan(medial), -np.ones_like(out), -np.tan(caudal)], axis=1)
    directions /= np.linalg.norm(directions, axis=1, keepdims=True)
    entry_y, free = _entry_and_free(bone, walls, directions, wall_y, radius_mm)
    middle_y = front_y(bone) + MIDDLE_DEPTH * (wall_y - front_y(bone))
    middles = walls + directions * ((middle_y - wall_y) / directions[:, 1])[:, None]
    across = aim.across * 0.5 * (bone.shape.width_up + bone.shape.width_low)
    cost = np.hypot(sign * middles[:, 0] - across, middles[:, 2] + TARGET_BELOW_MM)
    cost += WORTH * (np.clip(FREE_MM - free, 0, None) + np.clip(entry_y - cy, 0, None))
    cost += WORTH * np.clip(wall_y + 0.5 - entry_y, 0, None) + UNUSUAL * np.abs(np.degrees(caudal) - USUAL_CAUDAL_DEG)
    best = int(np.where(np.isfinite(free), cost, NO_WAY).argmin())
    return Approach(side, walls[best], directions[best], float(free[best]))


def _entry_and_free(
    bone: RestBone, walls: Vector, directions: Vector, wall_y: float, radius_mm: float
) -> tuple[Vector, NDArray[np.float64]]:
    """(y where each axis enters bone, the least room around the tool before that; -inf where it enters nowhere)."""
    y = np.arange(wall_y - 6.0, wall_y + 40.0, 1.0)
    steps = (y[None, :] - wall_y) / directions[:, 1:2]
    distance = np.asarray(bone.distance.at(walls[:, None, :] + steps[..., None] * directions[:, None, :]), float)
    outside = distance > 0.0
    entry_y = y[outside.argmax(axis=1)]
    before = np.where(y[None, :] > (entry_y + 2.5 * radius_mm)[:, None], distance, np.inf).min(axis=1)
    ends_in_bone = ~outside[:, 0] & outside.any(axis=1)
    return entry_y, np.where(ends_in_bone, before - radius_mm, -np.inf)
