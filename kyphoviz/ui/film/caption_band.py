"""What is said about the step, in large letters under the pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from kyphoviz.ui.look.em import em_of, scaled

LONE_LETTER = re.compile(r"(?<=\b\w)-(?=\w)")
SIZES = (1.6, 1.45, 1.3, 1.2, 1.1, 1.0)  # of the window's text
MOST_LINES = 3
SMALLER, SMALLER_STEPS = 0.95, 20  # where even that is too much, and how often
MOST_SHARE = 0.34  # of the window's height for words that are read from afar


class CaptionBand(QLabel):
    """One sentence or two, as large as the longest of the film allows.

    Size and height follow from all captions of the film and the width, so nothing moves from step to step.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until it is given words."""
        super().__init__(parent)
        self._all: tuple[str, ...] = ()
        self._text_scale = 1.0
        self._line_share, self._most_lines = 0.0, MOST_LINES
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("What happens now")

    def expect(self, captions: tuple[str, ...], text_scale: float) -> None:
        """Takes note of every caption that may come, and how large this audience wants them."""
        self._all, self._text_scale = captions, text_scale
        self.fit()

    def be_readable(self, line_share: float) -> None:
        """Makes a line at least that share of the window's shorter side high, as long as the pictures keep room."""
        self._line_share = line_share

    def allow_more(self, lines: int) -> None:
        """So many lines more than usual: where words are wanted larger, three lines would make them smaller."""
        if self._most_lines != MOST_LINES + lines:
            self._most_lines = MOST_LINES + lines
            self.fit()

    def fit(self) -> None:
        """Chooses size and height by the width there is and the size of the window's text."""
        for font, most_px in self._fonts():
            metrics = QFontMetrics(font)
            width = max(self.contentsRect().width(), 200)
            height = max((_height(metrics, words, width) for words in self._all), default=metrics.lineSpacing())
            if height <= most_px:
                break
        self.setFont(font)
        self.setFixedHeight(height + round(0.6 * em_of(self)))

    def _fonts(self) -> Iterator[tuple[QFont, float]]:
        """From the largest down, each with the height that it may take."""
        parent = self.parentWidget()
        base = parent.font() if parent else QFont()
        if self._line_share and parent:
            wanted = self._line_share * min(parent.width(), parent.height()) / QFontMetrics(base).lineSpacing()
            for step in range(SMALLER_STEPS):
                yield scaled(base, max(wanted * SMALLER**step, 1.0)), MOST_SHARE * parent.height()
            return
        for size in SIZES:
            font = scaled(base, size * self._text_scale)
            yield font, self._most_lines * QFontMetrics(font).lineSpacing() + 1

    def minimumSizeHint(self) -> QSize:
        """Any width will do: the words wrap."""
        return QSize(200, self.minimumHeight())

    def paintEvent(self, event: QPaintEvent) -> None:
        """In lines of about the same length: no last line of one word."""
        room = self.contentsRect()
        room.setWidth(even_width(QFontMetrics(self.font()), self.text(), room.width()))
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(room, int(self.alignment() | Qt.TextFlag.TextWordWrap), self.text())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A new width may take another size."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()


def unbroken(words: str) -> str:
    """The words with hyphens that stay with a single letter before them: no line ends in the X of an X-ray."""
    return LONE_LETTER.sub("\u2011", words)


def even_width(metrics: QFontMetrics, words: str, most_px: int) -> int:
    """The least width at which the words need no more lines than at the most, px."""
    height, least_px = _height(metrics, words, most_px), 0
    while most_px - least_px > 1:
        middle = (least_px + most_px) // 2
        is_enough = _height(metrics, words, middle) <= height and _width(metrics, words, middle) <= middle
        least_px, most_px = (least_px, middle) if is_enough else (middle, most_px)
    return most_px


def _width(metrics: QFontMetrics, words: str, width: int) -> int:
    return metrics.boundingRect(QRect(0, 0, width, 10_000), int(Qt.TextFlag.TextWordWrap), words).width()


def _height(metrics: QFontMetrics, words: str, width: int) -> int:
    return metrics.boundingRect(QRect(0, 0, width, 10_000), int(Qt.TextFlag.TextWordWrap), words).height()
