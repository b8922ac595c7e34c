"""The 3D picture in the window, larger and finer than it is seen, and any picture as a file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from kyphoviz.aside import written_aside
from kyphoviz.choices import ViewChoices
from kyphoviz.procedure.state import ProcedureState
from kyphoviz.ui.picture.viewport import Viewport

SCALES = (1, 2, 4)
LONGEST_SIDE = 8192  # of a saved picture, in pixels
MOST_SAMPLES = 16  # frames that are averaged in a saved picture; fewer in a larger one
FAST_PNG = 70  # Qt's measure: higher is quicker to write and a little larger


def picture_of(viewport: Viewport, scale: int, *, has_words: bool = True) -> QImage:
    """What is seen, so many times as large; its next paint is at the usual size again.

    Args:
        has_words: with all that lies over it.
    """
    rendering, shown = viewport.rendering, viewport.rendering.size
    size = shown * min(float(scale), LONGEST_SIDE / max(shown.width(), shown.height()))
    try:
        rendering.render_finely(size, MOST_SAMPLES // scale)
        return _composed(viewport, size, has_words=has_words)
    finally:  # also where it failed: the scene is as large as it was asked to be, not as it is shown
        rendering.restore()
        viewport.update()


def with_beside(picture: QImage, beside: Sequence[QWidget]) -> QImage:
    """The picture with smaller ones to the right of it, one below the other, each as large as its place allows."""
    side = picture.height() // len(beside)
    found = QImage(picture.width() + side, picture.height(), picture.format())
    found.fill(0)
    picture.setDevicePixelRatio(1.0)
    painter = QPainter(found)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(0, 0, picture)
    for k, widget in enumerate(beside):
        place = QRectF(picture.width(), k * side, side, side)
        share = min(side / widget.width(), side / widget.height())
        painter.save()
        painter.translate(place.center() - QPointF(widget.width(), widget.height()) * (share / 2))
        painter.scale(share, share)
        widget.render(painter, QPoint(0, 0))
        painter.restore()
    painter.end()
    return found


def _composed(viewport: Viewport, size: QSize, *, has_words: bool) -> QImage:
    """The kept picture at that size, with the overlays and the cards on it or bare."""
    rendering = viewport.rendering
    picture = QImage(size, QImage.Format.Format_RGB32)
    picture.setDevicePixelRatio(size.width() / max(viewport.width(), 1))
    painter = QPainter(picture)
    if rendering.image is not None and rendering.wanted is not None:
        painter.drawImage(viewport.rect(), rendering.image)
        if has_words:
            _paint_over(painter, viewport, *rendering.wanted)
    painter.end()
    return picture


def _paint_over(painter: QPainter, viewport: Viewport, state: ProcedureState, choices: ViewChoices) -> None:
    viewport.overlays.paint(painter, QRectF(viewport.rect()), state, viewport.em_px(choices))
    for card in filter(QWidget.isVisible, viewport.told_on):
        card.render(painter, card.pos())


def named_by_time(folder: Path, step: str, ending: str, now: datetime) -> Path:
    """A name that tells what and when, and that nothing has yet: KyphoViz 2030-01-31 14.05.09 inflate.png."""
    stem = f"KyphoViz {now:%Y-%m-%d %H.%M.%S} {step}"
    path, count = folder / f"{stem}{ending}", 2
    while path.exists():
        path, count = folder / f"{stem} ({count}){ending}", count + 1
    return path


def save(image: QImage, path: Path) -> None:
    """Writes the picture as PNG, whole or not at all.

    Raises:
        OSError: it could not be written.
    """
    with written_aside(path) as aside:
        if not image.save(str(aside), quality=FAST_PNG):
            raise OSError(28, "the picture could not be written", str(path))
