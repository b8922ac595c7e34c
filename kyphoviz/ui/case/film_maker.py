"""Makes films of other cases beside the window, so that the one that is shown goes on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QThread, Signal

from kyphoviz.film import Film
from kyphoviz.scenario.model import Case


class FilmMaker(QThread):
    """One film at a time, in a thread of its own; of several wishes the last one counts.

    Signals:
        made: the case that was wished for, and its film.
        refused: the case, and the error that says why there is no film of it.
    """

    made = Signal(object, object)
    refused = Signal(object, object)

    def __init__(self, make: Callable[[Case], Film], parent: QObject | None = None) -> None:
        """Args: make: called in the thread; touches neither widgets nor graphics."""
        super().__init__(parent)
        self._make = make
        self._case, self._is_stale = Case(), False
        self._found: tuple[Case, Film | Exception] | None = None
        self.finished.connect(self._tell)

    def ask(self, case: Case) -> None:
        """Wishes for a film of that case; what is in the making and was wished for before is dropped."""
        self._case, self._is_stale = case, self.isRunning()
        if not self._is_stale:
            self.start()

    def close(self) -> None:
        """Waits for what is in the making, and tells of nothing any more."""
        self._is_stale = False
        self.wait()
        self._found = None

    def run(self) -> None:
        """In the thread; whatever goes wrong there is told in the window, not swallowed."""
        case = self._case
        try:
            self._found = (case, self._make(case))
        except Exception as wrong:
            self._found = (case, wrong)

    def _tell(self) -> None:
        made, self._found = self._found, None
        if self._is_stale:
            self._is_stale = False
            self.start()
        elif made is not None and made[0] == self._case:
            signal = self.refused if isinstance(made[1], Exception) else self.made
            signal.emit(*made)
