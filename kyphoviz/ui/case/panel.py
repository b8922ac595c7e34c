"""The panel in which the case of the film is chosen."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette, QPen, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QLabel, QPushButton, QVBoxLayout

from kyphoviz.scenario.model import Case
from kyphoviz.ui.cards.card_place import MARGIN_EM, covered, left_or_right
from kyphoviz.ui.case.choices import choices_of, value_of, with_value
from kyphoviz.ui.case.words import CaseWords
from kyphoviz.ui.look.em import em_of
from kyphoviz.ui.picture.viewport import Viewport

WIDTH_EM, LEAST_PICTURE_EM = 25.0, 32.0  # its own width; the picture's, below which it would hide all of it
NARROW_SHARE = 0.45  # of a small picture's width, where its words are no wider


class ChoiceBox(QComboBox):
    """Changes nothing when the wheel turns over it by chance."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Left to nobody: it must not move the bone behind the card either."""
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        """With an arrow of our own: a style sheet takes away the style's."""
        super().paintEvent(event)
        em_px, painter = em_of(self), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.PlaceholderText), 0.12 * em_px))
        foot = QPointF(self.width() - 0.95 * em_px, self.height() / 2 + 0.14 * em_px)
        painter.drawPolyline([foot - QPointF(0.3, 0.28) * em_px, foot, foot + QPointF(0.3, -0.28) * em_px])


class CasePanel(QFrame):
    """A card on the picture with one line for each choice; it keeps nothing of the film and only asks for another case.

    Signals:
        chosen: the `Case` that is wished for.
        reset_asked: the case as the scene says.
        folded: Esc put it away.
    """

    chosen = Signal(object)
    reset_asked = Signal()
    folded = Signal()

    def __init__(self, picture: Viewport) -> None:
        """Hidden until it is opened; `show_case` fills it."""
        super().__init__(picture)
        self._picture = picture
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)  # a press beside a choice must not turn the bone
        self._heading, self._note, self._message = QLabel(self), QLabel(self), QLabel(self)
        self.reset = QPushButton(self)
        self.reset.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.boxes: dict[str, QComboBox] = {}
        self._names: list[QLabel] = []
        self._case = Case()
        self._about: QRectF | None = None  # must stay in sight
        self._lay_out()
        self.reset.clicked.connect(self.reset_asked)
        picture.installEventFilter(self)
        self.hide()

    @property
    def covered_px(self) -> tuple[int, int]:
        """How much of the picture's left and right it covers."""
        return (0, 0) if self.isHidden() else covered(self.geometry(), self._picture.size(), em_of(self))

    def show_case(self, case: Case, words: CaseWords, *, is_changed: bool) -> None:
        """Shows that case as chosen.

        Args:
            is_changed: whether it differs from what the scene says.
        """
        self._case = case
        choices = choices_of(case)
        if list(self.boxes) != [choice.key for choice in choices]:
            self._make_lines([choice.key for choice in choices])
        for choice, name in zip(choices, self._names, strict=True):
            name.setText(words.name(choice.key))
            self._offer(self.boxes[choice.key], choice.key, choice.values(case), words)
        self._heading.setText(words.text("heading"))
        self.setAccessibleName(words.text("heading"))
        self._note.setText(f"{words.text('note')} {words.text('changed')}" if is_changed else words.text("note"))
        self.reset.setText(words.text("reset"))
        self.reset.setEnabled(is_changed)
        self.place()

    def tell(self, words: str) -> None:
        """A line under the choices: what goes on, or why a choice was refused; empty for none."""
        self._message.setText(words)
        self._message.setAccessibleName(words)
        self._message.setVisible(bool(words))
        self.place()

    def _offer(self, box: QComboBox, key: str, values: tuple[object, ...], words: CaseWords) -> None:
        box.blockSignals(True)
        box.clear()
        for value in values:
            box.addItem(words.value(key, value), value)
        box.setCurrentIndex(values.index(value_of(self._case, key)))
        box.setAccessibleName(words.name(key))
        box.blockSignals(False)

    def _make_lines(self, keys: list[str]) -> None:
        for part in (*self._names, *self.boxes.values()):
            part.deleteLater()
        self._names, self.boxes = [], {}
        for row, key in enumerate(keys):
            name, box = QLabel(self), ChoiceBox(self)
            name.setObjectName("quiet")
            name.setBuddy(box)
            box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            box.activated.connect(partial(self._choose, key))
            self._grid.addWidget(name, row, 0)
            self._grid.addWidget(box, row, 1)
            self._names.append(name)
            self.boxes[key] = box
            self.setTabOrder(box, self.reset)

    def _choose(self, key: str, index: int) -> None:
        value = self.boxes[key].itemData(index)
        if value != value_of(self._case, key):
            self.chosen.emit(with_value(self._case, key, value))

    def _lay_out(self) -> None:
        self._grid, self._column = QGridLayout(), QVBoxLayout(self)
        self._grid.setColumnStretch(1, 1)
        for label in (self._note, self._message):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._note.setObjectName("quiet")
        self._column.addWidget(self._heading)
        self._column.addLayout(self._grid)
        for part in (self._message, self._note, self.reset):
            self._column.addWidget(part)
        self._message.hide()

    def place(self) -> None:
        """Beside the treated place, as high as it must be and no higher than the picture."""
        self.setFont(self._picture.font())  # a card that is made late inherits the program's font, not the window's
        em_px = em_of(self)
        self._grid.setVerticalSpacing(round(0.35 * em_px))
        self._grid.setHorizontalSpacing(round(0.8 * em_px))
        wanted = max(self._column.minimumSize().width(), round(NARROW_SHARE * self._picture.width()))
        width = min(round(WIDTH_EM * em_px), wanted, self._picture.width())
        size = self._size(width)
        if size.height() > self._picture.height() - 2 * round(MARGIN_EM * em_px):  # lines that are whole, but closer
            self._grid.setVerticalSpacing(round(0.1 * em_px))
            size = self._size(width)
        self.setGeometry(left_or_right(self._picture.size(), size, self._about, em_px, size.height()))

    def _size(self, width: int) -> QSize:
        self._column.activate()
        return QSize(width, max(self.heightForWidth(width), self.sizeHint().height()))

    def showEvent(self, event: QShowEvent) -> None:
        """Looks for its side once: a card that changes sides while it is used would only confuse."""
        super().showEvent(event)
        self._about = self._picture.overlays.treated_place()
        self.place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts it away."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self._picture.setFocus()
            self.folded.emit()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stays within the picture, and goes where that becomes too small."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.FontChange) and self.isVisible():
            if self._picture.width() < LEAST_PICTURE_EM * em_of(self):
                self.hide()
            else:
                self.place()
        return False
