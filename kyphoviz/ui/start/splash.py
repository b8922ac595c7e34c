"""What is seen while the program loads. It is painted before anything heavy is imported."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from kyphoviz.ui.look.em import em_of, scaled
from kyphoviz.ui.look.theme import Theme, theme_named
from kyphoviz.ui.start.application import application

WIDTH_EM, HEIGHT_EM = 34.0, 15.0
NAME = "KyphoViz"
SUBJECT = "Balloon kyphoplasty, as it happens"
NOTICE = (
    "For general education only. Not medical advice, not for diagnosis, planning or guiding a procedure. "
    "Talk with your care team."
)


class Splash(QWidget):
    """The program's name and what it is not, on a plain ground.

    Signals:
        painted: it has been on the screen.
    """

    painted = Signal()

    def __init__(self, theme: Theme) -> None:
        """In the middle of the main screen."""
        super().__init__(None, Qt.WindowType.SplashScreen | Qt.WindowType.FramelessWindowHint)
        self._theme = theme
        self.setAccessibleName("KyphoViz is starting")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.resize(round(WIDTH_EM * em_of(self)), round(HEIGHT_EM * em_of(self)))
        screen = QGuiApplication.primaryScreen()
        if screen is not None:
            self.move(screen.availableGeometry().center() - self.rect().center())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Name, subject, notice, and a line in the accent colour."""
        painter, em, theme = QPainter(self), em_of(self), self._theme
        painter.fillRect(self.rect(), QColor(theme.ground))
        painter.fillRect(0, 0, self.width(), round(0.25 * em), QColor(theme.accent))
        inner = QRectF(self.rect()).adjusted(2.2 * em, 2.6 * em, -2.2 * em, -1.8 * em)
        flags = Qt.AlignmentFlag
        for words, size, colour, top in ((NAME, 2.4, theme.text, 0.0), (SUBJECT, 1.2, theme.quiet, 3.4)):
            painter.setFont(scaled(self.font(), size))
            painter.setPen(QColor(colour))
            painter.drawText(inner.adjusted(0, top * em, 0, 0), int(flags.AlignLeft | flags.AlignTop), words)
        painter.setFont(scaled(self.font(), 0.95))
        painter.setPen(QColor(theme.quiet))
        below = int(flags.AlignLeft | flags.AlignBottom) | int(Qt.TextFlag.TextWordWrap)
        painter.drawText(inner, below, NOTICE)
        painter.end()
        self.painted.emit()


def show_splash(theme_name: str = "dark") -> Splash:
    """Opens the splash and waits until it has been painted, which takes a few milliseconds.

    Raises:
        NoDisplayError: no window can be opened here.
    """
    app = application()
    splash, seen = Splash(theme_named(theme_name)), []
    splash.painted.connect(lambda: seen.append(True))
    splash.show()
    for _ in range(20):  # a window manager may take a few rounds to map it; then we go on regardless
        app.processEvents()
        if seen:
            break
    return splash
