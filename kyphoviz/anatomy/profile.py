"""The body as its midline section shows it: four corners, and the sizes between them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kyphoviz.anatomy.mesh import Mesh

Line = NDArray[np.float64]

CORNERS = {"front_up": (-1.0, 1.0), "front_low": (-1.0, -1.0), "back_up": (1.0, 1.0), "back_low": (1.0, -1.0)}
ROUNDS = 6  # frame and corners depend on each other; they settle in two or three
COLUMNS = 61  # upright lines in the middle third


@dataclass(frozen=True, slots=True)
class Profile:
    """Heights and depths in mm, and the angle of the end plates: atan((posterior - anterior height) / mean depth).

    `corners` are places (y, z) in the order of `CORNERS`; the middle height is the least one in the middle third.
    """

    corners: Line
    anterior_mm: float
    middle_mm: float
    posterior_mm: float
    depth_upper_mm: float
    depth_lower_mm: float

    @property
    def wedge_deg(self) -> float:
        """Positive where the front is lower."""
        depth = 0.5 * (self.depth_upper_mm + self.depth_lower_mm)
        return float(np.degrees(np.arctan2(self.posterior_mm - self.anterior_mm, depth)))


def midline_profile(mesh: Mesh, back_mm: float) -> Profile:
    """What a lateral film would give: corners are the farthest places along the diagonals of the body's own frame.

    Args:
        back_mm: y of the posterior wall; what lies more than 4 mm behind it is arch.
    """
    pieces = midline(mesh)
    pieces = pieces[(pieces[:, :, 0] < back_mm + 4.0).all(axis=1)]
    along, corners = np.array([1.0, 0.0]), np.zeros((4, 2))
    for _ in range(ROUNDS):
        corners = farthest(pieces.reshape(-1, 2), along)
        along = corners[2] + corners[3] - corners[0] - corners[1]
        along /= np.linalg.norm(along)
    front_up, front_low, back_up, back_low = corners

    def apart(a: Line, b: Line) -> float:
        return float(np.linalg.norm(a - b))

    middle = _least_height(pieces, corners, along)
    return Profile(corners, apart(front_up, front_low), middle, apart(back_up, back_low),
                   apart(front_up, back_up), apart(front_low, back_low))  # fmt: skip


def midline(mesh: Mesh) -> Line:
    """The straight pieces (N, 2 ends, y and z) in which the plane x = 0 cuts the triangles."""
    corners = mesh.points.astype(np.float64)[mesh.triangles]
    side = np.where(corners[:, :, 0] == 0.0, 1e-9, corners[:, :, 0])
    met = (side.min(axis=1) < 0) & (side.max(axis=1) > 0)
    corners, side = corners[met], side[met]
    ends = []
    for a in range(3):
        b = (a + 1) % 3
        with np.errstate(divide="ignore", invalid="ignore"):
            share = side[:, a] / (side[:, a] - side[:, b])
        place = corners[:, a] + share[:, None] * (corners[:, b] - corners[:, a])
        ends.append(np.where((side[:, a] * side[:, b] < 0)[:, None], place[:, 1:], np.nan))
    found = np.stack(ends, axis=1)
    return np.asarray(found[~np.isnan(found[:, :, 0])].reshape(-1, 2, 2))


def farthest(places: Line, along: Line) -> Line:
    """The four corners (y, z) in a frame whose first axis that is."""
    up = np.array([-along[1], along[0]])
    return np.array([places[(places @ (back * along + top * up)).argmax()] for back, top in CORNERS.values()])


def _least_height(pieces: Line, corners: Line, along: Line) -> float:
    y, z = pieces @ along, pieces @ np.array([-along[1], along[0]])
    front, back = (0.5 * float((corners[pair] @ along).sum()) for pair in ([0, 1], [2, 3]))
    heights = []
    for at in np.linspace(front + (back - front) / 3, back - (back - front) / 3, COLUMNS):
        met = (y[:, 0] - at) * (y[:, 1] - at) < 0
        share = (at - y[met, 0]) / (y[met, 1] - y[met, 0])
        heights.append(float(np.ptp(z[met, 0] + share * (z[met, 1] - z[met, 0]))))
    return min(heights)
