"""Cancellous bone that a balloon pushes aside packs into a denser rim around it; none of it is lost.

The density stands on the grid of the body's inside. Where the body is lower than it was, the same bone fills less
room and is denser from the start; where a balloon lies there is none, and what was there thickens the 3 mm around it.
"""

from __future__ import annotations

import numpy as np

from kyphoviz.anatomy.assets import RestBone
from kyphoviz.anatomy.landmarks import posterior_wall_y
from kyphoviz.anatomy.mesh import Floats
from kyphoviz.site.filling.chamber import Chamber
from kyphoviz.site.filling.growth import Field
from kyphoviz.site.filling.marrow import SPACING_MM

WET_DENSITY_G_PER_ML = 0.22  # cancellous bone of an old woman, wet, within 0.09 to 0.35 (PMID 35005442)
RIM_MM = 3.0  # into which the displaced bone packs: 1.7 times as dense after 2.4 mL (mass balance)
DENSEST_G_PER_ML = 1.2  # bone packed as tight as it goes, below cortical bone; illustrative
SHELL_MM = 0.6  # of cortex, which is not cancellous


class Compaction:
    """The packed bone of one case.

    Args:
        rim_mm: thickness of the rim; without one the displaced bone has nowhere to go.
    """

    def __init__(self, bone: RestBone, chamber: Chamber, rim_mm: float = RIM_MM) -> None:
        self._bodies, self._rim_mm = chamber.balloons, rim_mm
        grid = chamber.grid
        wall_y = posterior_wall_y(bone.shape, bone.distance, 0.0)
        before = _occupied(grid.y - wall_y + SHELL_MM)
        self._marrow = [_occupied(outside + SHELL_MM) * before for outside in chamber.outside]
        crushed = [np.maximum(np.gradient(grid.at_rest(stage), SPACING_MM, axis=2), 0.0) for stage in chamber.stages]
        prone, peak = (WET_DENSITY_G_PER_ML * c * m for c, m in zip(crushed, self._marrow, strict=True))
        self._bone = prone, peak * (prone.sum() / peak.sum())  # the same bone but for the grid's half percent

    def packed(self, balloon_ml: float, share: float) -> Field:
        """Cancellous bone in each cell of the grid: its density in g/mL times the share of the cell that is marrow.

        Args:
            balloon_ml: volume of each balloon.
            share: of the lift from prone to the peak, 0 to 1.
        """
        marrow, bone = (first + np.float32(share) * (last - first) for first, last in (self._marrow, self._bone))
        if balloon_ml <= 0.0:
            return bone
        away = np.min([body.rough_field(balloon_ml) for body in self._bodies], axis=0)
        balloon = _occupied(away)
        free, kept = marrow * (1 - balloon), bone * (1 - balloon)
        displaced = float(bone.sum() - kept.sum())
        if self._rim_mm:
            rim = free * _occupied(away - self._rim_mm)
            packed = _thickened(kept, rim, displaced)
            return _thickened(packed, free, displaced - float(packed.sum() - kept.sum()))
        return kept

    def mass_g(self, balloon_ml: float, share: float) -> float:
        """All cancellous bone of the body."""
        return float(self.packed(balloon_ml, share).sum(dtype=float)) * SPACING_MM**3 / 1000.0


def rim_packing(volume_ml: float) -> float:
    """How much bone is added to that of a hollow's rim, as a multiple of what is there: 0.7 after 2.4 mL.

    By the balance of mass: what stood in a round hollow of that volume goes into the `RIM_MM` around it.
    """
    radius = _radius_mm(volume_ml)
    return radius**3 / ((radius + RIM_MM) ** 3 - radius**3)


def pushed_mm(away_mm: Floats, volume_ml: float) -> Floats:
    """How far bone that now lies around a round hollow has been pushed outwards; 0 beyond the rim.

    The bone within reach is squeezed into the rim to the same density everywhere, so the volumes below a shell of bone
    before and after are in proportion.

    Args:
        away_mm: distances from the hollow's wall; negative ones (inside it) fade out towards its middle.
    """
    radius = np.float32(_radius_mm(volume_ml))
    reach = (radius + np.float32(RIM_MM)) ** 3
    now = radius + np.clip(away_mm, 0.0, RIM_MM)
    before = np.cbrt(reach * (now**3 - radius**3) / (reach - radius**3))
    return np.asarray((now - before) * np.clip(1.0 + away_mm / np.float32(RIM_MM), 0.0, 1.0), np.float32)


def _radius_mm(volume_ml: float) -> float:
    return float(np.cbrt(3000.0 * max(volume_ml, 0.0) / (4.0 * np.pi)))


def _thickened(bone: Field, rim: Field, amount: float) -> Field:
    """With that amount added evenly to the rim (shares of cells), but nowhere above the densest."""
    more = np.float32(max(amount, 0.0) / max(float(rim.sum()), 1e-6)) * rim
    return np.asarray(bone + np.minimum(more, np.maximum(DENSEST_G_PER_ML * rim - bone, 0)), np.float32)


def _occupied(distance: Field) -> Field:
    """How much of each cell lies inside a surface, from the distance to it."""
    return np.asarray(np.clip(0.5 - distance / np.float32(SPACING_MM), 0.0, 1.0), np.float32)
