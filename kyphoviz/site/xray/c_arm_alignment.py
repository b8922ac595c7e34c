"""Whether a picture is a true AP or a true lateral one of the treated level: measured on the picture, as an eye would.

True AP: the spinous process midway between the two pedicles, the end plate a single line. True lateral: the two
pedicles on top of each other, the end plate a single line. The lower end plate is the one that counts: no fracture of
the upper one moves it, so the C-arm stays where it was aligned while the body is raised.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kyphoviz.anatomy.assets import RestBone
from kyphoviz.procedure.state import XrayView
from kyphoviz.site.xray.c_arm import ORBIT_DEG, SOURCE_TO_ISOCENTRE_MM, CArmPose, Projection, Vector

Spot = tuple[float, float]

TRUE_WITHIN_DEG = 3.0
CREST_MM = 12.0  # the rear end of the spinous process, which is what shows on an AP picture
RIM_SHARE = 0.46  # of the body's width: where its rim is seen from the side
SOLVING_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Alignment:
    """What a picture tells about its C-arm.

    `rotation_deg` and `tilt_deg` say how far the C-arm is turned about the patient's long axis, and tilted to head or
    feet, from a true picture; positive as the scales of the C-arm count. `middle` and `crest` are the spots that
    should lie on one upright line; `near_rim` and `far_rim` the two edges of the end plate that should be one.
    """

    view: str
    size: tuple[int, int]
    rotation_deg: float
    tilt_deg: float
    middle: Spot
    crest: Spot
    near_rim: tuple[Spot, Spot]
    far_rim: tuple[Spot, Spot]

    @property
    def is_rotated(self) -> bool:
        """Whether an eye sees that the C-arm stands too far round."""
        return abs(self.rotation_deg) > TRUE_WITHIN_DEG

    @property
    def is_tilted(self) -> bool:
        """Whether an eye sees two edges where there should be one."""
        return abs(self.tilt_deg) > TRUE_WITHIN_DEG

    @property
    def is_true(self) -> bool:
        """Whether the picture is good enough to work by."""
        return not (self.is_rotated or self.is_tilted)


class AlignmentMarks:
    """The places on the treated bone that show how the C-arm stands."""

    def __init__(self, bone: RestBone) -> None:
        """Takes them from the landmarks; no fracture moves them."""
        marks, half = bone.landmarks, RIM_SHARE * bone.shape.width_low
        front, back = np.array(marks.anterior_lower), np.array(marks.posterior_lower)
        middle = 0.5 * (front + back)
        self._pedicles = np.array([marks.pedicle_left.centre, marks.pedicle_right.centre])
        self._crest = _crest(bone)
        aside = np.array([half, 0.0, 0.0])
        within = 0.55 * aside
        self._rims: dict[str, NDArray[np.float64]] = {
            XrayView.AP: np.array([[front + within, front - within], [back + within, back - within]]),
            XrayView.LATERAL: np.array([[front + aside, back + aside], [front - aside, back - aside]]),
        }
        self._middle_rims: dict[str, NDArray[np.float64]] = {
            XrayView.AP: np.array([front, back]),
            XrayView.LATERAL: np.array([middle + aside, middle - aside]),
        }

    def seen(self, projection: Projection) -> Alignment:
        """What a picture shows of them."""
        view = projection.view
        left, right = projection.pixels(self._pedicles)
        middle, crest = (0.5 * (left + right), projection.pixels(self._crest[None])[0])
        if view == XrayView.LATERAL:
            middle, crest = left, right
        near, far = (_edge(projection, rim) for rim in self._rims[view])
        rotation, tilt = self.off_deg(projection)
        return Alignment(view, projection.size, rotation, tilt, _spot(middle), _spot(crest), near, far)

    def off_deg(self, projection: Projection) -> tuple[float, float]:
        """Rotation and tilt from the true picture's beam, as the scales of the C-arm count.

        What lies apart on the picture only tells that they are not none: the beam widens on its way, so the same turn
        looks larger to one side than to the other.
        """
        source, ahead = np.array(projection.source_mm), np.subtract(projection.detector_center_mm, projection.source_mm)
        ahead /= np.linalg.norm(ahead)
        x, y, z = source + SOURCE_TO_ISOCENTRE_MM * ahead
        true = film_pose(projection.view, (float(x), float(y), float(z)), self)
        rotation = np.degrees(np.arctan2(-ahead[0], ahead[1])) - ORBIT_DEG[projection.view] - true.orbital_deg
        return float(rotation), float(np.degrees(np.arcsin(ahead[2]))) - true.angular_deg

    def angles_deg(self, projection: Projection) -> tuple[float, float]:
        """Rotation and tilt: what is seen apart on the picture over how far it lies apart along the beam."""
        scale = projection.pixel_mm / projection.magnification
        pedicles, (near, far) = projection.pixels(self._pedicles), projection.pixels(self._middle_rims[projection.view])
        if projection.view == XrayView.AP:
            shift = projection.pixels(self._crest[None])[0, 0] - pedicles[:, 0].mean()
            depth = self._crest[1] - self._pedicles[:, 1].mean()
        else:
            shift, depth = pedicles[0, 0] - pedicles[1, 0], float(np.ptp(self._pedicles[:, 0]))
        ends = self._middle_rims[projection.view]
        apart = float(np.linalg.norm(ends[1] - ends[0]))
        rotation = -np.arctan(scale * shift / depth)
        tilt = np.arctan(scale * (far[1] - near[1]) / apart)
        return float(np.degrees(rotation)), float(np.degrees(tilt))


def film_pose(view: str, isocentre_mm: Vector, marks: AlignmentMarks) -> CArmPose:
    """The stand of the film's own C-arm: tilted until the end plate of the treated level is a single line."""
    pose = CArmPose(view, isocentre_mm)
    for _ in range(SOLVING_ROUNDS):
        pose = pose.turned(0.0, -marks.angles_deg(pose.projection)[1])
    return CArmPose(view, isocentre_mm, 0.0, round(pose.angular_deg, 3))


def _crest(bone: RestBone) -> NDArray[np.float64]:
    """The middle of the rear end of the spinous process."""
    points = bone.outer.points.astype(float)
    return np.asarray(points[points[:, 1] > points[:, 1].max() - CREST_MM].mean(axis=0))


def _edge(projection: Projection, ends: NDArray[np.float64]) -> tuple[Spot, Spot]:
    one, other = projection.pixels(ends)
    return _spot(one), _spot(other)


def _spot(pixel: NDArray[np.float64]) -> Spot:
    return float(pixel[0]), float(pixel[1])
