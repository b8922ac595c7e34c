"""Named places on a vertebra, measured on its distance grid and kept in the manifest of the assets."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kyphoviz.anatomy.distance import DistanceGrid
from kyphoviz.anatomy.fields import as_point
from kyphoviz.anatomy.morphometry import VertebraShape
from kyphoviz.anatomy.vertebra import canal_middle_y

Place = tuple[float, float, float]

CAP_MM = 0.25  # so much of a rounded corner counts as its tip


@dataclass(frozen=True, slots=True)
class Pedicle:
    """One pedicle at its narrowest: a frontal section of the bone there."""

    centre: Place
    half_width_mm: float
    half_height_mm: float
    medial: Place  # on the wall towards the canal, at the height of the centre
    entry: Place  # where its axis leaves the bone behind


@dataclass(frozen=True, slots=True)
class Landmarks:
    """Places in the vertebra's own frame, millimetres.

    The corners are midline points of the end-plate rims. `posterior_wall` is the rearmost bone of the body between
    the pedicles at mid-height, as a lateral radiograph shows it, put on the midline.
    """

    posterior_wall: Place
    pedicle_left: Pedicle
    pedicle_right: Pedicle
    anterior_upper: Place
    anterior_lower: Place
    posterior_upper: Place
    posterior_lower: Place
    canal_upper: Place
    canal_lower: Place
    marrow_volume_mm3: float


def find_landmarks(s: VertebraShape, grid: DistanceGrid, marrow_volume_mm3: float) -> Landmarks:
    """All landmarks of one bone.

    Args:
        grid: distances of the finished bone, negative inside.
        marrow_volume_mm3: of the body without the arch, inside the drawn shell.
    """
    corner = body_corners(s, grid)
    upper, lower = 0.75 * s.height, -0.75 * s.height
    return Landmarks(
        posterior_wall=(0.0, posterior_wall_y(s, grid, 0.0), 0.0),
        pedicle_left=_pedicle(s, grid, 1),
        pedicle_right=_pedicle(s, grid, -1),
        canal_upper=(0.0, float(canal_middle_y(s, upper)), upper),
        canal_lower=(0.0, float(canal_middle_y(s, lower)), lower),
        marrow_volume_mm3=marrow_volume_mm3,
        **corner,
    )


def body_corners(s: VertebraShape, grid: DistanceGrid) -> dict[str, Place]:
    """The four midline corners of the body, as `anterior_upper` and so on."""
    return {name: _corner(s, grid, *signs) for name, signs in _CORNERS.items()}


def posterior_wall_y(s: VertebraShape, grid: DistanceGrid, z: float) -> float:
    """y of the rearmost bone of the body between the pedicles at height z."""
    half = 0.5 * s.canal_width - 2.0
    x, y = np.meshgrid(np.arange(-half, half, 0.5), np.arange(s.back - 6.0, s.back + 6.0, 0.05), indexing="ij")
    outside = grid.at(np.stack([x, y, np.full_like(x, z)], axis=-1)) > 0
    return float(y[0, outside.argmax(axis=1)].max())


_CORNERS = {
    "anterior_upper": (-1.0, 1.0),
    "anterior_lower": (-1.0, -1.0),
    "posterior_upper": (1.0, 1.0),
    "posterior_lower": (1.0, -1.0),
}


def _corner(s: VertebraShape, grid: DistanceGrid, back: float, up: float) -> Place:
    """The midline point of the body's surface that lies farthest in one diagonal direction.

    A rim is round there, so the middle of all that lies nearly as far is taken: a single farthest sample would wander.
    """
    y, z = np.meshgrid(
        np.arange(-0.6 * s.depth, s.back + 3.0, 0.1), np.arange(-0.6 * s.height, 0.6 * s.height, 0.1), indexing="ij"
    )
    solid = grid.at(np.stack([np.zeros_like(y), y, z], axis=-1)) < 0
    far = np.where(solid, (back * y + up * z) / np.sqrt(2), -np.inf)
    cap = far > far.max() - CAP_MM
    place, way = np.array([0.0, y[cap].mean(), z[cap].mean()]), np.array([0.0, back, up]) / np.sqrt(2)
    for _ in range(3):
        place = place - float(grid.at(place)) * way
    return 0.0, float(place[1]), float(place[2])


def _pedicle(s: VertebraShape, grid: DistanceGrid, side: int) -> Pedicle:
    sections = [(_section(s, grid, side, float(y)), float(y)) for y in np.arange(s.back + 2.0, s.back + 12.0, 0.5)]
    (x, z, solid), y = min(sections, key=lambda found: int(found[0][2].sum()))
    wide, high = solid.any(axis=1), solid.any(axis=0)
    cx, cz = float(x[wide].mean()), float(z[high].mean())
    row = x[solid[:, np.abs(z - cz).argmin()]] * side
    half_width, half_height = 0.5 * float(np.ptp(x[wide])), 0.5 * float(np.ptp(z[high]))
    centre = (cx, y, cz)
    return Pedicle(centre, half_width, half_height, (side * float(row.min()), y, cz), _entry(s, grid, side, centre))


def _entry(s: VertebraShape, grid: DistanceGrid, side: int, centre: Place) -> Place:
    """The last bone on the pedicle's axis, going back from its narrowest place."""
    medial, cranial = np.tan(np.radians(s.pedicle_medial_deg)), np.tan(np.radians(s.pedicle_cranial_deg))
    way = np.array([side * medial, 1.0, cranial])
    path = np.array(centre) + np.arange(0.0, 30.0, 0.1)[:, None] * way / np.linalg.norm(way)
    outside = grid.at(path) > 0
    return as_point(path[int(outside.argmax()) if outside.any() else -1])


def _section(
    s: VertebraShape, grid: DistanceGrid, side: int, y: float
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]:
    """(x, z, solid): the frontal section of one pedicle at y, without other bone in that plane."""
    from scipy.ndimage import label  # not at the top: landmarks are found when the bones are made

    px, _, pz = s.pedicle
    x, z = side * (px + np.arange(-9.0, 9.0, 0.1)), pz + np.arange(-14.0, 14.0, 0.1)
    xx, zz = np.meshgrid(x, z, indexing="ij")
    pieces, _ = label(grid.at(np.stack([xx, np.full_like(xx, y), zz], axis=-1)) < 0)
    return x, z, pieces == pieces[90, 140]
