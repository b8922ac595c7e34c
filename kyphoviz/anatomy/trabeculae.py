"""The lattice of cancellous bone on a cut face, as a seamless tile from which every quality of bone is made.

A jittered grid of cells (Worley noise) twice as tall as wide: the border between neighbours side by side is an
upright strut, between neighbours above each other a cross-link. Each border has its own luck, which says how thick it
is and how early it is lost, and cross-links go first, as in osteoporosis. The tile holds distances to the struts, not
their brightness: so they can thin, thicken and vanish, and stay sharp. Cells repeat after `TILE_MM`, so tiles join
without a seam.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kyphoviz.anatomy.fields import Values

Bytes = NDArray[np.uint8]

PIXELS = 384
MM_PER_PIXEL = 0.1
TILE_MM = PIXELS * MM_PER_PIXEL
CELLS = (32, 16)  # across, up
CELL_MM = (TILE_MM / CELLS[0], TILE_MM / CELLS[1])
UPRIGHT_LOST, LINK_LOST = 0.16, 0.52  # shares that are missing in osteoporosis
SQUASH = 0.42  # heights count less between cells: their borders stand up
MM_PER_STEP, LEAST_MM = 0.005, -0.25  # how distances are kept in a byte
LOSSES_PER_STEP = 0.02


@dataclass(frozen=True, slots=True, eq=False)
class TrabecularTile:
    """Distances to the struts in front and to those that show through from deeper; rows run upwards.

    Column is across, row is up; both wrap around after `PIXELS`. A distance is from the strut's edge, negative inside;
    a loss says how far porosity must have gone, osteoporosis being 1, for the nearest strut to be missing.
    """

    front: Bytes
    front_loss: Bytes
    deep: Bytes
    deep_loss: Bytes
    mm_per_pixel: float = MM_PER_PIXEL


@dataclass(frozen=True, slots=True)
class Lattice:
    """A quality of cancellous bone as it is drawn.

    `lost` is how many struts are missing, 1 as in osteoporosis; `thicker_mm` what is added to every side of a strut;
    `fat` how much of the marrow is yellow, 0 to 1; `shell` the thickness of the cortex, 1 being the usual one. With age
    struts thin and vanish and marrow turns to fat; the numbers are illustrative, chosen so that the eye can tell the
    qualities apart.
    """

    lost: float
    thicker_mm: float
    fat: float
    shell: float

    def struts_mm(self, edge: Bytes, loss: Bytes) -> Values:
        """Distance in mm to the struts that this bone has, from a tile's distance and loss."""
        distance = edge * np.float32(MM_PER_STEP) + np.float32(LEAST_MM - self.thicker_mm)
        return np.where(loss * np.float32(LOSSES_PER_STEP) < self.lost, np.float32(1.0), distance)


LATTICES = {
    "healthy": Lattice(0.15, 0.085, 0.05, 1.15),
    "osteopenic": Lattice(0.55, 0.030, 0.40, 1.0),
    "osteoporotic": Lattice(1.0, -0.015, 0.85, 0.85),
    "sclerotic": Lattice(0.0, 0.17, 0.10, 1.15),
}


def trabecular_tile(seed: int = 3) -> TrabecularTile:
    """The tile, the same for the same seed."""
    middle = (np.arange(PIXELS) + 0.5) * MM_PER_PIXEL
    across, up = np.meshgrid(middle, middle)
    front = _struts(across + _bend(across, up, seed), up + _bend(across, up, seed + 1), seed)
    deep = _struts(across + 0.37 + _bend(across, up, seed + 2), up + 0.5, seed + 40)
    return TrabecularTile(*front, *deep)


def _struts(across: Values, up: Values, seed: int) -> tuple[Bytes, Bytes]:
    """(distance to the edge, loss) as bytes: upright struts thick, cross-links thin, each with its own strength."""
    gap, upright, luck = _nearest_border(across, up, seed)
    half_mm = (0.04 + 0.085 * np.clip((upright - 0.4) / 0.4, 0, 1)) * (0.7 + 0.6 * luck)
    lost = LINK_LOST + (UPRIGHT_LOST - LINK_LOST) * np.clip((upright - 0.45) / 0.35, 0, 1)
    return _byte((gap - half_mm - LEAST_MM) / MM_PER_STEP), _byte(luck / lost / LOSSES_PER_STEP)


def _nearest_border(across: Values, up: Values, seed: int) -> tuple[Values, Values, Values]:
    """(mm to the nearest border, 0 link to 1 upright, its luck 0 to 1)."""
    x, z, name = _cells_around(across, up, seed)
    far = (across - x) ** 2 + (SQUASH * (up - z)) ** 2
    order = np.argsort(far, axis=0)[:3]
    x, z, name, far = (np.take_along_axis(v, order, axis=0) for v in (x, z, name, far))
    best, kind, strength = np.full(across.shape, 9.0), np.zeros(across.shape), np.zeros(across.shape)
    for k in (1, 2):
        dx, dz = x[k] - x[0], SQUASH * (z[k] - z[0])
        apart = np.hypot(dx, dz) + 1e-6
        gap = (far[k] - far[0]) / (2 * apart) / np.hypot(dx / apart, dz / apart * SQUASH)
        luck = _chance(np.minimum(name[0], name[k]), np.maximum(name[0], name[k]), seed + 2)
        nearer = gap < best
        best, kind, strength = (
            np.where(nearer, *v) for v in ((gap, best), (np.abs(dx) / apart, kind), (luck, strength))
        )
    return best, kind, strength


def _cells_around(across: Values, up: Values, seed: int) -> tuple[Values, Values, Values]:
    """(x, z, name) of the middles of the 3 x 3 cells around each point; names repeat with the tile."""
    i, j = np.floor(across / CELL_MM[0]).astype(int), np.floor(up / CELL_MM[1]).astype(int)
    steps = [(di, dj) for di in (-1, 0, 1) for dj in (-1, 0, 1)]
    ci, cj = np.stack([i + a for a, _ in steps]), np.stack([j + b for _, b in steps])
    wi, wj = ci % CELLS[0], cj % CELLS[1]
    x = (ci + 0.5 + 0.62 * (_chance(wi, wj, seed) - 0.5)) * CELL_MM[0]
    z = (cj + 0.5 + 0.85 * (_chance(wi, wj, seed + 1) - 0.5) + 0.25 * (wi % 2) - 0.125) * CELL_MM[1]
    return x, z, wi * CELLS[1] + wj


def _bend(across: Values, up: Values, seed: int) -> Values:
    """A soft waviness of some tenths of a millimetre that repeats with the tile."""
    rng, total = np.random.default_rng(seed), np.zeros_like(across)
    for _ in range(8):
        turns_across, turns_up = rng.integers(-5, 6), rng.integers(1, 6)
        total += np.sin(2 * np.pi * (turns_across * across + turns_up * up) / TILE_MM + rng.uniform(0, 2 * np.pi))
    return np.asarray(0.14 * total)


def _chance(a: Values, b: Values, seed: int) -> Values:
    """A number 0 to 1 from two whole numbers, the same every time."""
    h = (np.asarray(a, np.uint32) * np.uint32(0x9E3779B1)) ^ (np.asarray(b, np.uint32) * np.uint32(0x85EBCA6B))
    h = (h ^ np.uint32(seed * 2246822519 % 2**32)) * np.uint32(0xC2B2AE35)
    h = (h ^ (h >> np.uint32(15))) * np.uint32(0x27D4EB2F)
    h = (h ^ (h >> np.uint32(13))) * np.uint32(0x2C1B3C6D)
    return np.asarray(((h ^ (h >> np.uint32(16))) & np.uint32(0xFFFFFF)) / 0x1000000, np.float64)


def _byte(value: Values) -> Bytes:
    return np.asarray(np.rint(np.clip(value, 0, 255)), np.uint8)
