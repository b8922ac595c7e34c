"""Whether the person asked the desktop for less motion."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication


def wants_less_motion() -> bool:
    """What the desktop says; False where this Qt can't ask."""
    hints = QGuiApplication.styleHints()
    accessibility = getattr(hints, "accessibility", None)
    asked = getattr(accessibility() if callable(accessibility) else None, "motionPreference", None)
    if not callable(asked):
        return False
    return getattr(asked(), "name", "") == "ReducedMotion"
