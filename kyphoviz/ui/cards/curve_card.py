"""The curves as a card on the picture, for who has no side panel."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from kyphoviz.procedure.plan import IntactSizes
from kyphoviz.procedure.timeline import Timeline
from kyphoviz.ui.film.curve_pane import CurvePane
from kyphoviz.ui.look.em import em_of

WIDTH_EM, TOP_EM, MARGIN_EM = 23.0, 3.6, 1.0  # the place above is the button's that follows the film again


class CurveCard(QFrame):
    """Lies in the upper right corner of a picture; where a step has no curve of its own it shows the heights."""

    def __init__(self, picture: QWidget, timeline: Timeline, intact: IntactSizes, language: str = "en") -> None:
        """Hidden until it is asked for."""
        super().__init__(picture)
        self._picture = picture
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        self.pane = CurvePane(timeline, intact, language, self)
        self.pane.falls_back = True
        QVBoxLayout(self).addWidget(self.pane)
        picture.installEventFilter(self)
        self.hide()

    def show_time(self, time_s: float, *, is_still: bool) -> None:
        """Draws up to that time, and takes the room that its charts need.

        Args:
            is_still: the film stands, so a screen reader may tell what is shown.
        """
        before = self.pane.topic
        self.pane.show_time(time_s)
        if is_still:
            self.pane.describe()
        if self.pane.topic != before or self.width() != self._wanted_width:
            self._place()

    @property
    def _wanted_width(self) -> int:
        em = em_of(self._picture)
        return min(round(WIDTH_EM * em), self._picture.width() - round(2 * MARGIN_EM * em))

    def _place(self) -> None:
        self.setFont(self._picture.font())  # made late, it would keep the program's own
        em, width = em_of(self), self._wanted_width
        left = self._picture.width() - width - round(MARGIN_EM * em)
        self.setGeometry(left, round(TOP_EM * em), width, self.sizeHint().height())
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stays in its corner."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.FontChange) and self.isVisible():
            self._place()
        return False

    def showEvent(self, event: QShowEvent) -> None:
        """The picture may have another size since it was last seen."""
        super().showEvent(event)
        self._place()
