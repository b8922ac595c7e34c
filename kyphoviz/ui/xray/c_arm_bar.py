"""The controls of a C-arm that a hand turns, below the X-rays."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from kyphoviz.choices import CArmTurn
from kyphoviz.overlay.xray_marks import VIEW_NAMES
from kyphoviz.ui.look.em import em_of

STEP_DEG = 1.0
REPEAT_MS = (300, 60)  # until a held button repeats, and how fast
WAYS = (  # sign, orbital and angular step, and what it does
    ("\u2190", -STEP_DEG, 0.0, "Orbit the C-arm one way (Alt + Left)"),
    ("\u2192", STEP_DEG, 0.0, "Orbit the C-arm the other way (Alt + Right)"),
    ("\u2191", 0.0, STEP_DEG, "Tilt the detector towards the head (Alt + Up)"),
    ("\u2193", 0.0, -STEP_DEG, "Tilt the detector towards the feet (Alt + Down)"),
)


class CArmBar(QWidget):
    """Which view is turned, four ways to turn it, an exercise, and what is still off.

    Signals:
        view_chosen: `ap` or `lateral`.
        turned: by how many degrees more, orbital and angular.
        exercise_asked: the C-arm should stand wrong, for the student to put right.
        reset_asked: the C-arm should stand as in the film.
    """

    view_chosen = Signal(str)
    turned = Signal(float, float)
    exercise_asked = Signal()
    reset_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Turns the AP view first."""
        super().__init__(parent)
        self._pose, self._told = QLabel(self), QLabel(self)
        self._told.setWordWrap(True)
        self._told.setAccessibleName("What the picture tells of the C-arm")
        asked = self.view_chosen.emit
        self._views = {view: self._button(words, partial(asked, str(view))) for view, words in VIEW_NAMES.items()}
        exercise = self._button("Exercise", self.exercise_asked.emit)
        exercise.setToolTip("The C-arm stands wrong; find the true view")
        reset = self._button("Film", self.reset_asked.emit)
        reset.setToolTip("The C-arm as in the film")
        self._ways = [self._arrow(*way) for way in WAYS]
        spoken = (
            "Turn the AP view",
            "Turn the lateral view",
            "Exercise: find the true view",
            "The C-arm as in the film",
        )
        for named, name in zip((*self._views.values(), exercise, reset), spoken, strict=True):
            named.setAccessibleName(name)
        for button in self._views.values():
            button.setCheckable(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(round(0.3 * em_of(self)))
        column.addLayout(_row(*self._views.values(), exercise, reset))
        column.addLayout(_row(*self._ways, self._pose))
        column.addWidget(self._told)

    def show_turn(self, turn: CArmTurn, told: str) -> None:
        """How the C-arm stands, and what the picture tells of it."""
        self._take_font()
        for view, button in self._views.items():
            button.setChecked(view == turn.view)
        orbit, tilt = (signed(value) for value in (turn.orbital_deg, turn.angular_deg))
        self._pose.setText(f"{orbit} orbit  {tilt} tilt")
        if self._told.text() != told:
            self._told.setText(told)
        self._fit()

    def _fit(self) -> None:
        """All lines of what is told have their room."""
        self._told.setMinimumHeight(self._told.heightForWidth(max(self.width(), 1)) if self._told.text() else 0)
        self.setMinimumHeight(self.minimumSizeHint().height())  # else the panel keeps what was asked for before
        panel = self.parentWidget()
        within = panel.layout() if panel is not None else None
        if within is not None:
            within.invalidate()
            within.activate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other lines; fitted after the layout that is under way, which would not see it."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._fit)

    @property
    def told(self) -> str:
        """What is said of the picture."""
        return self._told.text()

    def _take_font(self) -> None:
        """Made late, it would keep the program's own."""
        panel = self.parentWidget()
        if panel is not None and panel.font() != self.font():
            self.setFont(panel.font())

    def _button(self, words: str, act: Callable[[], object]) -> QPushButton:
        button = QPushButton(words, self)
        button.setObjectName("narrow")  # four of them stand side by side below the smallest X-ray
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(act)
        return button

    def _arrow(self, sign: str, orbital_deg: float, angular_deg: float, words: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(sign)
        button.setObjectName("narrow")
        button.setToolTip(words)
        button.setAccessibleName(words)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAutoRepeat(True)
        button.setAutoRepeatDelay(REPEAT_MS[0])
        button.setAutoRepeatInterval(REPEAT_MS[1])
        button.clicked.connect(partial(self.turned.emit, orbital_deg, angular_deg))
        return button


def signed(degrees: float) -> str:
    """Whole degrees with their sign; nought has none."""
    whole = round(degrees)
    return f"{whole:+d}°".replace("-", "\u2212") if whole else "0°"


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(round(0.3 * em_of(widgets[0])))
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row
