"""Which picture has the large place, and who makes room for whom."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from kyphoviz.modes import Mode
from kyphoviz.ui.window.arrangement import Arrangement
from kyphoviz.ui.window.parts import Parts
from kyphoviz.ui.window.telling import Telling
from kyphoviz.viewing import Viewing


class Places(QObject):
    """Moves the parts of one window."""

    def __init__(
        self, viewing: Viewing, parts: Parts, arrangement: Arrangement, telling: Telling, window: QWidget
    ) -> None:
        """Moves nothing yet."""
        super().__init__(window)
        self._viewing, self._parts, self._arrangement = viewing, parts, arrangement
        self._telling, self._window = telling, window

    def serve(self, mode: Mode) -> None:
        """Shows the parts that are for that audience."""
        parts = self._parts
        parts.steps.setVisible(mode.shows_steps)
        parts.header.menu.setVisible(not mode.is_unattended)
        parts.header.menu.offer_c_arm(mode.teaches)
        if mode.is_unattended or not mode.shows_xray:
            parts.layers.hide()
            self.enlarge(parts.viewport)
        self.make_room()
        parts.xrays.setVisible(mode.shows_xray)

    def swap(self, view: str | None = None) -> None:
        """Another picture takes the large place.

        Args:
            view: of an X-ray that takes it, or gives it back if it has it; None for the next of all pictures.
        """
        viewport, panes, mode = self._parts.viewport, self._parts.xrays.panes, self._viewing.mode
        pictures = [viewport, *panes]
        present = pictures.index(self._arrangement.large)
        wanted = [pane.view for pane in panes].index(view) + 1 if view else (present + 1) % len(pictures)
        if mode.shows_xray and not mode.is_unattended:
            self.enlarge(viewport if wanted == present else pictures[wanted])

    def enlarge(self, picture: QWidget) -> None:
        """Gives that picture the large place."""
        if picture is not self._parts.viewport:
            self._parts.layers.hide()
        self._arrangement.enlarge(picture)
        self._arrangement.fit(self._window)
        self._parts.viewport.setFocus()
        self.fold_layers()

    def enlarge_3d(self) -> None:
        """Gives the 3D picture the large place."""
        self.enlarge(self._parts.viewport)

    def fold_layers(self) -> None:
        """The panel of the layers lies on the large 3D picture or nowhere."""
        layers, viewport = self._parts.layers, self._parts.viewport
        if not layers.isHidden() and self._arrangement.large is not viewport:
            self.enlarge(viewport)
        viewport.overlays.gauges.free_left_px = layers.covered_px[0]
        viewport.overlays.keep_free(*layers.covered_px)
        self._telling.show_layers()

    def make_room(self) -> None:
        """The side panel says all that the caption says: where it is open the caption makes room for the pictures."""
        self._parts.caption.setVisible(not self._viewing.mode.shows_steps or self._parts.steps.is_folded)
        self._arrangement.fit(self._window)
