"""A small card that tells what a number on the picture means and where it comes from."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from kyphoviz.overlay.gauge_words import GaugeWords, load_gauge_words
from kyphoviz.ui.cards.card_place import above_numbers
from kyphoviz.ui.look.em import em_of
from kyphoviz.ui.picture.viewport import Viewport

WIDTH_EM, FOOT_EM = 26.0, 7.4  # its width; what it leaves to the gauges below it


class SourceCard(QFrame):
    """Lies on a picture beside the treated place until it is closed, by its button or by Esc."""

    def __init__(self, picture: Viewport, language: str = "en") -> None:
        """Hidden until it is asked for a number."""
        super().__init__(picture)
        self._picture, self._words = picture, load_gauge_words(language)
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        self._text, self.done = QLabel(self), QPushButton("Close", self)
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.RichText)
        self.done.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.done.setAccessibleName("Close what explains the number")
        column, row = QVBoxLayout(self), QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.done)
        column.addWidget(self._text)
        column.addLayout(row)
        self.done.clicked.connect(self.close_card)
        picture.installEventFilter(self)
        self.hide()

    def explain(self, key: str) -> None:
        """Shows what is known of the number of that key; an unknown key shows nothing."""
        if key not in self._words:
            return
        words = self._words[key]
        self._text.setText(as_html(words, self.palette()))
        self.setAccessibleName(words.name)
        self.setAccessibleDescription(" ".join((words.meaning, *words.sources, words.illustrative)))
        self._place()
        self.show()
        self.raise_()
        self.done.setFocus()

    def close_card(self) -> None:
        """Gives the keys back to the picture."""
        self.hide()
        self._picture.setFocus()

    def _place(self) -> None:
        self.setFont(self._picture.font())  # made late, it would keep the program's own
        em_px, picture = em_of(self), self._picture
        width = min(round(WIDTH_EM * em_px), picture.width() - round(2 * em_px))
        height = min(max(self.heightForWidth(width), self.minimumSizeHint().height()), picture.height())
        foot = round(FOOT_EM * em_px)
        size, treated = QSize(width, height), picture.overlays.treated_place()
        self.setGeometry(above_numbers(picture.size(), size, treated, em_px, foot))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_card()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stays in its place."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.FontChange) and self.isVisible():
            self._place()
        return False


def as_html(words: GaugeWords, palette: QPalette) -> str:
    """Name, meaning and sources as rich text."""
    quiet = palette.color(QPalette.ColorRole.PlaceholderText).name()
    lines = [f"<b>{escape(words.name)}</b>", escape(words.meaning)]
    lines += [f'<span style="color:{quiet}">Source: {escape(source)}</span>' for source in words.sources]
    if words.illustrative:
        lines.append(f"<i>Illustrative:</i> {escape(words.illustrative)}")
    return "".join(f'<p style="margin:0 0 6px 0">{line}</p>' for line in lines)
