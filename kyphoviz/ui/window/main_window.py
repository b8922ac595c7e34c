"""The window: puts the parts together and carries what happens in one to the others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from time import perf_counter

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from kyphoviz.choices import ViewChoices
from kyphoviz.modes import Mode
from kyphoviz.overlay.names import load_names
from kyphoviz.player import Player
from kyphoviz.procedure.state import Camera, ProcedureState
from kyphoviz.ui.cards.layers_panel import LayersPanel
from kyphoviz.ui.film.caption_band import CaptionBand
from kyphoviz.ui.film.driver import Driver
from kyphoviz.ui.film.film_words import titles
from kyphoviz.ui.film.history import History
from kyphoviz.ui.film.scrub_bar import ScrubBar
from kyphoviz.ui.film.step_panel import StepPanel
from kyphoviz.ui.film.stills import still_of
from kyphoviz.ui.film.transport import Transport
from kyphoviz.ui.look.buttons import FollowButton
from kyphoviz.ui.look.theme import Theme, dress, theme_named
from kyphoviz.ui.picture.collaborators import Filming, Picturing, XRaying
from kyphoviz.ui.picture.labelling import Labelling
from kyphoviz.ui.picture.viewport import Viewport
from kyphoviz.ui.start.application import application
from kyphoviz.ui.window.aids import Aids
from kyphoviz.ui.window.arrangement import OPENING, SMALLEST, Arrangement, Parts
from kyphoviz.ui.window.commands import Commands
from kyphoviz.ui.window.header import Header
from kyphoviz.ui.window.places import Places
from kyphoviz.ui.window.tab_order import put_in_order
from kyphoviz.ui.window.telling import Telling
from kyphoviz.ui.window.wiring import wire
from kyphoviz.ui.xray.desk import XrayDesk
from kyphoviz.ui.xray.fluoro_panel import FluoroPanel


class MainWindow(QWidget):
    """Everything on one screen: the 3D picture, two X-rays, a sentence, the film's bar and its controls.

    It keeps the two things that are its own: who is looking (the mode) and what they changed (`ViewChoices`). All
    else it passes on: a change of the player or the choices goes, as state, to every part.

    Signals:
        closing: it is about to close; whoever works for it ends now.
        mode_changed: another `Mode`.
    """

    closing = Signal()
    mode_changed = Signal(object)

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
        self.film, self.player, self._language = film, player, language
        self.theme_choice, self.text_size = theme.name, 1.0
        self._fluoroscope, self._is_open = fluoroscope, True
        self._state = film.timeline.state_at(player.time_s)
        self.mode = mode
        self.choices, self.history = ViewChoices(theme=theme.name), History(clock)
        self.header = Header(film.scenario.title.text(language), mode, self)
        self.side = StepPanel(film.timeline, film.plan.intact, language, self)
        self.steps = self.side.list
        names = load_names(language)
        self.viewport = Viewport(scene, film.plan.intact, Labelling(film, names), theme.ink, self)
        self.layers, self.follow = LayersPanel(self.viewport), FollowButton(self.viewport)
        self.xrays = FluoroPanel(film, fluoroscope, self, language)
        self.desk = XrayDesk(self, film, names, language)
        self.caption = CaptionBand(self)
        self.bar = ScrubBar(film.timeline, titles(film.timeline, language), self)
        self.transport = Transport(player, self)
        self.driver = Driver(player, clock, self)
        self.arrangement = Arrangement(
            self,
            Parts(
                header=self.header,
                steps=self.side,
                viewport=self.viewport,
                follow=self.follow,
                xrays=self.xrays,
                caption=self.caption,
                bar=self.bar,
                transport=self.transport,
            ),
        )
        self.places, self.telling = Places(self), Telling(self, language)
        self.commands, self.aids = Commands(self, player), Aids(self, language)
        self._set_up(film.scenario.title.text(language))
        self.set_mode(mode)

    def set_mode(self, mode: Mode) -> None:
        """Shows what that audience needs, from the next paint on."""
        self.mode = mode
        self.player.pauses_at_step_end = mode.pauses_at_step_end
        self.player.loops = mode.loops
        self.choices = replace(self.choices, labels=mode.labels, text_scale=mode.text_scale, teaching=mode.teaches)
        self.side.setVisible(mode.shows_steps)
        self.header.menu.setVisible(mode.idle_reset_s is None)
        self.desk.serve(mode)
        if mode.idle_reset_s is not None or not mode.shows_xray:
            self.layers.hide()
            self.places.enlarge(self.viewport)
        self.places.make_room()
        self.xrays.setVisible(mode.shows_xray)
        self.viewport.speak_clinically(mode.clinical_words)
        self.bar.speak_up(mode.text_scale)
        self.telling.expect()
        self._tick_choices()
        self.show_now()
        self.mode_changed.emit(mode)

    def show_film(self, film: Filming) -> None:
        """Another film takes the place of this one, at the same share of the same step; what was chosen stays."""
        self.film = film
        self.side.show_film(film.timeline, film.plan.intact)
        self.viewport.show_film(film)
        self.xrays.show_film(film)
        self.bar.show_film(film.timeline, titles(film.timeline, self._language))
        self.telling.expect()
        self.aids.show_film()
        self.player.change_film(film.timeline)

    def set_text_size(self, share: float) -> None:
        """Larger or smaller words than usual, in every mode."""
        self.text_size = share
        self.arrangement.set_text_size(self, share)
        self._tick_choices()

    def set_theme(self, name: str) -> None:
        """Other colours; `system` follows the desktop."""
        theme = theme_named(name)
        self.theme_choice = name
        dress(application(), theme)
        self.viewport.set_ink(theme.ink)
        self.choose(replace(self.choices, theme=theme.name), is_new=False)
        self._tick_choices()

    def set_less_motion(self, is_less: bool) -> None:
        """Stills that melt into each other, or the moving picture."""
        self.choose(replace(self.choices, reduced_motion=is_less), is_new=False)
        self._tick_choices()

    def choose(self, choices: ViewChoices, *, is_new: bool = True) -> None:
        """Another view of the film.

        Args:
            is_new: it can be undone.
        """
        if is_new:
            self.history.note(self.choices, choices)
        self.choices = choices
        self.show_now()

    def take_camera(self, camera: Camera) -> None:
        """The hand on the mouse wins, until `follow_film`."""
        self.choose(replace(self.choices, camera=camera))

    def follow_film(self) -> None:
        """Gives camera, layers and cut back to the film."""
        self.choose(self.choices.following())

    def start_over(self) -> None:
        """The view as it is at first: nothing is left of what a person changed, and nothing can be undone."""
        self.arrangement.enlarge(self.viewport)
        self.history.forget()
        present = self.choices
        self.choices = ViewChoices(theme=present.theme, reduced_motion=present.reduced_motion)
        self.set_mode(self.mode)

    @property
    def seen(self) -> ProcedureState:
        """The present state with the person's choices in it."""
        return self.choices.seen(self._state)

    def show_now(self) -> None:
        """Hands the state of this instant to every part."""
        timeline, time_s, is_playing = self.film.timeline, self.player.time_s, self.player.is_playing
        stands = self.choices.reduced_motion
        state = still_of(timeline, time_s, is_playing=is_playing) if stands else timeline.state_at(time_s)
        self._state = state
        self.viewport.show_state(state, self.choices)
        self.layers.show_view(self.choices.seen(state), self.choices)
        if self.mode.shows_xray:
            self.xrays.teach(has_marks=self.choices.teaching, is_student=self.mode.teaches)
            self.xrays.show_state(state, self.choices)
        self.telling.show_state(state, is_playing=is_playing)
        self.follow.setVisible(not self.choices.follows)
        self.bar.show_time(time_s)
        self.transport.show_player(state.clinical_min)
        self.transport.show_view(has_labels=self.choices.labels, has_layers=not self.layers.isHidden())

    def toggle_full_screen(self) -> None:
        """Fills the screen, or leaves it."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _set_up(self, title: str) -> None:
        self.setWindowTitle(f"{title} - KyphoViz")
        self.setMinimumSize(*SMALLEST)
        self.resize(*OPENING)
        wire(self, self.player)
        self.viewport.setFocus()

    def _tick_choices(self) -> None:
        """The menu shows what holds now."""
        self.header.menu.show_choices(self.theme_choice, self.text_size, less_motion=self.choices.reduced_motion)

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Tab walks from top to bottom, through cards that were made late too."""
        put_in_order((self.header, self.side, self.viewport, self.xrays, self.bar, self.transport))
        return super().focusNextPrevChild(is_next)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that nothing in the window needed for itself."""
        if not self.commands.press(event):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Sizes follow the window."""
        super().resizeEvent(event)
        self.arrangement.fit(self)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stops time first, then the pulses, and gives the pictures back last."""
        if self._is_open:
            self._is_open = False
            self.closing.emit()
            self.desk.close()
            self.driver.close()
            self.player.changed.disconnect(self.show_now)
            self.xrays.close_beam()
            self.viewport.close_scene()
            self._fluoroscope.close()
        super().closeEvent(event)
