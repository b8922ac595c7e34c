"""The top line: what this is, and for whom."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from kyphoviz.modes import MODES, Mode, mode_named
from kyphoviz.ui.look.em import em_of, scaled
from kyphoviz.ui.window.main_menu import MainMenu

NAME_SHARE = 1.45  # of the window's text


class Header(QWidget):
    """The program's name, the film's title, the case, the menu, and a button per mode.

    Signals:
        case_asked: the panel of the case should open, or fold away; whether the keyboard, and no pointer, asked.
        mode_chosen: the `Mode`.
    """

    case_asked = Signal(bool)
    mode_chosen = Signal(object)

    def __init__(self, title: str, mode: Mode, parent: QWidget | None = None) -> None:
        """Shows that mode as chosen."""
        super().__init__(parent)
        self._name, subject = QLabel("KyphoViz", self), QLabel(title, self)
        subject.setObjectName("quiet")
        self._name.setFont(scaled(self.font(), NAME_SHARE))
        subject.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(round(0.4 * em_of(self)), 0, 0, 0)
        row.setSpacing(round(0.5 * em_of(self)))
        row.addWidget(self._name, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addSpacing(round(0.9 * em_of(self)))
        row.addWidget(subject, 1, Qt.AlignmentFlag.AlignVCenter)
        self._case = self._case_button()
        self.menu = MainMenu(self)
        row.addWidget(self._case)
        row.addWidget(self.menu)
        self._group = QButtonGroup(self, exclusive=True)
        for each in MODES:
            row.addWidget(self._button(each, is_chosen=each.name == mode.name))
        self._group.buttonClicked.connect(self._choose)

    def offer_case(self, mode: Mode) -> None:
        """Somebody can make another film: its button is there for audiences that may choose."""
        self._case.setVisible(mode.changes_case)

    def _case_button(self) -> QToolButton:
        button = QToolButton(self)
        button.setText("Case")
        button.setToolTip("Level, fracture, approach, balloon and cement of the film (K)")
        button.setAccessibleName("Case: level, fracture, approach, balloon and cement")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(self._ask_case)
        button.hide()  # until somebody can make another film
        return button

    def _button(self, mode: Mode, *, is_chosen: bool) -> QPushButton:
        button = QPushButton(mode.name.capitalize(), self)
        button.setCheckable(True)
        button.setObjectName(mode.name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName(f"{mode.name.capitalize()} mode")
        button.setToolTip(mode.about)
        button.setChecked(is_chosen)
        self._group.addButton(button)
        return button

    def _ask_case(self) -> None:
        self.case_asked.emit(self._case.hasFocus())

    def _choose(self, button: QPushButton) -> None:
        self.mode_chosen.emit(mode_named(button.objectName()))

    def changeEvent(self, event: QEvent) -> None:
        """The name grows with the text of the window."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_name"):
            self._name.setFont(scaled(self.font(), NAME_SHARE))
