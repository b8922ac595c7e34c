"""Whether what a folder calls a bone can be one: its sizes, the places measured on it and its surfaces.

What a film works out from a vertebra holds for vertebrae. The bounds are wide: they keep out what is none, and judge
nobody's bones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from kyphoviz.anatomy.assets import RestBone
from kyphoviz.anatomy.distance import DistanceGrid
from kyphoviz.anatomy.landmarks import Landmarks, Pedicle, Place
from kyphoviz.anatomy.mesh import Mesh
from kyphoviz.anatomy.morphometry import DiscShape, VertebraShape
from kyphoviz.anatomy.parts import PARTS
from kyphoviz.anatomy.published import DISC_RANGES, SIZES

Range = tuple[float, float]

SCALED = (0.7, 1.4)  # of the range of a size in millimetres: as far as a person's file may scale it
CALIBRATED: Mapping[str, Range] = {  # what `calibration` finds for a shape, widely
    "rim_front": (-4.0, 8.0), "rim_back": (-4.0, 8.0), "girth": (0.5, 2.0), "reach": (0.5, 2.0), "lean": (-0.5, 0.5),
}  # fmt: skip
MOST_TRIANGLES = 400_000  # of a surface; our finest have a fifth of it
SURFACE_MM: Mapping[str, Range] = {"outer": (-1.5, 1.5), "fine": (-5.0, 1.5), "marrow": (-99.0, -0.3)}  # by the grid
CENTRE_MM, WALL_MM, SKIN_MM, FREE_MM = (-20.0, -1.0), (-1.0, 4.0), (-1.0, 1.0), (2.0, 99.0)  # of places, by the grid
HALF_PEDICLE_MM = (1.5, 17.0)
CORNERS_MM = 2.0  # between a height that is written and that of the corners; sets keep within 0.3
_LABELS = {part.label for part in PARTS}
_WING_OF_OTHERS = {True: "transverse_process", False: "costal_process"}  # by whether it is lumbar
MARROW_SHARE = (0.3, 1.0)  # of all marrow that lies in the body


def size_faults(s: VertebraShape) -> Iterator[str]:
    """Sizes that no person's vertebra has."""
    for size in SIZES:
        low, high = (SCALED[0] * size.low, SCALED[1] * size.high) if size.unit == "mm" else (size.low, size.high)
        yield from _outside(size.field, getattr(s, size.field), (low, high))
    for name, bounds in CALIBRATED.items():
        yield from _outside(name, getattr(s, name), bounds)


def disc_faults(discs: Mapping[str, DiscShape]) -> Iterator[str]:
    """Sizes that no person's discs have."""
    for level, disc in discs.items():
        for name, bounds in DISC_RANGES.items():
            yield from (f"disc below {level}: {words}" for words in _outside(name, getattr(disc, name), bounds))


def surface_faults(name: str, mesh: Mesh, bone: RestBone) -> Iterator[str]:
    """What speaks against a surface of a bone. Args: name: `outer`, `fine` or `marrow`."""
    if len(mesh.triangles) > MOST_TRIANGLES:
        yield f"`{name}` has more than {MOST_TRIANGLES} triangles"
    elif not mesh.is_closed or mesh.volume_mm3 <= 0.0:
        yield f"`{name}` is no closed surface, or it is inside out"
    if not _lies(mesh.points, bone.distance, SURFACE_MM[name]):
        yield f"`{name}` lies elsewhere than `distance` says"
    if mesh.part is not None and mesh.part.max() >= len(PARTS):
        yield f"`{name}_part` names parts that no vertebra has"
    elif mesh.part is not None:
        lacking = (
            _LABELS - {PARTS[code].label for code in np.unique(mesh.part)} - {_WING_OF_OTHERS[bone.shape.is_lumbar]}
        )
        yield from (f"`{name}_part` lacks `{label}`" for label in sorted(lacking))


def mark_faults(bone: RestBone) -> Iterator[str]:
    """What speaks against the places that were measured on a bone."""
    marks, sides = bone.landmarks, (bone.landmarks.pedicle_left, bone.landmarks.pedicle_right)
    expected = {
        "posterior_wall": ([marks.posterior_wall], WALL_MM),
        "canal": ([marks.canal_upper, marks.canal_lower], FREE_MM),
        "corners": ([*_front(marks), *_back(marks)], SKIN_MM),
        "pedicles": ([p.centre for p in sides], CENTRE_MM),
        "walls of the pedicles": ([place for p in sides for place in (p.medial, p.entry)], SKIN_MM),
    }
    for name, (places, bounds) in expected.items():
        if not _lies(places, bone.distance, bounds):
            yield f"landmarks: {name} lie elsewhere than `distance` says"
    for side, pedicle in zip((1.0, -1.0), sides, strict=True):
        if not _is_pedicle(pedicle, side):
            yield f"landmarks: the {'left' if side > 0 else 'right'} pedicle is none"
    heights = (_front(marks), bone.shape.height_front), (_back(marks), bone.shape.height_back)
    if any(abs(_apart(ends) - height) > CORNERS_MM for ends, height in heights):
        yield "landmarks: the heights between the corners are not those of `shape`"
    share = marks.marrow_volume_mm3 / max(bone.marrow.volume_mm3, 1.0)
    yield from _outside("marrow_volume_mm3 as a share of all marrow", share, MARROW_SHARE)


def _front(marks: Landmarks) -> tuple[Place, Place]:
    return marks.anterior_upper, marks.anterior_lower


def _back(marks: Landmarks) -> tuple[Place, Place]:
    return marks.posterior_upper, marks.posterior_lower


def _apart(ends: tuple[Place, Place]) -> float:
    """From the lower end up to the upper one, along the body's axis mostly."""
    return float(np.linalg.norm(np.subtract(*ends))) if ends[0][2] > ends[1][2] else 0.0


def _is_pedicle(pedicle: Pedicle, side: float) -> bool:
    """Whether it lies on its side, from its wall to the canal outwards, and is as thick as one. Args: side: of x."""
    low, high = HALF_PEDICLE_MM
    inward = side * (pedicle.centre[0] - pedicle.medial[0])
    sizes = (pedicle.half_width_mm, pedicle.half_height_mm, inward, side * pedicle.medial[0])
    return all(low <= size <= high for size in sizes) and pedicle.entry[1] > pedicle.centre[1]


def _lies(places: object, distance: DistanceGrid, bounds: Range) -> bool:
    """Whether all places lie so far from the surface, negative inside."""
    off_mm = distance.at(np.asarray(places, np.float32))
    return bool(bounds[0] <= off_mm.min() and off_mm.max() <= bounds[1])


def _outside(name: str, value: float, bounds: Range) -> Iterable[str]:
    if not bounds[0] <= value <= bounds[1]:
        yield f"`{name}` must be from {bounds[0]:.4g} to {bounds[1]:.4g}, not {value:.4g}"
