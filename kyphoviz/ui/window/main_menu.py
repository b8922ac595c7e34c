"""The window's one menu: what can be saved, and how it looks."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from kyphoviz.ui.remembered.settings import TEXT_SIZES, THEMES
from kyphoviz.ui.saving.snapshot import SCALES

THEME_WORDS = {"dark": "Dark", "light": "Light", "system": "As the desktop"}


class MainMenu(QToolButton):
    """A button with a menu.

    Signals:
        snapshot_asked: at how many times the size of the screen.
        curves_asked: the curves of the step should lie on the picture, or go.
        movie_asked: a movie of the whole film.
        step_movie_asked: a movie of the step that is shown.
        c_arm_asked: the C-arm should be in the hand, or the film's again.
        xray_window_asked: the X-rays should have a window of their own, or not any more.
        theme_chosen: dark, light or system.
        text_size_chosen: a share of the usual size.
        less_motion_chosen: stills that melt into each other, instead of a moving picture.
    """

    snapshot_asked = Signal(int)
    curves_asked = Signal()
    movie_asked = Signal()
    step_movie_asked = Signal()
    c_arm_asked = Signal()
    xray_window_asked = Signal()
    theme_chosen = Signal(str)
    text_size_chosen = Signal(float)
    less_motion_chosen = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Offers everything; nothing is chosen yet."""
        super().__init__(parent)
        self.setText("Menu")
        self.setToolTip("Save a picture or a movie; curves, colours and text size")
        self.setAccessibleName("Menu: save a picture or a movie, curves, colours, text size")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        menu = QMenu(self)
        self._offer_saving(menu)
        menu.addSeparator()
        menu.addAction("Curves on the picture (G)").triggered.connect(self.curves_asked)
        menu.addAction("X-rays in a window of their own (W)").triggered.connect(self.xray_window_asked)
        self._c_arm = menu.addAction("Turn the C-arm by hand (A)")
        self._c_arm.triggered.connect(self.c_arm_asked)
        menu.addSeparator()
        self._themes = self._offer(menu.addMenu("Colours"), [(THEME_WORDS[name], name) for name in THEMES])
        self._sizes = self._offer(menu.addMenu("Text size"), [(f"{size:.0%}", size) for size in TEXT_SIZES])
        self._less_motion = QAction("Less motion", menu, checkable=True)
        menu.addAction(self._less_motion)
        self._less_motion.triggered.connect(self.less_motion_chosen)
        self._themes.triggered.connect(self._choose_theme)
        self._sizes.triggered.connect(self._choose_size)
        self.setMenu(menu)

    def offer_c_arm(self, is_offered: bool) -> None:
        """Whether the C-arm may be turned by the one who looks."""
        self._c_arm.setVisible(is_offered)

    def show_choices(self, theme: str, text_size: float, *, less_motion: bool) -> None:
        """Ticks what holds now."""
        self._less_motion.setChecked(less_motion)
        for group, value in ((self._themes, theme), (self._sizes, text_size)):
            for action in group.actions():
                action.setChecked(action.data() == value)

    def _offer_saving(self, menu: QMenu) -> None:
        pictures = QActionGroup(self)
        for scale in SCALES:
            action = QAction("Save picture" if scale == 1 else f"Save picture, {scale} times as large", pictures)
            action.setData(scale)
            menu.addAction(action)
        pictures.triggered.connect(self._ask_snapshot)
        menu.addSeparator()
        for words, signal in (("film", self.movie_asked), ("step shown", self.step_movie_asked)):
            menu.addAction(f"Make a movie of the {words}").triggered.connect(signal)

    def _offer(self, menu: QMenu, offers: list[tuple[str, object]]) -> QActionGroup:
        group = QActionGroup(self)
        for words, value in offers:
            action = QAction(words, group, checkable=True)
            action.setData(value)
            menu.addAction(action)
        return group

    def _ask_snapshot(self, action: QAction) -> None:
        self.snapshot_asked.emit(action.data())

    def _choose_theme(self, action: QAction) -> None:
        self.theme_chosen.emit(action.data())

    def _choose_size(self, action: QAction) -> None:
        self.text_size_chosen.emit(action.data())
