"""The planned way of a needle: through the pedicle, medial and slightly caudal, into the front of the body.

Each side is searched for itself, because no bone is a mirror image: among the ways that leave enough wall around the
cannula the one is taken whose balloon comes to lie best in the body: beside the midline where both sides are treated,
on it where one needle does all.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kyphoviz.anatomy.assets import RestBone
from kyphoviz.anatomy.landmarks import Pedicle, posterior_wall_y
from kyphoviz.anatomy.vertebra import asymmetry, canal_field
from kyphoviz.procedure.state import Side

Vector = NDArray[np.float64]

ENOUGH_WALL_MM = 1.3  # of bone left around the cannula in the pedicle
TARGET_ACROSS = 0.205  # of the body's width: where the balloon's middle should lie beside the midline
TARGET_BELOW_MM = 1.0  # below the middle of the body at rest: the broken upper end-plate comes down
MIDDLE_DEPTH = 0.40  # share of the body's depth, from the front, at which the balloon's middle lies
USUAL_CAUDAL_DEG, UNUSUAL = 10.0, 0.15  # slightly caudal on both sides alike; mm of miss that a degree off is worth
SHIFTS_UP_MM = np.arange(-2.0, 2.1, 0.5)
CAUDAL_DEG = np.arange(5.0, 13.1, 2.0)
WORTH_OF_WALL, WORTH_OF_RULE = 8.0, 50.0  # mm of miss that a missing mm of wall, or of the AP/lateral rule, is worth


@dataclass(frozen=True, slots=True)
class Aim:
    """What is tried for, and among which ways: shifts in the pedicle (outwards positive), medial angles."""

    across: float
    wall_mm: float
    shifts_mm: Vector
    medial_deg: Vector


BESIDE = Aim(TARGET_ACROSS, ENOUGH_WALL_MM, np.arange(-1.5, 1.6, 0.3), np.arange(8.0, 22.1, 2.0))
MIDLINE = Aim(0.0, 1.0, np.arange(-1.5, 4.1, 0.3), np.arange(12.0, 34.1, 2.0))


@dataclass(frozen=True, slots=True, eq=False)
class Approach:
    """A needle's axis: the point where it crosses the plane of the posterior wall, and the unit vector of advance."""

    side: Side
    wall: Vector
    direction: Vector
    thinnest_wall_mm: float

    def at(self, depth_mm: float | NDArray[np.floating]) -> Vector:
        """Points so many mm past the posterior wall, shape (..., 3)."""
        return np.asarray(self.wall + np.asarray(depth_mm)[..., None] * self.direction)


def planned(bone: RestBone, side: Side, radius_mm: float, is_alone: bool = False) -> Approach:
    """The best way into the body on one side.

    Args:
        radius_mm: of the cannula that the pedicle must hold.
        is_alone: whether the other side is left untreated: the needle then aims at the midline, from farther outside.
    """
    sign, aim = (1.0 if side == Side.LEFT else -1.0), (MIDLINE if is_alone else BESIDE)
    centres, directions = _candidates(bone, sign, aim)
    wall_y = posterior_wall_y(bone.shape, bone.distance, 0.0)
    walls = centres + directions * ((wall_y - centres[:, 1]) / directions[:, 1])[:, None]
    left = _wall_left(bone, walls, directions, wall_y) - radius_mm
    front = front_y(bone)
    middle_y = front + MIDDLE_DEPTH * (wall_y - front)
    middles = walls + directions * ((middle_y - walls[:, 1]) / directions[:, 1])[:, None]
    across = aim.across * 0.5 * (bone.shape.width_up + bone.shape.width_low)
    miss = np.hypot(sign * middles[:, 0] - across, middles[:, 2] + TARGET_BELOW_MM)
    steepness = np.degrees(np.arctan2(-directions[:, 2], -directions[:, 1]))
    too_medial = radius_mm - (sign * walls[:, 0] - sign * pedicle_of(bone, sign).medial[0])
    cost = WORTH_OF_WALL * np.clip(aim.wall_mm - left, 0, None) + WORTH_OF_RULE * np.clip(too_medial, 0, None)
    cost += miss - 0.3 * left + UNUSUAL * np.abs(steepness - USUAL_CAUDAL_DEG)
    best = int(cost.argmin())
    return Approach(side, walls[best], directions[best], float(left[best]))


def canal_distance(bone: RestBone, points: NDArray[np.floating]) -> NDArray[np.float64]:
    """Distance of points (N, 3) to the wall of the spinal canal, positive outside it."""
    x, y, z = (column[:, None, None] for column in np.asarray(points, float).T)
    warped = asymmetry(bone.shape, (x, y, z))
    return np.asarray(canal_field(bone.shape, warped), float).reshape(-1)


def front_depth_mm(bone: RestBone, way: Approach) -> float:
    """Depth at which the axis leaves the front of the bone."""
    depth = np.arange(5.0, 60.0, 0.1)
    outside = bone.distance.at(way.at(depth)) > 0
    return float(depth[outside.argmax()])


def dock_depth_mm(bone: RestBone, way: Approach) -> float:
    """Depth (negative) at which the needle, coming from the skin, meets bone."""
    depth = np.arange(-60.0, 3.0, 0.1)
    return min(float(depth[(bone.distance.at(way.at(depth)) < 0).argmax()]), -0.1)


def depth_fraction(bone: RestBone, y_mm: float) -> float:
    """Where a depth lies in the body: 0 at its front, 1 at its posterior wall, as a lateral radiograph shows it."""
    front, wall = front_y(bone), posterior_wall_y(bone.shape, bone.distance, 0.0)
    return (y_mm - front) / (wall - front)


def y_at_fraction(bone: RestBone, fraction: float) -> float:
    """The inverse of `depth_fraction`, in mm."""
    front, wall = front_y(bone), posterior_wall_y(bone.shape, bone.distance, 0.0)
    return front + fraction * (wall - front)


def front_y(bone: RestBone) -> float:
    """y of the front of the body on its midline, at the height that needles aim at."""
    y = np.arange(-25.0, 0.0, 0.05)
    line = np.stack([np.zeros_like(y), y, np.full_like(y, -TARGET_BELOW_MM)], axis=1)
    return float(y[(bone.distance.at(line) < 0).argmax()])


def pedicle_of(bone: RestBone, sign: float) -> Pedicle:
    """The pedicle of the left side for a positive sign, else of the right."""
    return bone.landmarks.pedicle_left if sign > 0 else bone.landmarks.pedicle_right


def _candidates(bone: RestBone, sign: float, aim: Aim) -> tuple[Vector, Vector]:
    across, up, medial, caudal = (
        grid.ravel() for grid in np.meshgrid(aim.shifts_mm, SHIFTS_UP_MM, aim.medial_deg, CAUDAL_DEG)
    )
    cx, cy, cz = pedicle_of(bone, sign).centre
    centres = np.stack([cx + sign * across, np.full_like(across, cy), cz + up], axis=1)
    steep = -np.tan(np.radians(caudal))
    directions = np.stack([-sign * np.tan(np.radians(medial)), -np.ones_like(steep), steep], axis=1)
    return centres, directions / np.linalg.norm(directions, axis=1, keepdims=True)


def _wall_left(bone: RestBone, walls: Vector, directions: Vector, wall_y: float) -> Vector:
    """Thinnest bone around each axis between the posterior wall and 4 mm behind the pedicle's narrowest place."""
    end_y = bone.landmarks.pedicle_left.centre[1] + 4.0
    y = np.arange(wall_y + 1.0, end_y, 0.75)
    steps = (y[None, :] - walls[:, 1:2]) / directions[:, 1:2]
    points = walls[:, None, :] + steps[..., None] * directions[:, None, :]
    return np.asarray(-bone.distance.at(points).max(axis=1), float)
