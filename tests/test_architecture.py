"""The house rules that no linter knows."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "kyphoviz"
SOURCES = sorted(PACKAGE.rglob("*.py"))
LINES_MOST, LINES_USUALLY, METHODS_MOST = 400, 200, 20
LYING_FLAT = 6  # files of a house of rooms that stand in no room

# Which rooms may import what: a top-level package -> paths inside kyphoviz/ (a folder, or one file).
ALLOWED = {
    "PySide6.QtWidgets": ("ui", "bench"),
    "PySide6": ("ui", "overlay", "export", "bench"),
    "vtk": ("scene", "bench", "anatomy/isosurface.py"),
    "vtkmodules": ("scene", "bench", "anatomy/isosurface.py"),
    "pyvista": ("scene", "bench", "anatomy/isosurface.py"),
    "moderngl": ("fluoroscopy",),
    "yaml": ("scenario",),
    "trimesh": ("anatomy/build.py", "anatomy/occlusion.py"),
    "embreex": ("anatomy/build.py", "anatomy/occlusion.py"),
    "imageio_ffmpeg": ("export",),
    "argparse": ("cli",),
}


def imported(source: Path) -> set[str]:
    """Every module that a file imports anywhere, functions included."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {node.module} | {f"{node.module}.{name.name}" for name in node.names}
    return found


def place(source: Path) -> str:
    return source.relative_to(PACKAGE).as_posix()


@pytest.mark.parametrize("library", ALLOWED)
def test_a_library_stays_in_its_rooms(library: str) -> None:
    """Qt, VTK, OpenGL and the other specialists are imported only where the design has put them."""
    strays = [
        place(source)
        for source in SOURCES
        if any(name == library or name.startswith(f"{library}.") for name in imported(source))
        and not any(place(source) == room or place(source).startswith(f"{room}/") for room in ALLOWED[library])
    ]

    assert strays == []


@pytest.mark.parametrize("library", ["vtkmodules", "PySide6", "moderngl"])
def test_the_search_for_imports_finds_some(library: str) -> None:
    """Each library is found in at least one of its rooms, so that the rule above can fail."""
    assert any(name.startswith(library) for source in SOURCES for name in imported(source))


@pytest.mark.parametrize("source", SOURCES, ids=place)
def test_a_file_can_be_read_in_one_go(source: Path) -> None:
    """No file is longer than 400 lines, and no class has more than 20 methods, those that Qt calls included."""
    text = source.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LINES_MOST

    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ClassDef):
            methods = [item.name for item in node.body if isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef)]
            assert len(methods) <= METHODS_MOST, f"{node.name} has {len(methods)} methods"


@pytest.mark.parametrize("house", ["ui", "site"])
def test_a_house_of_rooms_stays_one(house: str) -> None:
    """At most six files of the windows and of the body lie outside their rooms; nine of ten have at most 200 lines."""
    flat = [source.stem for source in (PACKAGE / house).glob("*.py") if source.stem != "__init__"]
    lengths = sorted(len(source.read_text(encoding="utf-8").splitlines()) for source in (PACKAGE / house).rglob("*.py"))

    assert len(flat) <= LYING_FLAT
    assert lengths[int(0.9 * len(lengths))] <= LINES_USUALLY


def test_a_class_has_its_name_for_itself() -> None:
    """Whoever reads a name knows which class is meant, in whatever room."""
    places: dict[str, list[str]] = {}
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                places.setdefault(node.name, []).append(place(source))

    assert {name: where for name, where in places.items() if len(where) > 1} == {}


def test_there_is_no_room_for_leftovers() -> None:
    """No module is named after having no subject."""
    banned = {"utils", "util", "common", "core", "helpers", "managers", "base", "data", "misc"}

    assert [place(source) for source in SOURCES if source.stem in banned or source.parent.name in banned] == []


def test_time_and_scenarios_need_neither_qt_nor_vtk() -> None:
    """A fresh interpreter that imports the operation in time, scenarios, player and modes has loaded neither."""
    script = """
import sys, kyphoviz.procedure.timeline, kyphoviz.scenario.load, kyphoviz.player, kyphoviz.modes
loaded = {name.split(".")[0] for name in sys.modules}
sys.exit(", ".join(sorted(loaded & {"PySide6", "vtk", "vtkmodules", "pyvista", "moderngl"})) or 0)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
