"""A camera dragged by pointer, fingers, wheel or keys: distances in, a camera out."""

from __future__ import annotations

from dataclasses import replace
from math import atan2, degrees, hypot

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QEventPoint, QMouseEvent, QTouchEvent, QWheelEvent

from kyphoviz.procedure.state import Camera
from kyphoviz.scene.camera import orbited, panned, zoomed

ORBIT_DEG = 210.0  # a drag over the whole height of the picture
NOTCH_ZOOM = 1.12  # one notch of a common wheel
NOTCH_UNITS = 120.0  # eighths of a degree, as Qt counts them
SMOOTH_UNITS = 1.6  # of a notch, for one pixel of a trackpad

LEAST_SPREAD_PX = 24.0  # two fingers nearer than this are too unsure to zoom or twist by

KEY_ORBIT_DEG = 7.5
KEY_ORBITS = {
    Qt.Key.Key_Left: (-KEY_ORBIT_DEG, 0.0),
    Qt.Key.Key_Right: (KEY_ORBIT_DEG, 0.0),
    Qt.Key.Key_Up: (0.0, -KEY_ORBIT_DEG),
    Qt.Key.Key_Down: (0.0, KEY_ORBIT_DEG),
}
KEY_ZOOMS = {Qt.Key.Key_Plus: NOTCH_ZOOM, Qt.Key.Key_Equal: NOTCH_ZOOM, Qt.Key.Key_Minus: 1.0 / NOTCH_ZOOM}

Places = list[QPointF]


class Fingers:
    """The fingers of the last touch; a new one only takes hold."""

    def __init__(self) -> None:
        """No finger is there."""
        self._places: dict[int, QPointF] = {}

    def move(self, event: QTouchEvent) -> tuple[Places, Places] | None:
        """Where the first two of those that were there before were, and are; None if none of them moved."""
        lifted = QEventPoint.State.Released
        before = self._places
        now = {point.id(): point.position() for point in event.points() if point.state() != lifted}
        self._places = now = {} if event.type() == QEvent.Type.TouchCancel else now
        same = [finger for finger in sorted(now) if finger in before][:2]
        if not same or len(now) != len(before):
            return None
        were, are = ([places[finger] for finger in same] for places in (before, now))
        return None if were == are else (were, are)


def is_pan(event: QMouseEvent) -> bool:
    """The right or middle button, or Shift with any, moves the picture; else it turns."""
    with_shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    return with_shift or not event.buttons() & Qt.MouseButton.LeftButton


def dragged(camera: Camera, moved: QPoint, height_px: int, *, pans: bool) -> Camera:
    """The camera after the pointer went so far; what is under it follows."""
    if pans:
        return panned(camera, moved.x(), moved.y(), height_px)
    share = ORBIT_DEG / max(height_px, 1)
    return orbited(camera, moved.x() * share, moved.y() * share)


def touched(camera: Camera, before: Places, now: Places, height_px: int) -> Camera:
    """The camera after the fingers moved: one turns; two carry, stretch and twist what lies between them.

    Args:
        before, now: where the same fingers were and are.
    """
    if len(now) == 1:
        return dragged(camera, (now[0] - before[0]).toPoint(), height_px, pans=False)
    moved = (now[0] + now[1] - before[0] - before[1]) / 2
    carried = panned(camera, moved.x(), moved.y(), height_px)
    was, spread = before[1] - before[0], now[1] - now[0]
    if min(hypot(was.x(), was.y()), hypot(spread.x(), spread.y())) < LEAST_SPREAD_PX:
        return carried
    nearer = zoomed(carried, hypot(spread.x(), spread.y()) / hypot(was.x(), was.y()))
    twist = degrees(atan2(spread.y(), spread.x()) - atan2(was.y(), was.x()))
    twist = (twist + 180.0) % 360.0 - 180.0
    return replace(nearer, roll_deg=(nearer.roll_deg + twist + 180.0) % 360.0 - 180.0)


def wheeled(camera: Camera, event: QWheelEvent) -> Camera:
    """The camera after the wheel turned: in proportion, so that a trackpad zooms evenly."""
    pixels = event.pixelDelta().y()
    units = pixels * SMOOTH_UNITS if pixels else event.angleDelta().y()
    return zoomed(camera, NOTCH_ZOOM ** (units / NOTCH_UNITS))


def keyed(camera: Camera, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> Camera | None:
    """The camera after a key: Shift with an arrow turns, plus and minus zoom; None for any other key."""
    if key in KEY_ZOOMS:
        return zoomed(camera, KEY_ZOOMS[key])
    if key in KEY_ORBITS and modifiers & Qt.KeyboardModifier.ShiftModifier:
        return orbited(camera, *KEY_ORBITS[key])
    return None
