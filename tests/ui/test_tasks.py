"""Snapshots and movies from the window."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from kyphoviz.anatomy.stored import AssetError
from kyphoviz.aside import aside_of
from kyphoviz.modes import KIOSK
from kyphoviz.procedure.state import Camera, Layer
from kyphoviz.ui.opening import offer_saving
from kyphoviz.ui.saving.cards import Toast
from kyphoviz.ui.saving.menu import SavingMenu
from kyphoviz.ui.saving.movie_child import MovieChild
from kyphoviz.ui.saving.snapshot import picture_of
from kyphoviz.ui.saving.tasks import Tasks
from kyphoviz.ui.saving.wish import SavingWish
from kyphoviz.viewing.handed_on import Seen, from_line
from tests.ui.conftest import Stage

NOON = datetime(2030, 1, 31, 12, 0, 5)
WRITES = "import sys; open(sys.argv[-1], 'w').write('film'); print('3 of 4 frames, about 7 s left', file=sys.stderr)"
REFUSES = "import sys; print('1 of 4 frames', file=sys.stderr); sys.exit('kyphoviz: the disk is full')"
LASTS = """
import os, pathlib, signal, sys
path = pathlib.Path(sys.argv[-1])
aside = path.with_name(f".{path.stem[:80]}.{os.getpid()}.part{path.suffix}")
aside.write_text("half")
print("1 of 4 frames, about 9 s left", file=sys.stderr, flush=True)
signal.pause()
"""


def tasks_of(stage: Stage, folder: Path) -> Tasks:
    window = stage.window
    viewport = window.parts.viewport
    tasks = Tasks(stage.viewing, viewport, window.large, "kyphoplasty", pictures=folder, films=folder, now=lambda: NOON)
    offer_saving(window, tasks)
    return tasks


ECHO = "import sys; sys.exit(' '.join(a for a in sys.argv if a.startswith('--bones')))"


def test_a_movie_shows_the_bones_of_the_window(
    stage: Stage, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second process is told of other bones than the shipped ones, wherever it looks from, and else of none."""
    monkeypatch.setattr("kyphoviz.ui.saving.movie_child.this_program", lambda: [sys.executable, "-c", ECHO])
    tasks = tasks_of(stage, tmp_path)
    heard: list[str] = []
    site: Any = stage.film.site
    for folder in (None, Path("-others")):
        site.bones.folder = folder
        tasks.make_step_movie()
        assert tasks.movie is not None
        with qtbot.waitSignal(tasks.movie.failed) as told:
            pass
        heard += told.args

    assert heard == ["it ended without a word", f"--bones={Path.cwd() / '-others'}"]


LOOK = ("--size", "--layout", "--captions")


def told_of_movie(tasks: Tasks, qtbot: QtBot) -> list[str]:
    """What the second process is told, a word each."""
    heard: list[list[str]] = []

    class Silent(MovieChild):
        def __init__(self, path: Path, words: list[str], **rest: Any) -> None:
            heard.append(words)
            super().__init__(path, [], [sys.executable, "-c", REFUSES], **rest)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kyphoviz.ui.saving.tasks.MovieChild", Silent)
        tasks.make_movie()
    qtbot.waitUntil(lambda: tasks.movie is None)
    return heard[0]


def test_a_movie_shows_what_is_seen(stage: Stage, tmp_path: Path, qtbot: QtBot) -> None:
    """Its process is told the case in view, and the theme, layers, cut and camera that were chosen."""
    tasks, viewing = tasks_of(stage, tmp_path), stage.viewing
    viewing.choose(replace(viewing.choices.with_layer(Layer.MUSCLE, 0.0), theme="light", cut=0.5, camera=Camera()))
    words = told_of_movie(tasks, qtbot)

    seen = from_line(words[words.index("--as-seen") + 1])
    assert seen == Seen(viewing.film.scenario.case, viewing.choices)
    qtbot.waitUntil(lambda: stage.is_quiet)


def test_who_saves_chooses_x_rays_words_and_size(stage: Stage, tmp_path: Path, qtbot: QtBot) -> None:
    """What is ticked in the menu reaches the movie; as it comes, both are on it."""
    tasks = tasks_of(stage, tmp_path)
    first = told_of_movie(tasks, qtbot)
    menu = stage.window.findChild(SavingMenu)
    assert menu is not None
    for words in ("With X-rays", "With words and numbers", "Movie 1080 x 1920, upright"):
        next(action for action in menu.actions() if action.text() == words).trigger()
    second = told_of_movie(tasks, qtbot)

    assert menu.wish == SavingWish(False, False, (1080, 1920))
    assert [first[first.index(key) + 1] for key in LOOK] == ["1280x720", "3d+xray", "burn"]
    assert [second[second.index(key) + 1] for key in LOOK] == ["1080x1920", "3d", "none"]


def test_a_snapshot_has_what_is_wished_on_it(stage: Stage, tmp_path: Path, qtbot: QtBot) -> None:
    """X-rays stand beside the picture; without words nothing lies over it."""
    window, viewport = stage.window, stage.window.parts.viewport
    tasks = Tasks(
        stage.viewing, viewport, window.large, "kyphoplasty", xrays=window.parts.xrays.panes, pictures=tmp_path
    )
    found = []
    for wish in (SavingWish(), SavingWish(has_xrays=False), SavingWish(False, False)):
        tasks.heed(wish)
        path = tasks.take_snapshot()
        found.append(QImage(str(path)))
    both, picture, bare = found

    assert both.height() == picture.height() == bare.height()
    assert both.width() == picture.width() + picture.height() // 2
    assert picture != bare
    assert both.copy(picture.rect()) == picture
    qtbot.waitUntil(lambda: stage.is_quiet)


@pytest.mark.parametrize("script", [WRITES, REFUSES])
def test_nothing_of_a_movie_stays_when_it_is_over(stage: Stage, tmp_path: Path, qtbot: QtBot, script: str) -> None:
    """Each one stayed in memory with its process and all that it had said, until the window closed."""
    tasks = tasks_of(stage, tmp_path)
    gone = []
    for _ in range(3):
        movie = MovieChild(tmp_path / "film.mp4", [], [sys.executable, "-c", script], parent=tasks)
        movie.destroyed.connect(lambda: gone.append(True))
        tasks.watch(movie)
        qtbot.waitUntil(lambda: tasks.movie is None)
    qtbot.waitUntil(lambda: len(gone) == 3)

    assert not tasks.findChildren(MovieChild)


def child(tmp_path: Path, script: str) -> MovieChild:
    return MovieChild(tmp_path / "a film.mp4", [], [sys.executable, "-c", script])


@pytest.mark.parametrize("scale", [1, 2, 4])
def test_a_snapshot_is_as_large_as_asked(stage: Stage, tmp_path: Path, scale: int) -> None:
    """The picture has so many pixels for each on the screen, and a name that tells when and what."""
    path = tasks_of(stage, tmp_path).take_snapshot(scale)

    assert path == tmp_path / "KyphoViz 2030-01-31 12.00.05 position.png"
    assert QImage(str(path)).size() == stage.window.parts.viewport.rendering.size * scale


def test_the_window_goes_on_at_its_own_size(stage: Stage, tmp_path: Path, qtbot: QtBot) -> None:
    """After a large snapshot the next paint renders at the size of the window again."""
    tasks_of(stage, tmp_path).take_snapshot(4)
    stage.window.parts.viewport.repaint()

    assert stage.scene.size == stage.window.parts.viewport.rendering.size.toTuple()
    qtbot.waitUntil(lambda: stage.is_quiet)


def test_two_snapshots_in_a_second_are_two_files(stage: Stage, tmp_path: Path) -> None:
    """Nothing is written over."""
    tasks = tasks_of(stage, tmp_path)
    tasks.take_snapshot()
    tasks.take_snapshot()

    assert len(list(tmp_path.iterdir())) == 2


def test_a_snapshot_that_fails_says_so(stage: Stage, tmp_path: Path) -> None:
    """A folder that is gone is told in one line."""
    tasks = tasks_of(stage, tmp_path / "gone")

    assert tasks.take_snapshot() is None
    assert tasks._toast.text().startswith("The picture could not be saved: ")


def test_a_snapshot_without_its_bones_says_so(stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The finest bones are read when the first picture is saved: a damaged file is told then, and the window stays."""

    def apply(*_: object, **__: object) -> bool:
        raise AssetError("L1_fine.npz is damaged")

    tasks = tasks_of(stage, tmp_path)
    monkeypatch.setattr(stage.scene, "apply", apply)

    assert tasks.take_snapshot() is None
    assert tasks._toast.text() == "The picture could not be saved: L1_fine.npz is damaged"
    assert list(tmp_path.iterdir()) == []
    monkeypatch.undo()


def test_a_snapshot_shows_the_finest_bones(stage: Stage, tmp_path: Path, qtbot: QtBot) -> None:
    """They are worth their time in a picture that is kept; as soon as the film moves on, the light ones are back."""
    seen = [stage.scene.is_fine]
    tasks_of(stage, tmp_path).take_snapshot(1)
    seen.append(stage.scene.is_fine)
    stage.player.seek(stage.player.time_s + 1.0)
    stage.window.parts.viewport.repaint()
    seen.append(stage.scene.is_fine)

    assert seen == [False, True, False]
    qtbot.waitUntil(lambda: stage.is_quiet)


def test_a_kiosk_saves_nothing(open_stage: Callable[..., Stage], tmp_path: Path) -> None:
    """Neither menu nor task leaves a file behind."""
    stage = open_stage(KIOSK)
    tasks = tasks_of(stage, tmp_path)
    tasks.take_snapshot()
    tasks.make_movie()

    assert not stage.window.parts.header.menu.isVisible()
    assert tasks.movie is None
    assert not list(tmp_path.iterdir())


def test_a_movie_tells_how_far_it_is(qtbot: QtBot, tmp_path: Path) -> None:
    """Frames done, frames in all and the seconds left reach the window; then the file is there."""
    movie, seen = child(tmp_path, WRITES), []
    movie.advanced.connect(lambda *numbers: seen.append(numbers))
    with qtbot.waitSignal(movie.succeeded):
        pass

    assert seen[-1] == (3, 4, 7)
    assert movie.path.exists()


def test_a_movie_that_fails_tells_why_in_one_line(qtbot: QtBot, tmp_path: Path) -> None:
    """The last line that the child said, without its name."""
    movie = child(tmp_path, REFUSES)
    with qtbot.waitSignal(movie.failed) as told:
        pass

    assert told.args == ["the disk is full"]


@pytest.mark.parametrize("was_there", [False, True])
def test_a_process_that_ends_well_without_a_film_is_told(qtbot: QtBot, tmp_path: Path, was_there: bool) -> None:
    """Whoever ended so quietly was not our program; a film of before is not taken for the new one."""
    if was_there:
        (tmp_path / "a film.mp4").write_text("of before")
    movie = child(tmp_path, "raise SystemExit(0)")
    with qtbot.waitSignal(movie.failed) as told:
        pass

    assert told.args == ["it ended without a word"]


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in waits for a signal")
def test_a_cancelled_movie_leaves_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    """Neither film nor half a film, even of a child that is ended on the spot."""
    movie = child(tmp_path, LASTS)
    with qtbot.waitSignal(movie.advanced):
        pass
    was_there = aside_of(movie.path, movie._number).exists()
    with qtbot.waitSignal(movie.cancelled):
        movie.cancel()

    assert was_there
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in waits for a signal")
def test_closing_the_window_ends_the_movie(stage: Stage, qtbot: QtBot, tmp_path: Path) -> None:
    """No process and no file outlives the window."""
    tasks, movie = tasks_of(stage, tmp_path), child(tmp_path, LASTS)
    tasks.watch(movie)
    stage.window.closing.connect(tasks.close)
    with qtbot.waitSignal(movie.advanced):
        pass
    shown = tasks._card.isVisible()
    stage.window.close()

    assert shown
    assert not movie.is_running
    assert not list(tmp_path.iterdir())


def state_of(movie: MovieChild) -> str:
    """T: stopped; as Linux tells it."""
    return Path(f"/proc/{movie._number}/stat").read_text().rpartition(") ")[2][0]


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux whether a process rests")
def test_a_movie_rests_while_a_hand_moves_and_goes_on_by_itself(stage: Stage, qtbot: QtBot, tmp_path: Path) -> None:
    """A drag stops the process that makes it; nothing but time is needed for it to go on."""
    tasks, movie = tasks_of(stage, tmp_path), child(tmp_path, LASTS)
    tasks.watch(movie)
    with qtbot.waitSignal(movie.advanced):
        pass
    assert state_of(movie) != "T"

    def is_stopped_by_a_drag() -> bool:
        stage.window.parts.viewport.camera_taken.emit(stage.scene.camera)  # a hand moves again and again
        return state_of(movie) == "T"

    qtbot.waitUntil(is_stopped_by_a_drag)
    qtbot.waitUntil(lambda: state_of(movie) != "T")
    tasks.close()

    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="nothing rests there")
def test_a_movie_that_rests_can_be_cancelled(qtbot: QtBot, tmp_path: Path) -> None:
    """It hears the request at once, and leaves nothing."""
    movie = child(tmp_path, LASTS)
    with qtbot.waitSignal(movie.advanced):
        pass
    movie.rest()
    with qtbot.waitSignal(movie.cancelled):
        movie.cancel()

    assert not list(tmp_path.iterdir())


def test_a_program_that_is_not_there_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    """A child that can't start fails in words."""
    movie = MovieChild(tmp_path / "film.mp4", [], [str(tmp_path / "nothing")])
    if movie.is_running:
        with qtbot.waitSignal(movie.failed):
            pass

    assert not movie.is_running


def test_a_snapshot_shows_what_is_seen(stage: Stage, tmp_path: Path) -> None:
    """Curves that lie on the picture are on the saved one too; an X-ray in the large place is what is saved."""
    tasks, window = tasks_of(stage, tmp_path), stage.window
    bare = picture_of(window.parts.viewport, 1)
    window.aids.toggle_curves()

    assert picture_of(window.parts.viewport, 1) != bare
    window.aids.toggle_curves()
    assert picture_of(window.parts.viewport, 1) == bare
    window.places.swap("ap")
    path = tasks.take_snapshot()
    assert path is not None
    assert QImage(str(path)).size() == window.parts.xrays.panes[0].size()


@pytest.mark.parametrize("words", ["The movie was cancelled.", "Saved: /home/somebody/Pictures/" + 30 * "KyphoViz "])
def test_what_is_told_is_never_cut(stage: Stage, words: str) -> None:
    """All lines of a word on the picture lie inside its card, from the first one on."""
    toast = Toast(stage.window.parts.viewport)
    toast.tell(words)

    assert toast.height() >= toast.heightForWidth(toast.width())
