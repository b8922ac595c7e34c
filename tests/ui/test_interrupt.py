"""Ctrl-C in the terminal, a request to end, a terminal that closes."""

from __future__ import annotations

import os
import signal

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kyphoviz.ui.start.interrupt import Interrupt


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_closes_the_window_in_good_order(qtbot: QtBot, number: signal.Signals) -> None:
    """It ends in an ordinary close, which keeps settings and ends movies, with the code of that signal."""
    before = signal.getsignal(number)
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    interrupt = Interrupt(window)
    interrupt.asked.connect(window.close)
    codes = [interrupt.exit_code(0)]
    os.kill(os.getpid(), number)
    qtbot.waitUntil(lambda: not window.isVisible())
    codes.append(interrupt.exit_code(0))
    interrupt.release()

    assert codes == [0, 128 + number]
    assert interrupt.told == number.name
    assert signal.getsignal(number) == before
