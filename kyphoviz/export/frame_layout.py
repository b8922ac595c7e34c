"""Where the pictures of a frame lie and how high its words are, for every size and shape."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QRect

from kyphoviz.overlay.text import LEAST_PX

LINES_PER_FRAME = 34.0  # a line of a caption is so small a part of the frame's shorter side
LEAST_SIDES_PX = (180, 320)  # of a frame with words on it: the shorter and the longer side
LONGEST_PX = 8192  # that OpenGL draws everywhere
PANE_EM = 12.0  # the narrowest X-ray whose marks have room
MOST_SHARE = 0.4  # of the frame's width or height for X-rays: the 3D picture keeps the rest


class TooSmall(ValueError):
    """The words that belong on a frame find no room on it; the message is one line."""


@dataclass(frozen=True, slots=True)
class FrameLayout:
    """The 3D picture, and the AP and lateral X-ray where there are any; all inside the frame, none over another.

    Attributes:
        em_px: height of the words.
        scene: the 3D picture's place.
        panes: the places of the X-rays; none or two.
    """

    em_px: float
    scene: QRect
    panes: tuple[QRect, ...] = ()


def drawn_size(size: tuple[int, int]) -> tuple[int, int]:
    """The size at which a frame with words or X-rays is drawn: a smaller one is a thumbnail of that.

    Raises:
        TooSmall: it is so narrow that the frame it is made from could not be drawn.
    """
    larger = max(1.0, *(least / side for side, least in zip(sorted(size), LEAST_SIDES_PX, strict=True)))
    width, height = (ceil(larger * side) for side in size)
    if larger > 1.0 and max(width, height) > LONGEST_PX:
        raise TooSmall(f"{size[0]}x{size[1]} is too narrow for words or X-rays")
    return width, height


def frame_layout(size: tuple[int, int], *, has_xrays: bool) -> FrameLayout:
    """X-rays stand right of the 3D picture, one above the other; in an upright frame side by side below it.

    Args:
        size: width and height of the frame as it is drawn, px.
    """
    width, height = size
    em_px = max(min(size) / LINES_PER_FRAME, LEAST_PX)
    if not has_xrays:
        return FrameLayout(em_px, QRect(0, 0, width, height))
    if height > width:
        high = round(max(min(width / 2, MOST_SHARE * height), PANE_EM * em_px))
        left, top = width // 2, height - high
        panes = QRect(0, top, left, high), QRect(left, top, width - left, high)
        return FrameLayout(em_px, QRect(0, 0, width, top), panes)
    wide = round(max(min(height / 2, MOST_SHARE * width), PANE_EM * em_px))
    left, below = width - wide, height // 2
    panes = QRect(left, 0, wide, below), QRect(left, below, wide, height - below)
    return FrameLayout(em_px, QRect(0, 0, left, height), panes)
