"""Where the parts of the scrub bar lie: times to places and back, segments, titles; no widget is needed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF

from kyphoviz.procedure.easing import clamp
from kyphoviz.procedure.timeline import Timeline

BAR_EM, HOVER_EM, GAP_EM, KNOB_EM = 0.5, 0.66, 0.34, 0.56
INSET_EM = KNOB_EM + GAP_EM / 2  # between the widget's edge and the first segment: room for the knob
MOST = 0.4  # of the titles must fit under their segments: a few words under a long row would tell nothing


@dataclass(frozen=True, slots=True)
class BarGeometry:
    """The bar of one film in a widget of one size.

    Attributes:
        width_px: of the widget, in device-independent pixels.
        em_px: height of the window's text.
        text_scale: how much larger than that the titles are.
    """

    timeline: Timeline
    width_px: float
    em_px: float
    text_scale: float = 1.0

    @property
    def knob_px(self) -> float:
        """Radius of the knob, and how far the ends of the bar lie inside the widget."""
        return KNOB_EM * self.em_px

    @property
    def middle_px(self) -> float:
        """From the top of the widget to the middle of the bar."""
        return self.knob_px + 3.0

    @property
    def height_px(self) -> float:
        """Of the bar with a line of text under it."""
        return self.middle_px + (0.9 + 1.4 * self.text_scale) * self.em_px

    def x_of(self, time_s: float) -> float:
        """Where the knob stands at that time of the film."""
        return self.knob_px + time_s / self.timeline.duration_s * (self.width_px - 2 * self.knob_px)

    def time_at(self, x: float) -> float:
        """The time of the film under that place, in seconds."""
        share = (x - self.knob_px) / max(self.width_px - 2 * self.knob_px, 1.0)
        return clamp(share) * self.timeline.duration_s

    def step_at(self, x: float) -> int:
        """The step under that place."""
        return self.timeline.index_at(self.time_at(x))

    def segments(self, hovered: int | None) -> Iterator[tuple[int, QRectF]]:
        """Each step's part of the bar, a little apart from its neighbours; the one pointed at is thicker."""
        for k, span in enumerate(self.timeline.spans):
            thickness = self.em_px * (HOVER_EM if k == hovered else BAR_EM)
            half_gap = GAP_EM / 2 * self.em_px
            left, right = self.x_of(span.start_s) + half_gap, self.x_of(span.end_s) - half_gap
            yield k, QRectF(left, self.middle_px - thickness / 2, max(right - left, 1.0), thickness)

    def titles(self, widths_px: Sequence[float], now: int, hovered: int | None) -> Iterator[tuple[int, QRectF]]:
        """The present step's title, and those of the others where most of them fit under their segments.

        Args:
            widths_px: of the words of each title.
            now: the present step.
        """
        boxes = {k: self._title(widths_px[k], bar) for k, bar in self.segments(hovered)}
        present = boxes[now][0]
        names_most = sum(has_room for _, has_room in boxes.values()) >= MOST * len(boxes)
        for k, (box, has_room) in boxes.items():
            is_named = has_room if names_most else k == hovered
            if k == now or (is_named and not box.intersects(present)):
                yield k, box

    def _title(self, words_px: float, bar: QRectF) -> tuple[QRectF, bool]:
        """The place of a title under its segment, and whether it is no wider than that."""
        width, edge = words_px + 0.5 * self.em_px, self.knob_px - 0.25 * self.em_px  # words end where the bar does
        left = max(min(bar.center().x() - width / 2, self.width_px - width - edge), edge)
        box = QRectF(left, self.middle_px + 0.85 * self.em_px, width, 1.4 * self.text_scale * self.em_px)
        return box, width <= bar.width() + GAP_EM * self.em_px
