"""Where the parts of the scrub bar lie: times to places and back, segments, words; no widget is needed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QRectF

from kyphoviz.procedure.easing import clamp
from kyphoviz.procedure.timeline import Timeline

BAR_EM, HOVER_EM, GAP_EM, KNOB_EM = 0.5, 0.66, 0.34, 0.56
CHAPTER_GAP_EM = 0.9  # between two chapters
INSET_EM = KNOB_EM + GAP_EM / 2  # between the widget's edge and the first segment: room for the knob
SPILL = 2.0  # words may be so much longer than their stretch of the bar, where nothing else stands beside it


@dataclass(frozen=True, slots=True)
class BarGeometry:
    """The bar of one film in a widget of one size.

    Attributes:
        chapter_starts: the first step of each chapter.
        width_px: of the widget, in device-independent pixels.
        em_px: height of the window's text.
        text_scale: how much larger than that the titles are.
    """

    timeline: Timeline
    chapter_starts: tuple[int, ...]
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

    def chapter_of(self, step: int) -> int:
        """The chapter of a step."""
        return max(sum(start <= step for start in self.chapter_starts) - 1, 0)

    def segments(self, hovered: int | None = None) -> Iterator[QRectF]:
        """Each step's part of the bar, a little apart from its neighbours, more from those of another chapter.

        Args:
            hovered: the step pointed at; its part is thicker.
        """
        for k, span in enumerate(self.timeline.spans):
            thickness = self.em_px * (HOVER_EM if k == hovered else BAR_EM)
            left = self.x_of(span.start_s) + self._half_gap_px(k)
            right = self.x_of(span.end_s) - self._half_gap_px(k + 1)
            yield QRectF(left, self.middle_px - thickness / 2, max(right - left, 1.0), thickness)

    def stretches(self) -> Iterator[QRectF]:
        """Each chapter's part of the bar."""
        bars = list(self.segments())
        for first, after in pairwise((*self.chapter_starts, len(bars))):
            yield bars[first].united(bars[after - 1])

    def words_box(self, words_px: float, stretch: QRectF) -> QRectF:
        """The place of words under the middle of their stretch, inside the widget."""
        width, edge = words_px + 0.5 * self.em_px, self.knob_px - 0.25 * self.em_px  # words end where the bar does
        left = max(min(stretch.center().x() - width / 2, self.width_px - width - edge), edge)
        return QRectF(left, self.middle_px + 0.85 * self.em_px, width, 1.4 * self.text_scale * self.em_px)

    def _half_gap_px(self, step: int) -> float:
        """Half of what lies free before that step; chapters of one step each need no mark."""
        parts_chapters = step in self.chapter_starts and len(self.chapter_starts) < len(self.timeline.spans)
        is_inside = 0 < step < len(self.timeline.spans)
        return self.em_px / 2 * (CHAPTER_GAP_EM if parts_chapters and is_inside else GAP_EM)
