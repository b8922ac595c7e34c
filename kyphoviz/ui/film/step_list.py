"""The steps of the film as a list."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from kyphoviz.ui.look.em import em_of

LOWEST_EM = 8.0
FIGURE_SPACE = "\u2007"  # as wide as a digit


class StepList(QListWidget):
    """Shows which step the film is in; a click, or Enter, goes to another.

    Signals:
        step_chosen: the number of the step, from 0.
    """

    step_chosen = Signal(int)

    def __init__(self, titles: tuple[str, ...], parent: QWidget | None = None) -> None:
        """Args: titles: one per step, in order."""
        super().__init__(parent)
        self.setAccessibleName("Steps of the operation")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerItem)
        self.rename(titles)
        self.itemClicked.connect(self._choose)
        self.itemActivated.connect(self._choose)

    def rename(self, titles: tuple[str, ...]) -> None:
        """Other titles, one per step; the step that is shown stays."""
        for k, title in enumerate(titles):
            item = self.item(k) if k < self.count() else QListWidgetItem(self)
            item.setText(f"{k + 1:2d}  {title}".replace(" ", FIGURE_SPACE, 1 if k < 9 else 0))
            item.setToolTip(title)

    def show_step(self, index: int) -> None:
        """Highlights that step and keeps a step before and after it in sight; never tells the player."""
        if index == self.currentRow():
            return
        self.setCurrentRow(index)
        self._show_around(index)

    def _show_around(self, index: int) -> None:
        for near in (index - 1, index + 1, index):
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
        self.step_chosen.emit(self.row(item))

    def sizeHint(self) -> QSize:
        """A list scrolls, so it may be low."""
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        """Three or four steps."""
        return QSize(80, round(LOWEST_EM * em_of(self)))
