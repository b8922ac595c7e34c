"""Errors inside Qt's loop."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from psygnal import Signal
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kyphoviz.resources import DamagedFileError
from kyphoviz.ui.start.excepthook import CALM, LOG_BYTES, LOG_NAME, ExceptHook, noted_in

PAINTS = 3


class Fails(QWidget):
    """Paints until it needs something that is not there."""

    def __init__(self) -> None:
        super().__init__()
        self.paints, self.loop = 0, QEventLoop()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Leaves its painter open, as any painter is while an error goes by."""
        self.paints += 1
        QTimer.singleShot(0, self.update if self.paints < PAINTS else self.loop.quit)
        words: dict[str, str] = {}
        painter = QPainter(self)
        painter.drawText(5, 5, words["title"])


@pytest.fixture
def excepthook(tmp_path: Path) -> Iterator[ExceptHook]:
    found = ExceptHook(noted_in(tmp_path / "log"))
    yield found
    found.release()


def test_a_slot_that_fails_is_one_calm_line(
    qtbot: QtBot, excepthook: ExceptHook, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who looks reads that the film goes on, the terminal has one line, and the whole story is in the log."""

    def slot() -> None:
        raise DamagedFileError("case.en.toml: a word is missing")

    with qtbot.waitSignal(excepthook.told) as told:
        QTimer.singleShot(0, slot)

    assert told.args == [CALM]
    assert capsys.readouterr().err == (
        "kyphoviz: something went wrong, and the film goes on: case.en.toml: a word is missing\n"
    )
    assert "in slot" in (tmp_path / "log" / LOG_NAME).read_text()


def test_what_fails_at_each_paint_is_told_once(
    qtbot: QtBot, excepthook: ExceptHook, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its painter is let go of as well, so that Qt does not complain of it at the next paint."""
    widget = Fails()
    qtbot.addWidget(widget)
    widget.show()
    widget.loop.exec()
    widget.hide()

    assert widget.paints == PAINTS
    assert capsys.readouterr().err.count("KeyError") == 1
    assert excepthook.first == "KeyError: 'title'"


def test_its_place_is_given_back(tmp_path: Path) -> None:
    """Afterwards errors are told as they were before; nothing was written where nothing happened."""
    before = sys.excepthook
    ExceptHook(noted_in(tmp_path)).release()

    assert sys.excepthook == before
    assert list(tmp_path.iterdir()) == []


def test_a_full_log_is_put_aside(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What goes wrong after months is noted as what went wrong on the first day; the disk never fills."""
    note = noted_in(tmp_path)
    for name in ("first", "second", "third"):
        note("KeyError: 'title'", name * LOG_BYTES)
    note("KeyError: 'title'", "the last story")
    capsys.readouterr()

    assert (tmp_path / LOG_NAME).read_text() == "the last story\n"
    assert (tmp_path / f"{LOG_NAME}.1").read_text().startswith("third")
    assert len(list(tmp_path.iterdir())) == 2


def test_want_of_memory_is_told_of_its_own(qtbot: QtBot, excepthook: ExceptHook) -> None:
    """Whoever runs unwatched can end, and be started again with all its memory."""

    def slot() -> None:
        raise MemoryError

    with qtbot.waitSignal(excepthook.starved):
        QTimer.singleShot(0, slot)


class _Told:
    """Tells by a signal, as the showing does."""

    changed = Signal()


def test_an_error_is_told_by_its_own_name(qtbot: QtBot, excepthook: ExceptHook) -> None:
    """A signal that carried it is not what went wrong."""
    teller = _Told()

    @teller.changed.connect
    def slot() -> None:
        raise DamagedFileError("case.en.toml: a word is missing")

    with qtbot.waitSignal(excepthook.told):
        QTimer.singleShot(0, teller.changed.emit)

    assert excepthook.first == "case.en.toml: a word is missing"
