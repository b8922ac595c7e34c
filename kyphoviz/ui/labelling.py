"""Names over the 3D picture: those of the step, and that of what lies under the pointer."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from kyphoviz.choices import ViewChoices
from kyphoviz.overlay import labels, naming
from kyphoviz.overlay.ink import Ink
from kyphoviz.overlay.names import Names
from kyphoviz.procedure.state import Point, ProcedureState
from kyphoviz.site.anchors import Anchor
from kyphoviz.site.shape import Shape
from kyphoviz.ui.collaborators import Filming, Picturing

ROOM_EM = (30.0, 22.0)  # width and height from which a picture has room for names
FOOT_EM, HEAD_EM = 7.6, 2.6  # left to gauges and axes below, to buttons above
APART_EM = 1.1
FILLING, FEW = ("balloon", "cement"), 16  # roles that a name must not hide, and points that tell their extent
LABEL_SHARE = 0.9  # of the picture's text


class Labelling:
    """Finds the names of a picture when it is new, and paints them as often as needed."""

    def __init__(self, film: Filming, names: Names) -> None:
        """Nothing is found yet."""
        self._film, self._names = film, names
        self._found: list[tuple[Anchor, float, float]] = []
        self._weight = 0.0
        self._shy_of: QRectF | None = None  # balloons and cement, of which a picture is about
        self.met: tuple[str, Point] | None = None  # shape and place that were asked about last
        self.free_left_px = 0.0  # from here on the picture is free of panels
        self._seen: ProcedureState | None = None

    def show_film(self, film: Filming) -> None:
        """Another film: its names are found when its picture is drawn."""
        self._film, self._found, self._seen = film, [], None

    def look(
        self, state: ProcedureState, choices: ViewChoices, scene: Picturing, rect: QRectF, scale: float, em_px: float
    ) -> None:
        """Finds what the picture shows that was just drawn.

        Args:
            rect: the picture in the widget's units; `scale`: rendered pixels per unit.
        """
        self._seen, self._found = choices.seen(state), []
        if not choices.labels or rect.width() < ROOM_EM[0] * em_px or rect.height() < ROOM_EM[1] * em_px:
            return
        flies = choices.camera is None and not choices.reduced_motion
        self._weight = naming.weight(self._film.timeline, state.time_s) if flies else 1.0
        if self._weight:
            anchors = self._film.site.anchors.at(self._seen)
            self._found = naming.chosen(anchors, scene, self._room(rect, em_px), scale, APART_EM * em_px)
            self._shy_of = naming.extent(_filling(self._film.site.drawn(self._seen)), scene, scale)

    def paint(self, painter: QPainter, rect: QRectF, ink: Ink, em_px: float, *, is_clinical: bool) -> None:
        """The names beside what they name."""
        if not self._found:
            return
        painter.setOpacity(self._weight)
        named = naming.worded(self._found, self._names, is_clinical=is_clinical)
        labels.paint(painter, self._room(rect, em_px), named, ink, LABEL_SHARE * em_px, self._shy_of)
        painter.setOpacity(1.0)

    def name_under(self, scene: Picturing, pixel: QPointF, *, is_clinical: bool) -> str:
        """What lies under a pixel of the rendered picture; empty beside all, and for what has no name."""
        self.met = met = scene.pick(pixel.x(), pixel.y())
        part = None if met is None or self._seen is None else self._film.site.anchors.part_at(*met, self._seen)
        if part is None or part[0] not in self._names:
            return ""
        return self._names[part[0]].words(part[1], is_clinical=is_clinical)

    def _room(self, rect: QRectF, em_px: float) -> QRectF:
        return rect.adjusted(self.free_left_px + em_px, HEAD_EM * em_px, -em_px, -FOOT_EM * em_px)


def _filling(shapes: tuple[Shape, ...]) -> list[NDArray[np.float64]]:
    """The points of balloons and cement in patient axes, as many as are needed to know how far they reach."""
    found = []
    for shape in shapes:
        points = shape.mesh.points
        if shape.role in FILLING and len(points):
            few = np.asarray(points[:: max(1, len(points) // FEW)], float)
            found.append(few @ shape.pose[:3, :3].T + shape.pose[:3, 3])
    return found
