"""Everything that hands do to a kiosk passes here first."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QTouchEvent, QWindow
from PySide6.QtWidgets import QWidget

from kyphoviz.ui.kiosk.idle import CornerHold

Kind = QEvent.Type
PRESSES = frozenset({Kind.MouseButtonPress, Kind.MouseButtonDblClick, Kind.TouchBegin, Kind.TabletPress})
DRAGS = frozenset({Kind.MouseMove, Kind.TouchUpdate, Kind.TabletMove})
RELEASES = frozenset({Kind.MouseButtonRelease, Kind.TouchEnd, Kind.TouchCancel, Kind.TabletRelease})
KEYS = frozenset({Kind.KeyPress, Kind.KeyRelease, Kind.ShortcutOverride, Kind.Shortcut})
REFUSED = frozenset({Kind.ContextMenu, Kind.ToolTip, Kind.WhatsThis, Kind.DragEnter, Kind.Drop})
HEARD = PRESSES | DRAGS | RELEASES | KEYS | REFUSED | {Kind.Wheel, Kind.Close, Kind.Quit}


class TouchListener(Protocol):
    """Who is told of touches and keys."""

    def touched(self) -> bool:
        """Somebody is there; True where that touch should do nothing else."""
        ...

    def keyed(self, key: Qt.Key) -> None:
        """A key was pressed."""
        ...


class KioskInput(QObject):
    """Tells of every touch and key before any widget sees it, and keeps back what would leave the film.

    It listens to the whole application: a shortcut, a key of the desktop or a close that some part of the window knows
    nothing about is stopped all the same. Keys reach no widget; whoever is told of them decides what they do.
    """

    def __init__(self, window: QWidget, listener: TouchListener, corner: CornerHold) -> None:
        """Listens until `release`."""
        super().__init__(window)
        self._window, self._listener, self._corner = window, listener, corner
        application = QCoreApplication.instance()
        assert application is not None
        self._application = application
        application.installEventFilter(self)

    def release(self) -> None:
        """Listens no more: the window may close again."""
        self._application.removeEventFilter(self)

    def _is_ours(self, watched: QObject) -> bool:
        return watched in (self._window, self._window.windowHandle(), self._application)

    def _press(self, event: QEvent) -> bool:
        only_wakes = self._listener.touched()
        if not self._is_in_corner(event):
            return only_wakes
        self._corner.press()
        return True

    def _key(self, event: QEvent) -> bool:
        """Every key that reaches the window stops here, so that no shortcut is left; one that wakes presses nothing."""
        is_press = event.type() == Kind.KeyPress
        if isinstance(event, QKeyEvent) and is_press and not event.isAutoRepeat() and not self._listener.touched():
            self._listener.keyed(Qt.Key(event.key()))
        return True

    def _is_in_corner(self, event: QEvent) -> bool:
        place: QPointF | None = None
        if isinstance(event, QMouseEvent):
            place = event.globalPosition()
        elif isinstance(event, QTouchEvent) and event.points():
            place = event.points()[0].globalPosition()
        if place is None:
            return False
        here, side = self._window.mapFromGlobal(place), self._corner.side_px()
        return 0 <= here.x() < side and 0 <= here.y() < side

    def _hear(self, watched: QObject, event: QEvent) -> bool:
        """Whether it ends here."""
        kind = event.type()
        if kind in PRESSES:
            return self._press(event)
        if kind in KEYS:
            return self._key(event)
        if kind in DRAGS:
            return self._drag(event)
        if kind in RELEASES:
            self._corner.release()
        elif kind == Kind.Wheel:
            return self._listener.touched()
        return kind in REFUSED

    def _drag(self, event: QEvent) -> bool:
        """A pointer that merely passes is nobody: some screens' pointers tremble all day."""
        if isinstance(event, QMouseEvent) and not event.buttons():
            return False
        self._listener.touched()
        if not self._is_in_corner(event):
            self._corner.release()
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Lets pass what belongs to the film."""
        kind = event.type()
        if kind not in HEARD or not isinstance(watched, QWidget | QWindow | QCoreApplication):
            return False
        if kind in (Kind.Close, Kind.Quit):
            stops = self._is_ours(watched)
            if stops:
                event.ignore()
            return stops
        if not self._hear(watched, event):
            return False
        event.accept()  # else Qt would offer it to the parent
        return True
