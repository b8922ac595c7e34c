"""The menu in which the one who saves chooses what a picture or a movie has on it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from kyphoviz.resources import as_expected, as_text, catalogue
from kyphoviz.ui.saving.wish import SavingWish

MOVIE_SIZES = ((1280, 720), (1920, 1080), (3840, 2160), (1080, 1920), (1080, 1080))


class SavingMenu(QMenu):
    """X-rays yes or no, words yes or no, and one of several sizes; what is ticked holds for all that is saved next.

    Signals:
        wished: something else is ticked; tells all that is.
    """

    wished = Signal(SavingWish)

    def __init__(self, language: str = "en", parent: QWidget | None = None) -> None:
        """As `SavingWish()` says."""
        super().__init__(parent)
        usual = SavingWish()
        with as_expected("saving"):
            words = {key: as_text(line) for key, line in catalogue("saving", language).items()}
            self.setTitle(words["menu"])
            self._xrays, self._words = (self._tick(words[key]) for key in ("xrays", "words"))
            self.addSeparator()
            self._sizes = QActionGroup(self)
            for size in MOVIE_SIZES:
                self._sizes.addAction(self._tick(_size_words(words, size))).setData(size)
        self._xrays.setChecked(usual.has_xrays)
        self._words.setChecked(usual.has_words)
        self._sizes.actions()[MOVIE_SIZES.index(usual.movie_size)].setChecked(True)
        self.triggered.connect(self._tell)

    @property
    def wish(self) -> SavingWish:
        """What is ticked."""
        size = next(action.data() for action in self._sizes.actions() if action.isChecked())
        return SavingWish(self._xrays.isChecked(), self._words.isChecked(), tuple(size))

    def _tick(self, words: str) -> QAction:
        action = self.addAction(words)
        action.setCheckable(True)
        return action

    def _tell(self) -> None:
        self.wished.emit(self.wish)


def _size_words(words: dict[str, str], size: tuple[int, int]) -> str:
    width, height = size
    shape = "square" if width == height else "wide" if width > height else "upright"
    return words[shape].format(size=words["size"].format(width=width, height=height))
