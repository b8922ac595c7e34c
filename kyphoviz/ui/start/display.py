"""Whether there is a display to open a window on; Qt itself would end the program with a dump."""

from __future__ import annotations

import ctypes
import os
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

INSTEAD = "or write pictures with 'kyphoviz render' or 'kyphoviz movie'"
NO_DISPLAY = (
    "no display to open a window on (DISPLAY and WAYLAND_DISPLAY are not set); "
    "start it from a desktop, or write pictures with 'kyphoviz render' or 'kyphoviz movie'"
)
REFUSED = "the display {name} can't be reached; check DISPLAY, " + INSTEAD
NO_WAYLAND = "no Wayland display answers at {name}; check WAYLAND_DISPLAY and QT_QPA_PLATFORM, " + INSTEAD
NO_CURSOR_LIBRARY = (
    "the library libxcb-cursor.so.0 is missing; install it (Debian and Ubuntu: apt install libxcb-cursor0)"
)
NO_WAYLAND_LIBRARY = "the library {name} is missing; install it (Debian and Ubuntu: apt install libwayland-cursor0)"
NO_PLATFORM = "Qt can't show a window by QT_QPA_PLATFORM={name}; leave it away, " + INSTEAD
SCREENLESS = ("offscreen", "minimal", "vnc")  # they need nothing of the machine
TRIAL = "from PySide6.QtGui import QGuiApplication as A; a = A([]); raise SystemExit(a.primaryScreen() is None)"
TRIAL_S = 20.0


class NoDisplayError(RuntimeError):
    """No window can be opened here; the words say why, and what helps.

    `may_come` is whether waiting may help: a desktop that is still starting, say, but no library that is missing.
    """

    def __init__(self, words: str, *, may_come: bool = True) -> None:
        """Args: words: one line."""
        super().__init__(words)
        self.may_come = may_come


class DisplayLostError(RuntimeError):
    """The display went away under an open window: Qt then leaves its loop, and nothing can be shown any more."""

    def __init__(self) -> None:
        """One line."""
        super().__init__("the display is gone; another start may help")


def usable_platform(environment: Mapping[str, str], platform: str = sys.platform) -> str | None:
    """The Qt platform on which a window can be opened; None where the one that Qt would take works.

    Only Linux and its kin need the question: elsewhere there is always a desktop.

    Args:
        environment: the environment variables.

    Raises:
        NoDisplayError: there is none; one line says what is lacking and what helps.
    """
    if platform in ("win32", "darwin"):
        return None
    wanted = _wanted(environment)
    errors: list[NoDisplayError] = []
    for name in dict.fromkeys((*wanted, *_usual(environment))):
        try:
            _require(name.split(":")[0], environment)
        except NoDisplayError as error:
            errors.append(error)
        else:
            return name if errors else None
    raise NoDisplayError(str(errors[0]), may_come=any(error.may_come for error in errors))


def _wanted(environment: Mapping[str, str]) -> list[str]:
    """What was asked for by name, in order."""
    return [name for name in environment.get("QT_QPA_PLATFORM", "").split(";") if name]


def _usual(environment: Mapping[str, str]) -> tuple[str, ...]:
    """What Qt tries by itself."""
    has_wayland = environment.get("WAYLAND_DISPLAY") or environment.get("XDG_SESSION_TYPE") == "wayland"
    return ("wayland", "xcb") if has_wayland else ("xcb",)


def _require(plugin: str, environment: Mapping[str, str]) -> None:
    """Returns if a window can be opened by that plugin of Qt."""
    if plugin in SCREENLESS:
        return
    if plugin == "xcb":
        _require_x11(environment.get("DISPLAY"))
    elif plugin.startswith("wayland"):
        _require_wayland(environment)
    else:
        _require_trial(plugin, environment)


def _require_wayland(environment: Mapping[str, str]) -> None:
    """Asks whether somebody listens: a socket may be left over from another session."""
    if environment.get("WAYLAND_SOCKET"):  # an open connection that whoever starts the program hands on
        return
    place = Path(environment.get("XDG_RUNTIME_DIR", "/")) / environment.get("WAYLAND_DISPLAY", "wayland-0")
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as wire:
        try:
            wire.connect(str(place))
        except OSError as error:
            raise NoDisplayError(NO_WAYLAND.format(name=place)) from error
    for library in ("libwayland-client.so.0", "libwayland-cursor.so.0"):
        try:
            ctypes.CDLL(library)
        except OSError as error:
            raise NoDisplayError(NO_WAYLAND_LIBRARY.format(name=library), may_come=False) from error


def _require_x11(name: str | None) -> None:
    """Asks the X server as Qt would, and looks for the one library that distributions leave out."""
    if not name:
        raise NoDisplayError(NO_DISPLAY)
    try:
        ctypes.CDLL("libxcb-cursor.so.0")
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError as error:
        raise NoDisplayError(NO_CURSOR_LIBRARY, may_come=False) from error
    xcb.xcb_connect.restype = ctypes.c_void_p
    # It stays open: a server whose last guest leaves starts anew, and would refuse Qt meanwhile.
    connection = ctypes.c_void_p(xcb.xcb_connect(name.encode(), None))
    refused = xcb.xcb_connection_has_error(connection)
    if refused:
        xcb.xcb_disconnect(connection)
        raise NoDisplayError(REFUSED.format(name=name))


def _require_trial(plugin: str, environment: Mapping[str, str]) -> None:
    """Lets another process find out: a plugin that fails takes its process with it."""
    trial = [sys.executable, "-I", "-c", TRIAL]
    try:
        subprocess.run(
            trial, env={**os.environ, **environment, "QT_QPA_PLATFORM": plugin}, timeout=TRIAL_S, check=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError) as error:
        raise NoDisplayError(NO_PLATFORM.format(name=plugin), may_come=False) from error
