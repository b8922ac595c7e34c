"""The hand that sets window and level on an X-ray, as on a viewing station: the right button is held and moved."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from kyphoviz.overlay.xray_tone import Tone


class ToneDrag(QObject):
    """Watches the right button on one pane.

    Signals:
        turned: the tone that the drag asks for; a double click asks for the plain one.
    """

    turned = Signal(object)

    def __init__(self, pane: QWidget) -> None:
        """Begins with the plain tone."""
        super().__init__(pane)
        self.tone, self._pane = Tone(), pane
        self._from: tuple[QPointF, Tone] | None = None
        pane.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Takes the right button's events from the pane."""
        if not isinstance(event, QMouseEvent):
            return False
        if event.type() == QEvent.Type.MouseMove and self._from is not None:
            start, tone = self._from
            way = event.position() - start
            self._turn(tone.dragged(way.x() / max(self._pane.width(), 1), way.y() / max(self._pane.height(), 1)))
            return True
        if event.button() != Qt.MouseButton.RightButton:
            return False
        if event.type() == QEvent.Type.MouseButtonDblClick:
            self._turn(Tone())
        is_down = event.type() == QEvent.Type.MouseButtonPress
        self._from = (event.position(), self.tone) if is_down else None
        return True

    def _turn(self, tone: Tone) -> None:
        self.tone = tone
        self.turned.emit(tone)
