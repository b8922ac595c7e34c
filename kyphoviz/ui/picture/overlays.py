"""What lies over the 3D picture: numbers, axes, names, what the pointer rests on, and what others add."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPointF, QRectF, Signal
from PySide6.QtGui import QPainter

from kyphoviz.choices import ViewChoices
from kyphoviz.film import Film
from kyphoviz.overlay import labels, orientation
from kyphoviz.overlay.ink import Ink
from kyphoviz.procedure.plan import IntactSizes
from kyphoviz.procedure.state import ProcedureState
from kyphoviz.ui.picture.collaborators import Picturing
from kyphoviz.ui.picture.gauge_strip import GaugeStrip, inner
from kyphoviz.ui.picture.hover import Hover
from kyphoviz.ui.picture.labelling import Labelling
from kyphoviz.ui.picture.rendering import Rendering

TAG_SHARE = 0.95  # of the picture's text

# Paints over the picture: painter, where, the scene that it shows, and rendered pixels per unit.
PaintAlso = Callable[[QPainter, QRectF, Picturing, float], None]


class Overlays(QObject):
    """Painted by the window and by a saved picture alike, in the units of the widget.

    Signals:
        changed: it is to be painted again.
    """

    changed = Signal()

    def __init__(
        self, scene: Picturing, rendering: Rendering, intact: IntactSizes, labelling: Labelling, ink: Ink
    ) -> None:
        """Args: intact: sizes of the body before it broke, for the gauges."""
        super().__init__(rendering)
        self._scene, self._rendering, self._ink = scene, rendering, ink
        self.gauges, self.labelling = GaugeStrip(intact), labelling
        self.hover = Hover(self._name_under, self)
        self.hover.changed.connect(self.changed)
        self.paint_also: PaintAlso | None = None
        self._are_shown = True

    def show_film(self, film: Film) -> None:
        """Another film: its sizes and its names."""
        self.gauges.intact = film.plan.intact
        self.labelling.show_film(film)

    def set_ink(self, ink: Ink) -> None:
        """Other colours."""
        self._ink = ink
        self.changed.emit()

    def speak_clinically(self, is_clinical: bool) -> None:
        """Anatomical letters and the clearance of the canal, or plain words."""
        if is_clinical != self.gauges.is_clinical:
            self.gauges.is_clinical = is_clinical
            self.changed.emit()

    def show(self, are_shown: bool) -> None:
        """All of it over the picture, or the bare picture, where something else is written on it."""
        if are_shown != self._are_shown:
            self._are_shown = are_shown
            self.changed.emit()

    def keep_free(self, left_px: float, right_px: float) -> None:
        """A panel covers so much of the left or the right: names stay clear of it."""
        if (left_px, right_px) != self.labelling.free_px:
            self.labelling.free_px = (left_px, right_px)
            self._rendering.is_stale = True
            self.changed.emit()

    def look(self, state: ProcedureState, choices: ViewChoices, rect: QRectF, em_px: float) -> None:
        """Finds the names of a picture that was just drawn.

        Args:
            rect: the picture.
            em_px: height of the picture's text.
        """
        self.labelling.look(state, choices, self._scene, rect, self._rendering.scale, em_px)

    def paint(self, painter: QPainter, rect: QRectF, state: ProcedureState, em_px: float) -> None:
        """All of it; arguments as for `look`."""
        if not self._are_shown:
            return
        is_clinical, within = self.gauges.is_clinical, inner(rect, em_px)
        self.gauges.paint(painter, rect, state, self._ink, em_px)
        orientation.paint(painter, within, self._scene.camera, self._ink, em_px, uses_letters=is_clinical)
        self.labelling.paint(painter, rect, self._ink, em_px, is_clinical=is_clinical)
        if self.paint_also is not None:
            self.paint_also(painter, rect, self._scene, self._rendering.scale)
        if self.hover.text:
            labels.paint_tag(painter, within, self.hover.text, self.hover.place, self._ink, TAG_SHARE * em_px)

    def treated_place(self) -> QRectF | None:
        """Where the treated place is seen; None before the first picture."""
        return self.labelling.treated(self._scene, self._rendering.scale)

    def _name_under(self, place: QPointF) -> str:
        """What lies there, in words; nothing while another picture is about to be drawn."""
        if self._rendering.wanted is None or self._rendering.is_stale:
            return ""
        pixel = place * self._rendering.scale
        return self.labelling.name_under(self._scene, pixel, is_clinical=self.gauges.is_clinical)
