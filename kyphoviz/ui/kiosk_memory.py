"""Keeps the memory of a program that runs for months where it was."""

from __future__ import annotations

import ctypes
import sys


def give_memory_back() -> None:
    """Hands to the system what the C library holds in reserve; where it can't, nothing happens.

    Pictures and meshes of ever other sizes come and go between small things that stay, so that without this the
    reserve of the GNU C library grows for hours by tens of megabytes. It takes a few milliseconds.
    """
    if not sys.platform.startswith("linux"):
        return
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
