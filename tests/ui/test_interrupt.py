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
    """It ends in an ordinary close, which keeps settings and ends movies, and is given back afterwards."""
    before = signal.getsignal(number)
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    interrupt = Interrupt(window)
    os.kill(os.getpid(), number)
    qtbot.waitUntil(lambda: not window.isVisible())
    interrupt.release()

    assert signal.getsignal(number) == before
