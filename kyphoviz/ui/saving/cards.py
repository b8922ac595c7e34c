"""Small cards that lie on the picture for a while: a word about what was done, and how a movie comes along."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from kyphoviz.ui.look.em import em_of

TOAST_MS = 6000
WIDTH_SHARE = 0.9  # of the picture, at most
MOVIE_EM = 24.0


class Toast(QLabel):
    """One line or two at the top of a picture, gone after some seconds."""

    def __init__(self, picture: QWidget) -> None:
        """Hidden until it is told something."""
        super().__init__(picture)
        self._picture = picture
        self.setObjectName("card")
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._rest = QTimer(self, singleShot=True, interval=TOAST_MS)
        self._rest.timeout.connect(self.hide)
        self.hide()

    def tell(self, words: str) -> None:
        """Shows these words."""
        self.setText(words)
        self.setAccessibleName(words)
        self._place()
        self.show()
        self.raise_()
        self._rest.start()

    def _place(self) -> None:
        self.ensurePolished()  # before its first words it has neither the theme's margins nor its letters
        picture, em = self._picture, em_of(self)
        one_line = self.fontMetrics().horizontalAdvance(self.text()) + round(2.6 * em)
        width = min(one_line, round(WIDTH_SHARE * picture.width()))
        height = max(self.heightForWidth(width), round(2.6 * em))
        self.setGeometry((picture.width() - width) // 2, round(0.9 * em), width, height)


class MovieCard(QFrame):
    """Progress, the time that is left, and a button to cancel; in the upper corner of a picture."""

    def __init__(self, picture: QWidget) -> None:
        """Hidden until a movie begins."""
        super().__init__(picture)
        self._picture = picture
        self.setObjectName("card")
        self.setAccessibleName("Movie in the making")
        self._words, self.cancel = QLabel(self), QPushButton("Cancel", self)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Progress of the movie")
        self.cancel.setAccessibleName("Cancel the movie")
        self.cancel.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        column, row = QVBoxLayout(self), QHBoxLayout()
        row.addWidget(self._words, 1)
        row.addWidget(self.cancel)
        column.addLayout(row)
        column.addWidget(self._bar)
        picture.installEventFilter(self)
        self.hide()

    def begin(self) -> None:
        """A movie begins."""
        self._bar.setRange(0, 0)
        self._bar.setMaximumHeight(round(0.5 * em_of(self)))
        self._words.setText("Making the movie ...")
        self.cancel.setEnabled(True)
        self._place()
        self.show()
        self.raise_()

    def advance(self, done: int, total: int, left_s: int) -> None:
        """So many frames of so many are done."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        percent = round(100 * done / max(total, 1))
        self._words.setText(f"Movie: {percent} %, {time_left(left_s)}" if left_s >= 0 else f"Movie: {percent} %")

    def stopping(self) -> None:
        """Cancelled, but not yet over."""
        self._words.setText("Stopping the movie ...")
        self.cancel.setEnabled(False)

    def _place(self) -> None:
        picture, em = self._picture, em_of(self)
        width = min(round(MOVIE_EM * em), picture.width() - round(2 * em))
        self.setGeometry(round(0.9 * em), round(0.9 * em), width, self.sizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stays in its corner."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False


def time_left(seconds: int) -> str:
    """Seconds, or minutes where there are many."""
    return f"{seconds} s left" if seconds < 90 else f"{round(seconds / 60)} min left"
