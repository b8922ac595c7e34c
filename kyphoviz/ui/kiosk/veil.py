"""What lies over the whole window: the invitation, and cards on a veil."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QLinearGradient, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from kyphoviz.ui.kiosk.button import KioskButton
from kyphoviz.ui.kiosk.sizes import KioskSizes, sizes_for
from kyphoviz.ui.kiosk.words import KioskWords

VEIL_ALPHA = 190
CARD_RADIUS = 18.0
WORDS_SHARE, LEAST_WORDS_EM = 0.33, 24.0  # of a wide picture's width, for the invitation; and what it needs at least
FOOT_EM = 22.0  # of an upright one
SHADE = 1.44  # of the words' width: the shade ends beyond them, and is strong under all of them


class Overlay(QWidget):
    """Covers its window and keeps touches from what is below; hidden until it is needed."""

    def __init__(self, window: QWidget) -> None:
        """Follows the size of the window."""
        super().__init__(window)
        self.host = window
        self.hide()
        window.installEventFilter(self)

    def open(self) -> None:
        """Shows it on top of everything."""
        self.fit()
        self.raise_()
        self.show()

    def fit(self) -> None:
        """Takes the window's size, and gives the sizes that follow from it to what it holds."""
        self.setGeometry(self.host.rect())
        sizes = sizes_for(self.host)
        for button in self.findChildren(KioskButton):
            button.fit(sizes)
        self.arrange(sizes)

    def arrange(self, sizes: KioskSizes) -> None:
        """Places what it holds."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window has another size."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show) and not self.isHidden():
            self.fit()
        return False


class Card(Overlay):
    """A large card in the middle of a veil; what it holds is added to `column`."""

    def __init__(self, window: QWidget) -> None:
        """An empty card."""
        super().__init__(window)
        self.card = QWidget(self)
        self.column = QVBoxLayout(self.card)

    def label(self, words: str, share: float, name: str = "") -> QLabel:
        """Adds words; `share` is of the plain text's height."""
        label = QLabel(words, self.card)
        label.setObjectName(name)
        label.setProperty("share", share)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.column.addWidget(label)
        return label

    def arrange(self, sizes: KioskSizes) -> None:
        """The card is as large as what it holds, in the middle."""
        for label in self.card.findChildren(QLabel):
            font = QFont(label.font())
            font.setPixelSize(round(sizes.em_px * float(label.property("share"))))
            label.setFont(font)
        margin = round(2.2 * sizes.em_px)
        self.column.setContentsMargins(margin, margin, margin, margin)
        self.column.setSpacing(round(1.1 * sizes.em_px))
        width = min(round(self.width() - 2 * sizes.em_px), round(self.widest_em() * sizes.em_px))
        needed = self.column.heightForWidth(width) if self.column.hasHeightForWidth() else -1
        height = min(max(needed, self.column.sizeHint().height()), round(self.height() - 2 * sizes.em_px))
        self.card.setGeometry((self.width() - width) // 2, (self.height() - height) // 2, width, height)

    def widest_em(self) -> float:
        """The card's width, in heights of plain text."""
        return 34.0

    def paintEvent(self, event: QPaintEvent) -> None:
        """Veil and card."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = QColor(self.palette().color(QPalette.ColorRole.Shadow))
        veil.setAlpha(VEIL_ALPHA)
        painter.fillRect(self.rect(), veil)
        painter.setBrush(self.palette().color(QPalette.ColorRole.Base))
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Midlight), 1.5))
        painter.drawRoundedRect(QRectF(self.card.geometry()), CARD_RADIUS, CARD_RADIUS)


class StillThere(Card):
    """Asks whether somebody is there, and counts down."""

    def __init__(self, words: KioskWords, window: QWidget) -> None:
        """Any touch answers; the button says so."""
        super().__init__(window)
        self.label(words.still_there, 2.6)
        self.label(words.starts_over, 1.5, "quiet")
        self.count = self.label("", 5.0)
        self.go_on = KioskButton(words.go_on, self.card, is_main=True, share=1.7)
        self.column.addWidget(self.go_on)

    def show_left(self, seconds: int) -> None:
        """Shows how long is left."""
        self.count.setText(str(seconds))


class Invitation(Overlay):
    """Invites to touch, over the running film: words beside or below the bone, so that it is seen."""

    def __init__(self, title: str, minutes: int, words: KioskWords, window: QWidget, picture: QWidget) -> None:
        """Args: minutes: length of the film; picture: the widget whose foot the words stand on."""
        super().__init__(window)
        self._title, self._words, self._picture = title, words, picture
        self._length = words.length.format(minutes)
        self.setAccessibleName(words.start)
        self.setAccessibleDescription(f"{title}. {words.notice}")

    def lines(self) -> tuple[str, ...]:
        """What is written on it."""
        return (self._title, self._length, self._words.start, self._words.notice)

    def paintEvent(self, event: QPaintEvent) -> None:
        """One side of the picture darkens, and bears the words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        sizes, role = sizes_for(self.host), QPalette.ColorRole
        em_px = sizes.em_px
        room = QRectF(self._picture.geometry()).adjusted(1.0, 1.0, -1.0, -1.0)
        is_wide = room.width() > room.height()
        _darken(painter, room, self.palette().color(role.Shadow), is_wide=is_wide, em_px=em_px)
        inner = room.adjusted(2.2 * em_px, 0, -2.2 * em_px, -1.4 * em_px)
        if is_wide:
            inner.setWidth(min(inner.width(), max(WORDS_SHARE * room.width(), LEAST_WORDS_EM * em_px)))
        inner.setBottom(self._write(painter, inner, self._words.notice, 1.1 * em_px, role.WindowText) - 1.6 * em_px)
        pill = self._pill(painter, inner, em_px, sizes.finger_px)
        inner.setBottom(pill.top() - 1.3 * em_px)
        inner.setBottom(self._write(painter, inner, self._length, 1.7 * em_px, role.WindowText) - 0.3 * em_px)
        self._write(painter, inner, self._title, 3.0 * em_px, role.WindowText)

    def _write(self, painter: QPainter, room: QRectF, words: str, height_px: float, role: QPalette.ColorRole) -> float:
        """Writes at the foot of the room; gives the upper edge of what was written."""
        font = QFont(self.font())
        font.setPixelSize(round(height_px))
        painter.setFont(font)
        painter.setPen(self.palette().color(role))
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextWordWrap)
        painter.drawText(room, flags, words)
        return painter.boundingRect(room, flags, words).top()

    def _pill(self, painter: QPainter, room: QRectF, em_px: float, finger_px: int) -> QRectF:
        font = QFont(self.font())
        font.setPixelSize(round(2.4 * em_px))
        width = QFontMetricsF(font).horizontalAdvance(self._words.start) + 4.0 * em_px
        height = max(4.4 * em_px, float(finger_px))
        pill = QRectF(room.left(), room.bottom() - height, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(QPalette.ColorRole.Highlight))
        painter.drawRoundedRect(pill, height / 2, height / 2)
        painter.setFont(font)
        painter.setPen(self.palette().color(QPalette.ColorRole.HighlightedText))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, self._words.start)
        return pill


class Night(Overlay):
    """Outside opening hours: dark, with a few dim words that wander so that no pixel bears them all night."""

    def __init__(self, window: QWidget) -> None:
        """Black."""
        super().__init__(window)
        self._line, self._place = "", (0.5, 0.5)

    def show_line(self, line: str, place: tuple[float, float]) -> None:
        """Args: place: where the words stand, as shares of width and height."""
        if (line, place) != (self._line, self._place):
            self._line, self._place = line, place
            self.setAccessibleName(line)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Nearly nothing."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.black)
        font = QFont(self.font())
        font.setPixelSize(round(1.4 * sizes_for(self.host).em_px))
        painter.setFont(font)
        painter.setPen(QColor("#6E7883"))
        x, y = self._place
        box = QRectF(0, 0, 0.6 * self.width(), 3.0 * font.pixelSize())
        box.moveTo(x * (self.width() - box.width()), y * (self.height() - box.height()))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._line)


def _darken(painter: QPainter, room: QRectF, ground: QColor, *, is_wide: bool, em_px: float) -> None:
    """The side of the picture on which the words stand turns to the window's ground: the left, or the foot."""
    depth = SHADE * WORDS_SHARE * room.width() if is_wide else min(FOOT_EM * em_px, 0.75 * room.height())
    side = (
        QRectF(room.left(), room.top(), depth, room.height())
        if is_wide
        else room.adjusted(0, room.height() - depth, 0, 0)
    )
    fade = QLinearGradient(
        side.topRight() if is_wide else side.topLeft(), side.topLeft() if is_wide else side.bottomLeft()
    )
    for place, alpha in ((0.0, 0), (0.25, 190), (0.5, 240), (1.0, 250)):
        shade = QColor(ground)
        shade.setAlpha(alpha)
        fade.setColorAt(place, shade)
    painter.fillRect(side, fade)
