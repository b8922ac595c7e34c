"""Whether there is a display to open a window on; Qt itself would end the program with a dump."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Mapping
from pathlib import Path

NO_DISPLAY = (
    "no display to open a window on (DISPLAY and WAYLAND_DISPLAY are not set); "
    "start it from a desktop, or write pictures with 'kyphoviz render' or 'kyphoviz movie'"
)
REFUSED = (
    "the display {name} can't be reached; check DISPLAY, or write pictures with 'kyphoviz render' or 'kyphoviz movie'"
)
NO_CURSOR_LIBRARY = (
    "the library libxcb-cursor.so.0 is missing; install it (Debian and Ubuntu: apt install libxcb-cursor0)"
)


class NoDisplayError(RuntimeError):
    """No window can be opened here; the words say why, and what helps."""


def require_display(environment: Mapping[str, str], platform: str = sys.platform) -> None:
    """Returns if a window can be opened.

    Only Linux and its kin need the question: elsewhere there is always a desktop.

    Args:
        environment: the environment variables.

    Raises:
        NoDisplayError: with one line that says what is lacking and what helps.
    """
    if platform in ("win32", "darwin"):
        return
    plugin = environment.get("QT_QPA_PLATFORM", "").split(";")[0].split(":")[0]
    if plugin and plugin not in ("xcb", "wayland"):
        return
    if plugin != "xcb" and _has_wayland(environment):
        return
    name = environment.get("DISPLAY")
    if not name:
        raise NoDisplayError(NO_DISPLAY)
    _require_x11(name)


def _has_wayland(environment: Mapping[str, str]) -> bool:
    socket = environment.get("WAYLAND_DISPLAY")
    return bool(socket) and (Path(environment.get("XDG_RUNTIME_DIR", "/")) / str(socket)).exists()


def _require_x11(name: str) -> None:
    """Asks the X server as Qt would, and looks for the one library that distributions leave out."""
    try:
        ctypes.CDLL("libxcb-cursor.so.0")
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError as error:
        raise NoDisplayError(NO_CURSOR_LIBRARY) from error
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(name.encode(), None))
    refused = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    if refused:
        raise NoDisplayError(REFUSED.format(name=name))
