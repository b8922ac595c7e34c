"""Cement: it goes where it gets first.

An arrival time spreads from the fillers' tips, fast through the cavities and slow and unevenly through porous bone.
The cement of a volume is where the arrival time lies below the right level, so the order of filling, the fingers into
the bone and the exact volume come from one array that is worked out when the case is loaded.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kyphoviz.anatomy.blur import blurred
from kyphoviz.anatomy.fields import smooth_max, waves
from kyphoviz.anatomy.mesh import Mesh
from kyphoviz.procedure.state import Fracture
from kyphoviz.site.growth import Field, Growth
from kyphoviz.site.marrow import SPACING_MM, MarrowGrid

Points = NDArray[np.floating]

CORTEX_FREE_MM = 1.4  # kept to the outer surface: hard cement stays where crushed bone comes down on it
EDGE_MM = 2.5
POROUS = 0.02  # speed in porous bone against 1 in the open cavity
PORE_MM = 4.6  # size of the patches in which bone lets more or less cement through
SOURCE_MM = 1.2
UNEVEN = 1.8
DRAWN_BACK = 0.6  # the filler brings cement to the back of the cavity in that share of the time it would take by itself


class CementBody:
    """The cement of one case at any volume.

    Args:
        tips: where the fillers let it out at first, shape (n, 3), mm; `last_tips` where they end when drawn back.
        cavity: about the signed distance to the cavities on the grid (negative inside), None where there are none.
        fracture: the lowest heights that the filled body takes, so that hard cement never leaves it.
        back_y_mm: plane that it stays in front of.
        kept_out: distance to a vein that other cement fills, None where there is none.
    """

    def __init__(
        self, grid: MarrowGrid, tips: Points, last_tips: Points, cavity: Field | None, fracture: Fracture,
        back_y_mm: float, kept_out: Field | None = None,
    ) -> None:  # fmt: skip
        self._tips = np.asarray(tips, np.float32)
        outside = grid.outside(fracture)
        clip = _clip(grid, outside, back_y_mm)
        if kept_out is not None:
            clip = np.maximum(clip, -kept_out)
        speed = self._speed(grid, cavity, clip)
        first = _arrival(grid, speed, self._tips)
        late = DRAWN_BACK * float(np.mean([_nearest(grid, first, tip) for tip in np.asarray(last_tips)]))
        arrival = blurred(np.minimum(first, _arrival(grid, speed, last_tips) + late), 0.5)
        self._growth = Growth(grid.surface, arrival, clip, np.clip(speed, 0.05, 1.0), samples=34)

    def field(self, volume_ml: float) -> Field:
        """About the signed distance to the cement of that volume on the grid, negative inside."""
        return self._growth.field(volume_ml)

    def mesh(self, volume_ml: float) -> Mesh:
        """The cement of exactly that volume, closed, normals outwards."""
        rough = self._growth.mesh(volume_ml)
        scale = np.float32(np.cbrt(1000.0 * volume_ml / rough.volume_mm3))
        away = np.linalg.norm(rough.points[:, None, :] - self._tips[None], axis=-1)
        middle = self._tips[away.argmin(axis=1)] if volume_ml < self._growth.smallest_ml else rough.points.mean(axis=0)
        return Mesh(middle + scale * (rough.points - middle), rough.triangles, rough.normals)

    def _speed(self, grid: MarrowGrid, cavity: Field | None, clip: Field) -> Field:
        uneven = waves((grid.x, grid.y, grid.z), PORE_MM, 24, 7)
        porous = np.minimum(POROUS * np.exp(UNEVEN * uneven), 0.6)
        if cavity is None:
            porous = np.minimum(4 * porous, 1.0)
        room = 0.0 if cavity is None else 1 / (1 + np.exp(np.clip(cavity / 0.35, -30, 30)))
        dense = np.exp(-np.clip(clip + 1.0, 0, 4))
        return np.asarray(np.maximum((porous + (1 - porous) * room) * dense, 2e-3), np.float32)


def room_ml(grid: MarrowGrid, fracture: Fracture, back_y_mm: float) -> float:
    """What the body can take at its lowest heights, in mL, if cement stays in front of that plane."""
    clip = _clip(grid, grid.outside(fracture), back_y_mm)
    return float((clip < 0).sum()) * SPACING_MM**3 / 1000.0


def _clip(grid: MarrowGrid, outside: Field, back_y_mm: float) -> Field:
    return np.asarray(smooth_max(outside + CORTEX_FREE_MM, grid.y - back_y_mm, EDGE_MM), np.float32)


def _arrival(grid: MarrowGrid, speed: Field, tips: Points) -> Field:
    """When cement from those tips gets to each sample, in mm of open cavity."""
    import skfmm  # not at the top: the first picture can do without cement

    near = np.min([np.linalg.norm(grid.points - tip, axis=-1) for tip in np.asarray(tips)], axis=0) - SOURCE_MM
    time = skfmm.travel_time(near, speed, dx=SPACING_MM)
    outside = np.where(np.ma.getmaskarray(time), 0, np.ma.getdata(time))
    return np.asarray(np.where(near < 0, near, outside), np.float32)


def _nearest(grid: MarrowGrid, field: Field, point: Points) -> float:
    i, j, k = np.rint((point - grid.origin) / SPACING_MM).astype(int)
    return float(field[i, j, k])
