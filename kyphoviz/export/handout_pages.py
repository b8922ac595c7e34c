"""Where everything lies on the two pages of a take-home sheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import Qt
from PySide6.QtGui import QPdfWriter

from kyphoviz.export.handout_type import ACCENT, QUIET, FilledBox, Item, TextColumn, Typesetter
from kyphoviz.export.handout_words import Handout, Passage, Risk, RiskBar, Shown

PAPERS_MM = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}
MARGIN, FOOT, GUTTER = 15.0, 11.0, 8.0
SIZES_PT = tuple(11.0 - 0.25 * k for k in range(25))  # from large down to what can just be read
PICTURE_LEAST, PICTURE_MOST = 0.46, 0.60  # height, as a share of the width
RULE, TRACK, SOFT = "#C3CCD5", "#E1E7EC", "#F1F5F8"
ALARM, ALARM_SOFT = "#A3271B", "#FCEFEC"
SMALL, SMALLEST = 0.86, 0.70
FOOT_PT = 7.0


@dataclass(frozen=True, slots=True)
class Page:
    """What lies on a page; `places` are those of the pictures, `fits` whether nothing hangs over."""

    items: tuple[Item, ...]
    fits: bool
    places: tuple[FilledBox, ...] = ()


Layout = Callable[[Typesetter, Handout, tuple[float, float]], Page]


def largest_that_fits(layout: Layout, device: QPdfWriter, handout: Handout, paper: str) -> Page:
    """The page in the largest type that leaves nothing out; in the smallest type if none does."""
    for size_pt in SIZES_PT:
        page = layout(Typesetter(device, size_pt), handout, PAPERS_MM[paper])
        if page.fits:
            break
    return page


def first_page(setter: Typesetter, handout: Handout, paper_mm: tuple[float, float]) -> Page:
    """What it is, and how it goes in pictures."""
    width, height = paper_mm
    column = TextColumn(setter, MARGIN, MARGIN, width - 2 * MARGIN)
    column.text(f"<b>{handout.label}</b>", SMALL, QUIET)
    column.text(f"<b>{handout.title}</b>", 2.2, ACCENT)
    column.gap(0.35)
    _sentences(column, handout.about)
    column.gap(0.9)
    bottom = height - FOOT - column.em
    places, fits = _cards(column, handout.shown, bottom)
    return Page((*column.items, *_foot(setter, handout, paper_mm, 1)), fits, places)


def second_page(setter: Typesetter, handout: Handout, paper_mm: tuple[float, float]) -> Page:
    """What to do afterwards, what can go wrong, what was found, what to ask."""
    width, height = paper_mm
    wide = (width - 2 * MARGIN - GUTTER) / 2
    left = TextColumn(setter, MARGIN, MARGIN, wide)
    right = TextColumn(setter, MARGIN + wide + GUTTER, MARGIN, wide)
    _section(left, handout.home)
    _warning(left, handout)
    _section(left, handout.weak_bone)
    _section(left, handout.choices)
    _risks(right, handout)
    _section(right, handout.studies)
    below = TextColumn(setter, MARGIN, max(left.y, right.y), width - 2 * MARGIN)
    _questions(below, handout.questions)
    _sources(below, handout)
    fits = below.y <= height - FOOT - below.em
    items = (*left.items, *right.items, *below.items, *_foot(setter, handout, paper_mm, 2))
    return Page(items, fits)


def _cards(column: TextColumn, shown: Sequence[Shown], bottom: float) -> tuple[tuple[FilledBox, ...], bool]:
    """Two columns of pictures with words; all pictures as high as the page lets them be."""
    wide, between, under = (column.width - GUTTER) / 2, 1.1 * column.em, 0.5 * column.em
    rows = [range(k, min(k + 2, len(shown))) for k in range(0, len(shown), 2)]
    heights = [max(_card(column.setter, (0.0, 0.0), wide, k, shown[k]).y for k in row) for row in rows]
    room = bottom - column.y - sum(heights) - between * (len(rows) - 1)
    high = room / len(rows) - under
    fits = high >= PICTURE_LEAST * wide
    high = min(max(high, PICTURE_LEAST * wide), PICTURE_MOST * wide)
    places: list[FilledBox] = []
    for row, words_height in zip(rows, heights, strict=True):
        for k in row:
            x = column.x + (k % 2) * (wide + GUTTER)
            places.append(FilledBox(x, column.y, wide, high, TRACK, 1.6))
            column.items += _card(column.setter, (x, column.y + high + under), wide, k, shown[k]).items
        column.y += high + under + words_height + between
    return tuple(places), fits


def _card(setter: Typesetter, at: tuple[float, float], wide: float, k: int, shown: Shown) -> TextColumn:
    """Number, title and words under a picture."""
    card = TextColumn(setter, *at, wide)
    card.text(f'<b><span style="color:{ACCENT}">{k + 1}</span>&nbsp; {shown.title}</b>', 1.06)
    card.gap(0.1)
    card.text(shown.words)
    return card


def _section(column: TextColumn, passage: Passage) -> None:
    if passage.is_empty:
        return
    column.heading(passage.title)
    _sentences(column, passage)
    column.gap(1.1)


def _sentences(column: TextColumn, passage: Passage) -> None:
    """Sentences, points and last words; the numbers of the sources follow the last of them."""
    refs = _refs(passage.refs)
    text, points, after = list(passage.text), list(passage.points), passage.after
    if after:
        after += refs
    elif points:
        points[-1] += refs
    elif text:
        text[-1] += refs
    for words in text:
        column.text(words)
        column.gap(0.3)
    column.points(points)
    if after:
        column.gap(0.12)
        column.text(after)


def _warning(column: TextColumn, handout: Handout) -> None:
    """In a box that nobody misses, with a line for a telephone number."""
    pad = 0.9 * column.em
    box = TextColumn(column.setter, column.x + pad, column.y + pad, column.width - 2 * pad)
    box.text(f"<b>{handout.warning.title}</b>", 1.22, ALARM)
    box.gap(0.3)
    for words in handout.warning.text:
        box.text(words)
        box.gap(0.3)
    box.points(handout.warning.points, ALARM)
    box.gap(0.12)
    box.text(handout.warning.after)
    box.gap(0.5)
    box.text(handout.emergency_line, SMALL, QUIET)
    box.gap(1.7)
    box.items.append(FilledBox(box.x, box.y, box.width, 0.25, QUIET))
    height = box.y + pad - column.y
    ground = FilledBox(column.x, column.y, column.width, height, ALARM_SOFT, 1.6)
    edge = FilledBox(column.x, column.y, 1.2, height, ALARM, 0.6)
    column.items += [ground, edge, *box.items]
    column.y += height
    column.gap(1.2)


def _risks(column: TextColumn, handout: Handout) -> None:
    column.heading(handout.risks.title)
    for words in handout.risks.text:
        column.text(words)
    column.gap(0.5)
    for risk in handout.risk_rows:
        _risk(column, risk)
    _sentences(column, handout.rare)
    column.gap(1.1)


def _risk(column: TextColumn, risk: Risk) -> None:
    column.text(f"<b>{risk.what}</b>{_refs(risk.refs)}", 0.94)
    column.gap(0.15)
    for bar in risk.bars:
        _bar(column, bar)
    column.gap(0.5)


def _bar(column: TextColumn, bar: RiskBar) -> None:
    """A share of 100 as a length, and in words."""
    column.text(f"<b>{bar.said} in 100</b> {bar.who}", SMALL)
    column.gap(0.1)
    high = 0.42 * column.em
    filled = max(bar.in_100 / 100.0 * column.width, high)
    column.items.append(FilledBox(column.x, column.y, column.width, high, TRACK, high / 2))
    column.items.append(FilledBox(column.x, column.y, filled, high, ACCENT, high / 2))
    column.y += high
    column.gap(0.35)


def _questions(column: TextColumn, questions: Passage) -> None:
    """In two columns on a quiet ground."""
    pad = 0.9 * column.em
    top = column.y
    title = TextColumn(column.setter, column.x + pad, top + pad, column.width - 2 * pad)
    title.heading(questions.title)
    half = ceil(len(questions.points) / 2)
    wide = (title.width - GUTTER) / 2
    columns = [TextColumn(column.setter, title.x + k * (wide + GUTTER), title.y, wide) for k in range(2)]
    columns[0].points(questions.points[:half])
    columns[1].points(questions.points[half:])
    bottom = max(part.y for part in columns) + 0.7 * pad
    ground = FilledBox(column.x, top, column.width, bottom - top, SOFT, 1.6)
    column.items += [ground, *title.items, *columns[0].items, *columns[1].items]
    column.y = bottom
    column.gap(0.9)


def _sources(column: TextColumn, handout: Handout) -> None:
    """Small, numbered as they are referred to."""
    listed = " &nbsp; ".join(f"<b>{k}</b>&nbsp;{source}" for k, source in enumerate(handout.sources, 1))
    column.text(f"<b>{handout.sources_title}</b> &nbsp; {listed}", SMALLEST, QUIET)


def _foot(setter: Typesetter, handout: Handout, paper_mm: tuple[float, float], page: int) -> list[Item]:
    """What this sheet is not, and the number of the page."""
    width, height = paper_mm
    inner, top = width - 2 * MARGIN, height - FOOT - 1.0
    number = handout.page.format(page=page, pages=2)
    return [
        FilledBox(MARGIN, top, inner, 0.2, RULE),
        _small(setter, handout.notice, (MARGIN, top + 1.2), inner - 26.0),
        _small(setter, number, (MARGIN + inner - 24.0, top + 1.2), 24.0, Qt.AlignmentFlag.AlignRight),
    ]


def _small(
    setter: Typesetter,
    words: str,
    at: tuple[float, float],
    width: float,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> Item:
    return Typesetter(setter.device, FOOT_PT).text(words, at, width, 1.0, QUIET, align)


def _refs(numbers: tuple[int, ...]) -> str:
    """Numbers of sources, raised; nothing for none."""
    return f'&nbsp;<sup><span style="color:{QUIET}">{ranges(numbers)}</span></sup>' if numbers else ""


def ranges(numbers: Sequence[int]) -> str:
    """`1,4–6` for 1, 4, 5, 6: rising numbers, three or more in a row as a range."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ",".join(f"{run[0]}–{run[-1]}" if len(run) > 2 else ",".join(map(str, run)) for run in runs)
