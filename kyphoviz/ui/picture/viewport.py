"""The 3D picture in the window, and the hand that turns it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
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
from kyphoviz.overlay import labels, orientation
from kyphoviz.overlay.ink import Ink
from kyphoviz.procedure.plan import IntactSizes
from kyphoviz.procedure.state import Camera, ProcedureState
from kyphoviz.ui.look.em import em_of
from kyphoviz.ui.look.frame import paint_frame
from kyphoviz.ui.picture import camera_drag
from kyphoviz.ui.picture.collaborators import Picturing
from kyphoviz.ui.picture.cross_fade import FADE_MS, CrossFade, is_leap
from kyphoviz.ui.picture.fingers import Fingers
from kyphoviz.ui.picture.gauge_strip import GaugeStrip, inner
from kyphoviz.ui.picture.hover import Hover
from kyphoviz.ui.picture.labelling import Labelling
from kyphoviz.ui.picture.rendering import LARGEST, Rendering

# Paints over the picture: painter, where, the scene that it shows, and rendered pixels per unit.
PaintAlso = Callable[[QPainter, QRectF, Picturing, float], None]

BY_TAB = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class Viewport(QWidget):
    """Shows what the scene rendered off screen, with the overlays painted on top.

    `show_state` only notes what is to be shown; the paint renders it, at most once. A repaint with nothing new (the
    window was uncovered) shows the kept picture again.

    Signals:
        camera_taken: the hand moved the camera to this place.
        gauge_chosen: a number was pressed; tells its key.
        first_painted: the picture has been on the screen for the first time.
    """

    camera_taken = Signal(object)
    gauge_chosen = Signal(str)
    first_painted = Signal()

    def __init__(
        self, scene: Picturing, intact: IntactSizes, labelling: Labelling, ink: Ink, parent: QWidget | None = None
    ) -> None:
        """Args: intact: sizes of the body before it broke, for the gauges."""
        super().__init__(parent)
        self._scene, self._ink = scene, ink
        self.gauges = GaugeStrip(intact)
        self.labelling, self.hover = labelling, Hover(self._name_under, self)
        self.hover.changed.connect(self.update)
        self.paint_also: PaintAlso | None = None
        self.told_on: list[QWidget] = []  # cards that tell something of the film: a saved picture shows them too
        self.rendering = Rendering(scene, self)
        self.rendering.refined.connect(self.update)
        self._pointer: QPoint | None = None
        self._fingers = Fingers()
        self._was_painted = False
        self._has_readings = True
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
        self.hover.leave()
        self.update()

    def show_film(self, film: Film) -> None:
        """Another film; its picture is drawn with the next paint, the last one stays until then."""
        self.gauges.intact = film.plan.intact
        self.labelling.show_film(film)
        self._scene.show_site(film.site)
        self.rendering.want(None)

    def set_ink(self, ink: Ink) -> None:
        """Other colours for what is painted over the picture."""
        self._ink = ink
        self.update()

    def speak_clinically(self, is_clinical: bool) -> None:
        """Anatomical letters and the clearance of the canal, or plain words."""
        if is_clinical != self.gauges.is_clinical:
            self.gauges.is_clinical = is_clinical
            self.update()

    def show_readings(self, are_shown: bool) -> None:
        """Numbers and axes over the picture, or the bare picture, where something else is written on it."""
        if are_shown != self._has_readings:
            self._has_readings = are_shown
            self.update()

    def keep_free(self, left_px: float, right_px: float) -> None:
        """A panel covers so much of the left or the right: names stay clear of it."""
        if (left_px, right_px) != self.labelling.free_px:
            self.labelling.free_px = (left_px, right_px)
            self.rendering.is_stale = True
            self.update()

    @property
    def is_refining(self) -> bool:
        """Whether the picture is new or is still getting better."""
        return self.rendering.is_refining or self._fade.is_running

    def give_memory_back(self) -> None:
        """Hands over what the renderer has kept of pictures before; the one that is shown stays."""
        self.rendering.give_memory_back()

    def close_scene(self) -> None:
        """Renders no more, and gives the scene back."""
        self._fade.end()
        self.rendering.close()

    def paint_overlays(self, painter: QPainter, state: ProcedureState, choices: ViewChoices) -> None:
        """Numbers, axes, names and what others paint over the picture, in the units of the widget."""
        if not self._has_readings:
            return
        em_px = em_of(self) * choices.text_scale
        rect = QRectF(self.rect())
        self.gauges.paint(painter, rect, state, self._ink, em_px)
        orientation.paint(
            painter, inner(rect, em_px), self._scene.camera, self._ink, em_px, uses_letters=self.gauges.is_clinical
        )
        self.labelling.paint(painter, rect, self._ink, em_px, is_clinical=self.gauges.is_clinical)
        if self.paint_also is not None:
            self.paint_also(painter, rect, self._scene, self.rendering.scale)
        if self.hover.text:
            labels.paint_tag(painter, inner(rect, em_px), self.hover.text, self.hover.place, self._ink, 0.95 * em_px)

    def _refresh(self) -> None:
        """A new picture where one is wanted, and names for it."""
        if self.rendering.refresh(FADE_MS if self._fade.is_running else 0) and self.rendering.wanted is not None:
            state, choices = self.rendering.wanted
            em_px = em_of(self) * choices.text_scale
            self.labelling.look(state, choices, self._scene, QRectF(self.rect()), self.rendering.scale, em_px)

    def _name_under(self, place: QPointF) -> str:
        if self.rendering.wanted is None or self.rendering.is_stale or self._pointer is not None:
            return ""
        pixel = place * self.rendering.scale
        return self.labelling.name_under(self._scene, pixel, is_clinical=self.gauges.is_clinical)

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
        self.paint_overlays(painter, *wanted)
        self._fade.paint(painter, QRectF(self.rect()))
        paint_frame(painter, QRectF(self.rect()), self.palette(), is_marked=self._is_marked)
        painter.end()
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
            self.hover.leave()
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The hand takes hold."""
        self.hover.leave()
        state, choices = self.rendering.wanted or (None, ViewChoices())
        em_px = em_of(self) * choices.text_scale
        gauge = self.gauges.under(QRectF(self.rect()), state, em_px, event.position()) if state else ""
        if gauge:
            self.gauge_chosen.emit(gauge)
        else:
            self._pointer = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The hand turns or moves what it holds, or only points."""
        if self._pointer is None:
            self.hover.move(event.position())
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


def treated_place(viewport: Viewport) -> QRectF | None:
    """Where the treated place is seen; None before the first picture."""
    return viewport.labelling.treated(viewport._scene, viewport.rendering.scale)
