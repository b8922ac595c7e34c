"""What a student reads about a step: what, why, what can go wrong, and where the numbers come from."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QEvent, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QApplication, QTextBrowser, QWidget

from kyphoviz.overlay.gauges import Reading, readings
from kyphoviz.procedure.plan import IntactSizes
from kyphoviz.procedure.timeline import StepSpan, Timeline
from kyphoviz.ui.look.em import em_of

MOMENTS = (0.02, 0.25, 0.5, 0.75, 0.98)  # of a step, at which its gauges are looked at
TITLE_SHARE, SMALL_SHARE = 1.2, 0.88  # of the text
LINE_PERCENT = 124
FADE_EM = 2.0
GAUGE = "gauge"  # the scheme of links to what explains a number


@dataclass(frozen=True, slots=True)
class Notes:
    """The texts of one step in one language; an empty text is left out. `gauges` are the numbers on the picture."""

    title: str
    what: str
    why: str = ""
    risk: str = ""
    gauges: tuple[Reading, ...] = ()
    sources: tuple[str, ...] = ()


def notes_of(timeline: Timeline, span: StepSpan, intact: IntactSizes, language: str) -> Notes:
    """Gathers what is known of a step, and the gauges that it shows."""
    caption, found = span.step.caption, dict[str, Reading]()
    for share in MOMENTS:
        state = timeline.state_at(span.start_s + share * span.step.duration_s)
        found |= {r.key: r for r in readings(state, intact, with_clock=True, is_clinical=True)}
    return Notes(
        caption.title.text(language),
        caption.clinical.text(language),
        caption.why.text(language) if caption.why else "",
        caption.risk.text(language) if caption.risk else "",
        tuple(found.values()),
        caption.sources,
    )


class StepNotes(QTextBrowser):
    """Shows the notes of a step; the text wraps, scrolls and can be copied.

    Signals:
        gauge_chosen: a number in the list was followed; tells its key.
    """

    gauge_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until it is given notes."""
        super().__init__(parent)
        self._notes = Notes("", "")
        self.setOpenLinks(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("About this step")
        self.viewport().setAutoFillBackground(False)
        self.anchorClicked.connect(self._follow)

    def show_notes(self, notes: Notes) -> None:
        """Shows them from their beginning."""
        if notes != self._notes:
            self._notes = notes
            self._write()

    def _follow(self, link: QUrl) -> None:
        if link.scheme() == GAUGE:
            self.gauge_chosen.emit(link.path())

    def _write(self) -> None:
        self.setHtml(as_html(self._notes, em_of(self), self.palette()))
        self.setAccessibleDescription(self.toPlainText())

    def changeEvent(self, event: QEvent) -> None:
        """Sizes and colours are part of the text."""
        super().changeEvent(event)
        changes = (QEvent.Type.FontChange, QEvent.Type.PaletteChange, QEvent.Type.StyleChange)
        if event.type() in changes and hasattr(self, "_notes"):
            self._write()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Below, where there is more to read, the last line fades instead of being cut."""
        super().paintEvent(event)
        bar = self.verticalScrollBar()
        if bar.value() < bar.maximum():
            fade_soft(self.viewport(), round(FADE_EM * em_of(self)))

    def minimumSizeHint(self) -> QSize:
        """A few lines; the rest scrolls."""
        return QSize(80, round(9 * em_of(self)))

    def sizeHint(self) -> QSize:
        """As much as there is."""
        return QSize(80, round(24 * em_of(self)))


def fade_soft(widget: QWidget, height_px: int) -> None:
    """Lets the foot of a widget fade into the panel that it lies on; call while it is painted."""
    ground = QApplication.palette().color(QPalette.ColorRole.Base)  # the widget's own is clear, by the style sheet
    foot = widget.rect().adjusted(0, widget.height() - height_px, 0, 0)
    fade, clear = QLinearGradient(foot.topLeft(), foot.bottomLeft()), QColor(ground)
    clear.setAlpha(0)
    fade.setColorAt(0.0, clear)
    fade.setColorAt(1.0, ground)
    QPainter(widget).fillRect(foot, fade)


def as_html(notes: Notes, em_px: float, palette: QPalette) -> str:
    """The notes as rich text in the colours of the window."""
    quiet = palette.color(QPalette.ColorRole.PlaceholderText).name()
    accent = palette.color(QPalette.ColorRole.Highlight).name()
    small = round(SMALL_SHARE * em_px)
    blocks = [_block(escape(notes.title), round(TITLE_SHARE * em_px), above=0), _block(escape(notes.what), em_px)]
    for heading, words in (("Why", notes.why), ("What can go wrong", notes.risk)):
        if words:
            blocks += [_block(heading, em_px, colour=accent, above=0.9), _block(escape(words), em_px)]
    if notes.gauges:
        blocks.append(_heading("Numbers on the picture", small, accent))
        blocks += [_block(_linked(gauge, accent), small, colour=quiet) for gauge in notes.gauges]
    if notes.sources:
        blocks.append(_heading("Sources", small, accent))
        blocks += [_block(escape(source), small, colour=quiet) for source in notes.sources]
    return "".join(blocks)


def _heading(words: str, small_px: float, colour: str) -> str:
    return _block(words, small_px, colour=colour, above=1.0)


def _block(words: str, size_px: float, *, colour: str = "", above: float = 0.25) -> str:
    shade = f"color:{colour};" if colour else ""
    style = f"font-size:{round(size_px)}px;{shade}margin:{round(above * size_px)}px 0 0 0;line-height:{LINE_PERCENT}%"
    return f'<p style="{style}">{words}</p>'


def _linked(gauge: Reading, colour: str) -> str:
    """The name of a number, as a way to its source; by Tab and Enter too."""
    link = f'<a href="{GAUGE}:{gauge.key}" style="color:{colour};text-decoration:none">{escape(gauge.name)}</a>'
    return f"{link}: illustrative" if gauge.is_illustrative else link
