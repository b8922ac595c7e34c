"""Starts the window: the splash first, then everything that takes time to load, then the film.

Nothing heavy is imported at the top of this file: the splash is on the screen before numpy and VTK are loaded.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from kyphoviz.modes import KIOSK, Mode, mode_named
from kyphoviz.overlay.fonts import demand_letters
from kyphoviz.resources import DamagedFileError
from kyphoviz.ui.look.desktop import wants_less_motion
from kyphoviz.ui.remembered.session import Session
from kyphoviz.ui.remembered.settings import SettingsFile
from kyphoviz.ui.start.application import application
from kyphoviz.ui.start.display import DisplayLostError
from kyphoviz.ui.start.excepthook import ExceptHook, noted_in
from kyphoviz.ui.start.folders import log_folder, settings_folder
from kyphoviz.ui.start.splash import Splash, show_splash

if TYPE_CHECKING:
    from kyphoviz.film import Film
    from kyphoviz.ui.window.main_window import MainWindow

__all__ = ["Wish", "application", "run_window"]

USUAL_SCENE = "kyphoplasty"


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for; None where nothing was said, which means as it was the last time.

    `exit_after_first_frame` closes after the 3D picture has been on the screen for the first time; such a run neither
    reads nor keeps settings. `theme` is `dark`, `light` or `system`.
    """

    scene: str | None = None
    mode: str | None = None
    theme: str | None = None
    language: str = "en"
    exit_after_first_frame: bool = False


def run_window(wish: Wish, open_film: Callable[[str], Film]) -> int:
    """Shows a film in a window until it is closed.

    Args:
        open_film: gives the film of a scene; what it raises is passed on.

    Returns:
        The exit code.

    Raises:
        NoDisplayError: no window can be opened here; nothing was started.
        FontsMissing: there are no letters to write with; nothing was started.
        DisplayLostError: the display died.
        DamagedFileError: the first picture was all that was asked for, and something went wrong before it was there.
    """
    app = application()
    demand_letters()
    session, excepthook = _session(wish), ExceptHook(noted_in(log_folder()))
    gc.disable()  # nothing that is made until the first picture is garbage; `collect_as_usual` ends it
    try:
        splash = show_splash(wish.theme or (session.settings.theme if session else "dark"))
        try:
            scene, film = _film(wish, session, open_film)
            window = _opened(app, film, scene, wish, session, excepthook)
        except BaseException:
            splash.close()
            raise
        code = _run(app, window, splash, wish, excepthook)
        if wish.exit_after_first_frame and excepthook.first:
            raise DamagedFileError(excepthook.first)
        return code
    except DisplayLostError:
        session = None  # its marker stays, by which the next run finds the place
        raise
    finally:
        excepthook.release()
        gc.enable()
        if session is not None:
            session.close()


def _session(wish: Wish) -> Session | None:
    """What is remembered; nothing in a kiosk, nothing where only the first picture is waited for, or without a home."""
    folder = settings_folder()
    if wish.mode == KIOSK.name or wish.exit_after_first_frame or folder is None:
        return None
    return Session(SettingsFile(folder))


def _film(wish: Wish, session: Session | None, open_film: Callable[[str], Film]) -> tuple[str, Film]:
    """The scene that was asked for, or the last one if that run broke off, or the usual one."""
    if wish.scene is None and session is not None and session.resumes and session.settings.scene:
        try:
            return session.settings.scene, open_film(session.settings.scene)
        except Exception:  # the file may be gone or broken since; that is no reason not to start
            session.resumes = False
    scene = wish.scene or USUAL_SCENE
    return scene, open_film(scene)


def _mode(wish: Wish, session: Session | None) -> Mode:
    return mode_named(wish.mode or (session.settings.mode if session else "student"))


def _opened(
    app: QApplication, film: Film, scene: str, wish: Wish, session: Session | None, excepthook: ExceptHook
) -> MainWindow:
    """The window as it was left the last time, and its tasks."""
    from kyphoviz.fluoroscopy.fluoroscope import Fluoroscope
    from kyphoviz.ui.opening import offer_case, offer_saving, opened_window, remember
    from kyphoviz.ui.saving.tasks import Tasks

    choice, mode = wish.theme or (session.settings.theme if session else "dark"), _mode(wish, session)
    fluoroscope = Fluoroscope()
    window = opened_window(app, film, fluoroscope, mode, choice, wish.language)
    window.appearance.set_less_motion(wants_less_motion())
    parts = window.parts
    tasks = Tasks(window.viewing, parts.viewport, window.large, scene, wish.language, xrays=parts.xrays.panes)
    offer_saving(window, tasks)
    excepthook.told.connect(tasks.tell, Qt.ConnectionType.QueuedConnection)
    offer_case(window, scene, wish.language)

    def tell_of_xrays() -> None:
        if fluoroscope.note:
            tasks.tell(fluoroscope.note)

    if not wish.exit_after_first_frame:  # who makes the X-rays is known only when the first has been asked for
        window.parts.viewport.first_painted.connect(tell_of_xrays, Qt.ConnectionType.QueuedConnection)
    if session is not None:
        remember(window, session, scene)
        if session.resumes:
            tasks.tell("Opened where the last run broke off.")
    elif settings_folder() is None:
        tasks.tell("There is no home folder here: settings and the place in the film are not remembered.")
    if mode.loops:
        window.viewing.player.play()
    return window


def _run(app: QApplication, window: MainWindow, splash: Splash, wish: Wish, excepthook: ExceptHook) -> int:
    from kyphoviz.ui.start.interrupt import Interrupt

    interrupt = Interrupt(window)
    interrupt.asked.connect(window.close)
    # Queued: the paint has reached the screen before the splash goes, or the window closes.
    window.parts.viewport.first_painted.connect(splash.close, Qt.ConnectionType.QueuedConnection)
    if wish.exit_after_first_frame:
        window.parts.viewport.first_painted.connect(window.close, Qt.ConnectionType.QueuedConnection)
        excepthook.told.connect(window.close, Qt.ConnectionType.QueuedConnection)
    window.show()
    try:
        if app.exec():  # a window that was closed ends the loop with 0
            raise DisplayLostError
        return interrupt.exit_code(0)
    finally:
        splash.close()
        interrupt.release()
