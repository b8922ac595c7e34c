"""The 3D picture in the window, and the hand that turns it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTouchEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from kyphoviz.choices import ViewChoices
from kyphoviz.overlay import labels, orientation
from kyphoviz.overlay.ink import Ink
from kyphoviz.procedure.plan import IntactSizes
from kyphoviz.procedure.state import Camera, ProcedureState
from kyphoviz.ui import hand
from kyphoviz.ui.collaborators import Filming, Picturing
from kyphoviz.ui.cross_fade import FADE_MS, CrossFade, is_leap
from kyphoviz.ui.em import em_of
from kyphoviz.ui.fingers import Fingers
from kyphoviz.ui.frame import paint_frame
from kyphoviz.ui.gauge_strip import GaugeStrip, inner
from kyphoviz.ui.hover import Hover
from kyphoviz.ui.kept_picture import KeptPicture
from kyphoviz.ui.labelling import Labelling

# Paints over the picture: painter, where, the scene that it shows, and rendered pixels per unit.
PaintAlso = Callable[[QPainter, QRectF, Picturing, float], None]

BY_TAB = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
STILL_MS = 200  # after the last change
LONGEST_SIDE = 8192  # of a saved picture, in pixels
OFTEN = 500  # pictures, after which the next one that stands still gives the renderer time to tidy up
MOST_SAMPLES = 16  # frames that are averaged in a saved picture; fewer in a larger one
LARGEST = QSize(2560, 1440)  # of the rendered picture, in device pixels; beyond it is stretched


class Viewport(QWidget):
    """Shows what the scene rendered off screen, with the overlays painted on top.

    `show_state` only notes what is to be shown; the paint renders it, at most once. A repaint with nothing new (the
    window was uncovered) shows the kept picture again. A picture that stands still is refined, a frame at a time, with
    input served between them.

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
        self._labelling, self._hover = labelling, Hover(self._name_under, self)
        self._hover.changed.connect(self.update)
        self.hover, self.labelling = self._hover, labelling
        self.paint_also: PaintAlso | None = None
        self.told_on: list[QWidget] = []  # cards that tell something of the film: a saved picture shows them too
        self._wanted: tuple[ProcedureState, ViewChoices] | None = None
        self._is_stale, self._tidied = True, 0
        self._kept = KeptPicture()
        self._pointer: QPoint | None = None
        self._fingers = Fingers()
        self._was_painted = False
        self._has_readings = True
        self._is_marked = False  # the keyboard came to it, so it shows that it has the focus
        self._fade = CrossFade(self)
        self._fade.moved.connect(self.update)
        self._stillness = QTimer(self, singleShot=True)
        self._stillness.timeout.connect(self._refine)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("3D view of the operation")
        self.setMinimumSize(120, 90)

    def show_state(self, state: ProcedureState, choices: ViewChoices) -> None:
        """Notes what is to be shown; nothing happens when it is shown already."""
        if self._wanted == (state, choices):
            return
        if self._wanted and not self._is_stale and self.isVisible() and is_leap(self._wanted, (state, choices)):
            self._fade.begin(self.grab().toImage())
        self._wanted = (state, choices)
        self._is_stale = True
        self._hover.leave()
        self.update()

    def show_film(self, film: Filming) -> None:
        """Another film; its picture is drawn with the next paint, the last one stays until then."""
        self.gauges.intact = film.plan.intact
        self._labelling.show_film(film)
        self._scene.show_site(film.site)
        self._wanted, self._is_stale = None, True

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
        if (left_px, right_px) != self._labelling.free_px:
            self._labelling.free_px = (left_px, right_px)
            self._is_stale = True
            self.update()

    @property
    def is_refining(self) -> bool:
        """Whether the picture is new or is still getting better."""
        return self._stillness.isActive() or self._fade.is_running

    def give_memory_back(self) -> None:
        """Hands over what the renderer has kept of pictures before; the one that is shown stays."""
        self._tidied = self._kept.taken
        self._scene.give_memory_back()

    def close_scene(self) -> None:
        """Renders no more, and gives the scene back."""
        self._stillness.stop()
        self._fade.end()
        self._wanted = None
        self._kept.drop()
        self._scene.close()

    @property
    def rendered_size(self) -> QSize:
        """Size of the rendered picture in device pixels: that of the widget, within the largest."""
        exact = (self.size().toSizeF() * self.devicePixelRatioF()).toSize().expandedTo(QSize(16, 16))
        if exact.width() <= LARGEST.width() and exact.height() <= LARGEST.height():
            return exact
        return exact.scaled(LARGEST, Qt.AspectRatioMode.KeepAspectRatio)

    def painted(self, scale: int) -> QImage:
        """What is seen, with its overlays, so many times as large; the next paint renders at the usual size again."""
        shown = self.rendered_size
        share = min(float(scale), LONGEST_SIDE / max(shown.width(), shown.height()))
        width, height = round(shown.width() * share), round(shown.height() * share)
        self._refresh_at(width, height, MOST_SAMPLES // scale)
        picture = QImage(width, height, QImage.Format.Format_RGB32)
        picture.setDevicePixelRatio(width / max(self.width(), 1))
        painter = QPainter(picture)
        if self._kept.image is not None and self._wanted is not None:
            painter.drawImage(self.rect(), self._kept.image)
            self._paint_overlays(painter, *self._wanted)
            for card in filter(QWidget.isVisible, self.told_on):
                card.render(painter, card.pos())
        painter.end()
        self.update()
        return picture

    def _refresh_at(self, width: int, height: int, samples: int) -> None:
        """Renders at that size, with the finest bones and edges as smooth as so many frames make them."""
        self._stillness.stop()
        self._scene.resize(width, height)
        if self._wanted is not None:
            self._scene.apply(*self._wanted, is_kept=True)
            for _ in range(samples):
                if not self._scene.refine():
                    break
            self._kept.take(self._scene.image())

    def _refresh(self) -> None:
        """Renders if what is wanted differs from what is kept."""
        if self._wanted is None:
            return
        size = self.rendered_size
        if self._kept.image is None or self._kept.image.size() != size:
            self._scene.resize(size.width(), size.height())
            self._kept.drop()
            self._is_stale = True
        if not self._is_stale:
            return
        self._is_stale = False
        if self._scene.apply(*self._wanted) or self._kept.image is None:
            self._kept.take(self._scene.image())
            self._stillness.start(max(STILL_MS, FADE_MS if self._fade.is_running else 0))
        em_px = em_of(self) * self._wanted[1].text_scale
        self._labelling.look(*self._wanted, self._scene, QRectF(self.rect()), _scale(self), em_px)

    def _name_under(self, place: QPointF) -> str:
        if self._wanted is None or self._is_stale or self._pointer is not None:
            return ""
        return self._labelling.name_under(self._scene, place * _scale(self), is_clinical=self.gauges.is_clinical)

    def _refine(self) -> None:
        """One more frame for a picture that stands still."""
        if self._is_stale or not self.isVisible():
            return
        if self._scene.refine():
            self._stillness.start(0)
        self._kept.take(self._scene.image())
        self.update()
        if self._kept.taken - self._tidied >= OFTEN and not self._stillness.isActive():
            self.give_memory_back()

    def _move(self, camera: Camera) -> None:
        if camera != self._scene.camera:
            self.camera_taken.emit(camera)

    def _paint_overlays(self, painter: QPainter, state: ProcedureState, choices: ViewChoices) -> None:
        if not self._has_readings:
            return
        em_px = em_of(self) * choices.text_scale
        rect = QRectF(self.rect())
        self.gauges.paint(painter, rect, state, self._ink, em_px)
        orientation.paint(
            painter, inner(rect, em_px), self._scene.camera, self._ink, em_px, uses_letters=self.gauges.is_clinical
        )
        self._labelling.paint(painter, rect, self._ink, em_px, is_clinical=self.gauges.is_clinical)
        if self.paint_also is not None:
            self.paint_also(painter, rect, self._scene, _scale(self))
        if self._hover.text:
            labels.paint_tag(painter, inner(rect, em_px), self._hover.text, self._hover.place, self._ink, 0.95 * em_px)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture, what is painted over it, and its frame."""
        self._refresh()
        painter = QPainter(self)
        if self._kept.image is None or self._wanted is None:
            painter.fillRect(self.rect(), self.palette().window())
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self._kept.image.size() == LARGEST)
        painter.drawImage(self.rect(), self._kept.image)
        self._paint_overlays(painter, *self._wanted)
        self._fade.paint(painter, QRectF(self.rect()))
        paint_frame(painter, QRectF(self.rect()), self.palette(), is_marked=self._is_marked)
        painter.end()
        if not self._was_painted:
            self._was_painted = True
            self.first_painted.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The next paint renders at the new size."""
        self._is_stale = True
        self._fade.end()

    def event(self, event: QEvent) -> bool:
        """Fingers, whose doing is no mouse's as well; and who walks by Tab sees where the keyboard is."""
        if isinstance(event, QTouchEvent):
            carried = self._fingers.move(event)
            if carried is not None:
                self._move(hand.touched(self._scene.camera, *carried, self.height()))
            event.accept()
            return True
        if isinstance(event, QFocusEvent):
            self._is_marked = event.gotFocus() and event.reason() in BY_TAB
        if event.type() == QEvent.Type.Leave:
            self._hover.leave()
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The hand takes hold."""
        self._hover.leave()
        state, choices = self._wanted or (None, ViewChoices())
        em_px = em_of(self) * choices.text_scale
        gauge = self.gauges.under(QRectF(self.rect()), state, em_px, event.position()) if state else ""
        if gauge:
            self.gauge_chosen.emit(gauge)
        else:
            self._pointer = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The hand turns or moves what it holds, or only points."""
        if self._pointer is None:
            self._hover.move(event.position())
            return
        here = event.position().toPoint()
        moved, self._pointer = here - self._pointer, here
        self._move(hand.dragged(self._scene.camera, moved, self.height(), pans=hand.is_pan(event)))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The hand lets go with the last button."""
        if not event.buttons():
            self._pointer = None

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Nearer or farther."""
        self._move(hand.wheeled(self._scene.camera, event))


def treated_place(viewport: Viewport) -> QRectF | None:
    """Where the treated place is seen; None before the first picture."""
    return viewport.labelling.treated(viewport._scene, _scale(viewport))


def _scale(viewport: Viewport) -> float:
    """Rendered pixels per unit of the widget."""
    return viewport.rendered_size.width() / max(viewport.width(), 1)
