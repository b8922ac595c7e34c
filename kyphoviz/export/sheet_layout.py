"""Where things lie on a contact sheet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil, sqrt

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QGuiApplication

from kyphoviz.film import Film
from kyphoviz.overlay.text import sized
from kyphoviz.procedure.timeline import StepSpan, film_time

NOTICE = "For general education only"
LABEL = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
LABEL_GAP = 0.25  # between a picture and the words under it, of their height


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """In pixels: `columns` of pictures with words under each.

    Attributes:
        label_px: height of the words under a picture; of one line if 0.
        title_px: height of a title that has lines of its own above the notice; 0 where both share one.
    """

    picture: tuple[int, int]
    count: int
    label_px: int = 0
    title_px: int = 0

    @property
    def columns(self) -> int:
        """About as many as make a sheet of the shape of one picture."""
        return max(1, ceil(sqrt(self.count)))

    @property
    def letter(self) -> int:
        """Height of the words: readable when the sheet is shown at half its size."""
        return max(11, round(self.picture[0] / 24))

    @property
    def gap(self) -> int:
        """Between pictures and around them."""
        return self.letter

    @property
    def cell(self) -> tuple[int, int]:
        """From one picture to the next, across and down."""
        words = round(2 * LABEL_GAP * self.letter) + max(self.label_px, round(1.2 * self.letter))
        return self.picture[0] + self.gap, self.picture[1] + self.gap + words

    @property
    def head(self) -> int:
        """Height of title and notice."""
        return round(self.notice_place.bottom())

    @property
    def title_place(self) -> QRectF:
        """The whole line, or lines of its own."""
        width = self.columns * self.cell[0] - self.gap
        if self.title_px:
            return QRectF(self.gap, self.gap, width, self.title_px)
        return QRectF(self.gap, 0, width, 3 * self.letter)

    @property
    def notice_place(self) -> QRectF:
        """In the title's line, or below it."""
        title = self.title_place
        return QRectF(title.left(), title.bottom(), title.width(), 2.5 * self.letter) if self.title_px else title

    @property
    def size(self) -> tuple[int, int]:
        """The whole sheet."""
        rows = ceil(self.count / self.columns)
        return self.columns * self.cell[0] + self.gap, self.head + rows * self.cell[1] + self.gap

    def corner(self, k: int) -> tuple[int, int]:
        """Upper left corner of the k-th picture."""
        row, column = divmod(k, self.columns)
        return self.gap + column * self.cell[0], self.head + row * self.cell[1]


def sheet_layout(film: Film, picture: tuple[int, int], language: str) -> SheetLayout:
    """With room for the longest words under a picture, and for title and notice; needs Qt's fonts."""
    bare, spans = SheetLayout(picture, len(film.timeline.spans)), film.timeline.spans
    font = sized(QGuiApplication.font(), bare.letter)
    labels = (
        QFontMetricsF(font).boundingRect(
            QRectF(0, 0, label_room(font, bare, span), 1e4), LABEL, label(k, span, language)
        )
        for k, span in enumerate(spans)
    )
    found = replace(bare, label_px=ceil(max(box.height() for box in labels)))
    return replace(found, title_px=_title_px(found, font, film.scenario.title.text(language)))


def label(k: int, span: StepSpan, language: str) -> str:
    """Number and title of the k-th step, from 0."""
    return f"{k + 1}  {span.step.caption.title.text(language)}"


def label_room(font: QFont, layout: SheetLayout, span: StepSpan) -> float:
    """Width that the step's time leaves for its title."""
    return layout.picture[0] - QFontMetricsF(font).horizontalAdvance(f"  {film_time(span.start_s)}")


def title_font(font: QFont, layout: SheetLayout) -> QFont:
    """That of the film's title."""
    return sized(font, 1.3 * layout.letter, is_bold=True)


def _title_px(layout: SheetLayout, font: QFont, title: str) -> int:
    """0 where title and notice fit in one line."""
    bold, room = title_font(font, layout), layout.title_place.width()
    both = QFontMetricsF(bold).horizontalAdvance(title) + QFontMetricsF(font).horizontalAdvance(f"    {NOTICE}")
    return 0 if both <= room else _height_px(bold, room, title)


def _height_px(font: QFont, room: float, words: str) -> int:
    return ceil(QFontMetricsF(font).boundingRect(QRectF(0, 0, room, 1e4), LABEL, words).height())
