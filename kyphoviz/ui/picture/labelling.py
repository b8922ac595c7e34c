"""Names over the 3D picture: those of the step, that of what lies under the pointer, and titles of what is compared."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from kyphoviz.choices import ViewChoices
from kyphoviz.film import Film
from kyphoviz.overlay import labels, naming, titles
from kyphoviz.overlay.ink import Ink
from kyphoviz.overlay.names import Names
from kyphoviz.procedure.state import Layer, Point, ProcedureState
from kyphoviz.site.anchors.anchors import Anchor
from kyphoviz.site.shape import Shape
from kyphoviz.ui.picture.collaborators import Picturing

ROOM_EM = (30.0, 22.0)  # width and height from which a picture has room for names
FOOT_EM, HEAD_EM = 7.6, 2.6  # left to gauges and axes below, to buttons above
APART_EM = 1.1
FILLING, FEW = ("balloon", "cement"), 16  # roles that a name must not hide, and points that tell their extent
MANY, AROUND = 200, 0.25  # points that tell it closely; what should be seen around it, as a share of it
LABEL_SHARE = 0.9  # of the picture's text


class Labelling:
    """Finds the names of a picture when it is new, and paints them as often as needed."""

    def __init__(self, film: Film, names: Names) -> None:
        """Nothing is found yet."""
        self._film, self._names = film, names
        self._found: list[tuple[Anchor, float, float]] = []
        self._titled: list[tuple[str, QPointF]] = []
        self._weight = 0.0
        self._shy_of: QRectF | None = None  # balloons and cement, of which a picture is about
        self.met: tuple[str, Point] | None = None  # shape and place that were asked about last
        self.free_px = (0.0, 0.0)  # what a panel covers of the picture's left and right
        self._seen: ProcedureState | None = None

    def show_film(self, film: Film) -> None:
        """Another film: its names are found when its picture is drawn."""
        self._film, self._found, self._titled, self._seen = film, [], [], None

    def look(
        self, state: ProcedureState, choices: ViewChoices, scene: Picturing, rect: QRectF, scale: float, em_px: float
    ) -> None:
        """Finds what the picture shows that was just drawn.

        Args:
            rect: the picture in the widget's units; `scale`: rendered pixels per unit.
        """
        self._seen, self._found, self._titled = choices.seen(state), [], []
        if self._seen.opacity(Layer.LOAD) > 0.0:
            self._titled = titles.placed(self._film.site.anchors.at(self._seen), scene, scale)
        if not choices.labels or rect.width() < ROOM_EM[0] * em_px or rect.height() < ROOM_EM[1] * em_px:
            return
        flies = choices.camera is None and not choices.reduced_motion
        self._weight = naming.weight(self._film.timeline, state.time_s) if flies else 1.0
        if self._weight:
            anchors = [each for each in self._film.site.anchors.at(self._seen) if each.key not in titles.TITLED]
            self._found = naming.chosen(anchors, scene, self._room(rect, em_px), scale, APART_EM * em_px)
            self._shy_of = naming.extent(_filling(self._film.site.drawn(self._seen)), scene, scale)

    def paint(self, painter: QPainter, rect: QRectF, ink: Ink, em_px: float, *, is_clinical: bool) -> None:
        """The names beside what they name; titles whether names are wished for or not."""
        if self._titled and self._seen is not None:
            told = [(self._names[key].words("", is_clinical=is_clinical), foot) for key, foot in self._titled]
            painter.setOpacity(self._seen.opacity(Layer.LOAD))
            titles.paint(painter, self._room(rect, em_px), told, ink, em_px)
            painter.setOpacity(1.0)
        if not self._found:
            return
        painter.setOpacity(self._weight)
        named = naming.worded(self._found, self._names, is_clinical=is_clinical)
        labels.paint(painter, self._room(rect, em_px), named, ink, LABEL_SHARE * em_px, self._shy_of)
        painter.setOpacity(1.0)

    def treated(self, scene: Picturing, scale: float) -> QRectF | None:
        """Where balloons and cement are seen, or the treated bone where there are none; None without a picture.

        Args:
            scale: rendered pixels per unit of the box.
        """
        if self._seen is None:
            return None
        shapes = self._film.site.drawn(self._seen)
        bone = [_few(shape, MANY) for shape in shapes if shape.name == self._film.scenario.case.level]
        found = naming.extent(_filling(shapes, MANY) or bone, scene, scale)
        if found is None:
            return None
        around_x, around_y = AROUND * found.width(), AROUND * found.height()
        return found.adjusted(-around_x, -around_y, around_x, around_y)

    def name_under(self, scene: Picturing, pixel: QPointF, *, is_clinical: bool) -> str:
        """What lies under a pixel of the rendered picture; empty beside all, and for what has no name."""
        self.met = met = scene.pick(pixel.x(), pixel.y())
        part = None if met is None or self._seen is None else self._film.site.anchors.part_at(*met, self._seen)
        if part is None or part[0] not in self._names:
            return ""
        return self._names[part[0]].words(part[1], is_clinical=is_clinical)

    def _room(self, rect: QRectF, em_px: float) -> QRectF:
        left, right = self.free_px
        return rect.adjusted(left + em_px, HEAD_EM * em_px, -right - em_px, -FOOT_EM * em_px)


def _filling(shapes: tuple[Shape, ...], most: int = FEW) -> list[NDArray[np.float64]]:
    """The points of balloons and cement in patient axes, as many as are needed to know how far they reach."""
    found = []
    for shape in shapes:
        if shape.role in FILLING and len(shape.mesh.points):
            found.append(_few(shape, most))
    return found


def _few(shape: Shape, most: int) -> NDArray[np.float64]:
    points = shape.mesh.points
    few = np.asarray(points[:: max(1, len(points) // most)], float)
    return few @ shape.pose[:3, :3].T + shape.pose[:3, 3]
