"""How the authored camera gets from one place to the next."""

from __future__ import annotations

from math import dist, exp, log

from kyphoviz.procedure.easing import blend
from kyphoviz.procedure.state import Camera, Layer, Shot

FARTHER_MOST = 3.0  # times the distance; beyond that one end shows nothing of the other
ASIDE_MOST_MM = 150.0
TURN_MOST_DEG = 60.0  # farther round, skin and muscle are seen from their sides, where they end
STAGES = (Layer.PATIENT, Layer.STANDING_PATIENT, Layer.BOWL, Layer.LOAD)  # each a place of its own, entered by no way


def can_fly(start: Shot, end: Shot) -> bool:
    """Whether a flight shows one place all the way; else the world would tumble, or things in between rush past."""
    one, other = start.camera, end.camera
    near_mm, far_mm = sorted((one.distance_mm, other.distance_mm))
    return (
        one.roll_deg == other.roll_deg
        and far_mm <= FARTHER_MOST * near_mm
        and dist(one.focus_mm, other.focus_mm) <= ASIDE_MOST_MM
        and abs(_turn(one.azimuth_deg, other.azimuth_deg)) <= TURN_MOST_DEG
        and _stages(start) == _stages(end)
    )


def _stages(shot: Shot) -> set[Layer]:
    return {entry.layer for entry in shot.layers if entry.value > 0.0 and entry.layer in STAGES}


def flown(start: Camera, end: Camera, share: float) -> Camera:
    """A camera on the way from `start` (share 0, exactly) to `end` (share 1, exactly).

    Angles turn the shorter way, the distance changes by equal ratios, so that a flight from the whole patient down to
    a needle's tip seems even.
    """
    if share in (0.0, 1.0):
        return end if share else start
    x, y, z = (blend(a, b, share) for a, b in zip(start.focus_mm, end.focus_mm, strict=True))
    return Camera(
        (x, y, z),
        start.azimuth_deg + share * _turn(start.azimuth_deg, end.azimuth_deg),
        blend(start.elevation_deg, end.elevation_deg, share),
        exp(blend(log(start.distance_mm), log(end.distance_mm), share)),
        start.roll_deg + share * _turn(start.roll_deg, end.roll_deg),
        blend(start.view_angle_deg, end.view_angle_deg, share),
    )


def _turn(start_deg: float, end_deg: float) -> float:
    return (end_deg - start_deg + 180.0) % 360.0 - 180.0
