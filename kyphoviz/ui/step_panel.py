"""The steps of the film as a list."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from kyphoviz.ui.em import em_of

WIDTH_EM = 18.0
FIGURE_SPACE = "\u2007"  # as wide as a digit


class StepPanel(QListWidget):
    """Shows which step the film is in; a click goes to another.

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
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        for k, title in enumerate(titles):
            item = QListWidgetItem(f"{k + 1:2d}  {title}".replace(" ", FIGURE_SPACE, 1 if k < 9 else 0), self)
            item.setToolTip(title)
        self.itemClicked.connect(self._choose)
        self.itemActivated.connect(self._choose)

    def show_step(self, index: int) -> None:
        """Highlights that step; never tells the player."""
        if index != self.currentRow():
            self.setCurrentRow(index)

    def _choose(self, item: QListWidgetItem) -> None:
        self.step_chosen.emit(self.row(item))

    def sizeHint(self) -> QSize:
        """As wide as a short title."""
        return QSize(round(WIDTH_EM * em_of(self)), 200)

    def minimumSizeHint(self) -> QSize:
        """Lists scroll, so they may be low."""
        return QSize(round(WIDTH_EM * em_of(self)), 80)
