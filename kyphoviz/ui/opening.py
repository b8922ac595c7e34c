"""Puts a window together: for the desk and for the kiosk alike.

VTK loads only when a window is opened here, not with this file.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from kyphoviz.modes import Mode
from kyphoviz.ui.start.warm_up import WarmUp

if TYPE_CHECKING:
    from kyphoviz.film import Film
    from kyphoviz.fluoroscopy.fluoroscope import Fluoroscope
    from kyphoviz.ui.window.main_window import MainWindow

VIEWS = ("ap", "lateral")
FIRST_SIZE = (960, 540)  # of the picture until the window knows better


def opened_window(
    app: QApplication, film: Film, fluoroscope: Fluoroscope, mode: Mode, theme_choice: str, language: str
) -> MainWindow:
    """The window with those who draw for it, not shown yet.

    What its first picture does not need is done once that is on the screen, in small pieces.

    Raises:
        PicturesUnavailable: the machine has no usable OpenGL.
        DamagedFileError: words that every picture may need are not there.
    """
    from kyphoviz.overlay.gauge_words import load_stop_words
    from kyphoviz.player import Player
    from kyphoviz.scene.view import SceneView
    from kyphoviz.ui.look.theme import dress, theme_named
    from kyphoviz.ui.window.main_window import MainWindow

    load_stop_words(language)  # kept from then on; a fault in them is told now, not in the middle of the film
    theme = theme_named(theme_choice)
    dress(app, theme)
    player, scene = Player(film.timeline), SceneView(film.site, FIRST_SIZE)
    window = MainWindow(film, player, scene, fluoroscope, mode, theme, language)
    window.theme_choice = theme_choice
    first_xrays = [partial(_take_first, film, fluoroscope, view) for view in VIEWS if mode.shows_xray]
    pieces: list[Callable[[], object]] = [*film.preparations(), scene.prepare, *first_xrays, collect_as_usual]
    warm_up = WarmUp(pieces, window, lambda: player.is_playing and not mode.loops)
    window.viewport.first_painted.connect(warm_up.start, Qt.ConnectionType.QueuedConnection)
    window.closing.connect(warm_up.close)
    return window


def _take_first(film: Film, fluoroscope: Fluoroscope, view: str) -> None:
    """Opens the X-rays' graphics and draws what stands still; not where it takes long, for then it is no less so."""
    if not fluoroscope.note:
        shapes = film.site.shapes(film.timeline.state_at(0.0))
        fluoroscope.image(shapes, film.site.projection(view))


def collect_as_usual() -> None:
    """Lets Python look for garbage again, but never among all that was made up to now: that stays to the end."""
    gc.freeze()
    gc.enable()
