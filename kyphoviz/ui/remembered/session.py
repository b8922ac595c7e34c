"""One run of the window, remembered: settings read at the start, kept up to date, and closed in good order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, QStandardPaths, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from kyphoviz.ui.look.motion import wants_less_motion
from kyphoviz.ui.remembered.settings import MODES, Kept, Settings

if TYPE_CHECKING:
    from kyphoviz.ui.window.main_window import MainWindow

EVERY_S = 2.0  # while the film plays; a change of step is kept at once
LEAST_SEEN_PX = 80  # of a window's top edge, else it is put back in sight


def settings_folder() -> Path:
    """Where this person's settings lie."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericConfigLocation)) / "kyphoviz"


def log_folder() -> Path:
    """Where this person's programs keep their logs."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericStateLocation)) / "kyphoviz"


class Session(QObject):
    """Keeps what the person chose, and the place in the film in case the program does not come to its end."""

    def __init__(self, kept: Kept, clock: Callable[[], float] = monotonic, parent: QObject | None = None) -> None:
        """Reads the settings and lays the marker.

        Args:
            clock: seconds that only ever grow.
        """
        super().__init__(parent)
        self._kept, self._clock = kept, clock
        self.settings = kept.read()
        self.resumes = kept.begin() and bool(self.settings.step)
        self._window: MainWindow | None = None
        self._written_s = clock()

    def dress_window(self, window: MainWindow, scene: str) -> None:
        """Puts the window where it was, and the film too if the last run broke off in this scene."""
        was = self.settings
        window.set_text_size(was.text_size)
        window.side.fold(was.is_panel_folded)
        if was.less_motion:
            window.set_less_motion(True)
        if was.place:
            window.setGeometry(in_sight(QRect(*was.place), window))
        window.desk.place = was.xray_place
        if was.is_maximised:
            window.setWindowState(Qt.WindowState.WindowMaximized)
        timeline = window.player.timeline
        is_known = was.step in {mark.step.id for mark in timeline.marks}
        self.resumes = self.resumes and was.scene == scene and is_known
        if self.resumes:
            window.player.seek(timeline.time_of(was.step, was.share))
        self._window = window
        self.settings = replace(was, scene=scene)
        window.player.changed.connect(self._follow)

    def close(self) -> None:
        """Keeps everything a last time: this run came to its end."""
        if self._window is not None:
            self._window.player.changed.disconnect(self._follow, missing_ok=True)
            self._write()
            self._window = None
        self._kept.end()

    def _follow(self) -> None:
        """The player moved."""
        if self._window is None:
            return
        player = self._window.player
        step = player.timeline.marks[player.timeline.index_at(player.time_s)].step.id
        if step != self.settings.step or self._clock() - self._written_s >= EVERY_S:
            self._write()

    def _write(self) -> None:
        assert self._window is not None
        self._written_s = self._clock()
        self.settings = seen(self._window, self.settings)
        self._kept.write(self.settings)


def seen(window: MainWindow, before: Settings) -> Settings:
    """The settings as the window shows them now."""
    player, place = window.player, window.normalGeometry()
    mark = player.timeline.marks[player.timeline.index_at(player.time_s)]
    return replace(
        before,
        theme=window.theme_choice,
        mode=window.mode.name if window.mode.name in MODES else before.mode,
        text_size=window.text_size,
        place=(place.x(), place.y(), place.width(), place.height()) if place.isValid() else before.place,
        xray_place=window.desk.present_place,
        is_maximised=window.isMaximized(),
        is_panel_folded=window.side.is_folded,
        less_motion=window.choices.reduced_motion and (before.less_motion or not wants_less_motion()),
        step=mark.step.id,
        share=min(max((player.time_s - mark.start_s) / mark.step.duration_s, 0.0), 1.0),
    )


def in_sight(place: QRect, window: QWidget) -> QRect:
    """That place, or one on the main screen where no screen shows its upper edge any more."""
    top = QRect(place.topLeft(), place.size()).adjusted(0, 0, 0, LEAST_SEEN_PX - place.height())
    for screen in QGuiApplication.screens():
        shown = screen.availableGeometry().intersected(top)
        if shown.width() >= LEAST_SEEN_PX and shown.height() >= LEAST_SEEN_PX // 2:
            return place
    found = QRect(place)
    main = QGuiApplication.primaryScreen()
    if main is not None:
        found.setSize(place.size().boundedTo(main.availableGeometry().size()).expandedTo(window.minimumSize()))
        found.moveCenter(main.availableGeometry().center())
    return found
