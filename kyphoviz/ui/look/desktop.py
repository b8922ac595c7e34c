"""What the desktop says: on which screens a window may stand, and whether the person asked for less motion."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

LEAST_SEEN_PX = 80  # of a window's top edge, else it is put back in sight


def in_sight(place: QRect, window: QWidget) -> QRect:
    """That place, or one on the main screen where no screen shows its upper edge any more."""
    top = QRect(place.topLeft(), place.size()).adjusted(0, 0, 0, LEAST_SEEN_PX - place.height())
    for screen in QGuiApplication.screens():
        shown = screen.availableGeometry().intersected(top)
        if shown.width() >= LEAST_SEEN_PX and shown.height() >= LEAST_SEEN_PX // 2:
            return place
    found = QRect(place)
    main = QGuiApplication.primaryScreen()
    if main is not None:
        found.setSize(place.size().boundedTo(main.availableGeometry().size()).expandedTo(window.minimumSize()))
        found.moveCenter(main.availableGeometry().center())
    return found


def place_of(window: QWidget) -> tuple[int, ...]:
    """Where it stands when it fills no screen: x, y, width, height; empty before it was ever placed."""
    found = window.normalGeometry()
    return (found.x(), found.y(), found.width(), found.height()) if found.isValid() else ()


def wants_less_motion() -> bool:
    """What the desktop says; False where this Qt can't ask."""
    hints = QGuiApplication.styleHints()
    accessibility = getattr(hints, "accessibility", None)
    asked = getattr(accessibility() if callable(accessibility) else None, "motionPreference", None)
    if not callable(asked):
        return False
    return getattr(asked(), "name", "") == "ReducedMotion"
