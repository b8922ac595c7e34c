"""Words, fills and pictures at places of a printed page, in millimetres."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPainterPath, QPdfWriter, QTextDocument, QTextOption

MM_PER_INCH = 25.4
FAMILIES = ("Noto Sans", "Segoe UI", "Helvetica Neue", "Arial", "Liberation Sans", "DejaVu Sans")
INK, QUIET, ACCENT = "#17202A", "#4E5B68", "#17689F"
LINE_PERCENT = 112  # height of a line, of the font's own


class Item(Protocol):
    """Something that lies on a page."""

    def paint(self, painter: QPainter, px_per_mm: float) -> None:
        """Paints it; the painter's unit is the device's pixel."""
        ...


@dataclass(frozen=True, slots=True)
class Text:
    """Words that have been broken into lines."""

    document: QTextDocument
    x: float
    y: float
    width: float  # of the longest line
    height: float

    def paint(self, painter: QPainter, px_per_mm: float) -> None:
        """As text, so that it can be searched and copied."""
        painter.save()
        painter.translate(self.x * px_per_mm, self.y * px_per_mm)
        self.document.drawContents(painter)
        painter.restore()


@dataclass(frozen=True, slots=True)
class FilledBox:
    """A rounded rectangle of one colour."""

    x: float
    y: float
    width: float
    height: float
    colour: str
    radius: float = 0.0

    def paint(self, painter: QPainter, px_per_mm: float) -> None:
        """Without an edge."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.colour))
        radius = self.radius * px_per_mm
        painter.drawRoundedRect(self.rect(px_per_mm), radius, radius)

    def rect(self, px_per_mm: float) -> QRectF:
        """In the device's pixels."""
        return QRectF(*(px_per_mm * value for value in (self.x, self.y, self.width, self.height)))


@dataclass(frozen=True, slots=True)
class Picture:
    """An image with rounded corners; `place` gives where."""

    place: FilledBox
    image: QImage

    def paint(self, painter: QPainter, px_per_mm: float) -> None:
        """Fills its place."""
        rect, radius = self.place.rect(px_per_mm), self.place.radius * px_per_mm
        path = QPainterPath()
        path.addRoundedRect(rect, radius, radius)
        painter.save()
        painter.setClipPath(path)
        painter.drawImage(rect, self.image)
        painter.restore()


@dataclass(frozen=True, slots=True)
class Typesetter:
    """Breaks words into lines for one device, at one size of body text in points."""

    device: QPdfWriter
    body_pt: float

    def text(
        self,
        html: str,
        at: tuple[float, float],
        width: float,
        size: float = 1.0,
        colour: str = INK,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> Text:
        """Words in a column.

        Args:
            html: rich text of one paragraph.
            at: upper left corner in millimetres.
            width: of the column in millimetres.
            size: of the letters, as a share of that of the body text.
        """
        document, px_per_mm = QTextDocument(), self.device.resolution() / MM_PER_INCH
        font = QFont()
        font.setFamilies(list(FAMILIES))
        font.setPointSizeF(self.body_pt * size)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        document.setDefaultFont(font)
        document.setDocumentMargin(0)
        document.setDefaultTextOption(QTextOption(align))
        document.documentLayout().setPaintDevice(self.device)
        document.setHtml(f'<p style="margin:0; color:{colour}; line-height:{LINE_PERCENT}%">{html}</p>')
        document.setTextWidth(width * px_per_mm)
        return Text(document, *at, document.idealWidth() / px_per_mm, document.size().height() / px_per_mm)


@dataclass(slots=True)
class TextColumn:
    """Puts one thing under another; `y` is where the next one goes."""

    setter: Typesetter
    x: float
    y: float
    width: float
    items: list[Item] = field(default_factory=list)

    @property
    def em(self) -> float:
        """Size of the body text in millimetres: the measure of every gap."""
        return self.setter.body_pt * MM_PER_INCH / 72.0

    def gap(self, ems: float) -> None:
        """Leaves room."""
        self.y += ems * self.em

    def text(self, html: str, size: float = 1.0, colour: str = INK, indent: float = 0.0) -> Text:
        """A paragraph; `indent` in millimetres."""
        text = self.setter.text(html, (self.x + indent, self.y), self.width - indent, size, colour)
        self.items.append(text)
        self.y += text.height
        return text

    def heading(self, words: str) -> None:
        """A line above what follows, and a little room."""
        self.text(f"<b>{words}</b>", 1.22, ACCENT)
        self.gap(0.3)

    def points(self, lines: Sequence[str], colour: str = ACCENT) -> None:
        """One under another, each behind a dot."""
        for line in lines:
            radius = 0.17 * self.em
            self.items.append(
                FilledBox(
                    self.x + 0.1 * self.em, self.y + 0.62 * self.em - radius, 2 * radius, 2 * radius, colour, radius
                )
            )
            self.text(line, indent=0.95 * self.em)
            self.gap(0.18)


def paint(painter: QPainter, items: Sequence[Item], px_per_mm: float) -> None:
    """Paints them in this order."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for item in items:
        item.paint(painter, px_per_mm)
