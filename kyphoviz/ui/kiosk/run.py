"""Starts a kiosk: puts its window on the screen that was chosen, keeps it there and keeps a log."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QApplication

from kyphoviz.film import Film
from kyphoviz.fluoroscopy.fluoroscope import Fluoroscope
from kyphoviz.modes import KIOSK
from kyphoviz.ui.kiosk.kiosk import Kiosk
from kyphoviz.ui.kiosk.quiet import NoDialogs
from kyphoviz.ui.kiosk.screen import Curtain, ScreenKeeper, chosen_screen
from kyphoviz.ui.kiosk.settings import ReadSettings
from kyphoviz.ui.kiosk.words import words_in
from kyphoviz.ui.look.motion import wants_less_motion
from kyphoviz.ui.opening import opened_window
from kyphoviz.ui.start.application import application
from kyphoviz.ui.start.excepthook import ExceptHook
from kyphoviz.ui.start.interrupt import Interrupt
from kyphoviz.ui.window.main_window import MainWindow

LOG = logging.getLogger("kyphoviz.kiosk")
LOG_BYTES, LOG_FILES = 512 * 1024, 3


def run_kiosk(
    film: Film,
    read: ReadSettings,
    *,
    language: str = "en",
    theme: str = "dark",
    log_folder: Path | None = None,
    curtain: Curtain | None = None,
    exit_after_first_frame: bool = False,
) -> int:
    """Shows the film as a kiosk until staff leave it.

    Args:
        read: the settings, and what was wrong with them, which is shown and logged.
        log_folder: where the log is kept; on standard error alone if None.
        curtain: what covers the screen until the first picture is on it.
        exit_after_first_frame: leaves after the first picture has been on the screen.

    Returns:
        The exit code.

    Raises:
        NoDisplayError: no window can be opened here; nothing was started.
    """
    app = application()
    with _logged(log_folder):
        screen, problems = chosen_screen(QGuiApplication.screens(), read.settings.screen)
        problems = (*read.problems, *problems)
        for problem in problems:
            LOG.warning("settings: %s", problem)
        window = opened_window(app, film, Fluoroscope(), KIOSK, theme, language)
        window.appearance.set_less_motion(read.settings.less_motion or wants_less_motion())
        kiosk = Kiosk(window, film, window.viewing.player, read.settings, words_in(language), problems, language)
        kiosk.left.connect(window.close)
        if curtain is not None:
            window.parts.viewport.first_painted.connect(curtain.close, Qt.ConnectionType.QueuedConnection)
        if exit_after_first_frame:
            window.parts.viewport.first_painted.connect(kiosk.leave, Qt.ConnectionType.QueuedConnection)
        return _run_on(app, window, kiosk, screen)


def _run_on(app: QApplication, window: MainWindow, kiosk: Kiosk, screen: QScreen) -> int:
    """Keeps the window on its screen, and dialogs and the pointer off it, until staff leave; the exit code."""
    keeper, quiet, interrupt = ScreenKeeper(window, screen), NoDialogs(window), Interrupt(window)
    interrupt.asked.connect(kiosk.leave)
    app.setOverrideCursor(Qt.CursorShape.BlankCursor)
    keeper.show()
    LOG.info("the kiosk runs on screen %s", screen.name())
    try:
        return int(app.exec())
    finally:
        LOG.info("the kiosk was left")
        app.restoreOverrideCursor()
        for each in (keeper, quiet, interrupt):
            each.release()


@contextmanager
def _logged(folder: Path | None) -> Iterator[None]:
    """Meanwhile what happens is written down, and also what goes wrong in a slot."""
    handlers = _log_to(folder)
    excepthook = ExceptHook(_log_error)
    try:
        yield
    finally:
        excepthook.release()
        for handler in handlers:
            LOG.removeHandler(handler)
            handler.close()


def _log_to(folder: Path | None) -> list[logging.Handler]:
    """Standard error, and a few small files that never fill the disk; no file is no reason not to run."""
    handlers: list[logging.Handler] = [logging.StreamHandler()]
    try:
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / "kiosk.log"
            handlers.append(RotatingFileHandler(path, maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8"))
    except OSError:
        pass
    LOG.setLevel(logging.INFO)
    for handler in handlers:
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        LOG.addHandler(handler)
    return handlers


def _log_error(line: str, story: str) -> None:
    LOG.error("something went wrong, and the film goes on: %s\n%s", line, story)
