"""The command line: what is typed -> a film and what to make of it. Everything heavy is imported where it is used."""

from __future__ import annotations

import argparse
import atexit
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module
from typing import NoReturn

from kyphoviz.cli.ending import end_with_display, heed_requests
from kyphoviz.cli.outputs import demand_apart
from kyphoviz.cli.parser import COMMANDS, command_parser, window_parser
from kyphoviz.cli.refusal import CANCELLED, DONE, TRY_AGAIN, WRONG_INPUT, Refusal, from_import_error, from_os_error
from kyphoviz.cli.streams import Said, mended, open_closed, written
from kyphoviz.resources import DamagedFileError

Command = Callable[[argparse.Namespace], int]

_ROOMS = {
    "scenes": "scenes",
    "check": "scenes",
    "state": "scenes",
    "render": "pictures",
    "contact": "pictures",
    "movie": "pictures",
    "handout": "pictures",
    "shapes": "pictures",
    "anatomy": "bones",
    "window": "window",
    "bench": "window",
    "kiosk-pin": "kiosk",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command.

    Args:
        argv: the words after `kyphoviz`; those of the process if None.

    Returns:
        0 done, 1 the input is wrong, 2 usage, 3 the machine lacks something, 130 cancelled.
    """
    with mended() as said:
        return written(said, _ended(list(sys.argv[1:] if argv is None else argv), said))


def _ended(words: list[str], said: Said) -> int:
    """Runs what was typed; the exit code."""
    is_command = bool(words) and words[0] in COMMANDS
    try:
        wanted = (command_parser() if is_command else window_parser()).parse_args(words)
        demand_apart(wanted)
        return _command(wanted.command if is_command else "window")(wanted)
    except SystemExit as end:  # argparse has said why
        return end.code if isinstance(end.code, int) else WRONG_INPUT
    except Refusal as refusal:
        return _told(refusal)
    except DamagedFileError as damage:
        return _told(Refusal(str(damage)))
    except BrokenPipeError:  # whoever read has read enough
        return DONE
    except KeyboardInterrupt:
        print("Cancelled.", file=sys.stderr, flush=True)
        return CANCELLED
    except ImportError as error:
        lacking = from_import_error(error)
        if lacking is None:
            raise
        return _told(lacking)
    except OSError as error:
        return WRONG_INPUT if error is said.fault else _told(from_os_error(error))


def run() -> NoReturn:
    """The program: runs the command that was typed, and ends with its exit code.

    All is closed in good order by then; only the taking apart of the interpreter and its libraries is left out, which
    takes a fifth of a second, gives nothing back that the system does not, and is where graphics drivers crash.
    """
    if getattr(sys, "frozen", False):
        from multiprocessing import freeze_support

        freeze_support()  # this may be a process that draws frames for another
    open_closed()
    heed_requests()
    end_with_display()
    code = main()
    if code != TRY_AGAIN:  # what is left of a display that is gone can't be taken apart
        atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # there is none where a program for the desktop has no console
            with suppress(OSError, ValueError):
                stream.flush()
    os._exit(code)


def _told(refusal: Refusal) -> int:
    with suppress(OSError, ValueError):  # what was said before comes first; a fault of it is told at the end
        sys.stdout.flush()
    print(*refusal.lines, sep="\n", file=sys.stderr)
    return refusal.code


def _command(name: str) -> Command:
    """The function of a command; only the module that it lies in is loaded."""
    module = import_module(f"kyphoviz.cli.{_ROOMS[name]}")
    command: Command = getattr(module, name.replace("-", "_"))
    return command
