"""Small cards with the numbers that matter at that instant.

What is shown, and how strongly, is a function of the state alone: a card grows and fades with the quantity it tells.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from kyphoviz.overlay.ink import Ink
from kyphoviz.overlay.text import paint_card, sized
from kyphoviz.procedure.easing import smoothstep
from kyphoviz.procedure.mechanics import kyphosis_deg
from kyphoviz.procedure.plan import IntactSizes
from kyphoviz.procedure.state import Layer, ProcedureState, Tool

WIDTH_EM, HEIGHT_EM, GAP_EM, PADDING_EM = 8.4, 3.7, 0.6, 0.75
LEAST_SHARE = 0.7  # of the text height, to keep all cards in one row
NOTE = "illustrative values"
SOLID_ENOUGH = (0.5, 0.9)  # opacities of the bone between which its own numbers begin to matter
NEAR_BONE_MM = (-45.0, -25.0)  # depths between which the way to the canal begins to matter


@dataclass(frozen=True, slots=True)
class Reading:
    """One number with its name; `weight` tells how much it matters now, 0 to 1."""

    name: str
    value: str
    weight: float
    is_illustrative: bool = False


def readings(
    state: ProcedureState, intact: IntactSizes, *, with_clock: bool = False, is_clinical: bool = False
) -> tuple[Reading, ...]:
    """What is worth reading at that instant, in the order in which it is shown.

    Args:
        intact: sizes of the body before it broke, for the wedge angle.
        with_clock: the clinical clock too, where nothing else shows it.
        is_clinical: also what only frightens who does not know how to read it.
    """
    canal = _canal(state) if is_clinical else ()
    found = [*_balloons(state), *canal, *_heights(state, intact), *_cement(state)]
    if with_clock:
        found.append(Reading("Clinical time", f"{state.clinical_min:.0f} min", 1.0))
    return tuple(reading for reading in found if reading.weight > 0.0)


def paint(painter: QPainter, rect: QRectF, shown: tuple[Reading, ...], ink: Ink, em_px: float) -> None:
    """Cards in a row along the lower edge of the picture, starting again above where the row is full."""
    em_px = fitted(rect, shown, em_px)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    font = painter.font()
    for card, reading in placed(rect, shown, em_px):
        painter.setOpacity(reading.weight)
        painter.setClipRect(card)
        paint_card(painter, card, ink, em_px)
        painter.setOpacity(reading.weight * smoothstep(0.5, 1.0, reading.weight))  # no halves of words
        card.setWidth(WIDTH_EM * em_px)  # its words keep their place while its room grows
        inner = card.adjusted(PADDING_EM * em_px, 0.45 * em_px, -0.3 * em_px, -0.45 * em_px)
        painter.setFont(sized(font, 0.95 * em_px))
        painter.setPen(QColor(ink.quiet))
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, reading.name)
        painter.setFont(sized(font, 1.3 * em_px))
        painter.setPen(QColor(ink.text))
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, reading.value)
    painter.restore()
    _paint_note(painter, rect, shown, ink, em_px)


def fitted(rect: QRectF, shown: tuple[Reading, ...], em_px: float) -> float:
    """The text height at which the cards fit into one row, if it need not shrink too far for that."""
    row_em = len(shown) * (WIDTH_EM + GAP_EM)
    return max(LEAST_SHARE * em_px, min(em_px, rect.width() / row_em)) if shown else em_px


def placed(rect: QRectF, shown: tuple[Reading, ...], em_px: float) -> list[tuple[QRectF, Reading]]:
    """Where each card lies.

    A card takes its room as it fades in, so that its neighbours slide and never jump; none reaches into the next.
    """
    width, height, gap = WIDTH_EM * em_px, HEIGHT_EM * em_px, GAP_EM * em_px
    x, y, found = rect.left(), rect.bottom() - height, []
    for reading in shown:
        if x > rect.left() and x + width > rect.right():
            x, y = rect.left(), y - height - gap
        room = (width + gap) * reading.weight
        found.append((QRectF(x, y, max(room - gap, 0.0), height), reading))
        x += room
    return found


def _paint_note(painter: QPainter, rect: QRectF, shown: tuple[Reading, ...], ink: Ink, em_px: float) -> None:
    """Says that the numbers are drawn from different studies, above the first card."""
    weight = max((reading.weight for reading in shown if reading.is_illustrative), default=0.0)
    if not weight:
        return
    top = min(card.top() for card, _ in placed(rect, shown, em_px))
    painter.save()
    painter.setOpacity(weight)
    painter.setFont(sized(painter.font(), 0.85 * em_px))
    width = QFontMetricsF(painter.font()).horizontalAdvance(NOTE)
    ground = QRectF(rect.left(), top - 1.9 * em_px, width + em_px, 1.5 * em_px)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ink.card))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.drawRoundedRect(ground, 0.4 * em_px, 0.4 * em_px)
    painter.setPen(QColor(ink.quiet))
    painter.drawText(ground, Qt.AlignmentFlag.AlignCenter, NOTE)
    painter.restore()


def _balloons(state: ProcedureState) -> Iterator[Reading]:
    volumes = [balloon.volume_ml for balloon in state.balloons]
    if volumes:
        weight = smoothstep(0.0, 0.25, max(volumes))
        mean = sum(volumes) / len(volumes)
        count = f"{len(volumes)} x " if len(volumes) > 1 else ""
        yield Reading("Balloons" if count else "Balloon", f"{count}{mean:.1f} mL", weight)
        pressure = max(balloon.pressure_psi for balloon in state.balloons)
        yield Reading("Pressure", f"{pressure:.0f} psi", weight, is_illustrative=True)


def _canal(state: ProcedureState) -> Iterator[Reading]:
    needles = [needle for needle in state.needles if needle.kind == Tool.ACCESS_NEEDLE]
    if needles:
        nearest = min(needle.clearance_canal_mm for needle in needles)
        yield Reading("To the canal", f"{nearest:.1f} mm", _approach(state))


def _heights(state: ProcedureState, intact: IntactSizes) -> Iterator[Reading]:
    broken = 1.0 - smoothstep(0.97, 0.995, state.fracture.anterior)
    seen = smoothstep(*SOLID_ENOUGH, state.opacity(Layer.TREATED_BONE))
    weight = broken * seen * (1.0 - _approach(state))
    yield Reading("Front height", f"{100 * state.fracture.anterior:.0f} %", weight, is_illustrative=True)
    yield Reading("Wedge", f"{kyphosis_deg(state.fracture, intact):.1f}°", weight, is_illustrative=True)


def _cement(state: ProcedureState) -> Iterator[Reading]:
    cement = state.cement
    weight = smoothstep(0.0, 0.25, cement.volume_ml)
    yield Reading("Cement", f"{cement.volume_ml:.1f} mL", weight)
    if cement.core_temp_c is not None:
        warm = weight * smoothstep(38.0, 41.0, cement.core_temp_c)
        yield Reading("Cement core", f"{cement.core_temp_c:.0f} °C", warm, is_illustrative=True)


def _approach(state: ProcedureState) -> float:
    """How far an access needle is on its way past the canal, 0 to 1."""
    depths = [needle.depth_mm for needle in state.needles if needle.kind == Tool.ACCESS_NEEDLE]
    return smoothstep(*NEAR_BONE_MM, max(depths)) if depths else 0.0
