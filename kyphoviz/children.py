"""How this program starts Python a second time: with its own modules, whatever lies in the working folder.

A user's folder may hold a `signal.py` or a `random.py`; Python by itself would take it for the library's.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_ROOT = str(Path(__file__).resolve().parents[1])
_FIND_US = "import sys; sys.path.append(sys.argv.pop(1)); "  # last: nothing that lies beside us hides the library


def python(code: str, *words: str) -> list[str]:
    """The command that runs such code, which finds `kyphoviz` as this process does; words follow in `sys.argv`."""
    return [sys.executable, "-P", "-c", _FIND_US + code, _ROOT, *words]


def this_program(*words: str) -> list[str]:
    """The command that is this program, from a checkout, an installation or a frozen bundle."""
    if getattr(sys, "frozen", False):
        return [sys.executable, *words]
    return python("from kyphoviz.cli import run; run()", *words)


@contextmanager
def in_environment(**usual: str) -> Iterator[None]:
    """Processes that are started meanwhile do not look in the working folder, and have these variables if unset."""
    wanted = {**usual, **os.environ, "PYTHONSAFEPATH": "1"}
    before = {name: os.environ.get(name) for name in (*usual, "PYTHONSAFEPATH")}
    os.environ.update({name: wanted[name] for name in before})
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
