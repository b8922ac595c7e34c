"""How the authored camera gets from one place to the next."""

from __future__ import annotations

from math import exp, log

from kyphoviz.procedure.easing import blend
from kyphoviz.procedure.state import Camera


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
