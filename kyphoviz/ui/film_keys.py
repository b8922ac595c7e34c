"""The keys of the film; the page keys are those of a slide clicker."""

from __future__ import annotations

from PySide6.QtCore import Qt

from kyphoviz.player import Player

SEEK_S = 2.0


def press(player: Player, key: Qt.Key) -> bool:
    """Does what the key means to the player; False if it means nothing."""
    match key:
        case Qt.Key.Key_Space:
            player.toggle()
        case Qt.Key.Key_PageUp:
            player.previous_step()
        case Qt.Key.Key_PageDown:
            player.next_step()
        case Qt.Key.Key_Left:
            player.seek(player.time_s - SEEK_S)
        case Qt.Key.Key_Right:
            player.seek(player.time_s + SEEK_S)
        case Qt.Key.Key_Home:
            player.seek(0.0)
        case Qt.Key.Key_End:
            player.seek(player.timeline.duration_s)
        case _:
            return False
    return True
