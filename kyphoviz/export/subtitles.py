"""Captions as a SubRip file beside a movie."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from math import ceil
from pathlib import Path

from PySide6.QtCore import QTextBoundaryFinder

from kyphoviz.procedure.timeline import Timeline
from kyphoviz.resources import plain_bytes
from kyphoviz.scenario.reading import reading_s, signs_of

LINE_MOST, LINES_MOST = 42.0, 2  # letters in a line and lines in a subtitle, the usual measure
SIGN_WIDTH = 2.6  # letters: 16 signs in a line, as is usual for Chinese
BYTES_MOST = 1_000_000  # of a file of subtitles that is looked into
# Players take these for markup, and show neither them nor what stands between; the wide forms mean the same.
KEPT_SIGNS = str.maketrans("<>{}\\", "＜＞｛｝＼")
SENTENCES = re.compile(r"(?<=[.?!])\s+|(?<=[。！？])\s*")

Cue = tuple[float, float, str]


def write_subtitles(path: Path, timeline: Timeline, start_s: float, end_s: float, language: str) -> None:
    """Writes the captions of that part of the film into a plain file; its times count from `start_s`."""
    blocks = [
        f"{k}\n{_clock(start)} --> {_clock(end)}\n{text}\n"
        for k, (start, end, text) in enumerate(cues(timeline, start_s, end_s, language), 1)
    ]
    path.write_text("\n".join(blocks), encoding="utf-8")


def are_of(path: Path, timeline: Timeline, languages: Iterable[str]) -> bool:
    """Whether a file of subtitles tells the captions of this film, in one of its languages, and nothing else."""
    try:
        blocks = plain_bytes(path, BYTES_MOST).decode().strip().split("\n\n")
    except (OSError, ValueError):
        return False
    ours = {text for language in languages for *_, text in cues(timeline, 0.0, timeline.duration_s, language)}
    return blocks == [""] or all(block.partition("\n")[2].partition("\n")[2] in ours for block in blocks)


def cues(timeline: Timeline, start_s: float, end_s: float, language: str) -> Iterator[Cue]:
    """Start, end and lines of each subtitle; a long caption is parted, each part shown for its share of the reading."""
    for span in timeline.spans:
        parts = list(subtitles_of(span.step.caption.patient.text(language).translate(KEPT_SIGNS)))
        total = sum(map(reading_s, parts))
        begin = span.start_s
        for part in parts:
            stop = begin + (span.end_s - span.start_s) * reading_s(part) / total
            if stop > start_s and begin < end_s:
                yield max(begin, start_s) - start_s, min(stop, end_s) - start_s, part
            begin = stop


def subtitles_of(words: str) -> Iterator[str]:
    """A caption in pieces of at most two lines, parted between sentences where that is possible."""
    told = ""
    for sentence in filter(None, SENTENCES.split(words.strip())):
        both = f"{told}{'' if signs_of(told[-2:]) else ' '}{sentence}".strip()
        if told and len(_wrapped(both, LINE_MOST)) > LINES_MOST:
            yield "\n".join(_even(told))
            both = sentence
        told = both
        if len(lines := _even(both)) > LINES_MOST:
            yield from ("\n".join(lines[k : k + LINES_MOST]) for k in range(0, len(lines), LINES_MOST))
            told = ""
    if told:
        yield "\n".join(_even(told))


def _even(words: str) -> list[str]:
    """Lines of about the same length; a text for several subtitles fills each of them."""
    count = len(_wrapped(words, LINE_MOST))
    wanted = count if count <= LINES_MOST else LINES_MOST * ceil(count / LINES_MOST)
    even = next(most for most in range(ceil(_width(words) / wanted), 10_000) if len(_wrapped(words, most)) <= wanted)
    return _wrapped(words, even)


def _wrapped(words: str, most: float) -> list[str]:
    """Lines filled up to that width, broken where the script allows it (Unicode's line breaking)."""
    lines = [""]
    for piece in _breakable(words):
        if lines[-1] and _width(f"{lines[-1]}{piece}".rstrip()) > most:
            lines.append("")
        lines[-1] += piece
    return [line.strip() for line in lines]


def _breakable(words: str) -> Iterator[str]:
    """Pieces between which a line may end; words with a hyphen stay whole."""
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Line, words)
    units = words.encode("utf-16-le")  # as Qt counts
    start = 0
    while (end := finder.toNextBoundary()) > start:
        piece = units[2 * start : 2 * end].decode("utf-16-le")
        if not piece.endswith("-") or 2 * end == len(units):
            yield piece
            start = end


def _width(line: str) -> float:
    """In letters."""
    return len(line) + (SIGN_WIDTH - 1.0) * signs_of(line)


def _clock(seconds: float) -> str:
    millis = round(seconds * 1000)
    return f"{millis // 3_600_000:02d}:{millis // 60_000 % 60:02d}:{millis // 1000 % 60:02d},{millis % 1000:03d}"
