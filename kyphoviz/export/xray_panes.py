"""The two X-ray screens in a frame of a movie: AP first, lateral second."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from math import floor

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from kyphoviz.choices import ViewChoices
from kyphoviz.film import Film
from kyphoviz.fluoroscopy.fluoroscope import Fluoroscope
from kyphoviz.overlay import xray_marks
from kyphoviz.overlay.text import LEAST_PX
from kyphoviz.procedure.beam_log import PULSES_PER_S, BeamLog, seen_by_xray
from kyphoviz.procedure.state import ProcedureState, XrayView

SURROUND = "#0A0C0F"
LINES_PER_PANE = 20.0
GAP_EM = 0.4  # between the picture and the notice below it
HEAD_EM, CROWDED_HEAD_EM = 0.8, 1.7  # above the picture: the corners beside a round field have room for small words


@dataclass(frozen=True, slots=True, eq=False)
class _Taken:
    """A picture, and what it is a picture of."""

    of: Hashable
    image: QImage


class XrayPanes:
    """Pulsed pictures while the beam is on, and the last one held when it is off: a function of the moment alone."""

    def __init__(self, film: Film, places: tuple[QRect, ...], choices: ViewChoices) -> None:
        """Opens the fluoroscope.

        Args:
            places: where the AP and the lateral pane lie in the frame.
            choices: how a hand has turned the C-arm.
        """
        self._film, self._places, self._choices = film, places, choices
        self._log = BeamLog(film.timeline)
        self._fluoroscope = Fluoroscope()
        self._taken: dict[str, _Taken] = {}

    def paint(self, painter: QPainter, state: ProcedureState) -> None:
        """Both panes with their marks."""
        for view, place in zip(XrayView, self._places, strict=True):
            painter.fillRect(place, QColor(SURROUND))
            pane, em_px = QRectF(place), max(min(place.width(), place.height()) / LINES_PER_PANE, LEAST_PX)
            self._paint_pane(painter, pane, _picture_in(pane, painter, em_px), view, state, em_px)

    def close(self) -> None:
        """Gives back what belongs to the graphics card."""
        self._fluoroscope.close()

    def _paint_pane(
        self, painter: QPainter, pane: QRectF, picture: QRectF, view: str, state: ProcedureState, em_px: float
    ) -> None:
        shown = self._log.shown(view, self._at_pulse(state))
        if shown is None:
            xray_marks.paint_blank(painter, pane, em_px)
            return
        is_on = view in state.xray
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(picture, self._picture(view, shown, is_on))
        status = xray_marks.BEAM_ON if is_on else xray_marks.IMAGE_HELD
        xray_marks.paint(painter, pane, picture, view, em_px, status=status)

    def _at_pulse(self, state: ProcedureState) -> ProcedureState:
        """The state at the last pulse, which is not before the step's start."""
        timeline = self._film.timeline
        start_s = timeline.spans[timeline.index_at(state.time_s)].start_s
        pulse_s = max(floor(state.time_s * PULSES_PER_S + 1e-6) / PULSES_PER_S, start_s)
        return state if abs(pulse_s - state.time_s) < 1e-6 else timeline.state_at(pulse_s)

    def _picture(self, view: str, shown: ProcedureState, is_on: bool) -> QImage:
        """The picture of that state; noise lives while the beam is on."""
        frame = round(shown.time_s * PULSES_PER_S) if is_on else 0
        wanted = (seen_by_xray(shown), frame)
        taken = self._taken.get(view)
        if taken is None or taken.of != wanted:
            site = self._film.site
            grey = self._fluoroscope.image(
                site.shapes(shown), site.projection(view, self._choices.turn_of(view)), frame
            )
            taken = self._taken[view] = _Taken(wanted, grey_image(grey))
        return taken.image


def _picture_in(pane: QRectF, painter: QPainter, em_px: float) -> QRectF:
    """The largest square between the words above and the notice; large words would lie on the round field."""
    is_roomy = min(pane.width(), pane.height()) >= LINES_PER_PANE * em_px - 1.0
    head_px = (HEAD_EM if is_roomy else CROWDED_HEAD_EM) * em_px
    foot_px = xray_marks.notice_height(painter.font(), pane, em_px) + GAP_EM * em_px
    free = pane.adjusted(0.0, head_px, 0.0, -foot_px)
    side = min(free.height(), free.width())
    picture = QRectF(0.0, 0.0, side, side)
    picture.moveCenter(free.center())
    return picture


def grey_image(grey: NDArray[np.uint8]) -> QImage:
    """A copy of an array of shape (height, width) as an image."""
    height, width = grey.shape
    return QImage(grey.tobytes(), width, height, width, QImage.Format.Format_Grayscale8).copy()
