"""Which picture has the large place, and who makes room for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from kyphoviz.ui.window.main_window import MainWindow


class Places(QObject):
    """Works for one main window."""

    def __init__(self, window: MainWindow) -> None:
        """Moves nothing yet."""
        super().__init__(window)
        self._window = window

    def swap(self, view: str | None = None) -> None:
        """Another picture takes the large place.

        Args:
            view: of an X-ray that takes it, or gives it back if it has it; None for the next of all pictures.
        """
        window = self._window
        pictures = [window.viewport, *window.xrays.panes]
        present = pictures.index(window.arrangement.large)
        wanted = [pane.view for pane in window.xrays.panes].index(view) + 1 if view else (present + 1) % len(pictures)
        if window.mode.shows_xray and window.mode.idle_reset_s is None:
            self.enlarge(window.viewport if wanted == present else pictures[wanted])

    def enlarge(self, picture: QWidget) -> None:
        """Gives that picture the large place."""
        window = self._window
        if picture is not window.viewport:
            window.layers.hide()
        window.arrangement.enlarge(picture)
        window.arrangement.fit(window)
        window.viewport.setFocus()
        self.fold_layers()

    def fold_layers(self) -> None:
        """The panel of the layers lies on the large 3D picture or nowhere."""
        window = self._window
        if not window.layers.isHidden() and window.arrangement.large is not window.viewport:
            self.enlarge(window.viewport)
        window.viewport.gauges.free_left_px = window.layers.covered_px[0]
        window.viewport.keep_free(*window.layers.covered_px)
        window.show_now()

    def make_room(self) -> None:
        """The side panel says all that the caption says: where it is open the caption makes room for the pictures."""
        window = self._window
        window.caption.setVisible(not window.mode.shows_steps or window.side.is_folded)
        window.arrangement.fit(window)
