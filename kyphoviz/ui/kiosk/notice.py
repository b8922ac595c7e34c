"""What staff should know, in a corner of the screen: never a dialog, never in the way of a touch."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QWidget

from kyphoviz.ui.kiosk.sizes import sizes_for

FLAGS = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
WIDEST_EM = 32.0


class StaffNotice(QWidget):
    """A card in the upper right corner with a line for each thing that is wrong; touches go through it."""

    def __init__(self, heading: str, lines: tuple[str, ...], window: QWidget) -> None:
        """Shown at once where there is something to say."""
        super().__init__(window)
        self._host, self._margin = window, 12
        self._words = "\n".join((heading, *lines))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(self._words)
        self.setVisible(bool(lines))
        window.installEventFilter(self)

    def fit(self) -> None:
        """As large as its words, in the corner."""
        window = self._host
        em_px = sizes_for(window).em_px
        font = QFont(self.font())
        font.setPixelSize(round(0.95 * em_px))
        self.setFont(font)
        self._margin = round(0.8 * em_px)
        width = round(min(WIDEST_EM * em_px, 0.6 * window.width()))
        words = self.fontMetrics().boundingRect(QRect(0, 0, width - 2 * self._margin, 10_000), FLAGS, self._words)
        height = min(words.height() + 2 * self._margin, round(0.5 * window.height()))
        gap = round(1.2 * em_px)
        shift = window.contentsMargins()  # it moves with all the rest, else it would burn in
        self.setGeometry(window.width() - width - gap - shift.right(), gap + shift.top(), width, height)

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
