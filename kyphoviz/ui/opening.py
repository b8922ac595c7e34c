"""Puts a window together: plain and for the kiosk alike.

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
from kyphoviz.procedure.state import XrayView
from kyphoviz.ui.saving.menu import SavingMenu
from kyphoviz.ui.start.warm_up import WarmUp

if TYPE_CHECKING:
    from kyphoviz.film import Film
    from kyphoviz.fluoroscopy.fluoroscope import Fluoroscope
    from kyphoviz.scenario.model import Case
    from kyphoviz.ui.case.editor import CaseEditor
    from kyphoviz.ui.remembered.session import Session
    from kyphoviz.ui.saving.tasks import Tasks
    from kyphoviz.ui.window.main_window import MainWindow

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
    from kyphoviz.scene.view import SceneView
    from kyphoviz.ui.look.theme import apply_theme, theme_named
    from kyphoviz.ui.window.main_window import MainWindow
    from kyphoviz.viewing import Viewing

    load_stop_words(language)  # kept from then on; a fault in them is told now, not in the middle of the film
    theme = theme_named(theme_choice)
    apply_theme(app, theme)
    viewing, scene = Viewing(film, mode, theme.name), SceneView(film.site, FIRST_SIZE)
    window = MainWindow(viewing, scene, fluoroscope, theme, language)
    window.appearance.theme_choice = theme_choice
    first_xrays = [partial(_take_first, film, fluoroscope, view) for view in XrayView if mode.shows_xray]
    pieces: list[Callable[[], object]] = [*film.preparations(), scene.prepare, *first_xrays, collect_as_usual]
    warm_up = WarmUp(pieces, window, lambda: viewing.player.is_playing and not mode.loops)
    window.parts.viewport.first_painted.connect(warm_up.start, Qt.ConnectionType.QueuedConnection)
    window.closing.connect(warm_up.close)
    return window


def offer_case(window: MainWindow, scene: str, language: str, make: Callable[[Case], Film] | None = None) -> CaseEditor:
    """Lets another case be chosen in that window.

    Args:
        scene: as the command line knows it.
        make: gives the film of a case, from the scene if left out.
    """
    from kyphoviz.ui.case.editor import CaseEditor

    parts, viewing = window.parts, window.viewing
    editor = CaseEditor(viewing, parts.viewport, parts.layers, scene, language, make)
    parts.header.case_asked.connect(editor.toggle)
    parts.header.offer_case(viewing.mode)
    viewing.mode_changed.connect(parts.header.offer_case)
    window.commands.closing.insert(0, editor.put_away)
    editor.opening.connect(window.places.enlarge_3d)
    editor.filled.connect(window.commands.watch)
    window.closing.connect(editor.close)
    return editor


def offer_saving(window: MainWindow, tasks: Tasks) -> None:
    """Lets pictures and movies be saved from that window's menu."""
    menu, parts = window.parts.header.menu, window.parts
    entries = menu.menu()
    wishes = SavingMenu(tasks.language, entries)
    entries.insertMenu(entries.actions()[0], wishes)
    wishes.wished.connect(tasks.heed)
    menu.snapshot_asked.connect(tasks.take_snapshot)
    menu.movie_asked.connect(tasks.make_movie)
    menu.step_movie_asked.connect(tasks.make_step_movie)
    for moved in (parts.viewport.camera_taken, parts.bar.sought):
        moved.connect(tasks.rest)
    window.closing.connect(tasks.close)


def remember(window: MainWindow, session: Session, scene: str) -> None:
    """Puts the window where it was the last time, and keeps from now on how it is."""
    from kyphoviz.ui.remembered.session import Remembered

    watched = Remembered(window, window.viewing, window.appearance, window.parts.steps, window.second_screen)
    session.restore(watched, scene)
    window.closing.connect(session.close)


def _take_first(film: Film, fluoroscope: Fluoroscope, view: str) -> None:
    """Opens the X-rays' graphics and draws what stands still; not where it takes long, for then it is no less so."""
    if not fluoroscope.note:
        shapes = film.site.shapes(film.timeline.state_at(0.0))
        fluoroscope.image(shapes, film.site.projection(view))


def collect_as_usual() -> None:
    """Lets Python look for garbage again, but never among all that was made up to now: that stays to the end."""
    gc.freeze()
    gc.enable()
