"""The commands that open the window: the window itself, and `bench`, which measures it."""

from __future__ import annotations

import argparse
import json
import sys
from traceback import format_exception
from typing import TYPE_CHECKING

from kyphoviz.cli.ending import asked_code, ending_of
from kyphoviz.cli.refusal import CRASHED, DONE, Refusal, SystemLibraryMissing, UsageRefusal

if TYPE_CHECKING:
    from kyphoviz.film import Film

USUAL_LANGUAGE = "en"


def window(wanted: argparse.Namespace) -> int:
    """Opens the window on a scene and stays until it is closed.

    Only Qt is loaded until its splash is on the screen.
    """
    if wanted.mode == "kiosk":
        from kyphoviz.cli.kiosk import kiosk

        return kiosk(wanted)
    if wanted.kiosk_settings is not None:
        raise UsageRefusal("--kiosk-settings belongs to --mode kiosk")
    from kyphoviz.ui.app import Wish, run_window
    from kyphoviz.ui.start.display import NoDisplayError

    language = _nearest(wanted.language)
    wish = Wish(wanted.scene, wanted.mode, wanted.theme, language, wanted.exit_after_first_frame)
    try:
        return run_window(wish, lambda given: _opened_film(given, language, wanted.bones))
    except KeyboardInterrupt as asked:
        return asked_code(asked)
    except NoDisplayError as error:
        _refuse_wrong_input(wanted)
        raise SystemLibraryMissing(str(error)) from error
    except Exception as error:
        ending = ending_of(error)
        if ending.code == CRASHED:
            from kyphoviz.ui.start.excepthook import write_story
            from kyphoviz.ui.start.folders import log_folder

            folder = log_folder()
            if folder is not None:
                write_story(folder, "".join(format_exception(error)))
        raise ending from error


def _nearest(asked: str) -> str:
    """The code of the language that may be meant; whether the film has it is known later."""
    if asked == USUAL_LANGUAGE:
        return asked
    from kyphoviz.scenario.fields import LANGUAGES
    from kyphoviz.scenario.languages import nearest

    return nearest(asked, LANGUAGES) or asked


def _opened_film(given: str, language: str = USUAL_LANGUAGE, bones: str | None = None) -> Film:
    from kyphoviz.cli.scenes import language_of, opened_film

    film = opened_film(given, bones)
    language_of(language, film.scenario)
    return film


def _refuse_wrong_input(wanted: argparse.Namespace) -> None:
    """Where there is no display, a faulty scene and faulty bones are still told first."""
    if wanted.scene is not None:
        from kyphoviz.cli.scenes import opened_scenario

        opened_scenario(wanted.scene)
    if wanted.bones is not None:
        from kyphoviz.cli.bones import opened_bones

        opened_bones(wanted.bones)


def bench(wanted: argparse.Namespace) -> int:
    """Measures the program here; with `--check`, tells what misses its bar and ends with 1 where anything does."""
    film = _opened_film("kyphoplasty")
    from kyphoviz.bench.report import lines, misses
    from kyphoviz.bench.run import measure_all
    from kyphoviz.fluoroscopy.path_lengths import FluoroscopyUnavailable
    from kyphoviz.overlay.fonts import FontsMissing
    from kyphoviz.scene.window import PicturesUnavailable
    from kyphoviz.ui.start.display import NoDisplayError

    try:
        results = measure_all(film, lambda what: print(f"measuring {what} ...", file=sys.stderr, flush=True))
    except (NoDisplayError, PicturesUnavailable, FluoroscopyUnavailable, FontsMissing) as error:
        raise SystemLibraryMissing(str(error)) from error
    print(json.dumps(results, allow_nan=False) if wanted.json else "\n".join(lines(results)))
    missed = list(misses(results)) if wanted.check else []
    if missed:
        raise Refusal(*missed)
    return DONE
