"""The keys of the window: one table from which they are bound and from which their sheet is written."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import Qt

Key, Modifier = Qt.Key, Qt.KeyboardModifier
SHIFT, CONTROL = Modifier.ShiftModifier, Modifier.ControlModifier
COUNTED = SHIFT | CONTROL | Modifier.AltModifier | Modifier.MetaModifier


class Act(Enum):
    """What a key may do."""

    PLAY = auto()
    BACK = auto()
    AHEAD = auto()
    PREVIOUS = auto()
    NEXT = auto()
    START = auto()
    END = auto()
    CHAPTER = auto()
    TURN = auto()
    ZOOM = auto()
    LABELS = auto()
    LAYERS = auto()
    CUT = auto()
    CASE = auto()
    CURVES = auto()
    SWAP = auto()
    C_ARM = auto()
    C_ARM_TURN = auto()
    XRAY_WINDOW = auto()
    TEACH = auto()
    INVERT = auto()
    FOLLOW = auto()
    UNDO = auto()
    REDO = auto()
    BLANK = auto()
    FULL_SCREEN = auto()
    LEAVE = auto()
    SNAPSHOT = auto()
    SHEET = auto()


@dataclass(frozen=True, slots=True)
class Shortcut:
    """Some keys and what they do.

    `told` is how the sheet writes the keys; `modifiers` are those that must be held. `in_kiosk` tells that a visitor
    whom nobody helps may do it too, `repeats` that a key that is held down does it again and again.
    """

    act: Act
    keys: tuple[Qt.Key, ...]
    told: str
    words: str
    modifiers: Qt.KeyboardModifier = Modifier.NoModifier
    in_kiosk: bool = False
    repeats: bool = False


DIGITS = (Key.Key_1, Key.Key_2, Key.Key_3, Key.Key_4, Key.Key_5, Key.Key_6, Key.Key_7, Key.Key_8, Key.Key_9, Key.Key_0)
ARROWS = (Key.Key_Left, Key.Key_Right, Key.Key_Up, Key.Key_Down)

TABLE: tuple[Shortcut, ...] = (
    Shortcut(Act.PLAY, (Key.Key_Space,), "Space", "Play or pause", in_kiosk=True),
    Shortcut(Act.BACK, (Key.Key_Left,), "Left", "Two seconds back", in_kiosk=True, repeats=True),
    Shortcut(Act.AHEAD, (Key.Key_Right,), "Right", "Two seconds ahead", in_kiosk=True, repeats=True),
    Shortcut(Act.PREVIOUS, (Key.Key_PageUp, Key.Key_Up), "Page Up, Up", "The step before, finished", in_kiosk=True),
    Shortcut(Act.NEXT, (Key.Key_PageDown, Key.Key_Down), "Page Down, Down", "Play the next step", in_kiosk=True),
    Shortcut(Act.START, (Key.Key_Home,), "Home", "Start of the film", in_kiosk=True),
    Shortcut(Act.END, (Key.Key_End,), "End", "End of the film", in_kiosk=True),
    Shortcut(Act.CHAPTER, DIGITS, "1 to 9, 0", "Chapters of the film", in_kiosk=True),
    Shortcut(Act.BLANK, (Key.Key_B, Key.Key_Period), "B", "Black screen, until any key"),
    Shortcut(Act.FULL_SCREEN, (Key.Key_F, Key.Key_F11, Key.Key_F5), "F", "Full screen"),
    Shortcut(Act.FULL_SCREEN, (Key.Key_F5,), "Shift + F5", "Full screen, as a clicker asks for it", SHIFT),
    Shortcut(
        Act.LEAVE,
        (Key.Key_Escape,),
        "Esc",
        "Close a card, unmark a structure, leave full screen",
    ),
    Shortcut(Act.TURN, ARROWS, "Shift + arrows", "Turn the picture", SHIFT, repeats=True),
    Shortcut(Act.ZOOM, (Key.Key_Plus, Key.Key_Equal, Key.Key_Minus), "+  -", "Nearer, farther", repeats=True),
    Shortcut(Act.LABELS, (Key.Key_L,), "L", "Names on or off"),
    Shortcut(Act.LAYERS, (Key.Key_Y,), "Y", "Layers: show, ghost, hide"),
    Shortcut(Act.CUT, (Key.Key_C,), "C", "Cut open, or whole"),
    Shortcut(Act.CASE, (Key.Key_K,), "K", "Case: level, fracture, approach, amounts"),
    Shortcut(Act.CURVES, (Key.Key_G,), "G", "Curves on the picture"),
    Shortcut(Act.SWAP, (Key.Key_X,), "X", "3D, AP, lateral in the large place"),
    Shortcut(Act.TEACH, (Key.Key_T,), "T", "Marks on the X-rays: pedicles, walls, tips"),
    Shortcut(Act.INVERT, (Key.Key_I,), "I", "X-rays: dense white, or dark"),
    Shortcut(Act.C_ARM, (Key.Key_A,), "A", "Turn the C-arm by hand, or as in the film"),
    Shortcut(Act.C_ARM_TURN, ARROWS, "Alt + arrows", "Orbit and tilt the C-arm", Modifier.AltModifier, repeats=True),
    Shortcut(Act.XRAY_WINDOW, (Key.Key_W,), "W", "X-rays in a window of their own"),
    Shortcut(Act.FOLLOW, (Key.Key_R,), "R", "Follow the film again"),
    Shortcut(Act.UNDO, (Key.Key_Z,), "Ctrl + Z", "Undo: camera, layers, cut", CONTROL),
    Shortcut(Act.REDO, (Key.Key_Z,), "Ctrl + Shift + Z", "Redo", CONTROL | SHIFT),
    Shortcut(Act.SNAPSHOT, (Key.Key_S,), "S", "Save a picture"),
    Shortcut(Act.SHEET, (Key.Key_Question, Key.Key_F1), "?", "This sheet"),
)

# Some layouts need Shift to write these at all.
WRITTEN = (Key.Key_Plus, Key.Key_Equal, Key.Key_Minus, Key.Key_Question, Key.Key_Period, *DIGITS)


def meant(key: Qt.Key, modifiers: Qt.KeyboardModifier) -> Shortcut | None:
    """What that key means; None if nothing."""
    held = modifiers & COUNTED
    if key in WRITTEN:
        held &= ~SHIFT
    return next((entry for entry in TABLE if key in entry.keys and entry.modifiers == held), None)
