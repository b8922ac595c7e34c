"""The 3D picture in the window, and what turns it: pointer, fingers, wheel."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTouchEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from kyphoviz.choices import ViewChoices
from kyphoviz.film import Film
from kyphoviz.overlay.ink import Ink
from kyphoviz.procedure.plan import IntactSizes
from kyphoviz.procedure.state import Camera, ProcedureState
from kyphoviz.ui.look.em import em_of
from kyphoviz.ui.look.theme import paint_frame
from kyphoviz.ui.picture import camera_drag
from kyphoviz.ui.picture.collaborators import Picturing
from kyphoviz.ui.picture.cross_fade import FADE_MS, CrossFade, is_leap
from kyphoviz.ui.picture.labelling import Labelling
from kyphoviz.ui.picture.overlays import Overlays
from kyphoviz.ui.picture.rendering import LARGEST, Rendering

BY_TAB = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class Viewport(QWidget):
    """Shows what the scene rendered off screen, with the overlays painted on top.

    `show_state` only notes what is to be shown; the paint renders it, at most once. A repaint with nothing new (the
    window was uncovered) shows the last picture again.

    Signals:
        camera_taken: the hand moved the camera to this place.
        gauge_chosen: a number was pressed; tells its key.
        painted: the picture has been painted with all that lies over it.
        first_painted: the picture has been on the screen for the first time.
    """

    camera_taken = Signal(object)
    gauge_chosen = Signal(str)
    painted = Signal()
    first_painted = Signal()

    def __init__(
        self, scene: Picturing, intact: IntactSizes, labelling: Labelling, ink: Ink, parent: QWidget | None = None
    ) -> None:
        """Args: intact: sizes of the body before it broke, for the gauges."""
        super().__init__(parent)
        self._scene = scene
        self.told_on: list[QWidget] = []  # cards that tell something of the film: a saved picture shows them too
        self.rendering = Rendering(scene, self)
        self.rendering.refined.connect(self.update)
        self.overlays = Overlays(scene, self.rendering, intact, labelling, ink)
        self.overlays.changed.connect(self.update)
        self._pointer: QPoint | None = None
        self._fingers = camera_drag.Fingers()
        self._was_painted = False
        self._is_marked = False  # the keyboard came to it, so it shows that it has the focus
        self._fade = CrossFade(self)
        self._fade.moved.connect(self.update)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("3D view of the operation")
        self.setMinimumSize(120, 90)

    def show_state(self, state: ProcedureState, choices: ViewChoices) -> None:
        """Notes what is to be shown; nothing happens when it is shown already."""
        before, wanted = self.rendering.wanted, (state, choices)
        if before == wanted:
            return
        if before and not self.rendering.is_stale and self.isVisible() and is_leap(before, wanted):
            self._fade.begin(self.grab().toImage())
        self.rendering.want(wanted)
        self.overlays.hover.leave()
        self.update()

    def show_film(self, film: Film) -> None:
        """Another film; its picture is drawn with the next paint, the last one stays until then."""
        self.overlays.show_film(film)
        self._scene.show_site(film.site)
        self.rendering.want(None)

    @property
    def camera(self) -> Camera:
        """From where the picture is taken; in a narrow one farther off than the film says."""
        return self._scene.camera

    @property
    def is_refining(self) -> bool:
        """Whether the picture is new or is still getting better."""
        return self.rendering.is_refining or self._fade.is_running

    def close_scene(self) -> None:
        """Renders no more, and gives the scene back."""
        self._fade.end()
        self.rendering.close()

    def em_px(self, choices: ViewChoices) -> float:
        """Height of the picture's text."""
        return em_of(self) * choices.text_scale

    def _refresh(self) -> None:
        """A new picture where one is wanted, and names for it."""
        if self.rendering.refresh(FADE_MS if self._fade.is_running else 0) and self.rendering.wanted is not None:
            state, choices = self.rendering.wanted
            self.overlays.look(state, choices, QRectF(self.rect()), self.em_px(choices))

    def _move(self, camera: Camera) -> None:
        if camera != self._scene.camera:
            self.camera_taken.emit(camera)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture, what is painted over it, and its frame."""
        self._refresh()
        painter = QPainter(self)
        image, wanted = self.rendering.image, self.rendering.wanted
        if image is None or wanted is None:
            painter.fillRect(self.rect(), self.palette().window())
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, image.size() == LARGEST)
        painter.drawImage(self.rect(), image)
        self.overlays.paint(painter, QRectF(self.rect()), wanted[0], self.em_px(wanted[1]))
        self._fade.paint(painter, QRectF(self.rect()))
        paint_frame(painter, QRectF(self.rect()), self.palette(), is_marked=self._is_marked)
        painter.end()
        self.painted.emit()
        if not self._was_painted:
            self._was_painted = True
            self.first_painted.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The next paint renders at the new size."""
        self.rendering.is_stale = True
        self._fade.end()

    def event(self, event: QEvent) -> bool:
        """Fingers, whose doing is no mouse's as well; and who walks by Tab sees where the keyboard is."""
        if isinstance(event, QTouchEvent):
            carried = self._fingers.move(event)
            if carried is not None:
                self._move(camera_drag.touched(self._scene.camera, *carried, self.height()))
            event.accept()
            return True
        if isinstance(event, QFocusEvent):
            self._is_marked = event.gotFocus() and event.reason() in BY_TAB
        if event.type() == QEvent.Type.Leave:
            self.overlays.hover.leave()
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The hand takes hold."""
        self.overlays.hover.leave()
        state, choices = self.rendering.wanted or (None, ViewChoices())
        rect, em_px = QRectF(self.rect()), self.em_px(choices)
        gauge = self.overlays.gauges.under(rect, state, em_px, event.position()) if state else ""
        if gauge:
            self.gauge_chosen.emit(gauge)
        else:
            self._pointer = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The hand turns or moves what it holds, or only points."""
        if self._pointer is None:
            self.overlays.hover.move(event.position())
            return
        here = event.position().toPoint()
        moved, self._pointer = here - self._pointer, here
        self._move(camera_drag.dragged(self._scene.camera, moved, self.height(), pans=camera_drag.is_pan(event)))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The hand lets go with the last button."""
        if not event.buttons():
            self._pointer = None

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Nearer or farther."""
        self._move(camera_drag.wheeled(self._scene.camera, event))
