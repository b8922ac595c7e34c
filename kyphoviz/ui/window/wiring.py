"""What happens in one part of the window and what follows from it in another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from psygnal import SignalInstance

from kyphoviz.ui.remembered.appearance import Appearance
from kyphoviz.ui.window.aids import Aids
from kyphoviz.ui.window.commands import Commands
from kyphoviz.ui.window.parts import Parts
from kyphoviz.ui.window.places import Places
from kyphoviz.ui.window.telling import Telling
from kyphoviz.ui.xray.c_arm_control import CArmControl
from kyphoviz.ui.xray.second_screen import SecondScreen
from kyphoviz.viewing import Viewing

Heard = tuple[tuple[SignalInstance, Callable[..., Any]], ...]


def heard(viewing: Viewing, places: Places, telling: Telling, aids: Aids) -> Heard:
    """What of a showing the window follows, and who does: in this order, and to be let go of when it closes."""
    return (
        (viewing.film_changed, telling.show_film),
        (viewing.film_changed, aids.show_film),
        (viewing.mode_changed, places.serve),
        (viewing.mode_changed, telling.serve),
        (viewing.mode_changed, aids.serve),
        (viewing.changed, telling.show_now),
        (viewing.changed, aids.show_time),
    )


def wire_parts(viewing: Viewing, parts: Parts, places: Places, commands: Commands) -> None:
    """What a hand does to one part changes the showing, or another part."""
    parts.header.mode_chosen.connect(viewing.set_mode)
    parts.viewport.camera_taken.connect(viewing.take_camera)
    parts.follow.clicked.connect(commands.follow)
    parts.layers.chosen.connect(viewing.choose)
    for sought in (parts.bar.sought, parts.steps.curves.sought):
        sought.connect(viewing.player.seek)
    parts.steps.list.step_chosen.connect(viewing.player.go_to_step)
    parts.steps.folded.connect(places.make_room)
    parts.layers.folded.connect(places.fold_layers)
    parts.transport.full_screen_asked.connect(commands.toggle_full_screen)
    parts.transport.layers_asked.connect(parts.layers.toggle)
    parts.transport.labels_asked.connect(commands.toggle_labels)
    for pane in parts.xrays.panes:
        pane.chosen.connect(places.swap)


def wire_menu(
    parts: Parts, appearance: Appearance, aids: Aids, c_arm: CArmControl, second_screen: SecondScreen
) -> None:
    """What the menu offers, but for saving."""
    menu = parts.header.menu
    menu.theme_chosen.connect(appearance.set_theme)
    menu.text_size_chosen.connect(appearance.set_text_size)
    menu.less_motion_chosen.connect(appearance.set_less_motion)
    menu.curves_asked.connect(aids.toggle_curves)
    menu.c_arm_asked.connect(c_arm.toggle)
    menu.xray_window_asked.connect(second_screen.toggle)
