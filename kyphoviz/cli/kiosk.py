"""The kiosk's commands: `--mode kiosk` with its settings, and `kiosk-pin`, which makes the hash that goes into them."""

from __future__ import annotations

import argparse
import getpass
import signal
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kyphoviz.cli.ending import OF_SIGNAL, asked_code, ending_of
from kyphoviz.cli.parser import DEFAULT_SCENE
from kyphoviz.cli.refusal import CRASHED, DONE, MACHINE_LACKS, WRONG_INPUT, Refusal, SystemLibraryMissing, TryAgain
from kyphoviz.scenario.languages import languages_of, nearest
from kyphoviz.ui.kiosk.pin import LONGEST_PIN, SHORTEST_PIN, hash_pin
from kyphoviz.ui.kiosk.settings import FILE_NAME, NO_PIN, ReadSettings, read_file

if TYPE_CHECKING:
    from kyphoviz.film import Film
    from kyphoviz.ui.kiosk.screen import Curtain
    from kyphoviz.ui.start.interrupt import Interrupt

USUAL_LANGUAGE = "en"


def kiosk(wanted: argparse.Namespace) -> int:
    """Runs the kiosk until staff leave it; the log says what ended it.

    What is wrong in the settings file is told on its screen. What ends it for good is told there too, for a while.
    """
    from kyphoviz.ui.kiosk.log import LOG, logged
    from kyphoviz.ui.start.folders import log_folder

    with logged(log_folder()):
        try:
            code = _run_behind_curtain(wanted)
        except KeyboardInterrupt as asked:
            code = asked_code(asked)
        except Exception as error:
            ending = ending_of(error)
            is_fault = ending.code == CRASHED
            LOG.error("it ends with %d: %s", ending.code, " ".join(ending.lines), exc_info=error if is_fault else None)
            raise ending from error
        LOG.info("staff left" if code == DONE else "it ends with %d%s", *(() if code == DONE else (code, _by(code))))
        return code


def _by(code: int) -> str:
    """The signal that a code stands for."""
    number = code - OF_SIGNAL
    return f", by {signal.Signals(number).name}" if number in {int(each) for each in signal.Signals} else ""


def _run_behind_curtain(wanted: argparse.Namespace) -> int:
    """Covers the screen before anything that takes time to load."""
    from kyphoviz.overlay.fonts import demand_letters
    from kyphoviz.ui.kiosk.screen import draw_curtain
    from kyphoviz.ui.start.display import NoDisplayError
    from kyphoviz.ui.start.folders import settings_folder
    from kyphoviz.ui.start.interrupt import Interrupt

    given = wanted.kiosk_settings
    folder = settings_folder() or Path(FILE_NAME).absolute().parent
    read = _read(Path(given) if given else folder / FILE_NAME, is_asked=given is not None)
    try:
        curtain = draw_curtain(read.settings.screen, wanted.theme or "dark")
    except NoDisplayError as error:
        _film(wanted, read)  # a faulty scene is told first, wherever that is
        raise (TryAgain if error.may_come else SystemLibraryMissing)(str(error)) from error
    interrupt = Interrupt()
    try:
        demand_letters()
        return _run(wanted, read, curtain, interrupt)
    except Exception as error:
        ending = ending_of(error)
        if ending.code in (WRONG_INPUT, MACHINE_LACKS) and not wanted.exit_after_first_frame:
            curtain.tell(" ".join(ending.lines), interrupt)
        raise
    finally:
        interrupt.release()
        curtain.close()
        curtain.deleteLater()  # an error that is on its way still holds it


def _run(wanted: argparse.Namespace, read: ReadSettings, curtain: Curtain, interrupt: Interrupt) -> int:
    """Loads the film behind the curtain, and shows it."""
    film, read = _film(wanted, read)
    language, read = _language(wanted.language, film, read)
    from kyphoviz.ui.kiosk.run import run_kiosk

    return run_kiosk(
        film,
        read,
        curtain,
        interrupt,
        language=language,
        theme=wanted.theme or "dark",
        exit_after_first_frame=wanted.exit_after_first_frame,
    )


def kiosk_pin(wanted: argparse.Namespace) -> int:
    """Asks for a PIN, twice at a terminal, else one line, and prints its line of the settings."""
    if sys.stdin.isatty():
        pin = _typed(f"PIN, {SHORTEST_PIN} to {LONGEST_PIN} digits: ")
        if _typed("The same again: ") != pin:
            raise Refusal("These were two different PINs; nothing was printed.")
    else:
        pin = sys.stdin.readline().strip()
    try:
        hashed = hash_pin(pin)
    except ValueError as error:
        raise Refusal(f"This is no PIN: {error}.") from error
    print(f'pin_hash = "{hashed}"')
    return DONE


def _typed(prompt: str) -> str:
    """What somebody types unseen; nothing where they end the input instead."""
    try:
        return getpass.getpass(prompt)
    except EOFError:
        return ""


def _read(path: Path, *, is_asked: bool) -> ReadSettings:
    """The settings; the usual file may be missing, one that was asked for may not."""
    if not is_asked and not path.exists():
        read = ReadSettings(problems=(f"There is no {FILE_NAME} ({path.parent}); the defaults are used.",))
    else:
        read = read_file(path)
    if read.settings.pin is None and not read.settings.is_locked:
        return replace(read, problems=(*read.problems, NO_PIN))
    return read


def _film(wanted: argparse.Namespace, read: ReadSettings) -> tuple[Film, ReadSettings]:
    """The film: that of the command line, else that of the settings, else the usual one."""
    from kyphoviz.cli.scenes import opened_film

    asked, bones = wanted.scene, wanted.bones
    if asked is not None or read.settings.scene is None:
        return opened_film(asked or DEFAULT_SCENE, bones), read
    try:
        return opened_film(read.settings.scene, bones), read
    except (Refusal, OSError) as refusal:
        first = refusal.lines[0] if isinstance(refusal, Refusal) else str(refusal.strerror)
        problem = f"The scene {read.settings.scene} can't be shown, so {DEFAULT_SCENE} is: {first}"
        return opened_film(DEFAULT_SCENE, bones), replace(read, problems=(*read.problems, problem))


def _language(asked: str, film: Film, read: ReadSettings) -> tuple[str, ReadSettings]:
    """The language, told where the film does not have it: then its words are English."""
    language = asked if asked != USUAL_LANGUAGE else read.settings.language or USUAL_LANGUAGE
    there = languages_of(film.scenario)
    found = nearest(language, there)
    if found is not None:
        return found, read
    problem = f"The film has no words in the language {language}; English is used. There are: {', '.join(there)}."
    return language, replace(read, problems=(*read.problems, problem))
