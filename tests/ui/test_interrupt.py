"""Ctrl-C in the terminal."""

from __future__ import annotations

import os
import signal

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kyphoviz.ui.interrupt import Interrupt


def test_ctrl_c_closes_the_window_in_good_order(qtbot: QtBot) -> None:
    """The signal ends in an ordinary close, and is given back afterwards."""
    before = signal.getsignal(signal.SIGINT)
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    interrupt = Interrupt(window)
    os.kill(os.getpid(), signal.SIGINT)
    qtbot.waitUntil(lambda: not window.isVisible())
    interrupt.release()

    assert signal.getsignal(signal.SIGINT) == before
