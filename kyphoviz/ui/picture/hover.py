"""A name for what the pointer rests on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPointF, QTimer, Signal

REST_MS = 150


class Hover(QObject):
    """Asks for a name once the pointer has come to rest, never while it moves.

    Signals:
        changed: another name, or none.
    """

    changed = Signal()

    def __init__(self, name_at: Callable[[QPointF], str], parent: QObject | None = None) -> None:
        """Args: name_at: what lies at a place; empty for nothing."""
        super().__init__(parent)
        self._name_at = name_at
        self.text, self.place = "", QPointF()
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._ask)

    def move(self, place: QPointF) -> None:
        """The pointer is there now."""
        self.leave()
        self.place = place
        self._rest.start()

    def leave(self) -> None:
        """The pointer is away, or what it rested on has moved."""
        self._rest.stop()
        if self.text:
            self.text = ""
            self.changed.emit()

    def _ask(self) -> None:
        self.text = self._name_at(self.place)
        if self.text:
            self.changed.emit()
