"""How large things are on a kiosk: by the finger, and by how far away one stands."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from PySide6.QtWidgets import QWidget

FINGER_MM = 15.0
SMALLEST_FINGER_PX, LARGEST_FINGER_PX = 64, 140  # a screen that tells no or a wrong size still has usable buttons
MM_PER_INCH = 25.4
FINGER_EM = 3.4  # a button keeps its proportions on a large screen
TEXT_SHARE = 0.0145  # of the geometric mean of width and height: 15 px on a small laptop, 21 px at 1920x1080


@dataclass(frozen=True, slots=True)
class KioskSizes:
    """Height of plain text and side of the smallest target, in device-independent pixels."""

    em_px: float
    finger_px: int


def sizes_for(window: QWidget) -> KioskSizes:
    """The sizes for that window where it stands now; upright screens count like lying ones."""
    em_px = max(TEXT_SHARE * sqrt(window.width() * window.height()), 13.0)
    side = max(finger_px(window.screen().physicalDotsPerInch()), round(FINGER_EM * em_px))
    return KioskSizes(em_px, side)


def finger_px(dots_per_inch: float) -> int:
    """Side of a target of 15 mm on a screen of that density, kept to what can be believed."""
    side = FINGER_MM / MM_PER_INCH * dots_per_inch
    return round(min(max(side, SMALLEST_FINGER_PX), LARGEST_FINGER_PX))
