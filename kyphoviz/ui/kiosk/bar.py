"""What a visitor can do: chapters, a pause, and the size of the text. Nothing else."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kyphoviz.ui.kiosk.button import KioskButton
from kyphoviz.ui.kiosk.sizes import sizes_for
from kyphoviz.ui.kiosk.words import KioskWords


class KioskBar(QWidget):
    """A row of large buttons at the foot of the screen, where a hand covers nothing and a wheelchair reaches.

    Signals:
        back_asked, onward_asked: the chapter before, the next one.
        chapters_asked: the list of all.
        pause_asked: the film stands still, or goes on.
        resize_asked: the text a size smaller (-1) or larger (1).
    """

    back_asked, onward_asked, chapters_asked, pause_asked = Signal(), Signal(), Signal(), Signal()
    resize_asked = Signal(int)

    def __init__(self, words: KioskWords, window: QWidget) -> None:
        """Lies in the window's layout, which the caller sees to."""
        super().__init__(window)
        self._words = words
        self.back = KioskButton(f"‹  {words.back}", self, share=1.25)
        self.chapters = KioskButton(words.chapters, self, is_main=True, share=1.25)
        self.onward = KioskButton(f"{words.onward}  ›", self, share=1.25)
        self.pause = KioskButton(words.pause, self, share=1.25, widest=(words.pause, words.play))
        self.smaller, self.larger = KioskButton("A", self, share=1.1), KioskButton("A", self, share=1.9)
        for button, name in (
            (self.back, words.back),
            (self.onward, words.onward),
            (self.smaller, words.smaller),
            (self.larger, words.larger),
        ):
            button.setAccessibleName(name)
        self._row = QHBoxLayout(self)
        for button in (self.back, self.pause, self.onward, self.chapters):
            self._row.addWidget(button)
        self._row.addStretch(1)
        for button in (self.smaller, self.larger):
            self._row.addWidget(button)
        self._connect()
        window.installEventFilter(self)

    def show_paused(self, *, is_paused: bool) -> None:
        """The button says what it would do."""
        self.pause.say(self._words.play if is_paused else self._words.pause)

    def fit(self) -> None:
        """Takes the sizes of the screen."""
        sizes = sizes_for(self.window())
        self._row.setSpacing(round(0.9 * sizes.em_px))
        self._row.setContentsMargins(round(1.2 * sizes.em_px), 0, round(1.2 * sizes.em_px), 0)
        for button in self.findChildren(KioskButton):
            button.fit(sizes)

    def _connect(self) -> None:
        self.back.clicked.connect(self.back_asked)
        self.chapters.clicked.connect(self.chapters_asked)
        self.onward.clicked.connect(self.onward_asked)
        self.pause.clicked.connect(self.pause_asked)
        self.smaller.clicked.connect(self._ask_smaller)
        self.larger.clicked.connect(self._ask_larger)

    def _ask_smaller(self) -> None:
        self.resize_asked.emit(-1)

    def _ask_larger(self) -> None:
        self.resize_asked.emit(1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window has another size."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self.fit()
        return False
