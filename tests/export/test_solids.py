"""Solids as other programs read them, and folders that hold those of one moment only."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import trimesh

from kyphoviz.anatomy.bones import shipped_bones
from kyphoviz.anatomy.mesh import write_stl
from kyphoviz.export.solids import NotOurs, write_shapes
from kyphoviz.film import Film, open_film
from kyphoviz.scenario.load import find, load

SCENES = ("kyphoplasty", "vertebroplasty", "leak")


@pytest.fixture(scope="module", params=SCENES)
def film(request: pytest.FixtureRequest) -> Film:
    """The shipped films with their real shapes."""
    return open_film(load(find(request.param), request.param), shipped_bones())


@pytest.fixture(scope="module")
def kyphoplasty() -> Film:
    """The usual film."""
    return open_film(load(find("kyphoplasty")), shipped_bones())


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_what_is_closed_is_closed_when_it_is_read_again(film: Film, tmp_path: Path) -> None:
    """Every part of every step that says closed is so for a reader that joins equal corners, and faces out."""
    tried = set()
    for span in film.timeline.spans:
        for shape in film.site.shapes(film.timeline.state_at(0.4 * span.start_s + 0.6 * span.end_s)):
            if not shape.is_closed or len(shape.mesh.triangles) == 0 or shape.key in tried:
                continue
            tried.add(shape.key)
            write_stl(shape.placed, tmp_path / "a.stl")
            read = trimesh.load_mesh(tmp_path / "a.stl")
            assert (read.is_watertight, read.is_winding_consistent) == (True, True), (span.step.id, shape.name)
            assert read.volume > 0.0, (span.step.id, shape.name)
    assert len(tried) > 20


def test_the_header_tells_the_axes(kyphoplasty: Film, tmp_path: Path) -> None:
    """A planning program finds left and right without being asked: the header has its word for them."""
    write_shapes(tmp_path / "solids", kyphoplasty, 0.0)

    for path in (tmp_path / "solids").glob("*.stl"):
        header = path.read_bytes()[:80]
        assert b"SPACE=LPS" in header
        assert not header.startswith(b"solid")  # which would be text


def test_solids_of_another_moment_go(kyphoplasty: Film, tmp_path: Path) -> None:
    """Cement of a later moment does not stay beside the bones of an earlier one; what is no solid stays."""
    folder = tmp_path / "solids"
    write_shapes(folder, kyphoplasty, kyphoplasty.timeline.time_of("cure"))
    (folder / "notes.txt").write_text("mine")
    assert "cement.stl" in names(folder)

    write_shapes(folder, kyphoplasty, 0.0)

    parts = json.loads((folder / "shapes.json").read_text())["parts"]
    assert names(folder) == {"shapes.json", "notes.txt", *(part["file"] for part in parts)}
    assert "cement.stl" not in names(folder)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("implant.STL", "solid"),
        ("L1.stl", "solid"),
        ("shapes.json", "{}"),
        ("shapes.json", '{"parts": [{"file": "../a.stl"}, 3]}'),
        ("shapes.json", "[" * 100_000),
    ],
)
def test_solids_of_somebody_else_are_left_alone(kyphoplasty: Film, tmp_path: Path, name: str, words: str) -> None:
    """A folder with solids that no table of ours names is refused, and nothing in it is touched."""
    (tmp_path / name).write_text(words)

    with pytest.raises(NotOurs, match=name):
        write_shapes(tmp_path, kyphoplasty, 0.0)

    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [(name, words)]


def test_a_table_can_name_nothing_outside_its_folder(kyphoplasty: Film, tmp_path: Path) -> None:
    """A table that was tampered with removes no other file."""
    folder, other = tmp_path / "solids", tmp_path / "other.stl"
    other.write_text("mine")
    folder.mkdir()
    (folder / "shapes.json").write_text('{"parts": [{"file": "../other.stl"}]}')

    write_shapes(folder, kyphoplasty, 0.0)

    assert other.read_text() == "mine"
