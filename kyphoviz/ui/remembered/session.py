"""One run of the window, remembered: settings read at the start, kept up to date, and closed in good order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, Qt
from PySide6.QtWidgets import QWidget

from kyphoviz.ui.look.desktop import in_sight, place_of, wants_less_motion
from kyphoviz.ui.remembered.settings import REMEMBERED_MODES, Settings, SettingsFile

if TYPE_CHECKING:
    from kyphoviz.ui.film.step_panel import StepPanel
    from kyphoviz.ui.remembered.appearance import Appearance
    from kyphoviz.ui.xray.second_screen import SecondScreen
    from kyphoviz.viewing import Viewing

EVERY_S = 2.0  # while the film plays; a change of step is written at once


@dataclass(frozen=True, slots=True, eq=False)
class Remembered:
    """Of what it is remembered how it was."""

    window: QWidget
    viewing: Viewing
    appearance: Appearance
    steps: StepPanel
    second_screen: SecondScreen


class Session(QObject):
    """Keeps what the person chose, and the place in the film in case the program does not come to its end."""

    def __init__(
        self, file: SettingsFile, clock: Callable[[], float] = monotonic, parent: QObject | None = None
    ) -> None:
        """Reads the settings and lays the marker.

        Args:
            clock: seconds that only ever grow.
        """
        super().__init__(parent)
        self._file, self._clock = file, clock
        self.settings = file.read()
        self.resumes = file.begin() and bool(self.settings.step)
        self._watched: Remembered | None = None
        self._written_s = clock()

    def restore(self, watched: Remembered, scene: str) -> None:
        """Puts the window where it was, and the film too if the last run broke off in this scene; follows it then."""
        was = self.settings
        _put_back(was, watched)
        player = watched.viewing.player
        is_known = was.step in {span.step.id for span in player.timeline.spans}
        self.resumes = self.resumes and was.scene == scene and is_known
        if self.resumes:
            player.seek(player.timeline.time_of(was.step, was.share))
        self._watched = watched
        self.settings = replace(was, scene=scene)
        player.changed.connect(self._follow)

    def close(self) -> None:
        """Keeps everything a last time: this run came to its end."""
        if self._watched is not None:
            self._watched.viewing.player.changed.disconnect(self._follow, missing_ok=True)
            self._write()
            self._watched = None
        self._file.end()

    def _follow(self) -> None:
        """The player moved."""
        if self._watched is None:
            return
        step = self._watched.viewing.span.step.id
        if step != self.settings.step or self._clock() - self._written_s >= EVERY_S:
            self._write()

    def _write(self) -> None:
        assert self._watched is not None
        self._written_s = self._clock()
        self.settings = settings_of(self._watched, self.settings)
        self._file.write(self.settings)


def _put_back(was: Settings, watched: Remembered) -> None:
    window = watched.window
    watched.appearance.set_text_size(was.text_size)
    watched.steps.fold(was.is_panel_folded)
    if was.less_motion:
        watched.appearance.set_less_motion(True)
    if was.place:
        window.setGeometry(in_sight(QRect(*was.place), window))
    watched.second_screen.place = was.xray_place
    if was.is_maximised:
        window.setWindowState(Qt.WindowState.WindowMaximized)


def settings_of(watched: Remembered, before: Settings) -> Settings:
    """The settings as everything is now."""
    viewing, appearance = watched.viewing, watched.appearance
    span, mode = viewing.span, viewing.mode.name
    return replace(
        before,
        theme=appearance.theme_choice,
        mode=mode if mode in REMEMBERED_MODES else before.mode,
        text_size=appearance.text_size,
        place=place_of(watched.window) or before.place,
        xray_place=watched.second_screen.present_place,
        is_maximised=watched.window.isMaximized(),
        is_panel_folded=watched.steps.is_folded,
        less_motion=viewing.choices.reduced_motion and (before.less_motion or not wants_less_motion()),
        step=span.step.id,
        share=min(max((viewing.player.time_s - span.start_s) / span.step.duration_s, 0.0), 1.0),
    )
