"""What lies over the whole window until any key or touch: nothing but black, or the sheet of the keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QApplication, QWidget

from kyphoviz.ui.look.em import em_of, scaled
from kyphoviz.ui.look.shortcuts import TABLE

ROW_EM, PADDING_EM, BETWEEN_EM = 1.85, 1.8, 1.6
TITLE_EM = 3.0


class Sheet(QWidget):
    """Covers the window, and goes at any key, click or touch.

    Signals:
        dismissed: it went.
    """

    dismissed = Signal()

    def __init__(self, window: QWidget, name: str) -> None:
        """Stays hidden until it is opened."""
        super().__init__(window)
        self._focused: QWidget | None = None
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()
        window.installEventFilter(self)

    def open(self) -> None:
        """Covers everything."""
        self._focused = QApplication.focusWidget()
        self.setGeometry(self.window().rect())
        self.show()
        self.raise_()
        self.setFocus()

    def dismiss(self) -> None:
        """Goes, and gives the keyboard back."""
        self.hide()
        if self._focused is not None:
            self._focused.setFocus()
            self._focused = None
        self.dismissed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Grows with the window."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self.window().rect())
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Any key, but not the one that opened it and is still held."""
        modifiers = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta)
        if not event.isAutoRepeat() and event.key() not in modifiers:
            self.dismiss()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click or a touch."""
        self.dismiss()


class BlackSheet(Sheet):
    """A black screen, as a slide clicker makes it."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Black."""
        QPainter(self).fillRect(self.rect(), QColor("black"))


class Blackout(QObject):
    """Black over all windows of a showing together, until any key or touch in any of them."""

    def __init__(self, window: QWidget) -> None:
        """Covers nothing yet. Args: window: the main one, which gets the keyboard."""
        super().__init__(window)
        self._window = window
        self._sheets = {window: self._sheet(window)}

    def open(self, other: QWidget | None) -> None:
        """Covers the main window, and another one that is seen."""
        there = [other] if other is not None and other.isVisible() else []
        for window in (*there, self._window):
            if window not in self._sheets:
                self._sheets[window] = self._sheet(window)
            self._sheets[window].open()

    def _sheet(self, window: QWidget) -> BlackSheet:
        sheet = BlackSheet(window, "Black screen")
        sheet.dismissed.connect(self._dismiss)
        return sheet

    def _dismiss(self) -> None:
        for sheet in self._sheets.values():
            if not sheet.isHidden():
                sheet.dismiss()


class KeySheet(Sheet):
    """The keys and what they do, in two columns."""

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """What is written, in order."""
        return tuple((entry.told, entry.words) for entry in TABLE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A card in the middle of a darkened window."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(0, 0, 0, 150))
        em_px = self._em_px()
        keys, words = self._widths(em_px)
        half = (len(self.lines) + 1) // 2
        column = keys + words + em_px
        card = QRectF(0, 0, 2 * column + (2 * PADDING_EM + BETWEEN_EM) * em_px,
                      half * ROW_EM * em_px + (TITLE_EM + 2 * PADDING_EM) * em_px)  # fmt: skip
        card.moveCenter(QRectF(self.rect()).center())
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Mid), 1.0))
        painter.setBrush(self.palette().color(QPalette.ColorRole.Base))
        painter.drawRoundedRect(card, em_px, em_px)
        inner = card.adjusted(*(share * PADDING_EM * em_px for share in (1, 1, -1, -1)))
        self._write(painter, inner, em_px * 1.35, "Keys", QPalette.ColorRole.Text)
        for k, (told, meaning) in enumerate(self.lines):
            left = inner.left() + (k // half) * (column + BETWEEN_EM * em_px)
            top = inner.top() + (TITLE_EM + (k % half) * ROW_EM) * em_px
            row = QRectF(left, top, column, ROW_EM * em_px)
            self._write(painter, row, em_px, told, QPalette.ColorRole.Link)
            self._write(painter, row.adjusted(keys + em_px, 0, 0, 0), em_px, meaning, QPalette.ColorRole.Text)

    def _em_px(self) -> float:
        """Text that fits into the window."""
        em_px = em_of(self)
        keys, words = self._widths(em_px)
        wide = 2 * (keys + words + em_px) + (2 * PADDING_EM + BETWEEN_EM) * em_px
        high = ((len(self.lines) + 1) // 2 * ROW_EM + TITLE_EM + 2 * PADDING_EM) * em_px
        return em_px * min(1.0, 0.96 * self.width() / wide, 0.96 * self.height() / high)

    def _widths(self, em_px: float) -> tuple[float, float]:
        metrics = QFontMetricsF(scaled(self.font(), em_px / em_of(self)))
        columns = zip(*self.lines, strict=True)
        keys, words = (max(metrics.horizontalAdvance(text) for text in column) for column in columns)
        return keys, words

    def _write(self, painter: QPainter, row: QRectF, em_px: float, text: str, role: QPalette.ColorRole) -> None:
        painter.setFont(scaled(self.font(), em_px / em_of(self)))
        painter.setPen(self.palette().color(role))
        height = ROW_EM * em_px
        painter.drawText(QRectF(row.left(), row.top(), row.width(), height), Qt.AlignmentFlag.AlignVCenter, text)
