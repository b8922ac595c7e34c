"""What staff should know: never a dialog, never in the way of a touch, never long before visitors."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QWidget

from kyphoviz.ui.kiosk.sizes import sizes_for

FLAGS = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
WIDEST_EM = 32.0
LEAST_SHARE = 0.6  # of the plain text, where there is much to tell and little room


class ProblemCard(QWidget):
    """A card with a line for each thing that is wrong, at the upper right or beside the pad; touches go through it."""

    def __init__(self, heading: str, lines: tuple[str, ...], window: QWidget) -> None:
        """Hidden until `show_beside`."""
        super().__init__(window)
        self._host, self._margin, self._has_lines = window, 12, bool(lines)
        self._beside: QWidget | None = None
        self._words = "\n".join((heading, *lines))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(self._words)
        self.hide()
        window.installEventFilter(self)

    def show_beside(self, card: QWidget | None, *, is_new: bool) -> None:
        """Shows it where staff look, or nowhere.

        Args:
            card: the pad on which staff type; None while it is put away.
            is_new: the kiosk has only just begun, and nobody uses it.
        """
        is_seen = self._has_lines and (card is not None or is_new)
        if (card, is_seen) != (self._beside, not self.isHidden()):
            self._beside = card
            self.setVisible(is_seen)
            self.fit()
            self.raise_()

    def fit(self) -> None:
        """As large as its words; in the corner, or where the card leaves more room: to its right, or above it."""
        em_px = sizes_for(self._host).em_px
        font = QFont(self.font())
        self._margin, gap = round(0.8 * em_px), round(1.2 * em_px)
        room = self._room(gap)
        width, share = min(round(WIDEST_EM * em_px), room.width()), 0.95
        while True:
            font.setPixelSize(max(round(share * em_px), 8))
            self.setFont(font)
            inner = QRect(0, 0, width - 2 * self._margin, 10_000)
            height = self.fontMetrics().boundingRect(inner, FLAGS, self._words).height() + 2 * self._margin
            if height <= room.height() or share < LEAST_SHARE:
                break
            share *= 0.9  # all of it, if smaller
        self.setGeometry(room.right() + 1 - width, room.top(), width, min(height, room.height()))

    def _room(self, gap: int) -> QRect:
        """Where it may lie; it moves with all the rest, else it would burn in."""
        shift, window = self._host.contentsMargins(), self._host.rect()
        whole = window.adjusted(gap, gap + shift.top(), -gap - shift.right(), -gap)
        if self._beside is None:
            return whole.adjusted(round(0.4 * window.width()), 0, 0, -round(0.5 * whole.height()))
        card = self._beside.geometry()
        right = whole.adjusted(card.right() + gap - whole.left(), 0, 0, 0)
        above = whole.adjusted(0, 0, 0, card.top() - gap - whole.bottom())
        return max(right, above, key=lambda room: max(room.width(), 0) * max(room.height(), 0))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window has another size."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self.fit()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Card and words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        role = QPalette.ColorRole
        painter.setBrush(self.palette().color(role.Base))
        painter.setPen(QPen(self.palette().color(role.Midlight), 1.5))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 10, 10)
        painter.setPen(self.palette().color(role.WindowText))
        m = self._margin
        painter.drawText(self.rect().adjusted(m, m, -m, -m), FLAGS, self._words)
