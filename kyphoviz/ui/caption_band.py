"""What is said about the step, in large letters under the pictures."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from kyphoviz.ui.em import em_of, scaled

SIZES = (1.6, 1.45, 1.3, 1.2, 1.1, 1.0)  # of the window's text
MOST_LINES = 3


class CaptionBand(QLabel):
    """One sentence or two, as large as the longest of the film allows.

    Size and height follow from all captions of the film and the width, so nothing moves from step to step.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until it is given words."""
        super().__init__(parent)
        self._all: tuple[str, ...] = ()
        self._text_scale = 1.0
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("What happens now")

    def expect(self, captions: tuple[str, ...], text_scale: float) -> None:
        """Takes note of every caption that may come, and how large this audience wants them."""
        self._all, self._text_scale = captions, text_scale
        self.fit()

    def fit(self) -> None:
        """Chooses size and height by the width there is and the size of the window's text."""
        parent = self.parentWidget()
        base = parent.font() if parent else QFont()
        width = max(self.contentsRect().width(), 200)
        for size in SIZES:
            font = scaled(base, size * self._text_scale)
            metrics = QFontMetrics(font)
            height = max((_height(metrics, words, width) for words in self._all), default=metrics.lineSpacing())
            if height <= MOST_LINES * metrics.lineSpacing() + 1:
                break
        self.setFont(font)
        self.setFixedHeight(height + round(0.6 * em_of(self)))

    def minimumSizeHint(self) -> QSize:
        """Any width will do: the words wrap."""
        return QSize(200, self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A new width may take another size."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()


def _height(metrics: QFontMetrics, words: str, width: int) -> int:
    return metrics.boundingRect(QRect(0, 0, width, 10_000), int(Qt.TextFlag.TextWordWrap), words).height()
