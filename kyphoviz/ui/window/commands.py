"""Carries out what the keys ask for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea, QAbstractSlider, QComboBox, QWidget

from kyphoviz.ui.look.key_places import pressed
from kyphoviz.ui.look.shortcuts import ARROWS, DIGITS, Act
from kyphoviz.ui.picture import camera_drag
from kyphoviz.ui.window.aids import Aids
from kyphoviz.ui.window.parts import Parts
from kyphoviz.ui.window.places import Places
from kyphoviz.ui.window.sheets import Blackout, KeySheet
from kyphoviz.ui.xray.c_arm_control import CArmControl
from kyphoviz.ui.xray.link import XrayLink
from kyphoviz.ui.xray.second_screen import SecondScreen
from kyphoviz.viewing import Viewing

SEEK_S = 2.0
C_ARM_STEPS = {  # orbital and angular degrees
    Qt.Key.Key_Left: (-1.0, 0.0),
    Qt.Key.Key_Right: (1.0, 0.0),
    Qt.Key.Key_Up: (0.0, 1.0),
    Qt.Key.Key_Down: (0.0, -1.0),
}
UP_AND_DOWN = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)
# Which keys a widget with the focus keeps for itself; it would swallow others too.
OWN_KEYS: tuple[tuple[type[QWidget], tuple[Qt.Key, ...]], ...] = (
    (QAbstractItemView, UP_AND_DOWN),
    (QAbstractSlider, ARROWS),
    (QComboBox, (*UP_AND_DOWN, Qt.Key.Key_Space)),
    (QAbstractScrollArea, (Qt.Key.Key_Up, Qt.Key.Key_Down)),
)


class Commands(QObject):
    """The window's keys, whatever in it has the focus."""

    def __init__(
        self, viewing: Viewing, parts: Parts, places: Places, aids: Aids,
        c_arm: CArmControl, link: XrayLink, second_screen: SecondScreen, window: QWidget,
    ) -> None:  # fmt: skip
        """Listens to the parts of the window that would keep keys from it."""
        super().__init__(window)
        self._viewing, self._parts, self._places, self._aids = viewing, parts, places, aids
        self._c_arm, self._link, self._second_screen, self._window = c_arm, link, second_screen, window
        self.blackout, self.sheet = Blackout(window), KeySheet(window, "Keys")
        # What Esc closes, the first of it that is there; each tells whether it was.
        self.closing = [aids.put_away, self._put_layers_away, c_arm.put_away, link.unmark, self._leave_full_screen]
        self.watch(window)

    def watch(self, parent: QWidget) -> None:
        """Listens to the parts of a widget that would keep keys from the window."""
        for kind, _ in OWN_KEYS:
            for part in parent.findChildren(kind):
                part.installEventFilter(self)

    def press(self, event: QKeyEvent) -> bool:
        """Does what the key means; False if it means nothing here."""
        found = pressed(event)
        if found is None or (self._viewing.mode.is_unattended and not found[0].in_kiosk):
            return False
        entry, key = found
        if event.isAutoRepeat() and not entry.repeats:
            return True
        act = entry.act
        return self._on_film(act, key) or self._on_view(act, event) or self._on_xrays(act, key) or self._on_window(act)

    def toggle_full_screen(self) -> None:
        """Fills the screen, or leaves it."""
        self._window.setWindowState(self._window.windowState() ^ Qt.WindowState.WindowFullScreen)

    def follow(self) -> None:
        """Gives the view back to the film, and marks nothing in it."""
        self._link.unmark()
        self._viewing.follow_film()

    def toggle_labels(self) -> None:
        """Names on or off."""
        choices = self._viewing.choices
        self._viewing.choose(replace(choices, labels=not choices.labels))

    def show_chapter(self, number: int) -> None:
        """Goes to the first step of that chapter, 0 for the first; nothing happens beyond the last one."""
        starts = self._viewing.film.scenario.chapter_starts
        if number < len(starts):
            self._viewing.player.go_to_step(starts[number])

    def _on_film(self, act: Act, key: Qt.Key) -> bool:
        player = self._viewing.player
        acts: dict[Act, Callable[[], None]] = {
            Act.PLAY: player.toggle,
            Act.PREVIOUS: player.previous_step,
            Act.NEXT: player.next_step,
        }
        places = {Act.BACK: player.time_s - SEEK_S, Act.AHEAD: player.time_s + SEEK_S, Act.START: 0.0,
                  Act.END: player.timeline.duration_s}  # fmt: skip
        if act is Act.CHAPTER:
            self.show_chapter(DIGITS.index(key))
        elif act in acts:
            acts[act]()
        elif act in places:
            player.seek(places[act])
        return act is Act.CHAPTER or act in acts or act in places

    def _on_view(self, act: Act, event: QKeyEvent) -> bool:
        viewing, choices = self._viewing, self._viewing.choices
        match act:
            case Act.TURN | Act.ZOOM:
                camera = choices.camera or self._parts.viewport.camera
                turned = camera_drag.keyed(camera, Qt.Key(event.key()), event.modifiers())
                if turned is not None:
                    viewing.take_camera(turned)
            case Act.CUT:
                viewing.choose(replace(choices, cut=0.0 if viewing.seen.cut > 0.0 else 1.0))
            case Act.FOLLOW:
                self.follow()
            case Act.UNDO:
                viewing.undo()
            case Act.REDO:
                viewing.redo()
            case Act.LABELS:
                self.toggle_labels()
            case Act.TEACH:
                viewing.choose(replace(choices, teaching=not choices.teaching))
            case _:
                return False
        return True

    def _on_xrays(self, act: Act, key: Qt.Key) -> bool:
        match act:
            case Act.INVERT:
                self._parts.xrays.invert()
            case Act.XRAY_WINDOW if self._viewing.mode.shows_xray:
                self._second_screen.toggle()
            case Act.C_ARM if self._viewing.mode.teaches:
                self._c_arm.toggle()
            case Act.C_ARM_TURN if self._viewing.mode.teaches:
                self._c_arm.turn(*C_ARM_STEPS[key])
            case _:
                return False
        return True

    def _on_window(self, act: Act) -> bool:
        header = self._parts.header
        match act:
            case Act.LAYERS:
                self._parts.layers.toggle()
            case Act.CASE if self._viewing.mode.changes_case:
                header.case_asked.emit(False)
            case Act.CURVES:
                self._aids.toggle_curves()
            case Act.SWAP:
                self._places.swap()
            case Act.FULL_SCREEN:
                self.toggle_full_screen()
            case Act.LEAVE:
                return any(close() for close in self.closing)
            case Act.SNAPSHOT:
                header.menu.snapshot_asked.emit(1)
            case Act.BLANK:
                self._viewing.player.pause()
                self.blackout.open(self._second_screen.window)
            case Act.SHEET:
                self.sheet.open()
            case _:
                return False
        return True

    def _put_layers_away(self) -> bool:
        layers = self._parts.layers
        was_open = not layers.isHidden()
        if was_open:
            layers.toggle()
        return was_open

    def _leave_full_screen(self) -> bool:
        was_full = self._window.isFullScreen()
        if was_full:
            self.toggle_full_screen()
        return was_full

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Takes the window's keys from lists and sliders, but for those that they need themselves."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        own = next((keys for kind, keys in OWN_KEYS if isinstance(watched, kind)), ())
        is_plain = not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        return not (is_plain and event.key() in own) and self.press(event)
