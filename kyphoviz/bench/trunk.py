"""What the trunk costs while it moves: its openings and its lean."""

from __future__ import annotations

from time import process_time

import numpy as np

from kyphoviz.film import Film
from kyphoviz.site.skin.lean import Lean
from kyphoviz.site.skin.skin import SkinBlock

LENGTHS_MM = np.linspace(0.5, 10.0, 20)
SLOPES = np.linspace(0.01, 0.2, 20)
PIVOT_Z_MM = 15.0


def opening_ms(film: Film) -> float:
    """Milliseconds of processor time for openings of another length: the best of twenty, each of them new."""
    block, found = SkinBlock(tuple((axis.wall_mm, axis.direction) for axis in film.plan.axes)), []
    for length_mm in LENGTHS_MM:
        start = process_time()
        block.block(float(length_mm))
        found.append(process_time() - start)
    return 1e3 * min(found)


def lean_ms(film: Film) -> float:
    """Milliseconds of processor time for carrying the trunk along: the best of twenty leans."""
    shapes = film.site.shapes(film.timeline.state_at(0.0))
    torso, found = next(shape for shape in shapes if shape.name == "torso").mesh, []
    for slope in SLOPES:
        start = process_time()
        Lean(PIVOT_Z_MM, float(slope)).leaning(torso)
        found.append(process_time() - start)
    return 1e3 * min(found)
