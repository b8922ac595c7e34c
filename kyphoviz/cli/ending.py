"""How a command comes to its end before it is done: asked to, with the program it works for, or by what went wrong."""

from __future__ import annotations

import errno
import os
import signal
import sys
from _thread import interrupt_main
from contextlib import suppress
from threading import Thread, main_thread
from types import FrameType

from kyphoviz.cli.refusal import (
    TRY_AGAIN,
    Crash,
    Refusal,
    SystemLibraryMissing,
    TryAgain,
    from_import_error,
    from_os_error,
)
from kyphoviz.resources import DamagedFileError

PR_SET_PDEATHSIG = 1  # of prctl(2)
STDIN = 0
OF_SIGNAL = 128  # the exit code of what a signal ended, less the signal's number
_PASSING_NAMES = "EAGAIN EBUSY EDQUOT EINTR EIO EMFILE ENFILE ENOMEM ENOSPC ESTALE ETIMEDOUT"
PASSING = frozenset(getattr(errno, name) for name in _PASSING_NAMES.split() if hasattr(errno, name))


class Asked(KeyboardInterrupt):
    """A signal asked the program to end; `number` is which."""

    def __init__(self, number: int) -> None:
        """Args: number: of the signal."""
        super().__init__()
        self.number = number


def asked_code(asked: KeyboardInterrupt) -> int:
    """The exit code of a program that a signal ended, as shells tell it."""
    return OF_SIGNAL + (asked.number if isinstance(asked, Asked) else signal.SIGINT)


def ending_of(error: Exception) -> Refusal:
    """Why a window or a kiosk ends; its code tells whoever started it whether another start may help.

    What passes by itself (no memory, a disk or a network that failed) and a fault of the program are worth one; wrong
    input and what the machine lacks are not.
    """
    if isinstance(error, Refusal):
        return error
    if _is(error, "kyphoviz.ui.start.display", "DisplayLostError"):
        return TryAgain(f"kyphoviz: {error}")
    if _passes(error):
        return TryAgain(f"kyphoviz: {_told(error)}; another start may help")
    if isinstance(error, DamagedFileError):
        return Refusal(str(error))
    if isinstance(error, OSError):
        return from_os_error(error)
    lacking = _lacking(error)
    return lacking or Crash(f"kyphoviz: it ended by a fault of its own ({_told(error)})")


def _passes(error: BaseException | None) -> bool:
    """Whether it, or what it came from, is a want of memory or an error of a device that may go by."""
    while error is not None:
        if isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno in PASSING):
            return True
        error = error.__cause__
    return False


def _lacking(error: Exception) -> SystemLibraryMissing | None:
    if isinstance(error, ImportError):
        return from_import_error(error)
    is_lacking = _is(error, "kyphoviz.fluoroscopy.path_lengths", "FluoroscopyUnavailable")
    is_lacking |= _is(error, "kyphoviz.scene.window", "PicturesUnavailable")
    is_lacking |= _is(error, "kyphoviz.overlay.fonts", "FontsMissing")
    return SystemLibraryMissing(str(error)) if is_lacking else None


def _is(error: Exception, room: str, name: str) -> bool:
    """Whether it is of that kind, without loading the heavy room that it would come from."""
    return room in sys.modules and isinstance(error, getattr(sys.modules[room], name))


def _told(error: BaseException) -> str:
    words = " ".join(str(error).split())
    return f"{type(error).__name__}: {words}" if words else type(error).__name__


def end_with_display() -> None:
    """A display that goes away while nothing waits for it ends the program with the code that asks for another start.

    Xlib then calls exit(3) wherever it is. Nothing else does: `run` itself ends by _exit(2), and Qt leaves its loop.
    """
    if sys.platform in ("win32", "darwin"):
        return
    from ctypes import CDLL, c_void_p, cast

    c = CDLL(None)
    with suppress(AttributeError):
        c["__cxa_atexit"](cast(c["_exit"], c_void_p), c_void_p(TRY_AGAIN), None)


def heed_requests() -> None:
    """A request to end, or a terminal that closes, is taken as Ctrl-C is: what is half-done is cleared away.

    A request that whoever started the program wants ignored (`nohup`) stays ignored.
    """
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _interrupt)


def end_with_input() -> None:
    """Ends as by Ctrl-C when standard input closes, which it does however the program at its other end came to its end.

    That program may have died while it let this one rest, which then would rest for ever: Linux wakes it up.
    """
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            from ctypes import CDLL

            CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGCONT)
    Thread(target=_wait_for_end, name="input", daemon=True).start()


def _wait_for_end() -> None:
    try:
        while os.read(STDIN, 4096):
            pass
    except OSError:  # there is no input that could close
        return
    if sys.platform == "win32":
        interrupt_main()
    else:  # unlike the above, this also wakes it from a wait
        signal.pthread_kill(main_thread().ident or 0, signal.SIGTERM)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise Asked(number)
