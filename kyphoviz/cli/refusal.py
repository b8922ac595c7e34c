"""Why a command did not do what was asked: plain lines and an exit code, never a traceback."""

from __future__ import annotations

DONE, WRONG_INPUT, WRONG_USAGE, MACHINE_LACKS, CANCELLED = 0, 1, 2, 3, 130
CRASHED, TRY_AGAIN = 70, 75  # as in sysexits.h

LIBRARIES = "on Debian and Ubuntu: sudo apt-get install -y libegl1 libgl1 libgl1-mesa-dri libxkbcommon0 libfontconfig1"


class Refusal(Exception):
    """Ends a command: `lines` go to standard error, `code` is the exit code."""

    code = WRONG_INPUT

    def __init__(self, *lines: str) -> None:
        """Keeps the lines, clipped; a line break inside one becomes a space, what steers a terminal a question mark."""
        from kyphoviz.scenario.errors import clipped, printable  # its package is not light

        super().__init__("\n".join(lines))
        self.lines = tuple(clipped(printable(" ".join(line.split()))) for line in lines)


class UsageRefusal(Refusal):
    """The command was put together wrongly."""

    code = WRONG_USAGE


class SystemLibraryMissing(Refusal):
    """The machine lacks something; the line says what, and how to get it."""

    code = MACHINE_LACKS


class TryAgain(Refusal):
    """It may work the next time, as it is: no display yet, no memory, a disk that failed."""

    code = TRY_AGAIN


class Crash(Refusal):
    """A fault of the program itself."""

    code = CRASHED


def from_import_error(error: ImportError) -> SystemLibraryMissing | None:
    """What an import error says about the machine; None where it is not about a library of the system."""
    words = str(error)
    if "cannot open shared object file" in words or "DLL load failed" in words or "Library not loaded" in words:
        library = words.split(":")[0]
        return SystemLibraryMissing(f"A system library is missing ({library}); {LIBRARIES}")
    return None


def from_os_error(error: OSError) -> Refusal:
    """What the system says of a file."""
    from kyphoviz.scenario.errors import shortened

    place = f"{shortened(str(error.filename), 255)}: " if error.filename else ""
    return Refusal(f"kyphoviz: {place}{error.strerror or error}")
