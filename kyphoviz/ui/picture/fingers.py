"""Where the fingers on a touch screen are, and which of them carry the picture."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF
from PySide6.QtGui import QEventPoint, QTouchEvent

Places = list[QPointF]


class Fingers:
    """The fingers of the last touch; a new one only takes hold."""

    def __init__(self) -> None:
        """No finger is there."""
        self._places: dict[int, QPointF] = {}

    def move(self, event: QTouchEvent) -> tuple[Places, Places] | None:
        """Where the first two of those that were there before were, and are; None if none of them moved."""
        lifted = QEventPoint.State.Released
        before = self._places
        now = {point.id(): point.position() for point in event.points() if point.state() != lifted}
        self._places = now = {} if event.type() == QEvent.Type.TouchCancel else now
        same = [finger for finger in sorted(now) if finger in before][:2]
        if not same or len(now) != len(before):
            return None
        were, are = ([places[finger] for finger in same] for places in (before, now))
        return None if were == are else (were, are)
