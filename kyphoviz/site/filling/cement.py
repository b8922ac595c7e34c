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
from kyphoviz.site.filling.growth import Field, Growth
from kyphoviz.site.filling.marrow import SPACING_MM, MarrowGrid

Points = NDArray[np.floating]

CORTEX_FREE_MM = 1.4  # kept to the outer surface: hard cement stays where crushed bone comes down on it
EDGE_MM = 2.5
POROUS = 0.008  # speed in porous bone against 1 in the open cavity
PORE_MM = 4.6  # size of the patches in which bone lets more or less cement through
SOURCE_MM = 1.2
UNEVEN = 1.8
DRAWN_BACK, FILLER_MM = 0.9, 2.6  # how much faster cement comes along the filler as it is drawn back, and how near it
ROOM_FREE_MM = 0.6  # kept to the outer surface of the lowest body by cement in an open cavity
LEAST_SPEED = 2e-3
MOST_POROUS = 0.10
CRACK, CRACK_MM = 0.55, 5.0  # speed along the crack under the sunken end-plate, and its depth


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
        self._tips, self._surface = np.asarray(tips, np.float32), grid.surface
        outside = grid.outside(fracture)
        clip = _clip(grid, outside, back_y_mm)
        if cavity is not None:  # open room is filled right up to its wall
            clip = np.minimum(clip, np.maximum(cavity, outside + ROOM_FREE_MM))
        if kept_out is not None:
            clip = np.maximum(clip, -kept_out)
        speed = self._speed(grid, cavity, clip, outside) * _along_filler(grid, self._tips, np.asarray(last_tips))
        arrival = blurred(_arrival(grid, speed, self._tips), 0.35)
        self._growth = Growth(grid.surface, arrival, clip, np.clip(speed, LEAST_SPEED, 1.0), samples=34)

    def field(self, volume_ml: float) -> Field:
        """About the signed distance to the cement of that volume on the grid, negative inside."""
        return self._growth.field(volume_ml)

    def mesh(self, volume_ml: float) -> Mesh:
        """The cement of exactly that volume, closed, normals outwards."""
        return self.surface(self.field(volume_ml), volume_ml)

    def surface(self, field: Field, volume_ml: float) -> Mesh:
        """The mesh of a field that `field` gave for that volume."""
        rough = self._surface(-field)
        scale = np.float32(np.cbrt(1000.0 * volume_ml / rough.volume_mm3))
        away = np.linalg.norm(rough.points[:, None, :] - self._tips[None], axis=-1)
        middle = self._tips[away.argmin(axis=1)] if volume_ml < self._growth.smallest_ml else rough.points.mean(axis=0)
        return Mesh(middle + scale * (rough.points - middle), rough.triangles, rough.normals)

    def _speed(self, grid: MarrowGrid, cavity: Field | None, clip: Field, outside: Field) -> Field:
        uneven = waves((grid.x, grid.y, grid.z), PORE_MM, 24, 7)
        porous = np.minimum(POROUS * np.exp(UNEVEN * uneven), MOST_POROUS)
        if cavity is None:
            porous = np.minimum(10 * porous + CRACK * _crack(grid, outside), 1.0)
        room = 0.0 if cavity is None else 1 / (1 + np.exp(np.clip((cavity + 0.10) / 0.20, -30, 30)))
        dense = np.exp(-np.clip(clip + 1.0, 0, 4))
        return np.asarray(np.maximum(porous * dense * (1 - room) + room, LEAST_SPEED), np.float32)


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


def _along_filler(grid: MarrowGrid, first: Points, last: Points) -> Field:
    """How much faster cement comes along the filler's way, because the filler is drawn back as it gives it."""
    away = np.full(grid.x.shape, 99.0, np.float32)
    for start, end in zip(np.asarray(first), np.asarray(last), strict=True):
        way = np.asarray(end - start, np.float32)
        off = grid.points - np.asarray(start, np.float32)
        share = np.clip(off @ way / max(float(way @ way), 1e-6), 0.0, 1.0)
        away = np.minimum(away, np.linalg.norm(off - share[..., None] * way, axis=-1))
    return np.asarray(1.0 + DRAWN_BACK * np.exp(-((away / FILLER_MM) ** 2)), np.float32)


def _crack(grid: MarrowGrid, outside: Field) -> Field:
    """1 along the broken trabeculae under the sunken end-plate, where cement spreads easily, 0 elsewhere."""
    wavy = waves((grid.x, grid.y, 0.0 * grid.z), 11.0, 12, 5)
    deep = np.cumsum(outside[:, :, ::-1] < 0, axis=2, dtype=np.float32)[:, :, ::-1] * np.float32(SPACING_MM)
    return np.asarray(np.exp(-(((deep - CRACK_MM - 1.2 * wavy) / 0.8) ** 2)) * (outside < 0), np.float32)
