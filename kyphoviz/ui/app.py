"""Sets Qt up and shows the window."""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from kyphoviz.film import Film
from kyphoviz.modes import Mode
from kyphoviz.player import Player
from kyphoviz.ui.display import require_display
from kyphoviz.ui.interrupt import Interrupt
from kyphoviz.ui.main_window import MainWindow
from kyphoviz.ui.theme import dress, theme_named

FIRST_SIZE = (960, 540)  # of the picture until the window knows better


def run_window(
    film: Film,
    mode: Mode,
    *,
    exit_after_first_frame: bool = False,
    theme: str = "dark",
    language: str = "en",
) -> int:
    """Shows the film in a window until it is closed.

    Args:
        exit_after_first_frame: closes after the 3D picture has been on the screen for the first time.
        theme: a name of `kyphoviz.ui.theme.THEME_NAMES`.

    Returns:
        The exit code.

    Raises:
        NoDisplayError: no window can be opened here; nothing was started.
    """
    app = application()
    window = _opened(app, film, mode, theme, language)
    interrupt = Interrupt(window)
    if exit_after_first_frame:
        # Queued: the paint has reached the screen before the window closes.
        window.viewport.first_painted.connect(window.close, Qt.ConnectionType.QueuedConnection)
    window.show()
    try:
        return int(app.exec())
    finally:
        interrupt.release()


def application() -> QApplication:
    """The one Qt application; made only where a display answers."""
    found = QApplication.instance()
    if isinstance(found, QApplication):
        return found
    require_display(os.environ)
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = QApplication(sys.argv[:1])
    app.setApplicationName("kyphoviz")
    app.setApplicationDisplayName("KyphoViz")
    return app


def _opened(app: QApplication, film: Film, mode: Mode, theme_name: str, language: str) -> MainWindow:
    """The window with those who draw for it; VTK and the X-ray's graphics load only now."""
    from kyphoviz.fluoroscopy.fluoroscope import Fluoroscope
    from kyphoviz.scene.view import SceneView

    theme = theme_named(theme_name)
    dress(app, theme)
    player = Player(film.timeline)
    window = MainWindow(film, player, SceneView(film.site, FIRST_SIZE), Fluoroscope(), mode, theme, language)
    if mode.loops:
        player.play()
    return window
