"""A button for a finger."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from kyphoviz.ui.kiosk.sizes import KioskSizes

WRAP = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
ROUND = 12.0


class KioskButton(QAbstractButton):
    """Words on a rounded field, never smaller than a fingertip, wrapped where they are long."""

    def __init__(
        self,
        words: str,
        parent: QWidget | None = None,
        *,
        is_main: bool = False,
        share: float = 1.0,
        widest: tuple[str, ...] = (),
    ) -> None:
        """Makes one.

        Args:
            is_main: on the accent colour.
            share: of the plain text's height.
            widest: all words that it may ever bear, so that it keeps its width.
        """
        super().__init__(parent)
        self._is_main, self._share, self._all = is_main, share, widest or (words,)
        self._sizes = KioskSizes(15.0, 64)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.say(words)

    def say(self, words: str, name: str = "") -> None:
        """Changes its words; `name` is for screen readers where the words are a mere sign."""
        self.setText(words)
        self.setAccessibleName(name or words)
        self.updateGeometry()
        self.update()

    def fit(self, sizes: KioskSizes) -> None:
        """Takes the sizes of the screen it is on."""
        self._sizes = sizes
        font = QFont(self.font())
        font.setPixelSize(round(sizes.em_px * self._share))
        self.setFont(font)
        self.setMinimumSize(sizes.finger_px, sizes.finger_px)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Its words on one line with some room, and a fingertip at least."""
        metrics = QFontMetrics(self.font())
        widest = max(metrics.horizontalAdvance(words) for words in {*self._all, self.text()})
        width = widest + round(2.4 * self._sizes.em_px)
        return QSize(max(width, self._sizes.finger_px), self._sizes.finger_px)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Field, words, and a ring when it has the focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        role, palette = QPalette.ColorRole, self.palette()
        is_marked = self.isChecked() or self.isDown()
        fill = role.Highlight if self._is_main and self.isEnabled() else role.Mid if is_marked else role.Base
        painter.setBrush(palette.color(fill))
        painter.setPen(QPen(palette.color(role.Mid if not self.isEnabled() else role.Midlight), 1.5))
        if self.hasFocus():
            painter.setPen(QPen(palette.color(role.WindowText if self._is_main else role.Highlight), 4.0))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(2.5, 2.5, -2.5, -2.5), ROUND, ROUND)
        ink = role.HighlightedText if self._is_main and self.isEnabled() else role.WindowText
        group = QPalette.ColorGroup.Active if self.isEnabled() else QPalette.ColorGroup.Disabled
        painter.setPen(palette.color(group, ink))
        margin = round(0.5 * self._sizes.em_px)
        painter.drawText(QRect(self.rect()).adjusted(margin, 4, -margin, -4), WRAP, self.text())
