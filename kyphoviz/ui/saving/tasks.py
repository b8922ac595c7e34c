"""What the window does beside showing the film: snapshots, and movies made by a second process."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from kyphoviz.resources import DamagedFileError
from kyphoviz.ui.saving import snapshot
from kyphoviz.ui.saving.cards import MovieCard, Toast
from kyphoviz.ui.saving.movie_child import MovieChild
from kyphoviz.ui.start.folders import Location, saving_folder

if TYPE_CHECKING:
    from kyphoviz.ui.picture.viewport import Viewport
    from kyphoviz.viewing import Viewing

MOVIE_SIZE = "1280x720"
TOLD = ("--progress", "often", "--ends-with-input")  # so that it ends with the window, however that ends


class Tasks(QObject):
    """Carries out what the menu of the window asks for, and tells how it went on the picture.

    A kiosk saves nothing and so is told nothing: its menu is hidden, and requests are ignored.
    """

    def __init__(
        self,
        viewing: Viewing,
        viewport: Viewport,
        large: Callable[[], QWidget],
        scene: str,
        language: str = "en",
        *,
        pictures: Path | None = None,
        films: Path | None = None,
        now: Callable[[], datetime] = datetime.now,
    ) -> None:
        """Args: large: what has the large place; scene: as the command line knows it; pictures, films: other folders
        than the person's own.
        """
        super().__init__(viewport)
        self._viewing, self._viewport, self._large = viewing, viewport, large
        self._scene, self._language, self._now = scene, language, now
        self._pictures = pictures or saving_folder(Location.PicturesLocation)
        self._films = films or saving_folder(Location.MoviesLocation)
        self._toast, self._card = Toast(viewport), MovieCard(viewport)
        self.movie: MovieChild | None = None
        self._written = viewing.film.scenario.case
        self._card.cancel.clicked.connect(self.cancel_movie)

    def tell(self, words: str) -> None:
        """Shows a line on the picture for some seconds."""
        self._toast.tell(words)

    def take_snapshot(self, scale: int = 1) -> Path | None:
        """Saves what the large place shows, with its overlays; where it lies, or None if that failed.

        Args:
            scale: pixels for each pixel on the screen, 1 to 4; an X-ray has no more than it has.
        """
        if not self._may_save:
            return None
        path = snapshot.named_by_time(self._pictures, self._viewing.span.step.id, ".png", self._now())
        try:
            snapshot.save(self._picture(scale), path)
        except (OSError, DamagedFileError) as error:
            self.tell(f"The picture could not be saved: {getattr(error, 'strerror', None) or error}")
            return None
        self.tell(f"Saved: {path}")
        return path

    def _picture(self, scale: int) -> QImage:
        large, viewport = self._large(), self._viewport
        return snapshot.picture_of(viewport, scale) if large is viewport else large.grab().toImage()

    def make_movie(self) -> None:
        """Starts a movie of the film, unless one is being made."""
        self._make("film", [])

    def make_step_movie(self) -> None:
        """Starts a movie of the step that is shown, unless one is being made."""
        span = self._viewing.span
        self._make(span.step.id, ["--from", f"{span.start_s:.3f}", "--to", f"{span.end_s:.3f}"])

    def watch(self, movie: MovieChild) -> None:
        """Shows how that movie comes along."""
        self.movie = movie
        movie.advanced.connect(self._card.advance)
        movie.succeeded.connect(self._note_done)
        movie.failed.connect(self._note_failure)
        movie.cancelled.connect(self._note_cancelled)
        self._card.begin()

    def rest(self) -> None:
        """A hand moves the film or the picture: the movie that is being made gives way for a while."""
        if self.movie is not None:
            self.movie.rest()

    def cancel_movie(self) -> None:
        """Stops the movie that is being made."""
        if self.movie is not None and self.movie.is_running:
            self._card.stopping()
            self.movie.cancel()

    def close(self) -> None:
        """Ends what is under way; nothing half-done is left."""
        if self.movie is not None:
            self.movie.close()
            self.movie = None

    @property
    def _may_save(self) -> bool:
        return not self._viewing.mode.is_unattended

    @property
    def _bones(self) -> list[str]:
        """What tells the second process of other bones than the shipped ones."""
        folder = self._viewing.film.site.bones.folder
        return [] if folder is None else [f"--bones={folder.absolute()}"]

    def _make(self, name: str, part: list[str]) -> None:
        if not self._may_save or (self.movie is not None and self.movie.is_running):
            return
        path = snapshot.named_by_time(self._films, name, ".mp4", self._now())
        layout = "3d+xray" if self._viewing.mode.shows_xray else "3d"
        look = ["--size", MOVIE_SIZE, "--layout", layout, "--language", self._language]
        self.watch(MovieChild(path, [self._scene, *self._bones, *look, *part, *TOLD], parent=self))
        if self._viewing.film.scenario.case != self._written:
            self.tell("The movie shows the case as the scene has it, not the one chosen here.")

    def _note_done(self) -> None:
        assert self.movie is not None
        self._card.hide()
        self.tell(f"Saved: {self.movie.path}")

    def _note_failure(self, why: str) -> None:
        self._card.hide()
        self.tell(f"The movie could not be made: {why}")

    def _note_cancelled(self) -> None:
        self._card.hide()
        self.tell("The movie was cancelled.")
