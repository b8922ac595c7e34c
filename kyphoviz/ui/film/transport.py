"""The row of controls under the film."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from kyphoviz.player import Player
from kyphoviz.procedure.timeline import film_time
from kyphoviz.ui.look import glyphs
from kyphoviz.ui.look.buttons import GlyphButton
from kyphoviz.ui.look.em import em_of

SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0)


class SpeedMenu(QToolButton):
    """Shows the speed of the film and lets it be chosen.

    Signals:
        chosen: film seconds per second.
    """

    chosen = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Offers the usual speeds."""
        super().__init__(parent)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolTip("Speed of the film")
        menu, self._group = QMenu(self), QActionGroup(self)
        for speed in SPEEDS:
            action = QAction(speed_name(speed), self._group, checkable=True)
            action.setData(speed)
            menu.addAction(action)
        self._group.triggered.connect(self._choose)
        self.setMenu(menu)

    def show_speed(self, speed: float) -> None:
        """Shows what the player does."""
        name = speed_name(speed)
        if self.text() == f"Speed {name}":
            return
        self.setText(f"Speed {name}")
        self.setAccessibleName(f"Speed of the film: {name}")
        for action in self._group.actions():
            action.setChecked(action.data() == speed)

    def _choose(self, action: QAction) -> None:
        self.chosen.emit(action.data())


class Transport(QWidget):
    """Clocks on the left, play in the middle, the manner of playing on the right.

    Signals:
        full_screen_asked: the window should fill the screen, or leave it again.
        layers_asked: the panel of the layers should open, or fold away.
        labels_asked: names should come, or go.
    """

    full_screen_asked = Signal()
    layers_asked = Signal()
    labels_asked = Signal()

    def __init__(self, player: Player, parent: QWidget | None = None) -> None:
        """Presses of its buttons go straight to the player."""
        super().__init__(parent)
        self._player = player
        self._time = QLabel(self)
        self._clinical = QLabel(self)
        self._clinical.setObjectName("quiet")
        self._previous = GlyphButton(glyphs.previous_step, "Previous step (Page Up)", parent=self)
        self._play = GlyphButton(glyphs.play, "Play (Space)", is_main=True, parent=self)
        self._next = GlyphButton(glyphs.next_step, "Next step (Page Down)", parent=self)
        self._speed = SpeedMenu(self)
        self._pause_at_step = GlyphButton(glyphs.pause_at_step, "Pause at the end of each step", parent=self)
        self._loop = GlyphButton(glyphs.loop, "Play again from the start", parent=self)
        self._labels = GlyphButton(glyphs.label, "Names in the picture (L)", parent=self)
        self._layers = GlyphButton(glyphs.layers, "Layers (Y)", parent=self)
        self._full_screen = GlyphButton(glyphs.full_screen, "Full screen (F)", parent=self)
        self._lay_out()
        self._connect()
        self.show_player(0.0)

    def show_player(self, clinical_min: float) -> None:
        """Shows where the player is and how it plays."""
        player = self._player
        self._time.setText(f"{film_time(player.time_s)} / {film_time(player.timeline.duration_s)}")
        self._clinical.setText(clinical_time(clinical_min))
        self._play.show_glyph(glyphs.pause if player.is_playing else glyphs.play)
        if self._play.accessibleName().startswith("Play") == player.is_playing:
            self._play.rename("Pause (Space)" if player.is_playing else "Play (Space)")
        self._speed.show_speed(player.speed)
        self._loop.setChecked(player.loops)
        self._pause_at_step.setChecked(player.pauses_at_step_end)

    def show_view(self, *, has_labels: bool, has_layers: bool) -> None:
        """Shows whether there are names, and whether the panel of the layers is open."""
        self._labels.setChecked(has_labels)
        self._layers.setChecked(has_layers)

    def space_out(self) -> None:
        """Sets the distances between its parts by the size of the text."""
        for row, spacing_em in self._rows:
            row.setSpacing(round(spacing_em * em_of(self)))

    def _lay_out(self) -> None:
        for button in (self._loop, self._pause_at_step, self._labels, self._layers):
            button.setCheckable(True)
        left, middle = _row(self._time, self._clinical), _row(self._previous, self._play, self._next)
        right = _row(self._speed, self._pause_at_step, self._loop, self._labels, self._layers, self._full_screen)
        left.addStretch(1)
        right.insertStretch(0, 1)
        self._rows = ((left, 1.6), (middle, 0.6), (right, 0.2))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        for column, (part, _) in enumerate(self._rows):
            grid.addLayout(part, 0, column)
            grid.setColumnStretch(column, 0 if part is middle else 1)
        self.space_out()

    def _connect(self) -> None:
        self._previous.clicked.connect(self._player.previous_step)
        self._play.clicked.connect(self._player.toggle)
        self._next.clicked.connect(self._player.next_step)
        self._speed.chosen.connect(self._player.set_speed)
        self._loop.toggled.connect(self._set_loop)
        self._pause_at_step.toggled.connect(self._set_pause_at_step)
        self._full_screen.clicked.connect(self.full_screen_asked)
        self._labels.clicked.connect(self.labels_asked)
        self._layers.clicked.connect(self.layers_asked)

    def _set_loop(self, loops: bool) -> None:
        self._player.loops = loops

    def _set_pause_at_step(self, pauses: bool) -> None:
        self._player.pauses_at_step_end = pauses


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    for widget in widgets:
        row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
    return row


def clinical_time(minutes: float) -> str:
    """The clock of the operating theatre."""
    return f"clinical time {minutes:.0f} min"


def speed_name(speed: float) -> str:
    """0.25x, 1x, 2x."""
    return f"{speed:g}x"
