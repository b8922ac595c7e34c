"""Buttons that bear a drawn sign, and the one that gives the view back to the film."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QPushButton, QWidget

from kyphoviz.ui.look.em import em_of
from kyphoviz.ui.look.glyphs import SIDE, Glyph


class GlyphButton(QAbstractButton):
    """A flat button with a sign; the main one lies on a disc of the accent colour.

    It takes the focus by Tab alone: a click must not make the space bar press it again.
    """

    def __init__(self, glyph: Glyph, name: str, *, is_main: bool = False, parent: QWidget | None = None) -> None:
        """Args: glyph: what it shows; name: for the tooltip and for screen readers."""
        super().__init__(parent)
        self._glyph = glyph
        self._is_main = is_main
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.rename(name)

    def rename(self, name: str) -> None:
        """Sets what it is called."""
        self.setToolTip(name)
        self.setAccessibleName(name)

    def show_glyph(self, glyph: Glyph) -> None:
        """Shows another sign."""
        if glyph is not self._glyph:
            self._glyph = glyph
            self.update()

    def _colour(self) -> QColor:
        role = QPalette.ColorRole
        if self._is_main:
            return self.palette().color(role.HighlightedText)
        if self.isChecked():
            return self.palette().color(role.Highlight)
        return self.palette().color(
            role.WindowText if self.underMouse() or not self.isCheckable() else role.PlaceholderText
        )

    def sizeHint(self) -> QSize:
        """Large enough for a finger where it matters."""
        side = round((3.2 if self._is_main else 2.6) * em_of(self))
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        """As large as it wants to be."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, sign, and a ring when it has the focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        disc = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        role = QPalette.ColorRole
        painter.setPen(Qt.PenStyle.NoPen)
        if self._is_main:
            painter.setBrush(self.palette().color(role.Highlight))
            painter.drawEllipse(disc)
        elif self.isDown() or self.isChecked():
            painter.setBrush(self.palette().color(role.Mid))
            painter.drawEllipse(disc)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self.palette().color(role.WindowText if self._is_main else role.Highlight), 2.0))
            painter.drawEllipse(disc)
        size = (0.5 if self._is_main else 0.52) * self.width()
        painter.translate(disc.center().x() - size / 2, disc.center().y() - size / 2)
        painter.scale(size / SIDE, size / SIDE)
        painter.fillPath(self._glyph(), self._colour())


class FollowButton(QPushButton):
    """Lies on the picture while a person holds camera, layers or cut, and gives them back to the film."""

    def __init__(self, picture: QWidget) -> None:
        """Its colours are those of the name `follow` in the theme."""
        super().__init__("Follow the film", picture)
        self.setObjectName("follow")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolTip("Camera, layers and cut as in the film (R)")
        self.setAccessibleName("Follow the film")
