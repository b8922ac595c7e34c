"""The commands about shapes: `shapes` and `anatomy build`, `measure`, `export`."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kyphoviz.cli.refusal import DONE, Refusal, SystemLibraryMissing
from kyphoviz.cli.scenes import opened_film
from kyphoviz.cli.values import moment

if TYPE_CHECKING:
    from kyphoviz.anatomy.assets import RestBone


def shapes(wanted: argparse.Namespace) -> int:
    """Every shape of a moment as STL."""
    film = opened_film(wanted.scene)
    time_s = moment(wanted.at, film.timeline)
    from kyphoviz.export.solids import write_shapes

    write_shapes(Path(wanted.output), film, time_s)
    return DONE


def anatomy(wanted: argparse.Namespace) -> int:
    """Builds, measures or exports the bones."""
    actions = {"build": _build, "measure": _measure, "export": _export}
    return actions[wanted.action](wanted)


def _build(wanted: argparse.Namespace) -> int:
    try:
        from kyphoviz.anatomy.build import build
    except ModuleNotFoundError as error:
        raise SystemLibraryMissing(
            f"Making the bones needs the package {error.name}: pip install 'kyphoviz[build]'"
        ) from error
    from kyphoviz.anatomy.assets import meshes_folder
    from kyphoviz.anatomy.spine import ORDER

    folder = Path(wanted.output) if wanted.output else meshes_folder()
    build(folder, [wanted.level] if wanted.level else ORDER, lambda line: print(line, file=sys.stderr, flush=True))
    return DONE


def _measure(wanted: argparse.Namespace) -> int:
    from dataclasses import asdict

    from kyphoviz.anatomy.measure import measures, table
    from kyphoviz.anatomy.spine import ORDER

    levels = [wanted.level] if wanted.level else ORDER
    rows = [row for level in levels for row in measures(_bone(level))]
    print(json.dumps([asdict(row) for row in rows]) if wanted.json else table(rows))
    return DONE


def _export(wanted: argparse.Namespace) -> int:
    from kyphoviz.anatomy.mesh import write_stl
    from kyphoviz.export.aside import written_aside

    bone = _bone(wanted.level)
    with written_aside(Path(wanted.output)) as aside:
        write_stl(bone.outer, aside)
    return DONE


def _bone(level: str) -> RestBone:
    from kyphoviz.anatomy.assets import AssetError, load_bone

    try:
        return load_bone(level)
    except AssetError as error:
        raise Refusal(str(error)) from error
