"""Which key was pressed: by what the layout writes there, or by its place where the layout has no such letter.

A shortcut is told as a letter. On a Russian or Greek layout no key writes it, and on a French one digits need Shift:
there the key counts that has this place on the usual Latin keyboard (QWERTY).
"""

from __future__ import annotations

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from kyphoviz.ui.look.shortcuts import COUNTED, DIGITS, Shortcut, meant

# Rows of the main block, by the first key's scan code (set 1 of the PC keyboard; Linux counts the same, X and Wayland
# from 8 on).
ROWS = {2: "1234567890", 16: "QWERTYUIOP", 30: "ASDFGHJKL", 44: "ZXCVBNM"}
PLACES = {first + k: Qt.Key(ord(sign)) for first, row in ROWS.items() for k, sign in enumerate(row)}
OFFSET = 8 if sys.platform.startswith("linux") else 0
LATIN = range(Qt.Key.Key_A, Qt.Key.Key_Z + 1)


def pressed(event: QKeyEvent) -> tuple[Shortcut, Qt.Key] | None:
    """What a key means, and which it is; None if nothing."""
    key = key_of(event)
    entry = meant(key, event.modifiers())
    return None if entry is None else (entry, key)


def key_of(event: QKeyEvent) -> Qt.Key:
    """The key that is meant; its own where it has a Latin letter or means something by itself."""
    key, place = Qt.Key(event.key()), PLACES.get(event.nativeScanCode() - OFFSET)
    if place is None or key in LATIN:
        return key
    if place in DIGITS:
        return key if event.modifiers() & COUNTED else place
    return key if meant(key, event.modifiers()) is not None else place
