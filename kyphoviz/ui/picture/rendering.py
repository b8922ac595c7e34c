"""The picture that a scene renders for a widget: once for each change, and better while it stands still."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from kyphoviz.choices import ViewChoices
from kyphoviz.procedure.state import ProcedureState
from kyphoviz.ui.picture.collaborators import Picturing
from kyphoviz.ui.picture.last_picture import LastPicture

STILL_MS = 200  # after the last change
OFTEN = 500  # pictures, after which the next one that stands still gives the renderer time to tidy up
LARGEST = QSize(2560, 1440)  # of the rendered picture, in device pixels; beyond it is stretched


class Rendering(QObject):
    """Keeps the picture of what is wanted, refined a frame at a time with input served between them.

    Signals:
        refined: the kept picture has become better.
    """

    refined = Signal()

    def __init__(self, scene: Picturing, widget: QWidget) -> None:
        """Args: widget: where the picture is seen; it tells the size, and one that is hidden is not refined."""
        super().__init__(widget)
        self._scene, self._widget = scene, widget
        self.wanted: tuple[ProcedureState, ViewChoices] | None = None
        self.is_stale = True
        self._last, self._tidied = LastPicture(), 0
        self._stillness = QTimer(self, singleShot=True)
        self._stillness.timeout.connect(self._refine)

    @property
    def image(self) -> QImage | None:
        """The picture that was rendered last; None before the first."""
        return self._last.image

    @property
    def size(self) -> QSize:
        """Of the rendered picture in device pixels: that of the widget, within the largest."""
        exact = (self._widget.size().toSizeF() * self._widget.devicePixelRatioF()).toSize().expandedTo(QSize(16, 16))
        if exact.width() <= LARGEST.width() and exact.height() <= LARGEST.height():
            return exact
        return exact.scaled(LARGEST, Qt.AspectRatioMode.KeepAspectRatio)

    @property
    def scale(self) -> float:
        """Rendered pixels per unit of the widget."""
        return self.size.width() / max(self._widget.width(), 1)

    @property
    def is_refining(self) -> bool:
        """Whether the picture is still getting better."""
        return self._stillness.isActive()

    def want(self, wanted: tuple[ProcedureState, ViewChoices] | None) -> None:
        """Notes what is to be shown; with None nothing is, and the last picture stays."""
        self.wanted, self.is_stale = wanted, True

    def refresh(self, rest_ms: int = 0) -> bool:
        """Renders what is wanted at the widget's size, unless that is what is kept; whether it was not.

        Args:
            rest_ms: so long at least a new picture stands before it is refined.
        """
        if self.wanted is None:
            return False
        size = self.size
        if self.image is None or self.image.size() != size:
            self._scene.resize(size.width(), size.height())
            self._last.drop()
            self.is_stale = True
        if not self.is_stale:
            return False
        self.is_stale = False
        if self._scene.apply(*self.wanted) or self.image is None:
            self._last.take(self._scene.image())
            self._stillness.start(max(STILL_MS, rest_ms))
        return True

    def render_finely(self, size: QSize, samples: int) -> None:
        """Renders at another size, with the finest bones and edges as smooth as so many frames make them."""
        self._stillness.stop()
        self._scene.resize(size.width(), size.height())
        if self.wanted is not None:
            self._scene.apply(*self.wanted, is_fine=True)
            for _ in range(samples):
                if not self._scene.refine():
                    break
            self._last.take(self._scene.image())

    def restore(self) -> None:
        """Back to the widget's size with the next refresh, whatever became of another."""
        size = self.size
        self._scene.resize(size.width(), size.height())
        self._last.drop()
        self.is_stale = True

    def give_memory_back(self) -> None:
        """Hands over what the renderer has kept of pictures before; the one that is shown stays."""
        self._tidied = self._last.taken
        self._scene.give_memory_back()

    def close(self) -> None:
        """Renders no more, and gives the scene back."""
        self._stillness.stop()
        self.wanted = None
        self._last.drop()
        self._scene.close()

    def _refine(self) -> None:
        """One more frame for a picture that stands still."""
        if self.is_stale or not self._widget.isVisible():
            return
        if self._scene.refine():
            self._stillness.start(0)
        self._last.take(self._scene.image())
        self.refined.emit()
        if self._last.taken - self._tidied >= OFTEN and not self._stillness.isActive():
            self.give_memory_back()
