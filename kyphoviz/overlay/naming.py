"""Which names a picture shows, and where: the structures that matter most of those that can be seen."""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike
from PySide6.QtCore import QRectF

from kyphoviz.overlay.labels import Named
from kyphoviz.overlay.names import Names
from kyphoviz.procedure.timeline import Timeline
from kyphoviz.site.anchors.anchors import Anchor

MOST = 7
NEAR_MM = 2.5  # so far a place may lie off the surface that is drawn there
FAST_DEG_PER_S, STILL_DEG_PER_S = 14.0, 3.0  # of the camera: names fade out between, for nobody can read them
MOMENT_S = 0.12


class Seeing(Protocol):
    """Who drew the picture."""

    def project(self, point_mm: ArrayLike) -> tuple[float, float]:
        """The pixel of a place, from the left and from the top."""
        ...

    def hidden_mm(self, point_mm: ArrayLike) -> float:
        """How far a place lies behind what is drawn there."""
        ...


def chosen(
    anchors: Sequence[Anchor], seeing: Seeing, rect: QRectF, scale: float, gap: float, most: int = MOST
) -> list[tuple[Anchor, float, float]]:
    """At most so many anchors that can be seen, each with its point in the picture, what matters most first.

    Args:
        rect: where points may lie.
        scale: rendered pixels per unit of `rect`.
        gap: how far points must lie apart.
    """
    found: list[tuple[Anchor, float, float]] = []
    named: set[tuple[str, str]] = set()
    for anchor in sorted(anchors, key=lambda anchor: anchor.rank):
        if (anchor.key, anchor.level) in named:
            continue
        x, y = (value / scale for value in seeing.project(anchor.point_mm))
        is_free = all(hypot(x - other_x, y - other_y) > gap for _, other_x, other_y in found)
        if is_free and rect.contains(x, y) and _is_seen(anchor, seeing):
            found.append((anchor, x, y))
            named.add((anchor.key, anchor.level))
        if len(found) == most:
            break
    return found


def extent(clouds: Sequence[ArrayLike], seeing: Seeing, scale: float) -> QRectF | None:
    """The box of the picture in which clouds of points are seen; None for no points.

    Args:
        clouds: points in patient axes, mm, each cloud of shape (N, 3).
        scale: rendered pixels per unit of the box.
    """
    places = [seeing.project(point) for cloud in clouds for point in np.asarray(cloud, float)]
    if not places:
        return None
    x, y = zip(*places, strict=True)
    return QRectF(min(x) / scale, min(y) / scale, (max(x) - min(x)) / scale, (max(y) - min(y)) / scale)


def worded(found: Sequence[tuple[Anchor, float, float]], names: Names, *, is_clinical: bool) -> list[Named]:
    """Their names, each once, in the words of the audience."""
    words: dict[str, Named] = {}
    for anchor, x, y in found:
        if anchor.key in names:
            text = names[anchor.key].words(anchor.level, is_clinical=is_clinical)
            words.setdefault(text, (text, x, y))
    return list(words.values())


def weight(timeline: Timeline, time_s: float) -> float:
    """How strongly names are shown at that time of the film: they fade while its camera flies."""
    one, other = (timeline.state_at(time_s + shift).camera for shift in (-MOMENT_S, MOMENT_S))
    turn = abs((other.azimuth_deg - one.azimuth_deg + 180.0) % 360.0 - 180.0)
    tilt = abs(other.elevation_deg - one.elevation_deg) + abs(other.roll_deg - one.roll_deg)
    steps = (b - a for a, b in zip(one.focus_mm, other.focus_mm, strict=True))
    way = (hypot(*steps) + abs(other.distance_mm - one.distance_mm)) / one.distance_mm
    speed = (turn + tilt + 57.3 * way) / (2 * MOMENT_S)
    return min(1.0, max(0.0, (FAST_DEG_PER_S - speed) / (FAST_DEG_PER_S - STILL_DEG_PER_S)))


def _is_seen(anchor: Anchor, seeing: Seeing) -> bool:
    hidden = seeing.hidden_mm(anchor.point_mm)
    return hidden < NEAR_MM and (hidden > -NEAR_MM or not anchor.is_solid)
