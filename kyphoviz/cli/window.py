"""The commands that open the window: the window itself, and `bench`, which measures it."""

from __future__ import annotations

import argparse
import json
import sys

from kyphoviz.cli.refusal import DONE, SystemLibraryMissing
from kyphoviz.cli.scenes import opened_film
from kyphoviz.modes import mode_named


def window(wanted: argparse.Namespace) -> int:
    """Opens the window on a scene and stays until it is closed."""
    film = opened_film(wanted.scene)
    from kyphoviz.fluoroscopy.path_lengths import FluoroscopyUnavailable
    from kyphoviz.scene.window import PicturesUnavailable
    from kyphoviz.ui.app import run_window
    from kyphoviz.ui.display import NoDisplayError

    try:
        return run_window(
            film,
            mode_named(wanted.mode),
            exit_after_first_frame=wanted.exit_after_first_frame,
            language=wanted.language,
        )
    except (NoDisplayError, PicturesUnavailable, FluoroscopyUnavailable) as error:
        raise SystemLibraryMissing(str(error)) from error


def bench(wanted: argparse.Namespace) -> int:
    """Measures the program here."""
    film = opened_film("kyphoplasty")
    from kyphoviz.bench.report import lines
    from kyphoviz.bench.run import measure_all
    from kyphoviz.fluoroscopy.path_lengths import FluoroscopyUnavailable
    from kyphoviz.scene.window import PicturesUnavailable
    from kyphoviz.ui.display import NoDisplayError

    try:
        results = measure_all(film, lambda what: print(f"measuring {what} ...", file=sys.stderr, flush=True))
    except (NoDisplayError, PicturesUnavailable, FluoroscopyUnavailable) as error:
        raise SystemLibraryMissing(str(error)) from error
    print(json.dumps(results, allow_nan=False) if wanted.json else "\n".join(lines(results)))
    return DONE
