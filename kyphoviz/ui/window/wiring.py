"""What happens in one part of the window and what follows from it in another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyphoviz.player import Player

if TYPE_CHECKING:
    from kyphoviz.ui.window.main_window import MainWindow


def wire(window: MainWindow, player: Player) -> None:
    """Ties the parts of a window to it, to its player and to each other."""
    _wire_choices(window)
    player.changed.connect(window.show_now)
    window.bar.sought.connect(player.seek)
    window.steps.step_chosen.connect(player.seek_step)
    window.side.curves.sought.connect(player.seek)
    window.side.folded.connect(window.places.make_room)
    window.layers.folded.connect(window.places.fold_layers)
    window.transport.full_screen_asked.connect(window.toggle_full_screen)
    window.transport.layers_asked.connect(window.layers.toggle)
    window.transport.labels_asked.connect(window.commands.toggle_labels)
    for pane in window.xrays.panes:
        pane.chosen.connect(window.places.swap)


def _wire_choices(window: MainWindow) -> None:
    """What the person at the screen changes."""
    window.header.menu.theme_chosen.connect(window.set_theme)
    window.header.menu.text_size_chosen.connect(window.set_text_size)
    window.header.menu.less_motion_chosen.connect(window.set_less_motion)
    window.header.mode_chosen.connect(window.set_mode)
    window.viewport.camera_taken.connect(window.take_camera)
    window.follow.clicked.connect(window.follow_film)
    window.layers.chosen.connect(window.choose)
