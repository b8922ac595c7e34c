"""The kiosk's commands: `--mode kiosk` with its settings, and `kiosk-pin`, which makes the hash that goes into them."""

from __future__ import annotations

import argparse
import getpass
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kyphoviz.cli.parser import DEFAULT_SCENE
from kyphoviz.cli.refusal import DONE, Refusal, SystemLibraryMissing
from kyphoviz.ui.kiosk.pin import hash_pin
from kyphoviz.ui.kiosk.settings import FILE_NAME, NO_PIN, ReadSettings, read_file

if TYPE_CHECKING:
    from kyphoviz.film import Film
    from kyphoviz.ui.kiosk.screen import Curtain

USUAL_LANGUAGE = "en"


def kiosk(wanted: argparse.Namespace) -> int:
    """Runs the kiosk until staff leave it.

    What is wrong on the command line ends it at once; what is wrong in the settings file is told on its screen.
    """
    from kyphoviz.ui.kiosk.screen import draw_curtain
    from kyphoviz.ui.remembered.session import settings_folder
    from kyphoviz.ui.start.display import NoDisplayError

    given = wanted.kiosk_settings
    read = _read(Path(given) if given else settings_folder() / FILE_NAME, is_asked=given is not None)
    try:
        curtain = draw_curtain(read.settings.screen, wanted.theme or "dark")
    except NoDisplayError as error:
        _film(wanted.scene, read)  # a faulty scene is told first, wherever that is
        raise SystemLibraryMissing(str(error)) from error
    try:
        return _run(wanted, read, curtain)
    finally:
        curtain.close()


def _run(wanted: argparse.Namespace, read: ReadSettings, curtain: Curtain) -> int:
    """Loads the film behind the curtain, and shows it."""
    film, read = _film(wanted.scene, read)
    language, read = _language(wanted.language, film, read)
    from kyphoviz.fluoroscopy.path_lengths import FluoroscopyUnavailable
    from kyphoviz.scene.window import PicturesUnavailable
    from kyphoviz.ui.kiosk.run import run_kiosk
    from kyphoviz.ui.remembered.session import log_folder

    try:
        return run_kiosk(
            film,
            read,
            language=language,
            theme=wanted.theme or "dark",
            log_folder=log_folder(),
            curtain=curtain,
            exit_after_first_frame=wanted.exit_after_first_frame,
        )
    except (PicturesUnavailable, FluoroscopyUnavailable) as error:
        raise SystemLibraryMissing(str(error)) from error


def kiosk_pin(wanted: argparse.Namespace) -> int:
    """Asks for a PIN, twice at a terminal, else one line, and prints its line of the settings."""
    if sys.stdin.isatty():
        pin = getpass.getpass("PIN: ")
        if getpass.getpass("The same again: ") != pin:
            raise Refusal("These were two different PINs; nothing was printed.")
    else:
        pin = sys.stdin.readline().strip()
    try:
        hashed = hash_pin(pin)
    except ValueError as error:
        raise Refusal(f"This is no PIN: {error}.") from error
    print(f'pin_hash = "{hashed}"')
    return DONE


def _read(path: Path, *, is_asked: bool) -> ReadSettings:
    """The settings; the usual file may be missing, one that was asked for may not."""
    if not is_asked and not path.exists():
        read = ReadSettings(problems=(f"There is no {FILE_NAME} ({path.parent}); the defaults are used.",))
    else:
        read = read_file(path)
    if read.settings.pin is None and not read.settings.is_locked:
        return replace(read, problems=(*read.problems, NO_PIN))
    return read


def _film(asked: str | None, read: ReadSettings) -> tuple[Film, ReadSettings]:
    """The film: that of the command line, else that of the settings, else the usual one."""
    from kyphoviz.cli.scenes import opened_film

    if asked is not None or read.settings.scene is None:
        return opened_film(asked or DEFAULT_SCENE), read
    try:
        return opened_film(read.settings.scene), read
    except (Refusal, OSError) as refusal:
        first = refusal.lines[0] if isinstance(refusal, Refusal) else str(refusal.strerror)
        problem = f"The scene {read.settings.scene} can't be shown, so {DEFAULT_SCENE} is: {first}"
        return opened_film(DEFAULT_SCENE), replace(read, problems=(*read.problems, problem))


def _language(asked: str, film: Film, read: ReadSettings) -> tuple[str, ReadSettings]:
    """The language, told where the film does not have it: then its words are English."""
    language = asked if asked != USUAL_LANGUAGE else read.settings.language or USUAL_LANGUAGE
    there = [name for name, _ in film.scenario.title.by_language]
    if language in there:
        return language, read
    problem = f"The film has no words in the language {language}; English is used. There are: {', '.join(there)}."
    return language, replace(read, problems=(*read.problems, problem))
