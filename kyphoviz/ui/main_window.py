"""The window: puts the parts together and carries what happens in one to the others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from time import perf_counter

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QWidget

from kyphoviz.choices import ViewChoices
from kyphoviz.modes import Mode
from kyphoviz.player import Player
from kyphoviz.procedure.state import Camera, Caption, ProcedureState
from kyphoviz.ui import film_keys, hand
from kyphoviz.ui.arrangement import OPENING, SMALLEST, Arrangement, Parts
from kyphoviz.ui.caption_band import CaptionBand
from kyphoviz.ui.collaborators import Filming, Picturing, XRaying
from kyphoviz.ui.driver import Driver
from kyphoviz.ui.fluoro_panel import FluoroPanel
from kyphoviz.ui.header import Header
from kyphoviz.ui.scrub_bar import ScrubBar
from kyphoviz.ui.step_panel import StepPanel
from kyphoviz.ui.theme import Theme
from kyphoviz.ui.transport import Transport
from kyphoviz.ui.viewport import Viewport

FULL_SCREEN_KEYS = (Qt.Key.Key_F, Qt.Key.Key_F11)


class MainWindow(QWidget):
    """Everything on one screen: the 3D picture, two X-rays, a sentence, the film's bar and its controls.

    It keeps the two things that are its own: who is looking (the mode) and what they changed (`ViewChoices`). All
    else it passes on: a change of the player or the choices goes, as state, to every part.
    """

    def __init__(
        self,
        film: Filming,
        player: Player,
        scene: Picturing,
        fluoroscope: XRaying,
        mode: Mode,
        theme: Theme,
        language: str = "en",
        clock: Callable[[], float] = perf_counter,
    ) -> None:
        """Takes over scene and fluoroscope, and closes them with itself."""
        super().__init__()
        self._film, self._player, self._language = film, player, language
        self._scene, self._fluoroscope = scene, fluoroscope
        self._is_open = True
        self.mode = mode
        self.choices = ViewChoices(theme=theme.name)
        titles = tuple(mark.step.caption.title.text(language) for mark in film.timeline.marks)
        self.header = Header(film.scenario.title.text(language), mode, self)
        self.steps = StepPanel(titles, self)
        self.viewport = Viewport(scene, film.plan.intact, theme.ink, self)
        self.follow = QPushButton("Follow the film", self.viewport)
        self.xrays = FluoroPanel(film, fluoroscope, self)
        self.caption = CaptionBand(self)
        self.bar = ScrubBar(film.timeline, titles, self)
        self.transport = Transport(player, self)
        self.driver = Driver(player, clock, self)
        self._arrangement = Arrangement(
            self,
            Parts(
                header=self.header,
                steps=self.steps,
                viewport=self.viewport,
                follow=self.follow,
                xrays=self.xrays,
                caption=self.caption,
                bar=self.bar,
                transport=self.transport,
            ),
        )
        self._set_up(film.scenario.title.text(language))
        self.set_mode(mode)

    def set_mode(self, mode: Mode) -> None:
        """Shows what that audience needs, from the next paint on."""
        self.mode = mode
        self._player.pauses_at_step_end = mode.pauses_at_step_end
        self._player.loops = mode.loops
        self.choices = replace(self.choices, labels=mode.labels, text_scale=mode.text_scale)
        self.steps.setVisible(mode.shows_steps)
        self.xrays.setVisible(mode.shows_xray)
        self.viewport.speak_clinically(mode.clinical_words)
        marks = self._film.timeline.marks
        self.caption.expect(tuple(self._words(mark.step.caption) for mark in marks), mode.text_scale)
        self.show_now()

    def take_camera(self, camera: Camera) -> None:
        """The hand on the mouse wins, until `follow_film`."""
        self.choices = replace(self.choices, camera=camera)
        self.show_now()

    def follow_film(self) -> None:
        """Gives the camera back to the film."""
        self.choices = replace(self.choices, camera=None)
        self.show_now()

    def show_now(self) -> None:
        """Hands the state of this instant to every part."""
        state = self._film.timeline.state_at(self._player.time_s)
        self.viewport.show_state(state, self.choices)
        if self.mode.shows_xray:
            self.xrays.show_state(state)
        self._show_words(state)
        self.follow.setVisible(self.choices.camera is not None)
        self.bar.show_time(state.time_s)
        self.transport.show_player(state.clinical_min)

    def toggle_full_screen(self) -> None:
        """Fills the screen, or leaves it."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _show_words(self, state: ProcedureState) -> None:
        words = self._words(state.caption) if state.caption else ""
        if self.caption.text() != words:
            self.caption.setText(words)
            self.viewport.describe(words)
        self.steps.show_step(self._film.timeline.index_at(state.time_s))

    def _words(self, caption: Caption) -> str:
        words = caption.clinical if self.mode.clinical_words else caption.patient
        return words.text(self._language)

    def _seek_step(self, index: int) -> None:
        self._player.seek(self._film.timeline.marks[index].start_s)

    def _set_up(self, title: str) -> None:
        self.setWindowTitle(f"{title} - KyphoViz")
        self.setMinimumSize(*SMALLEST)
        self.resize(*OPENING)
        self.follow.setObjectName("follow")
        self.follow.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.follow.setToolTip("Give the camera back to the film (C)")
        self.follow.setAccessibleName("Follow the film")
        self._connect()
        self.viewport.setFocus()

    def _connect(self) -> None:
        self._player.changed.connect(self.show_now)
        self.header.mode_chosen.connect(self.set_mode)
        self.viewport.camera_taken.connect(self.take_camera)
        self.follow.clicked.connect(self.follow_film)
        self.bar.sought.connect(self._player.seek)
        self.steps.step_chosen.connect(self._seek_step)
        self.transport.full_screen_asked.connect(self.toggle_full_screen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of the film and of the camera; what has the focus comes first."""
        key = Qt.Key(event.key())
        camera = hand.keyed(self._scene.camera, key, event.modifiers())
        if camera is not None:
            self.take_camera(camera)
        elif key in FULL_SCREEN_KEYS or (key == Qt.Key.Key_Escape and self.isFullScreen()):
            self.toggle_full_screen()
        elif key == Qt.Key.Key_C:
            self.follow_film()
        elif not film_keys.press(self._player, key):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Sizes follow the window."""
        super().resizeEvent(event)
        self._arrangement.fit(self)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stops time first, then the pulses, and gives the pictures back last."""
        if self._is_open:
            self._is_open = False
            self.driver.close()
            self._player.changed.disconnect(self.show_now)
            self.xrays.close_beam()
            self.viewport.close_scene()
            self._fluoroscope.close()
        super().closeEvent(event)
