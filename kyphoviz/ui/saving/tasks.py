"""What the window does beside showing the film: snapshots, and movies made by a second process."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
from kyphoviz.ui.saving.wish import SavingWish
from kyphoviz.ui.start.folders import Location, saving_folder
from kyphoviz.viewing.handed_on import Seen, as_line

if TYPE_CHECKING:
    from kyphoviz.ui.picture.viewport import Viewport
    from kyphoviz.viewing import Viewing

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
        xrays: Sequence[QWidget] = (),
        pictures: Path | None = None,
        films: Path | None = None,
        now: Callable[[], datetime] = datetime.now,
    ) -> None:
        """Args: large: what has the large place; scene: as the command line knows it; xrays: what shows them beside
        the picture; pictures, films: other folders than the person's own.
        """
        super().__init__(viewport)
        self._viewing, self._viewport, self._large = viewing, viewport, large
        self._scene, self._now = scene, now
        self._pictures = pictures or saving_folder(Location.PicturesLocation)
        self._films = films or saving_folder(Location.MoviesLocation)
        self._toast, self._card = Toast(viewport), MovieCard(viewport)
        self.movie: MovieChild | None = None
        self._xrays, self.language, self._wish = xrays, language, SavingWish()
        self._card.cancel.clicked.connect(self.cancel_movie)

    def heed(self, wish: SavingWish) -> None:
        """From now on pictures and movies have that on them."""
        self._wish = wish

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
        if large is not viewport:
            return large.grab().toImage()
        picture = snapshot.picture_of(viewport, scale, has_words=self._wish.has_words)
        beside = [pane for pane in self._xrays if self._wish.has_xrays and pane.isVisible()]
        return snapshot.with_beside(picture, beside) if beside else picture

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
            self.movie.deleteLater()
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
        self.watch(MovieChild(path, [self._scene, *self._bones, *self._look, *part, *TOLD], parent=self))

    @property
    def _look(self) -> list[str]:
        """What tells the second process how things are seen here, and what is wished on the movie."""
        viewing, wish = self._viewing, self._wish
        layout = "3d+xray" if wish.has_xrays and viewing.mode.shows_xray else "3d"
        size = "{}x{}".format(*wish.movie_size)
        look = ["--size", size, "--layout", layout, "--captions", "burn" if wish.has_words else "none"]
        seen = Seen(viewing.film.scenario.case, viewing.choices)
        return [*look, "--language", self.language, "--as-seen", as_line(seen)]

    def _note_done(self) -> None:
        assert self.movie is not None
        self._end(f"Saved: {self.movie.path}")

    def _note_failure(self, why: str) -> None:
        self._end(f"The movie could not be made: {why}")

    def _note_cancelled(self) -> None:
        self._end("The movie was cancelled.")

    def _end(self, words: str) -> None:
        """The movie is over: nothing of it stays, for a window may make hundreds."""
        movie, self.movie = self.movie, None
        if movie is not None:
            movie.deleteLater()
        self._card.hide()
        self.tell(words)
