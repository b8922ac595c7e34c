"""What is written never takes the place of what is read, and words come in the language that was meant."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kyphoviz.cli import main
from kyphoviz.scenario.languages import nearest
from tests.commands import refused, said
from tests.scene_files import MINIMAL

TINY = ("--size", "320x180", "--to", "0.1")


@pytest.fixture
def scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A film of one's own in the working folder, under further names."""
    path = tmp_path / "my.yaml"
    path.write_text(MINIMAL)
    (tmp_path / "link.png").symlink_to(path)
    os.link(path, tmp_path / "hard.png")
    (tmp_path / "folder").symlink_to(tmp_path)
    monkeypatch.chdir(tmp_path)
    return path


@pytest.mark.parametrize("name", ["my.yaml", "./my.yaml", "link.png", "hard.png", "folder/my.yaml"])
@pytest.mark.parametrize(
    "words",
    [
        ("render", "my.yaml", "--at", "1", "-o"),
        ("render", "my.yaml", "--at", "1", "--view", "ap", "--raw"),
        ("contact", "my.yaml", "-o"),
        ("movie", "my.yaml", *TINY, "-o"),
        ("handout", "my.yaml", "-o"),
        ("shapes", "my.yaml", "--at", "1", "-o"),
        ("anatomy", "export", "--level", "L1", "--set", "my.yaml", "-o"),
    ],
)
def test_what_is_read_is_not_written_over(
    scene: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], name: str
) -> None:
    """Links and spellings of the same file are seen through, before anything is drawn."""
    code, lines = refused(capsys, *words, name)

    assert (code, len(lines)) == (2, 1)
    assert "that is read" in lines[0]
    assert scene.read_text() == MINIMAL


@pytest.mark.parametrize("name", ["bones", "bones/manifest.json", "bones/L1.npz", "bones/../bones/T12_fine.npz"])
@pytest.mark.usefixtures("scene")
def test_no_picture_takes_the_place_of_bones(capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str) -> None:
    """Neither the folder of other bones nor a file of it is written over."""
    (tmp_path / "bones").mkdir()
    code, lines = refused(capsys, "render", "my.yaml", "--at", "1", "--bones", "bones", "-o", name)

    assert (code, len(lines)) == (2, 1)
    assert "that is read" in lines[0]


@pytest.mark.parametrize(
    "words",
    [
        ("movie", "my.yaml", *TINY, "--captions", "srt", "-o", "f.srt"),
        ("movie", "my.yaml", *TINY, "--captions", "srt", "-o", "F.SRT"),
        ("render", "my.yaml", "--at", "1", "--view", "ap", "--raw", "a.npy", "-o", "folder/./a.npy"),
    ],
)
@pytest.mark.usefixtures("scene")
def test_two_files_are_never_one(capsys: pytest.CaptureFixture[str], words: tuple[str, ...]) -> None:
    """A film that its own subtitles would replace is refused first."""
    code, lines = refused(capsys, *words)

    assert (code, len(lines)) == (2, 1)
    assert "one file" in lines[0]


@pytest.mark.gl
@pytest.mark.usefixtures("scene")
def test_old_subtitles_do_not_stay_beside_a_new_film(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Those of an older run go; those of somebody else refuse the film, and stay."""
    film, subtitles = tmp_path / "f.mp4", tmp_path / "f.srt"
    assert main(["movie", "my.yaml", *TINY, "--captions", "srt", "-o", str(film)]) == 0
    assert subtitles.exists()

    assert main(["movie", "my.yaml", *TINY, "--captions", "none", "-o", str(film)]) == 0
    assert not subtitles.exists()

    subtitles.write_text("1\n00:00:00,000 --> 00:00:01,000\nmine\n")
    film.unlink()
    capsys.readouterr()
    code, lines = refused(capsys, "movie", "my.yaml", *TINY, "-o", str(film))
    assert (code, len(lines), film.exists(), subtitles.exists()) == (1, 1, False, True)


@pytest.mark.gl
@pytest.mark.parametrize("view", ["ap", "lateral"])
def test_an_xray_carries_its_marks(tmp_path: Path, capsys: pytest.CaptureFixture[str], view: str) -> None:
    """View, side and notice are burnt in unless nobody wants them; the middle of the picture is the same."""
    from PySide6.QtCore import QRect
    from PySide6.QtGui import QImage

    words = ("render", "leak", "--at", "1", "--view", view)
    said(capsys, *words, "-o", str(tmp_path / "on.png"))
    said(capsys, *words, "--marks", "off", "-o", str(tmp_path / "off.png"))

    marked, plain = QImage(str(tmp_path / "on.png")), QImage(str(tmp_path / "off.png"))
    assert marked.size() == plain.size()
    width, height = marked.width(), marked.height()
    places = {
        "view": QRect(0, 0, width // 4, height // 10),
        "side": QRect(width // 12, height * 6 // 10, width // 8, height // 8),
        "notice": QRect(0, height * 9 // 10, width, height // 10),
    }
    for name, place in places.items():
        assert marked.copy(place) != plain.copy(place), name
    middle = QRect(width // 3, height // 5, width // 3, height // 3)
    assert marked.copy(middle) == plain.copy(middle)


@pytest.mark.parametrize(
    ("asked", "there", "found"),
    [
        ("de", ("en", "de"), "de"),
        ("DE", ("en", "de"), "de"),
        ("de-AT", ("en", "de"), "de"),
        ("de_DE.UTF-8", ("en", "de"), "de"),
        ("de_AT@euro", ("en", "de"), "de"),
        ("zh-Hant-TW", ("en", "zh"), "zh"),
        ("pt", ("en", "pt-BR"), "pt-BR"),
        ("pt-PT", ("en", "pt-BR", "pt"), "pt"),
        ("xx", ("en", "de"), None),
        ("d", ("en", "de"), None),
        ("", ("en", "de"), None),
        ("C.UTF-8", ("en", "de"), None),
    ],
)
def test_the_nearest_language_is_found(asked: str, there: tuple[str, ...], found: str | None) -> None:
    """Region, case, underscores and encodings do not hide a language, and none is made up."""
    assert nearest(asked, there) == found


@pytest.mark.parametrize("asked", ["xx", "", "xx-YY"])
@pytest.mark.parametrize(
    "words", [("movie", "my.yaml", *TINY), ("contact", "my.yaml"), ("handout", "my.yaml"), ("my.yaml",)]
)
@pytest.mark.usefixtures("scene")
def test_an_unknown_language_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], asked: str
) -> None:
    """By every command that writes words, before anything is drawn, and with those that there are."""
    place = ("-o", str(tmp_path / "out")) if len(words) > 1 else ("--exit-after-first-frame",)
    code, lines = refused(capsys, *words, "--language", asked, *place)

    assert (code, len(lines)) == (1, 1)
    assert lines[0].startswith("--language")
    assert lines[0].endswith("there are: en")
    assert not (tmp_path / "out").exists()
