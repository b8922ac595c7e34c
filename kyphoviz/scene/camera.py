"""The orbit camera as arithmetic on values: where it stands, how hands move it, where a point lands in the picture."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kyphoviz.anatomy.fields import as_point
from kyphoviz.procedure.state import Camera

Vector = NDArray[np.float64]
Size = tuple[int, int]

ELEVATION_LIMIT_DEG = 85.0  # short of the poles, so that the patient never turns over
DISTANCE_LIMITS_MM = (60.0, 6000.0)
FOCUS_LIMIT_MM = 900.0
LEAST_ASPECT = 1.4  # width by height down to which the film's cameras show all of a figure
NEAR_SHARE = 0.02  # of the distance: fine enough for a 24-bit depth buffer, near enough never to cut a tool
BEYOND_MM = 2600.0  # the far plane behind the focus: patient, table and C-arm fit


@dataclass(frozen=True, slots=True)
class View:
    """The camera's own axes in patient axes: unit vectors, and its place in mm."""

    eye: Vector
    ahead: Vector
    right: Vector
    up: Vector


def view_of(camera: Camera) -> View:
    """Where that camera stands and how it is held."""
    a, e, roll = np.radians([camera.azimuth_deg, camera.elevation_deg, camera.roll_deg])
    outward = np.array([np.sin(a) * np.cos(e), np.cos(a) * np.cos(e), np.sin(e)])
    level_up = np.array([-np.sin(a) * np.sin(e), -np.cos(a) * np.sin(e), np.cos(e)])
    level_right = np.cross(-outward, level_up)
    up = np.cos(roll) * level_up - np.sin(roll) * level_right
    right = np.cos(roll) * level_right + np.sin(roll) * level_up
    return View(np.array(camera.focus_mm) + camera.distance_mm * outward, -outward, right, up)


def clipping_mm(camera: Camera) -> tuple[float, float]:
    """Distances of the near and the far plane: of the camera alone, so that no actor can move them."""
    return NEAR_SHARE * camera.distance_mm, camera.distance_mm + BEYOND_MM


def orbited(camera: Camera, azimuth_deg: float, elevation_deg: float) -> Camera:
    """Turned about its focus, kept off the poles."""
    elevation = float(np.clip(camera.elevation_deg + elevation_deg, -ELEVATION_LIMIT_DEG, ELEVATION_LIMIT_DEG))
    return replace(camera, azimuth_deg=(camera.azimuth_deg + azimuth_deg) % 360.0, elevation_deg=elevation)


def zoomed(camera: Camera, factor: float) -> Camera:
    """Nearer by that factor (2 shows things twice as large), within the limits."""
    return replace(camera, distance_mm=float(np.clip(camera.distance_mm / max(factor, 1e-6), *DISTANCE_LIMITS_MM)))


def panned(camera: Camera, right_px: float, down_px: float, height_px: int) -> Camera:
    """Moved so that what lies at the focus follows the pointer.

    Args:
        right_px, down_px: how far the pointer went.
        height_px: height of the picture.
    """
    view = view_of(camera)
    step = mm_per_pixel(camera, height_px)
    focus = np.array(camera.focus_mm) - step * right_px * view.right + step * down_px * view.up
    return replace(camera, focus_mm=as_point(np.clip(focus, -FOCUS_LIMIT_MM, FOCUS_LIMIT_MM)))


def projected(camera: Camera, size: Size, point_mm: ArrayLike) -> tuple[float, float]:
    """The pixel (from the left, from the TOP; fractions count) at which a point of the patient is seen.

    Points beside or behind the camera land far outside the picture.
    """
    ((x, y),) = all_projected(camera, size, np.asarray(point_mm, float)[None])
    return float(x), float(y)


def all_projected(camera: Camera, size: Size, points_mm: Vector) -> Vector:
    """The same of many points, shape (N, 3): pixels, shape (N, 2)."""
    view, (width, height) = view_of(camera), size
    rays = points_mm - view.eye
    depth = np.maximum(rays @ view.ahead, 1e-3)
    scale = camera.distance_mm / (depth * mm_per_pixel(camera, height))
    return np.stack([width / 2 + scale * (rays @ view.right), height / 2 - scale * (rays @ view.up)], axis=1)


def fitted(camera: Camera, size: Size, breadth: float) -> Camera:
    """The film's camera for a picture narrower than those it was placed for: farther off, so that nothing is cut off.

    A close view may lose some of its sides; figures, and bodies side by side, may not.

    Args:
        size: width and height of the picture, pixels.
        breadth: how much what is shown needs its whole width, 0 to 1.
    """
    lack = max(1.0, LEAST_ASPECT * size[1] / max(size[0], 1))
    return camera if lack == 1.0 or breadth == 0.0 else zoomed(camera, 1.0 / (1.0 + breadth * (lack - 1.0)))


def mm_per_pixel(camera: Camera, height_px: int) -> float:
    """How much of the patient a pixel shows at the focus."""
    return float(2 * camera.distance_mm * np.tan(np.radians(camera.view_angle_deg) / 2) / max(height_px, 1))
