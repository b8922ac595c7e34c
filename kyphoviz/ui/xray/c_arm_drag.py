"""The hand that turns the C-arm: Ctrl and the left button, held and moved over an X-ray."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

DEG_PER_PANE = 60.0  # a drag from one side of the pane to the other


class CArmDrag(QObject):
    """Watches one pane; a drag to the right orbits, a drag upwards tilts.

    Signals:
        turned: by how many degrees more, about the patient's long axis and towards the head.
    """

    turned = Signal(float, float)

    def __init__(self, pane: QWidget) -> None:
        """Holds nothing."""
        super().__init__(pane)
        self._pane = pane
        self._from: QPointF | None = None
        pane.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Takes the drags that begin with Ctrl held."""
        if not isinstance(event, QMouseEvent):
            return False
        is_left = event.button() == Qt.MouseButton.LeftButton
        with_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        match event.type():
            case QEvent.Type.MouseButtonPress if is_left and with_control:
                self._from = event.position()
            case QEvent.Type.MouseMove if self._from is not None:
                way = event.position() - self._from
                self._from = event.position()
                share = DEG_PER_PANE / max(self._pane.width(), 1)
                self.turned.emit(way.x() * share, -way.y() * share)
            case QEvent.Type.MouseButtonRelease if is_left and self._from is not None:
                self._from = None
            case _:
                return False
        return True
