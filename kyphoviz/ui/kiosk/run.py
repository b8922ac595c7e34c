"""Starts a kiosk: puts its window on the screen that was chosen, and keeps it there."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QApplication

from kyphoviz.film import Film
from kyphoviz.fluoroscopy.fluoroscope import Fluoroscope
from kyphoviz.modes import KIOSK
from kyphoviz.ui.kiosk.kiosk import Kiosk
from kyphoviz.ui.kiosk.log import LOG
from kyphoviz.ui.kiosk.misses import Misses
from kyphoviz.ui.kiosk.quiet import NoDialogs
from kyphoviz.ui.kiosk.screen import Curtain, ScreenKeeper, chosen_screen
from kyphoviz.ui.kiosk.settings import ReadSettings
from kyphoviz.ui.kiosk.words import words_in
from kyphoviz.ui.look.desktop import wants_less_motion
from kyphoviz.ui.opening import opened_window
from kyphoviz.ui.start.application import application
from kyphoviz.ui.start.display import DisplayLostError
from kyphoviz.ui.start.excepthook import ExceptHook
from kyphoviz.ui.start.folders import log_folder
from kyphoviz.ui.start.interrupt import Interrupt
from kyphoviz.ui.window.main_window import MainWindow

TRY_AGAIN = 75  # the exit code of what may work the next time


def run_kiosk(
    film: Film,
    read: ReadSettings,
    curtain: Curtain,
    interrupt: Interrupt,
    *,
    language: str = "en",
    theme: str = "dark",
    exit_after_first_frame: bool = False,
) -> int:
    """Shows the film as a kiosk until staff leave it, or something ends it.

    Args:
        read: the settings, and what was wrong with them, which is shown and logged.
        curtain: what covers the screen until the first picture is on it.
        interrupt: tells of requests to end.
        exit_after_first_frame: leaves after the first picture has been on the screen.

    Returns:
        The exit code.

    Raises:
        DisplayLostError: the display died.
    """
    app, excepthook = application(), ExceptHook(_log_error)
    try:
        screen, problems = chosen_screen(QGuiApplication.screens(), read.settings.screen)
        problems = (*read.problems, *problems)
        for problem in problems:
            LOG.warning("settings: %s", problem)
        window = opened_window(app, film, Fluoroscope(), KIOSK, theme, language)
        window.appearance.set_less_motion(read.settings.less_motion or wants_less_motion())
        kiosk = Kiosk(
            window,
            film,
            window.viewing.player,
            read.settings,
            words_in(language),
            problems,
            language,
            misses=Misses(log_folder()),
        )
        excepthook.starved.connect(partial(kiosk.leave, TRY_AGAIN), Qt.ConnectionType.QueuedConnection)
        window.parts.viewport.first_painted.connect(curtain.close, Qt.ConnectionType.QueuedConnection)
        if exit_after_first_frame:
            window.parts.viewport.first_painted.connect(kiosk.leave, Qt.ConnectionType.QueuedConnection)
        return interrupt.exit_code(_run_on(app, window, kiosk, screen, interrupt))
    finally:
        excepthook.release()


def _run_on(app: QApplication, window: MainWindow, kiosk: Kiosk, screen: QScreen, interrupt: Interrupt) -> int:
    """Keeps the window on its screen, and dialogs and the pointer off it, until it is over; the exit code."""
    keeper, quiet, ends = ScreenKeeper(window, screen), NoDialogs(window), list[int]()
    kiosk.left.connect(window.close)
    kiosk.left.connect(ends.append)
    kiosk.left.connect(app.exit)
    interrupt.asked.connect(kiosk.leave)
    app.setOverrideCursor(Qt.CursorShape.BlankCursor)
    keeper.show()
    LOG.info("the kiosk runs on screen %s", screen.name())
    try:
        if interrupt.told:  # while it was loading
            kiosk.leave()
        else:
            app.exec()
        if not ends:
            raise DisplayLostError
        return ends[0]
    finally:
        app.restoreOverrideCursor()
        for each in (keeper, quiet):
            each.release()


def _log_error(line: str, story: str) -> None:
    LOG.error("something went wrong, and the film goes on: %s\n%s", line, story)
