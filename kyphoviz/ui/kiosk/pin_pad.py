"""The way out, for staff: a pad of digits."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from kyphoviz.ui.kiosk.button import KioskButton
from kyphoviz.ui.kiosk.misses import Misses
from kyphoviz.ui.kiosk.pin import LONGEST_PIN, PinLock
from kyphoviz.ui.kiosk.settings import KioskSettings
from kyphoviz.ui.kiosk.sizes import KioskSizes
from kyphoviz.ui.kiosk.veil import Card
from kyphoviz.ui.kiosk.words import KioskWords

DIGITS = "1234567890"


class PinPad(Card):
    """Asks for the PIN and says whether it was right.

    Without a PIN it only asks back; with one that can't be read it lets nobody out.

    Signals:
        opened: staff may leave.
    """

    opened = Signal()

    def __init__(
        self,
        settings: KioskSettings,
        words: KioskWords,
        window: QWidget,
        clock: Callable[[], float],
        misses: Misses,
    ) -> None:
        """Args: clock: seconds that only ever grow; misses: at the PIN, before this start too."""
        super().__init__(window)
        self._words, self._clock, self._is_locked = words, clock, settings.is_locked
        self._lock = PinLock(settings.pin, misses, clock()) if settings.pin else None
        self._typed = ""
        self.label(words.staff, 1.0, "quiet")
        self._told = self.label("", 1.5)
        self._dots = self.label("", 2.0)
        self._dots.setAccessibleName(words.enter_pin)
        self.digits = tuple(KioskButton(digit, self.card, share=1.7) for digit in DIGITS)
        self.erase = KioskButton("⌫", self.card, share=1.7)
        self.erase.setAccessibleName(words.erase)
        self.leave = KioskButton(words.leave, self.card, is_main=True, share=1.25)
        self.back = KioskButton(words.back, self.card, share=1.25)
        self._lay_out()
        self._connect()

    def open(self) -> None:
        """Starts with nothing typed."""
        self._typed = ""
        self._show()
        super().open()

    def widest_em(self) -> float:
        """A hand's width of keys."""
        return 26.0

    def type_digit(self, digit: str) -> None:
        """One more digit."""
        if self._lock is not None and len(self._typed) < LONGEST_PIN:
            self._typed += digit
            self._show()

    def erase_digit(self) -> None:
        """One digit less."""
        self._typed = self._typed[:-1]
        self._show()

    def try_it(self) -> None:
        """Tries what was typed."""
        if self._is_locked:
            return
        if self._lock is None:
            self.opened.emit()
            return
        typed, self._typed = self._typed, ""
        if typed and self._lock.opens(typed, self._clock()):
            self.opened.emit()
            return
        self._show(self._words.wrong_pin if typed else "")

    def tick(self) -> None:
        """The wait gets shorter."""
        if self.isVisible() and self._lock is not None and not self.leave.isEnabled():
            self._show()

    def _show(self, told: str = "") -> None:
        wait_s = self._lock.wait_s(self._clock()) if self._lock else 0
        plain = self._words.locked if self._is_locked else self._words.no_pin
        plain = self._words.enter_pin if self._lock else plain
        self._told.setText(self._words.wait.format(wait_s) if wait_s else told or plain)
        self._dots.setText("●" * len(self._typed) or "–")
        for button in (*self.digits, self.erase, self._dots):
            button.setVisible(self._lock is not None)
            button.setEnabled(not wait_s)
        self.leave.setVisible(not self._is_locked)
        self.leave.setEnabled(not wait_s)

    def _lay_out(self) -> None:
        self._grid = QGridLayout()
        for k, button in enumerate((*self.digits[:9], self.erase, self.digits[9])):
            self._grid.addWidget(button, k // 3, k % 3)
        self.column.addLayout(self._grid)
        row = QHBoxLayout()
        row.addWidget(self.back)
        row.addWidget(self.leave)
        self.column.addLayout(row)

    def _connect(self) -> None:
        for button in self.digits:
            button.clicked.connect(self._take_digit)
        self.erase.clicked.connect(self.erase_digit)
        self.leave.clicked.connect(self.try_it)
        self.back.clicked.connect(self.hide)

    def _take_digit(self) -> None:
        button = self.sender()
        if isinstance(button, KioskButton):
            self.type_digit(button.text())

    def arrange(self, sizes: KioskSizes) -> None:
        """Keys a finger apart from nothing else."""
        self._grid.setSpacing(round(0.5 * sizes.em_px))
        super().arrange(sizes)
