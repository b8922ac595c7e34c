"""The chapters of the film as large buttons, a page at a time: nothing has to be dragged."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from kyphoviz.ui.kiosk.button import KioskButton
from kyphoviz.ui.kiosk.sizes import KioskSizes
from kyphoviz.ui.kiosk.veil import Card
from kyphoviz.ui.kiosk.words import KioskWords

COLUMN_EM = 17.0  # the narrowest column whose titles can be read
MOST_COLUMNS = 3
ROW_EM = 4.2


class Chapters(Card):
    """Shows one page of the chapters.

    Signals:
        chosen: the number of the chapter's first step, from 0.
    """

    chosen = Signal(int)

    def __init__(self, chapters: tuple[tuple[str, int], ...], words: KioskWords, window: QWidget) -> None:
        """Args: chapters: title and first step of each, in order."""
        super().__init__(window)
        titles, self._starts = zip(*chapters, strict=True)
        self._words, self._first, self._per_page, self._now = words, 0, 1, 0
        self._heading = self.label("", 1.5)
        self._grid = QGridLayout()
        self.column.addLayout(self._grid)
        self.buttons = tuple(KioskButton(f"{k}. {title}", self.card, share=1.15) for k, title in enumerate(titles, 1))
        for button in self.buttons:
            button.setCheckable(True)
            button.clicked.connect(self._choose)
        self.earlier, self.later = (KioskButton(each, self.card) for each in (words.earlier, words.later))
        self.close_it = KioskButton(words.close, self.card, is_main=True)
        row = QHBoxLayout()
        for button in (self.earlier, self.close_it, self.later):
            row.addWidget(button)
        self.column.addLayout(row)
        self.earlier.clicked.connect(self._turn_back)
        self.later.clicked.connect(self._turn)
        self.close_it.clicked.connect(self.hide)

    def open_at(self, step: int) -> None:
        """Shows the page with the chapter of that step."""
        self._now = sum(start <= step for start in self._starts) - 1
        self._first = 0
        self.open()
        self._show_page(self._now // self._per_page * self._per_page)

    def arrange(self, sizes: KioskSizes) -> None:
        """As many columns and rows as there is room for."""
        columns = max(1, min(MOST_COLUMNS, int((self.width() - 6.4 * sizes.em_px) // (COLUMN_EM * sizes.em_px))))
        row_px = max(ROW_EM * sizes.em_px, float(sizes.finger_px))
        around = 12.0 * sizes.em_px + sizes.finger_px
        rows = max(1, int((self.height() - around) // (row_px + 0.6 * sizes.em_px)))
        pages = -(-len(self.buttons) // (columns * rows))
        rows = -(-len(self.buttons) // (columns * pages))  # even pages: no chapter stands alone on the last
        self._per_page = columns * rows
        self._grid.setSpacing(round(0.6 * sizes.em_px))
        for k, button in enumerate(self.buttons):
            place = k % self._per_page
            on_page = min(self._per_page, len(self.buttons) - k + place)
            high = -(-on_page // columns)  # the last page fills its columns evenly too
            self._grid.addWidget(button, place % high, place // high)
            button.setFixedHeight(round(row_px))
        for row in range(max(rows, self._grid.rowCount())):
            self._grid.setRowMinimumHeight(row, round(row_px) if row < rows else 0)  # all pages are as high
        for column in range(MOST_COLUMNS):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self._show_page(self._first // self._per_page * self._per_page)
        super().arrange(sizes)

    def widest_em(self) -> float:
        """Nearly the whole screen."""
        return 62.0

    def _show_page(self, first: int) -> None:
        self._first = first
        end = min(first + self._per_page, len(self.buttons))
        for k, button in enumerate(self.buttons):
            button.setVisible(first <= k < end)
            button.setChecked(k == self._now)
        self.earlier.setEnabled(first > 0)
        self.later.setEnabled(end < len(self.buttons))
        self._heading.setText(self._words.chapters_of.format(first + 1, end, len(self.buttons)))

    def _turn(self) -> None:
        self._show_page(self._first + self._per_page)

    def _turn_back(self) -> None:
        self._show_page(max(0, self._first - self._per_page))

    def _choose(self) -> None:
        button = self.sender()
        if isinstance(button, KioskButton) and button in self.buttons:
            self.hide()
            self.chosen.emit(self._starts[self.buttons.index(button)])
