"""The steps of the film as a list."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from kyphoviz.ui.look.em import em_of

LOWEST_EM = 8.0
STEP = Qt.ItemDataRole.UserRole  # the number of an item's step; a chapter's name has none
Chapters = tuple[tuple[str, int], ...]
FIGURE_SPACE = "\u2007"  # as wide as a digit


class StepList(QListWidget):
    """Shows which step the film is in; a click, or Enter, goes to another.

    Signals:
        step_chosen: the number of the step, from 0.
    """

    step_chosen = Signal(int)

    def __init__(self, titles: tuple[str, ...], chapters: Chapters = (), parent: QWidget | None = None) -> None:
        """Args: titles: one per step, in order; chapters: title and first step of each, in order."""
        super().__init__(parent)
        self.setAccessibleName("Steps of the operation")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerItem)
        self.show_titles(titles, chapters)
        self.itemClicked.connect(self._choose)
        self.itemActivated.connect(self._choose)

    def show_titles(self, titles: tuple[str, ...], chapters: Chapters = ()) -> None:
        """Steps under the names of their chapters; the step that is shown stays. Arguments as for the list itself."""
        shown = self.currentRow()
        self.clear()
        heads = {first: title for title, first in chapters} if len(chapters) < len(titles) else {}
        self._rows = []
        for k, title in enumerate(titles):
            if k in heads:
                self._add_head(heads[k])
            item = QListWidgetItem(f"{k + 1:2d}  {title}".replace(" ", FIGURE_SPACE, 1 if k < 9 else 0), self)
            item.setToolTip(title)
            item.setData(STEP, k)
            self._rows.append(self.count() - 1)
        self.setCurrentRow(min(shown, self.count() - 1))

    def show_step(self, index: int) -> None:
        """Highlights that step and keeps a step before and after it in sight; never tells the player."""
        row = self._rows[index]
        if row == self.currentRow():
            return
        self.setCurrentRow(row)
        self._show_around(row)

    def _add_head(self, title: str) -> None:
        """The name of a chapter: it is read, and can't be chosen."""
        head = QListWidgetItem(title, self)
        head.setFlags(Qt.ItemFlag.NoItemFlags)
        font = self.font()
        font.setBold(True)
        head.setFont(font)

    def _show_around(self, row: int) -> None:
        for near in (row - 1, row + 1, row):
            if 0 <= near < self.count():
                self.scrollToItem(self.item(near))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Curves that come below take room from it; the step that is shown stays in sight."""
        super().resizeEvent(event)
        self._show_whole_rows()
        self._show_around(self.currentRow())

    def _show_whole_rows(self) -> None:
        """Leaves free below what is less than a row: half a line of letters looks like a fault."""
        row_px = self.sizeHintForRow(0)
        if row_px > 0:
            self.setViewportMargins(0, 0, 0, self.contentsRect().height() % row_px)

    def _choose(self, item: QListWidgetItem) -> None:
        step = item.data(STEP)
        if step is not None:
            self.step_chosen.emit(step)

    def sizeHint(self) -> QSize:
        """A list scrolls, so it may be low."""
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        """Three or four steps."""
        return QSize(80, round(LOWEST_EM * em_of(self)))
