"""Solids that are grown to an exact volume.

A growth field rises from a shape's middle outwards; the solid of a volume is where it lies below the right level, cut
by a clip field. A table made once tells level by volume; the small rest is taken up by the caller with a scaling of
less than a percent.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kyphoviz.anatomy.isosurface import IsoSurface
from kyphoviz.anatomy.mesh import Mesh

Field = NDArray[np.float32]


class Growth:
    """A growing solid inside a clip field (negative inside), both in about millimetres."""

    def __init__(
        self, surface: IsoSurface, growth: Field, clip: Field, per_mm: Field | float, samples: int = 22
    ) -> None:
        """Measures the volumes of some levels.

        Args:
            per_mm: what turns a difference of the growth field into millimetres, for a smooth edge to the clip.
        """
        self._surface, self._growth, self._clip = surface, growth, clip
        self._per_mm = np.asarray(per_mm, np.float32)
        inside = np.sort(growth[clip < 0])
        shares = np.linspace(0.0, 1.0, samples) ** 1.6 * 0.985 + 4e-3
        levels = np.unique(np.quantile(inside, np.clip(shares, 0, 1)))
        volumes = np.maximum.accumulate([max(self._mesh(v).volume_mm3, 0.0) for v in levels])
        keep = np.concatenate([[True], np.diff(volumes) > 1e-3])
        self._levels, self._volumes = levels[keep], volumes[keep]

    @property
    def smallest_ml(self) -> float:
        """The least volume that the grid resolves."""
        return float(self._volumes[0]) / 1000.0

    @property
    def largest_ml(self) -> float:
        """The volume that fills the clip."""
        return float(self._volumes[-1]) / 1000.0

    def level(self, volume_ml: float) -> float:
        """The level that encloses about that volume."""
        return float(np.interp(np.cbrt(1000.0 * volume_ml), np.cbrt(self._volumes), self._levels))

    def mesh(self, volume_ml: float) -> Mesh:
        """The surface at about that volume (within 1 %), or at the smallest one."""
        return self._mesh(self.level(max(volume_ml, self.smallest_ml)))

    def field(self, volume_ml: float) -> Field:
        """About the signed distance to that surface on the grid, negative inside."""
        return self._field(self.level(max(volume_ml, self.smallest_ml)))

    def _field(self, level: float) -> Field:
        return np.asarray(np.maximum((self._growth - np.float32(level)) * self._per_mm, self._clip), np.float32)

    def _mesh(self, level: float) -> Mesh:
        return self._surface(-self._field(level))
