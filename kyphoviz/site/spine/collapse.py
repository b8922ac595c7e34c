"""How each kind of fracture deforms the body: what sinks, what bulges, what breaks off, where the crack runs.

Sizes follow the morphology that is usual in textbooks (a corner broken off in front, a shelf of 1 to 2 mm, a crushed
body bulging 2 to 4 mm and pushing its posterior wall into the canal); the single values are illustrative.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kyphoviz.anatomy.morphometry import VertebraShape

Values = NDArray[np.floating]

SHELF_LEVEL = 0.54  # where the crack meets the front wall; once crushed, about a third from the top
EDGE = 0.035  # half of the width of the crack, as a share of the height
DARK = 0.65  # how much of the open sky the crack hides
SHADES = 16  # of the crack: so many repaints at most while the body breaks
OPEN_AT = 0.3  # share of height lost at which the crack is as dark as it gets


@dataclass(frozen=True, slots=True)
class Collapse:
    """The manner of one kind of fracture.

    `ramps` are the shares of the height, from the plate that stays and from the one that moves, over which the crushing
    sets in: the rest is crushed evenly, so that nowhere is bone pressed to nothing and no rim is folded over. `shelf`
    is half of the height, as a share, over which the broken corner steps out: a sharper step would turn triangles over.
    `low_share` of the dish is in the lower plate. `bulge_mm`, `fragment_mm` and `wall_mm` are what the waist widens,
    the front corner moves out and the posterior wall moves back if all height in front, in front and behind were lost.
    `has_broken_front` tells whether the front wall gives way. `crack_y` is where the crack meets the upper plate, as a
    share of the depth; `belly` the level and the spread of the bulge, which leaves the corners alone.
    `middle_at` is where the middle height is least, as a share of the way from the front corner to the back one.
    """

    ramps: tuple[float, float] = (0.45, 0.14)
    shelf: float = 0.09
    low_share: float = 0.0
    bulge_mm: float = 4.5
    fragment_mm: float = 2.0
    wall_mm: float = 0.0
    has_broken_front: bool = True
    crack_y: float = -0.10
    belly: tuple[float, float] = (0.57, 0.25)
    middle_at: float = 0.5


USUAL = Collapse(middle_at=0.44)
_KINDS = {
    "wedge": USUAL,
    "biconcave": Collapse(low_share=0.35, has_broken_front=False, crack_y=0.04),
    "crush": Collapse(low_share=0.35, bulge_mm=7.0, fragment_mm=2.5, wall_mm=10.0, crack_y=0.12),
}


def collapse_of(kind: str, grade: str) -> Collapse:
    """The manner of that kind; where much is lost, crushing and step are spread wider, or the bone would fold."""
    found = _KINDS[kind]
    if grade != "severe":
        return found
    return replace(found, ramps=(0.25, 0.18), shelf=0.13, fragment_mm=0.6 * found.fragment_mm)


def crushed(collapse: Collapse, level: Values) -> tuple[Values, Values]:
    """How much of the sinking a point shares, and how fast that grows with the level; all of it at level 1.

    Args:
        level: 0 at the plate that stays, 1 at the one that moves.
    """
    foot, cap = collapse.ramps
    slope = 1 / (1 - 0.5 * (foot + cap))
    below, above = np.maximum(foot - level, 0), np.maximum(level - (1 - cap), 0)
    share = slope * (level - 0.5 * foot + 0.5 * below**2 / foot - 0.5 * above**2 / cap)
    return np.asarray(share), np.asarray(slope * (1 - below / foot - above / cap))


def above_crack(shape: VertebraShape, collapse: Collapse, x: Values, y: Values, level: Values) -> Values:
    """How far above the crack a point lies, as a share of the height: it rises from the front wall to the plate."""
    front, plate = -0.5 * shape.depth, collapse.crack_y * shape.depth
    rise = np.clip((y - front) / (plate - front), 0, 1)
    ragged = 0.03 * np.sin(0.55 * x + 1.0) + 0.015 * np.sin(1.3 * x)
    return np.asarray(level - SHELF_LEVEL - (1.0 + collapse.shelf - SHELF_LEVEL) * rise - ragged * (1 - 0.5 * rise))


def crack(shape: VertebraShape, collapse: Collapse, x: Values, y: Values, level: Values) -> Values:
    """How dark the fracture line is at points of the surface, 0 to 1."""
    near = np.exp(-((above_crack(shape, collapse, x, y, level) / EDGE) ** 2))
    shown = 1.0 if collapse.has_broken_front else np.clip((level - 0.86) / 0.1, 0, 1)
    return np.asarray(near * shown * (y < collapse.crack_y * shape.depth + 1.0))
