"""How a command is ended from outside: by a polite request, or together with the program that it works for."""

from __future__ import annotations

import os
import signal
import sys
from _thread import interrupt_main
from contextlib import suppress
from threading import Thread, main_thread
from types import FrameType

PR_SET_PDEATHSIG = 1  # of prctl(2)
STDIN = 0


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
    raise KeyboardInterrupt
