"""The command about shapes: `shapes`."""

from __future__ import annotations

import argparse
from pathlib import Path

from kyphoviz.cli.refusal import DONE, Refusal
from kyphoviz.cli.scenes import opened_film
from kyphoviz.cli.values import moment


def shapes(wanted: argparse.Namespace) -> int:
    """Every shape of a moment as STL."""
    film = opened_film(wanted.scene, wanted.bones)
    time_s = moment(wanted.at, film.timeline)
    from kyphoviz.export.solids import NotOurs, write_shapes

    try:
        write_shapes(Path(wanted.output), film, time_s)
    except NotOurs as error:
        raise Refusal(str(error)) from error
    return DONE
