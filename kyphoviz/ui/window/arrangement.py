"""Where the parts of the window lie, and how large its text is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QBoxLayout, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kyphoviz.ui.film.bar_geometry import INSET_EM
from kyphoviz.ui.look.em import em_of, scaled
from kyphoviz.ui.window.parts import Parts

SMALLEST = (1024, 640)
OPENING = (1280, 800)
TEXT_GROWTH, LARGEST_TEXT = 0.75, 2.5  # the exponent by which text follows the window, and where it ends
XRAY_SHARE = (0.19, 0.28)  # of the window's width
PICTURE_SHARE, LEAST_XRAY = 0.5, 0.14  # of the width: kept for the large picture; left to the X-rays beside a panel
UPRIGHT_LINES = 2  # of a caption, more than in a lying window: width is scarce there, height is not
UPRIGHT_XRAY = 0.46  # height of the two X-rays in an upright window, as a share of its width
QWIDGETSIZE_MAX = 16_777_215  # as Qt defines it; PySide does not tell
XRAY_SHAPE = 0.58  # of the pictures' height: two panes a little wider than high


class Arrangement:
    """One large picture, two X-rays of equal size, one sentence, one bar, one row of controls.

    All distances are multiples of the text's height, so that the proportions stay from a small laptop to a wall.
    """

    def __init__(self, window: QWidget, parts: Parts) -> None:
        """Lays the parts out in the window."""
        self._parts = parts
        self._pictures, self._words, self._column = QHBoxLayout(), QVBoxLayout(), QVBoxLayout(window)
        for picture, stretch in ((parts.steps, 0), (parts.viewport, 1), (parts.xrays, 0)):
            self._pictures.addWidget(picture, stretch)
        corner = QGridLayout(parts.viewport)
        corner.addWidget(parts.follow, 0, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        for part in (parts.caption, parts.bar, parts.transport):
            self._words.addWidget(part)
        self._column.addWidget(parts.header)
        self._column.addLayout(self._pictures, 1)
        self._column.addLayout(self._words)
        self._text_size = 1.0
        self._large: QWidget = parts.viewport
        self._space_out(em_of(window))

    def set_text_size(self, window: QWidget, share: float) -> None:
        """Larger or smaller words than usual."""
        self._text_size = share
        self.fit(window)

    def fit(self, window: QWidget) -> None:
        """Follows the size of the window.

        A larger window is looked at from farther away, so its text grows with it, more slowly. X-rays stay nearly
        square within their share of the width; in an upright window they lie below the large picture, side by side.
        """
        is_upright = window.height() > window.width()
        width, height = OPENING[::-1] if is_upright else OPENING
        share = max(min(window.width() / width, window.height() / height), 1.0)
        self._parts.caption.allow_more((self._text_size > 1.0) + UPRIGHT_LINES * is_upright)
        font = scaled(QApplication.font(), min(share**TEXT_GROWTH * self._text_size, LARGEST_TEXT))
        if font.pixelSize() != em_of(window):
            window.setFont(font)
            self._parts.caption.fit()
            self._space_out(em_of(window))
        self._turn(is_upright)
        self._column.activate()  # else the height below is that of the last arrangement
        if is_upright:
            self._parts.xrays.setFixedHeight(round(UPRIGHT_XRAY * window.width()))
            return
        least, most = (round(share * window.width()) for share in XRAY_SHARE)
        wanted = round(XRAY_SHAPE * self._pictures.geometry().height())  # a picture that moves is not so high yet
        side = self._parts.steps.sizeHint().width() if self._parts.steps.isVisibleTo(window) else 0
        room = round((1.0 - PICTURE_SHARE) * window.width()) - side
        self._parts.xrays.setFixedWidth(min(max(wanted, least), most, max(room, round(LEAST_XRAY * window.width()))))

    def _turn(self, is_upright: bool) -> None:
        """X-rays below the large picture, or beside it."""
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        if self._pictures.direction() != (down if is_upright else across):
            self._pictures.setDirection(down if is_upright else across)
            self._parts.xrays.turn(is_upright)
            self._parts.steps.turn(is_upright)
            self._parts.xrays.setMinimumSize(0, 0)
            self._parts.xrays.setMaximumSize(QWIDGETSIZE_MAX, QWIDGETSIZE_MAX)

    @property
    def large(self) -> QWidget:
        """What has the large place."""
        return self._large

    def enlarge(self, picture: QWidget) -> None:
        """Gives the large place to another picture; that which had it takes the small one. Nothing is made anew."""
        if picture is self._large:
            return
        xrays, viewport = self._parts.xrays, self._parts.viewport
        for leaving, coming in ((self._large, viewport), (viewport, picture)):
            if leaving is coming:
                continue
            place = self._pictures.indexOf(leaving)
            self._pictures.removeWidget(leaving)
            xrays.exchange(coming, leaving)
            self._pictures.insertWidget(place, coming, 1)
        self._large = picture

    def _space_out(self, em_px: float) -> None:
        inset = round(INSET_EM * em_px)
        for part in (self._parts.caption, self._parts.transport):
            part.setContentsMargins(inset, 0, inset, 0)
        side = round(1.3 * em_px) - inset
        self._pictures.setSpacing(round(0.9 * em_px))
        self._words.setContentsMargins(side, 0, side, 0)
        self._words.setSpacing(round(0.5 * em_px))
        self._column.setContentsMargins(*(round(share * em_px) for share in (0.9, 0.7, 0.9, 0.7)))
        self._column.setSpacing(round(0.7 * em_px))
        self._parts.transport.space_out()


def put_in_tab_order(parts: Sequence[QWidget]) -> None:
    """Tab walks the parts in that order, whatever was made when; within a part, as its widgets follow each other."""
    chain = list(_chain(parts[0].window()))
    stops = [each for part in parts for each in chain if each is part or part.isAncestorOf(each)]
    if stops != [each for each in chain if each in stops]:
        for one, other in pairwise(stops):
            QWidget.setTabOrder(one, other)


def _chain(window: QWidget) -> Iterator[QWidget]:
    """All stops of the window, in the present order."""
    here = window.nextInFocusChain()
    while here is not None and here is not window:
        if here.focusPolicy() & Qt.FocusPolicy.TabFocus:
            yield here
        here = here.nextInFocusChain()
