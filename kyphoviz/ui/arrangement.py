"""Where the parts of the window lie, and how large its text is."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kyphoviz.ui.caption_band import CaptionBand
from kyphoviz.ui.em import em_of, scaled
from kyphoviz.ui.scrub_bar import INSET_EM
from kyphoviz.ui.transport import Transport

SMALLEST = (1024, 640)
OPENING = (1280, 800)
TEXT_GROWTH, LARGEST_TEXT = 0.75, 2.5  # the exponent by which text follows the window, and where it ends
XRAY_SHARE = (0.19, 0.28)  # of the window's width
XRAY_SHAPE = 0.58  # of the pictures' height: two panes a little wider than high


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """What is laid out."""

    header: QWidget
    steps: QWidget
    viewport: QWidget
    follow: QWidget
    xrays: QWidget
    caption: CaptionBand
    bar: QWidget
    transport: Transport


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
        self._space_out(em_of(window))

    def fit(self, window: QWidget) -> None:
        """Follows the size of the window.

        A larger window is looked at from farther away, so its text grows with it, more slowly. X-rays stay nearly
        square within their share of the width.
        """
        share = max(min(window.width() / OPENING[0], window.height() / OPENING[1]), 1.0)
        font = scaled(QApplication.font(), min(share**TEXT_GROWTH, LARGEST_TEXT))
        if font.pixelSize() != em_of(window):
            window.setFont(font)
            self._parts.caption.fit()
            self._space_out(em_of(window))
        least, most = (round(share * window.width()) for share in XRAY_SHARE)
        wanted = round(XRAY_SHAPE * self._parts.viewport.height())
        self._parts.xrays.setFixedWidth(min(max(wanted, least), most))

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
