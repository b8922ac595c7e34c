"""The command `anatomy`: build, measure, sizes, export, gallery."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from kyphoviz.cli.parser import BONE_SETS, LEVELS
from kyphoviz.cli.refusal import DONE, Refusal, SystemLibraryMissing
from kyphoviz.cli.values import as_typed

if TYPE_CHECKING:
    from kyphoviz.anatomy.assets import RestBone
    from kyphoviz.anatomy.bone_sets import BoneSet
    from kyphoviz.anatomy.bones import Bones
    from kyphoviz.anatomy.mesh import Mesh

EXPORTED_TRIANGLES = 40_000


def anatomy(wanted: argparse.Namespace) -> int:
    """Builds, measures, lists or exports the bones."""
    actions = {"build": _build, "measure": _measure, "sizes": _sizes, "export": _export, "gallery": _gallery}
    return actions[wanted.action](wanted)


def opened_bones(given: str | None) -> Bones:
    """The shipped bones, or those of a folder; a Refusal tells everything that is wrong with them."""
    if given is None:
        from kyphoviz.anatomy.bones import shipped_bones

        return shipped_bones()
    from kyphoviz.anatomy.foreign_bones import UnfitBones, foreign_bones
    from kyphoviz.scenario.errors import LINES_MOST

    try:
        return foreign_bones(Path(given))
    except UnfitBones as wrong:
        more = len(wrong.lines) - LINES_MOST + 1
        lines = wrong.lines if more <= 1 else (*wrong.lines[: LINES_MOST - 1], f"{given}: and {more} more errors")
        raise Refusal(*lines) from wrong


def _build(wanted: argparse.Namespace) -> int:
    bone_set = _bone_set(wanted.set)
    if wanted.set and not wanted.output:
        raise Refusal("say where the bones of another set go: -o DIR (assets/meshes/ holds those of the scenes)")
    with _making():
        from kyphoviz.anatomy.build import build
        from kyphoviz.anatomy.stored import meshes_folder

        folder = Path(wanted.output) if wanted.output else meshes_folder()
        build(folder, [wanted.level] if wanted.level else LEVELS, _tell, bone_set)
    return DONE


def _measure(wanted: argparse.Namespace) -> int:
    """Of the shipped bones, or of a set that is made for it and thrown away."""
    from dataclasses import asdict

    from kyphoviz.anatomy.measure import measures, table

    levels = [wanted.level] if wanted.level else LEVELS
    with TemporaryDirectory() as scratch:
        folder = None
        if wanted.set:
            folder, bone_set = Path(scratch), _bone_set(wanted.set)
            with _making():
                from kyphoviz.anatomy.build import build

                build(folder, levels, _tell, bone_set, is_fine=False)
        rows = [row for level in levels for row in measures(_bone(level, folder))]
    print(json.dumps([asdict(row) for row in rows]) if wanted.json else table(rows))
    return DONE


def _sizes(wanted: argparse.Namespace) -> int:
    from kyphoviz.anatomy.published import SIZES

    shapes = _bone_set(wanted.set).shapes
    if wanted.json:
        values = {level: {size.key: getattr(shape, size.field) for size in SIZES} for level, shape in shapes.items()}
        print(json.dumps(values))
        return DONE
    print(f"{'size':54}{'unit':5}" + "".join(f"{level:>8}" for level in shapes) + "   source of the means")
    for size in SIZES:
        row = "".join(f"{getattr(shape, size.field):8.1f}" for shape in shapes.values())
        print(f"{size.term:54}{size.unit:5}{row}   {size.source}")
    return DONE


def _export(wanted: argparse.Namespace) -> int:
    """The very mesh that the scenes use, or one of another set, made for this."""
    from kyphoviz.anatomy.mesh import write_stl
    from kyphoviz.aside import written_aside

    with written_aside(Path(wanted.output)) as aside:
        write_stl(_made(wanted.level, wanted.set) if wanted.set else _bone(wanted.level).outer, aside)
    return DONE


def _made(level: str, asked: str) -> Mesh:
    bone_set = _bone_set(asked)
    with _making():
        from kyphoviz.anatomy.making import made_bones

        return made_bones(bone_set, (level,))[level].surface(EXPORTED_TRIANGLES)


def _gallery(wanted: argparse.Namespace) -> int:
    from kyphoviz.aside import written_aside
    from kyphoviz.export.gallery import write_gallery
    from kyphoviz.overlay.fonts import FontsMissing

    try:
        with written_aside(Path(wanted.output)) as aside:
            write_gallery(aside, opened_bones(None))
    except FontsMissing as error:
        raise SystemLibraryMissing(str(error)) from error
    return DONE


def _bone_set(asked: str | None) -> BoneSet:
    """A shipped set by its name, or that of a file."""
    from kyphoviz.anatomy.bone_sets import SETS, SHIPPED

    if asked is None or asked in SETS:
        return SETS[asked or SHIPPED]
    path = Path(asked)
    if path.suffix not in (".yaml", ".yml"):
        raise Refusal(f"no set of bones is named {as_typed(asked)}; there are {', '.join(BONE_SETS)}, or a .yaml file")
    from kyphoviz.scenario.bone_sizes import load_bone_set
    from kyphoviz.scenario.errors import ScenarioError

    try:
        return load_bone_set(path, asked)
    except ScenarioError as error:
        raise Refusal(*error.lines) from error


@contextmanager
def _making() -> Iterator[None]:
    """Says plainly what is missing, or that sizes make no bone."""
    try:
        from kyphoviz.anatomy.making import UnsoundBone
    except ModuleNotFoundError as error:
        raise _lacking(error) from error
    try:
        yield
    except ModuleNotFoundError as error:
        raise _lacking(error) from error
    except UnsoundBone as error:
        raise Refusal(f"these sizes make no whole bone: {error}") from error


def _lacking(error: ModuleNotFoundError) -> SystemLibraryMissing:
    return SystemLibraryMissing(f"Making bones needs trimesh and embreex: pip install 'kyphoviz[build]' ({error.name})")


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _bone(level: str, folder: Path | None = None) -> RestBone:
    from kyphoviz.anatomy.assets import load_bone

    return load_bone(level, folder)
