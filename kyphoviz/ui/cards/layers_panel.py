"""What is shown of each tissue and tool: shown, ghosted, hidden, or in between; and how far the cut is open."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QScrollArea, QSlider, QVBoxLayout, QWidget

from kyphoviz.choices import ViewChoices
from kyphoviz.procedure.state import Layer, ProcedureState
from kyphoviz.ui.cards.card_place import covered, left_or_right
from kyphoviz.ui.look import glyphs
from kyphoviz.ui.look.buttons import GlyphButton
from kyphoviz.ui.look.em import em_of
from kyphoviz.ui.picture.viewport import Viewport

LAYER_NAMES = {
    Layer.TREATED_BONE: "Treated bone", Layer.OTHER_BONES: "Other bones", Layer.DISCS: "Discs",
    Layer.NERVES: "Nerves", Layer.LIGAMENTS: "Ligaments", Layer.VESSELS: "Vessels", Layer.RIBS: "Ribs",
    Layer.BACK_MUSCLES: "Muscles", Layer.SKIN: "Skin", Layer.MUSCLE: "Section below", Layer.TOOLS: "Tools",
    Layer.BALLOONS: "Balloons", Layer.CEMENT: "Cement", Layer.PATIENT: "Patient",
    Layer.STANDING_PATIENT: "Standing patient", Layer.TABLE: "Table", Layer.C_ARM: "C-arm", Layer.BOWL: "Bowl",
    Layer.LOAD: "Load",
}  # fmt: skip
FIGURES = (Layer.PATIENT, Layer.STANDING_PATIENT, Layer.TABLE, Layer.C_ARM, Layer.BOWL, Layer.LOAD)
GHOST, SOLID = 0.3, 0.9  # opacity that a ghost gets; from which a layer counts as shown
STEPS = 100
WIDTH_EM, SLIDER_EM = 18.5, 6.0


class LayerRow(QWidget):
    """One layer: a button that goes from shown to ghosted to hidden, and a slider for all between.

    Signals:
        chosen: the layer and its new opacity, 0 to 1.
    """

    chosen = Signal(object, float)

    def __init__(self, layer: Layer, parent: QWidget) -> None:
        """Parts that the panel lays out in its columns."""
        super().__init__(parent)
        self.layer, self._opacity = layer, -1.0
        self.state = GlyphButton(glyphs.hidden, LAYER_NAMES[layer], parent=parent)
        self.name = QLabel(LAYER_NAMES[layer], parent)
        self.slider = QSlider(Qt.Orientation.Horizontal, parent)
        self.slider.setMaximum(STEPS)
        self.slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.slider.setAccessibleName(f"{LAYER_NAMES[layer]}: how much is seen")
        self.state.clicked.connect(self._advance)
        self.slider.valueChanged.connect(self._slide)
        self.hide()

    def show_opacity(self, opacity: float, *, is_there: bool) -> None:
        """Shows how much of the layer is seen; never tells the window."""
        for part in (self.state, self.name, self.slider):
            part.setVisible(is_there)
        if opacity == self._opacity:
            return
        self._opacity = opacity
        word = "shown" if opacity >= SOLID else "ghosted" if opacity > 0.0 else "hidden"
        self.state.show_glyph({"shown": glyphs.shown, "ghosted": glyphs.ghosted, "hidden": glyphs.hidden}[word])
        self.state.rename(f"{LAYER_NAMES[self.layer]}: {word}")
        self.slider.blockSignals(True)
        self.slider.setValue(round(opacity * STEPS))
        self.slider.blockSignals(False)

    def _advance(self) -> None:
        following = GHOST if self._opacity >= SOLID else 0.0 if self._opacity > 0.0 else 1.0
        self.chosen.emit(self.layer, following)

    def _slide(self, value: int) -> None:
        self.chosen.emit(self.layer, value / STEPS)


class LayersPanel(QFrame):
    """A card on the picture that folds away; it keeps nothing and only asks for other choices.

    Signals:
        chosen: other `ViewChoices`.
        folded: it opened or folded away.
    """

    chosen = Signal(object)
    folded = Signal()

    def __init__(self, picture: Viewport) -> None:
        """Args: picture: on which it lies."""
        super().__init__(picture)
        self._picture, self._choices = picture, ViewChoices()
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)  # a press beside a slider must not turn the bone
        self.setAccessibleName("Layers")
        self._about: QRectF | None = None  # must stay in sight
        self._table = QWidget()
        self.rows = tuple(LayerRow(layer, self._table) for layer in LAYER_NAMES)
        self.cut = QSlider(Qt.Orientation.Horizontal, self._table)
        self.cut.setMaximum(STEPS)
        self.cut.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.cut.setAccessibleName("How far the cut is open")
        self.reset = QPushButton("As in the film (R)", self)
        self.reset.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._lay_out()
        self.cut.valueChanged.connect(self._cut)
        self.reset.clicked.connect(self._reset)
        picture.installEventFilter(self)
        self.hide()

    def toggle(self) -> None:
        """Opens, or folds away."""
        self.setVisible(self.isHidden())
        self.folded.emit()

    @property
    def covered_px(self) -> tuple[int, int]:
        """How much of the picture's left and right it covers."""
        return (0, 0) if self.isHidden() else covered(self.geometry(), self._picture.size(), em_of(self))

    def show_view(self, seen: ProcedureState, choices: ViewChoices) -> None:
        """Shows what is seen, with the person's choices in it; costs nothing while folded."""
        self._choices = choices
        if self.isHidden():
            return
        changed = {entry.layer for entry in choices.layers}
        for row in self.rows:
            opacity = seen.opacity(row.layer)
            row.show_opacity(opacity, is_there=row.layer not in FIGURES or opacity > 0.0 or row.layer in changed)
        self.cut.blockSignals(True)
        self.cut.setValue(round(seen.cut * STEPS))
        self.cut.blockSignals(False)
        self.reset.setEnabled(not choices.follows)
        self._place()

    def _lay_out(self) -> None:
        self._grid = grid = QGridLayout(self._table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(0)
        grid.setRowMinimumHeight(0, self.rows[0].state.sizeHint().height())
        grid.addWidget(QLabel("Cut", self._table), 0, 1)
        grid.addWidget(self.cut, 0, 2)
        for k, row in enumerate(self.rows, 1):
            grid.addWidget(row.state, k, 0)
            grid.addWidget(row.name, k, 1)
            grid.addWidget(row.slider, k, 2)
            row.chosen.connect(self._set_layer)
        grid.setColumnStretch(1, 1)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._table)
        column = QVBoxLayout(self)
        column.addWidget(self._scroll, 1)
        column.addWidget(self.reset)

    def _place(self) -> None:
        """As high as its rows, within the picture, beside the treated place."""
        em_px = em_of(self)
        width = round(WIDTH_EM * em_px)
        self._grid.setColumnMinimumWidth(2, round(SLIDER_EM * em_px))
        high = self._table.sizeHint().height() + self.reset.sizeHint().height() + round(2.6 * em_px)
        place = left_or_right(self._picture.size(), QSize(width, high), self._about, em_px)
        if place.height() < high:  # the rows scroll: their bar needs room too
            bar_px = self._scroll.verticalScrollBar().sizeHint().width()
            place = left_or_right(self._picture.size(), QSize(width + bar_px, high), self._about, em_px)
        self.setGeometry(place)

    def showEvent(self, event: QShowEvent) -> None:
        """Looks for its side once."""
        super().showEvent(event)
        self._about = self._picture.overlays.treated_place()
        self._place()

    def _set_layer(self, layer: Layer, opacity: float) -> None:
        self.chosen.emit(self._choices.with_layer(layer, opacity))

    def _cut(self, value: int) -> None:
        self.chosen.emit(replace(self._choices, cut=value / STEPS))

    def _reset(self) -> None:
        self.chosen.emit(self._choices.following())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stays within the picture."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False
