"""The student's side panel: the steps, and what there is to know about the one that is shown."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from kyphoviz.film import Film
from kyphoviz.ui.film.curve_pane import CurvePane
from kyphoviz.ui.film.film_words import chapters, titles
from kyphoviz.ui.film.step_list import StepList
from kyphoviz.ui.film.step_notes import StepNotes, notes_of
from kyphoviz.ui.look import glyphs
from kyphoviz.ui.look.buttons import GlyphButton
from kyphoviz.ui.look.em import em_of

WIDTH_EM, FOLDED_EM, ACROSS_EM = 19.5, 3.2, 19.0
BESIDE_CURVES_EM = 21.5  # of the height: heading, a few steps of the list and a few lines of the notes
HEADING_EM = 4.0  # above curves that stand beside list and notes
LIST_STRETCH, CURVES_STRETCH, NOTES_STRETCH = 5, 6, 9


class StepPanel(QFrame):
    """A list above, notes below; folded away it is a narrow strip with the button that brings it back.

    Signals:
        folded: whether the panel is folded away now.
    """

    folded = Signal(bool)

    def __init__(self, film: Film, language: str = "en", parent: QWidget | None = None) -> None:
        """Args: film: its words and numbers, and the sizes of the body before it broke, by which gauges are shown."""
        super().__init__(parent)
        timeline, intact = film.timeline, film.plan.intact
        self._timeline, self._intact, self._language = timeline, intact, language
        self._shown = -1
        self.is_folded, self._is_across = False, False
        self.setObjectName("side")
        self._heading = QLabel("Steps", self)
        self._heading.setObjectName("quiet")
        self._fold = GlyphButton(glyphs.fold, "Fold the panel away", parent=self)
        self.list = StepList(titles(timeline, language), chapters(film, language), self)
        self.curves = CurvePane(timeline, intact, language, self)
        self.curves.hide()
        self.notes = StepNotes(self)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._lay_out()
        self._fold.clicked.connect(self.toggle_fold)

    def show_step(self, index: int) -> None:
        """Marks the step in the list and shows its notes."""
        self.list.show_step(index)
        if index != self._shown:
            self._shown = index
            self.notes.show_notes(notes_of(self._timeline, self._timeline.spans[index], self._intact, self._language))

    def show_time(self, time_s: float, *, is_still: bool) -> None:
        """Draws the curves of the step up to that time; costs nothing while they can't be seen.

        Args:
            is_still: the film stands, so a screen reader may tell what they show.
        """
        if self.is_folded or self.isHidden():
            return
        self.curves.show_time(time_s)
        self._fit_curves()
        if is_still:
            self.curves.describe()

    def show_film(self, film: Film) -> None:
        """Another film: its steps, words and numbers."""
        timeline, intact = film.timeline, film.plan.intact
        self.list.show_titles(titles(timeline, self._language), chapters(film, self._language))
        self._timeline, self._intact, self._shown = timeline, intact, -1
        self.curves.show_film(timeline, intact)

    def toggle_fold(self) -> None:
        """Folds the panel away, or brings it back."""
        self.fold(not self.is_folded)

    def fold(self, is_folded: bool) -> None:
        """Folds the panel away or not."""
        if is_folded == self.is_folded:
            return
        self.is_folded = is_folded
        for part in (self._heading, self.list, self.notes):
            part.setVisible(not is_folded)
        self._fit_curves()
        self._fold.show_glyph(glyphs.unfold if is_folded else glyphs.fold)
        self._fold.rename("Show the steps" if is_folded else "Fold the panel away")
        self.updateGeometry()
        self.folded.emit(is_folded)

    def turn(self, is_upright: bool) -> None:
        """In an upright window it lies across: the list beside the notes."""
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._is_across = is_upright
        self._parts.setDirection(across if is_upright else down)
        self._parts.setStretchFactor(self.curves, CURVES_STRETCH if is_upright else 0)
        width = QSizePolicy.Policy.Expanding if is_upright else QSizePolicy.Policy.Fixed
        self.setSizePolicy(width, QSizePolicy.Policy.Fixed if is_upright else QSizePolicy.Policy.Expanding)
        self.updateGeometry()

    def _fit_curves(self) -> None:
        beside_em = HEADING_EM if self._is_across else BESIDE_CURVES_EM
        self.curves.fit(self.height() - beside_em * em_of(self))
        self.curves.setVisible(not self.is_folded and bool(self.curves.charts))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There is room for more charts, or for fewer."""
        super().resizeEvent(event)
        self._fit_curves()

    def _lay_out(self) -> None:
        self._top, self._column = QHBoxLayout(), QVBoxLayout(self)
        self._top.addWidget(self._heading, 1)
        self._top.addWidget(self._fold, 0, Qt.AlignmentFlag.AlignRight)
        self._parts = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._parts.addWidget(self.list, LIST_STRETCH)
        self._parts.addWidget(self.curves)
        self._parts.addWidget(self.notes, NOTES_STRETCH)
        self._column.addLayout(self._top)
        self._column.addLayout(self._parts, 1)
        self._column.addStretch(0)
        self._space_out()

    def _space_out(self) -> None:
        em = em_of(self)
        self._top.setContentsMargins(round(0.5 * em), 0, 0, 0)
        self._column.setContentsMargins(*(round(share * em) for share in (0.3, 0.15, 0.3, 0.4)))
        self._column.setSpacing(round(0.25 * em))

    def changeEvent(self, event: QEvent) -> None:
        """Distances follow the text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_column"):
            self._space_out()
            self._fit_curves()
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As wide as some seven words, or as its button; lying across, as high as a dozen lines."""
        if self._is_across:
            return QSize(300, round((FOLDED_EM if self.is_folded else ACROSS_EM) * em_of(self)))
        return QSize(round((FOLDED_EM if self.is_folded else WIDTH_EM) * em_of(self)), 300)

    def minimumSizeHint(self) -> QSize:
        """Its width stays, or its height; the parts scroll."""
        if self._is_across:
            return self.sizeHint()
        return QSize(self.sizeHint().width(), 120)
