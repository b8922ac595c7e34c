"""The screen of a kiosk: which one it is, and that nothing else is seen on it from the first moment on."""

from __future__ import annotations

from PySide6.QtCore import QEventLoop, QLineF, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPainter, QPaintEvent, QPen, QScreen
from PySide6.QtWidgets import QWidget

from kyphoviz.overlay.fonts import has_letters
from kyphoviz.ui.look.theme import Theme, theme_named
from kyphoviz.ui.start.application import application
from kyphoviz.ui.start.interrupt import Interrupt
from kyphoviz.ui.start.splash import NAME, NOTICE

NAME_SHARE, NOTICE_SHARE = 0.075, 0.026  # of the screen's shorter side
SIGN_SHARE = 0.4  # of the shorter side
SIGN_LETTER = ((-0.6, 0.8, 0.0, -0.8), (0.0, -0.8, 0.6, 0.8), (-0.36, 0.2, 0.36, 0.2))  # an A, from x, y to x, y
SIGN_STRIKE = ((-1.0, -1.0, 1.0, 1.0),)
TOLD_MS = 10_000  # so long what ends the kiosk for good can be read before it does
MOST_ROUNDS = 20  # a window manager may take a few to map a window; then we go on regardless


def chosen_screen(screens: list[QScreen], wanted: int | str) -> tuple[QScreen, tuple[str, ...]]:
    """The screen of that number, from 1, or of that name; else the first one, and a sentence that says so."""
    if isinstance(wanted, int) and wanted <= len(screens):
        return screens[wanted - 1], ()
    for screen in screens:
        if screen.name() == wanted:
            return screen, ()
    there = ", ".join(f"{k} ({screen.name()})" for k, screen in enumerate(screens, 1))
    return screens[0], (f"There is no screen {wanted}; the first is used. There are: {there}.",)


class Curtain(QWidget):
    """Covers the whole screen while the film is loaded: no desktop is seen, and nothing can be touched."""

    def __init__(self, theme: Theme) -> None:
        """Not shown yet."""
        super().__init__(None, Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint)
        self._theme, self.was_painted, self.words = theme, False, ""
        self.setAccessibleName("The kiosk is starting")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def tell(self, words: str, interrupt: Interrupt) -> None:
        """Shows why there will be no film, long enough to be read, unless somebody asks the program to end."""
        self.words = words
        self.update()
        loop = QEventLoop()
        QTimer.singleShot(TOLD_MS, loop.quit)
        interrupt.asked.connect(loop.quit)
        if not interrupt.told:
            loop.exec()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The name or what went wrong in the middle, the notice at the foot."""
        painter, theme = QPainter(self), self._theme
        side = min(self.width(), self.height())
        painter.fillRect(self.rect(), QColor(theme.ground))
        room = QRectF(self.rect()).adjusted(0.06 * side, 0.06 * side, -0.06 * side, -0.06 * side)
        if not has_letters():
            _paint_sign(painter, room, theme)
            painter.end()
            self.was_painted = True
            return
        middle = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
        below = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextWordWrap)
        for words, share, colour, flags in (
            (self.words or NAME, NOTICE_SHARE if self.words else NAME_SHARE, theme.text, middle),
            (NOTICE, NOTICE_SHARE, theme.quiet, below),
        ):
            font = QFont(self.font())
            font.setPixelSize(max(round(share * side), 8))
            painter.setFont(font)
            painter.setPen(QColor(colour))
            painter.drawText(room, flags, words)
        painter.end()
        self.was_painted = True


def _paint_sign(painter: QPainter, room: QRectF, theme: Theme) -> None:
    """A letter that is struck out: what can be told where no letter can be written."""
    side = SIGN_SHARE * min(room.width(), room.height())
    painter.translate(room.center())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for colour, strokes in ((theme.text, SIGN_LETTER), (theme.accent, SIGN_STRIKE)):
        painter.setPen(QPen(QColor(colour), 0.09 * side, c=Qt.PenCapStyle.RoundCap))
        painter.drawLines([QLineF(*(0.5 * side * end for end in stroke)) for stroke in strokes])


def draw_curtain(wanted: int | str, theme_name: str = "dark") -> Curtain:
    """Covers a screen, and waits until that is seen.

    Args:
        wanted: the screen, as `chosen_screen` takes it.

    Raises:
        NoDisplayError: no window can be opened here.
    """
    app = application()
    screen, _ = chosen_screen(QGuiApplication.screens(), wanted)
    curtain = Curtain(theme_named(theme_name))
    curtain.setCursor(Qt.CursorShape.BlankCursor)
    _fill(curtain, screen)
    for _ in range(MOST_ROUNDS):
        app.processEvents()
        if curtain.was_painted:
            break
    return curtain


class ScreenKeeper(QObject):
    """Keeps a window over the whole of one screen, without a frame, whatever becomes of the screen."""

    def __init__(self, window: QWidget, screen: QScreen) -> None:
        """Args: screen: where it belongs; while that is unplugged, it stays on whichever there is."""
        super().__init__(window)
        self._window, self._name = window, screen.name()
        kinds = Qt.WindowType
        window.setWindowFlags(kinds.Window | kinds.FramelessWindowHint | kinds.WindowStaysOnTopHint)
        window.setMinimumSize(1, 1)  # whatever size the screen has, it fills it
        for screen in QGuiApplication.screens():
            screen.geometryChanged.connect(self.show)
        application().screenAdded.connect(self._watch)
        application().primaryScreenChanged.connect(self.show)
        application().applicationStateChanged.connect(self._return)

    def show(self) -> None:
        """Fills the screen."""
        screens = QGuiApplication.screens()
        screen = next((each for each in screens if each.name() == self._name), screens[0] if screens else None)
        if screen is not None:
            _fill(self._window, screen)

    def release(self) -> None:
        """Lets go of the screen."""
        for screen in QGuiApplication.screens():
            screen.geometryChanged.disconnect(self.show)
        application().screenAdded.disconnect(self._watch)
        application().primaryScreenChanged.disconnect(self.show)
        application().applicationStateChanged.disconnect(self._return)

    def _watch(self, screen: QScreen) -> None:
        """Another screen was plugged in."""
        screen.geometryChanged.connect(self.show)
        self.show()

    def _return(self) -> None:
        """Comes back when it was put away, and to the top when something else came before it."""
        if not self._window.isVisible():
            return
        if self._window.isMinimized() or not self._window.isFullScreen():
            self.show()
        self._window.raise_()


def _fill(window: QWidget, screen: QScreen) -> None:
    window.setScreen(screen)
    window.setGeometry(screen.geometry())
    window.showFullScreen()
