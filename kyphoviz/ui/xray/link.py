"""Ties the 3D picture and the X-rays together: what one points at or clicks, the others mark."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPainterPath
from PySide6.QtWidgets import QApplication, QWidget

from kyphoviz.modes import Mode
from kyphoviz.overlay import crosshair
from kyphoviz.overlay.names import Names
from kyphoviz.procedure.state import ProcedureState
from kyphoviz.scene.camera import all_projected, view_of
from kyphoviz.site.xray.pointed import Pointed, pointed_on
from kyphoviz.ui.look.em import em_of
from kyphoviz.ui.picture.collaborators import Picturing
from kyphoviz.ui.picture.viewport import Viewport
from kyphoviz.ui.xray.click import Clicked, under
from kyphoviz.ui.xray.clicked_mark import ClickedMark, Places
from kyphoviz.ui.xray.fluoro_panel import FluoroPanel
from kyphoviz.ui.xray.pane import XrayPane
from kyphoviz.viewing import Viewing


class XrayLink(QObject):
    """Keeps one small value, what the pointer is on, and one name, what was clicked; whoever paints asks it.

    Nothing is rendered anew: all marks are painted over the pictures there are. What is named is asked of the film
    that is shown, and what was clicked is marked until the next click, another step or another film.
    """

    def __init__(self, viewing: Viewing, viewport: Viewport, panel: FluoroPanel, names: Names) -> None:
        """Listens to the 3D picture and to both panes."""
        super().__init__(viewport)
        self._viewing, self._viewport, self._panel = viewing, viewport, panel
        self._mark = ClickedMark(viewing, names)
        self.pointed: Pointed | None = None
        self._clicked_in = ""  # the step
        self._pressed: QPointF | None = None
        self._scene: tuple[Picturing | None, float] = (None, 1.0)  # that is seen, and its pixels per unit
        self._watched: list[QWidget] = []
        self.watch_panes(panel.panes)
        viewport.installEventFilter(self)
        viewport.overlays.hover.changed.connect(self._point_in_3d)
        viewport.overlays.paint_also = self.paint_in_3d
        viewing.film_changed.connect(self.forget)
        viewing.mode_changed.connect(self._follow_mode)
        viewing.changed.connect(self._follow_step)

    @property
    def clicked(self) -> Clicked | None:
        """What is marked; None where nothing is."""
        return self._mark.clicked

    def close(self) -> None:
        """Listens no more: what is left of a closed window may outlive this."""
        for widget in self._watched:
            widget.removeEventFilter(self)
        self._viewing.film_changed.disconnect(self.forget, missing_ok=True)
        self._viewing.mode_changed.disconnect(self._follow_mode, missing_ok=True)
        self._viewing.changed.disconnect(self._follow_step, missing_ok=True)

    def watch_panes(self, panes: tuple[XrayPane, ...]) -> None:
        """Marks those panes too, and listens to them."""
        for pane in panes:
            pane.installEventFilter(self)
            pane.paint_also = self.paint_on_xray
        self._watched = [self._viewport, *dict.fromkeys((*self._panel.panes, *panes))]

    def forget(self) -> None:
        """Marks nothing any more."""
        self._point(None)
        self.unmark()

    def unmark(self) -> bool:
        """Puts out what was clicked; whether there was something."""
        was_marked = self.clicked is not None
        self._light(None)
        return was_marked

    def _follow_mode(self, mode: Mode) -> None:
        if not mode.teaches:
            self.forget()

    def _follow_step(self) -> None:
        if self._viewing.state.step != self._clicked_in:
            self.unmark()

    def paint_on_xray(self, pane: XrayPane, painter: QPainter, square: QRectF) -> None:
        """The marks on one X-ray."""
        projection = pane.projection
        if projection is None:
            return
        width, height = projection.size
        scale = np.array([square.width() / width, square.height() / height])

        def placed(points: Places) -> Places:
            return np.asarray(projection.pixels(points) * scale + [square.left(), square.top()])

        is_own = self.pointed is not None and self.pointed.view == pane.view
        eye, field = np.array(projection.source_mm), QPainterPath()
        field.addEllipse(pane.field)
        painter.save()
        painter.setClipPath(field)
        self._paint(painter, square, placed, eye, pane.view, em_of(pane) * 0.95, is_own=is_own)
        painter.restore()
        self._mark.paint_pin(painter, square, placed, self._state(pane.view), field, em_of(pane) * 0.95)

    def paint_in_3d(self, painter: QPainter, rect: QRectF, scene: Picturing, scale: float) -> None:
        """The marks on the 3D picture."""
        self._scene = scene, scale

        def placed(points: Places) -> Places:
            return all_projected(scene.camera, (size.width(), size.height()), points) / scale

        size = self._viewport.rendering.size

        is_own = self.pointed is not None and self.pointed.is_point
        eye = view_of(scene.camera).eye
        self._paint(painter, rect, placed, eye, "3d", em_of(self._viewport), is_own=is_own)
        everywhere = QPainterPath()
        everywhere.addRect(rect)
        self._mark.paint_pin(painter, rect, placed, self._state("3d"), everywhere, em_of(self._viewport))

    def _paint(
        self, painter: QPainter, rect: QRectF, placed: Callable[[Places], Places],
        eye_mm: Places, name: str, em_px: float, *, is_own: bool,
    ) -> None:  # fmt: skip
        """What was clicked, then the pointer over it."""
        self._mark.paint_outline(painter, rect, placed, eye_mm, self._state(name), name, em_px)
        if self.pointed is None:
            return
        one, other = placed(np.array([self.pointed.start_mm, self.pointed.end_mm]))
        if is_own or self.pointed.is_point:
            if name != "3d" or not is_own:
                middle = placed(np.array([self.pointed.middle_mm]))[0]
                crosshair.paint_cross(painter, rect, QPointF(*middle), em_px)
        else:
            crosshair.paint_ray(painter, rect, QPointF(*one), QPointF(*other), em_px)

    def _state(self, view: str) -> ProcedureState:
        """What a picture tells of: an X-ray may be a held one."""
        return self._panel.shown_state(view) or self._viewing.seen

    def _point(self, pointed: Pointed | None) -> None:
        if pointed != self.pointed:
            self.pointed = pointed
            self._repaint()

    def _light(self, clicked: Clicked | None) -> None:
        self._clicked_in = self._viewing.state.step
        if clicked != self.clicked:
            self._mark.clicked = clicked
            self._repaint()

    def _repaint(self) -> None:
        for widget in self._watched:
            widget.update()

    def _point_in_3d(self) -> None:
        """The pointer rests on something in 3D, or has left it."""
        over = self._viewport.overlays
        met = over.labelling.met if over.hover.text and self._viewing.mode.teaches else None
        self._point(None if met is None else Pointed("", met[1], met[1]))

    def _point_on(self, pane: XrayPane, place: QPointF) -> None:
        pixel, projection = pane.pixel_at(place), pane.projection
        self._point(None if pixel is None or projection is None else pointed_on(projection, *pixel))

    def _click(self, watched: QWidget, place: QPointF) -> None:
        """Lights up what lies there; a click beside all puts the light out."""
        site = self._viewing.film.site
        state = self._state(watched.view if isinstance(watched, XrayPane) else "")
        if isinstance(watched, XrayPane):
            pixel, projection = watched.pixel_at(place), watched.projection
            if pixel is not None and projection is not None:
                self._light(under(projection, pixel, site.shapes(state), site.anchors, state))
            return
        scene, scale = self._scene
        met = None if scene is None else scene.pick(place.x() * scale, place.y() * scale)
        part = None if met is None else site.anchors.part_at(*met, state)
        self._light(None if met is None or part is None else Clicked(met[0], *part, met[1]))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follows the pointer; takes nothing from anybody."""
        if not isinstance(watched, QWidget) or not self._viewing.mode.teaches:
            return False
        if event.type() == QEvent.Type.Leave:
            self._point(None)
        if not isinstance(event, QMouseEvent):
            return False
        is_plain = not event.modifiers() and event.button() == Qt.MouseButton.LeftButton
        if event.type() == QEvent.Type.MouseMove and isinstance(watched, XrayPane) and not event.buttons():
            self._point_on(watched, event.position())
        elif event.type() == QEvent.Type.MouseButtonPress:
            self._pressed = event.position() if is_plain else None
        elif event.type() == QEvent.Type.MouseButtonRelease and is_plain and self._pressed is not None:
            way = event.position() - self._pressed
            self._pressed = None
            if way.manhattanLength() < QApplication.startDragDistance():
                self._click(watched, event.position())
        return False
