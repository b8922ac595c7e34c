"""Captions as a SubRip file beside a movie."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from kyphoviz.aside import written_aside
from kyphoviz.procedure.timeline import Timeline

LETTERS_MOST = 84  # two lines of 42, the usual measure of subtitles

Cue = tuple[float, float, str]


def write_subtitles(path: Path, timeline: Timeline, start_s: float, end_s: float, language: str) -> None:
    """Writes the captions of that part of the film; its times count from `start_s`."""
    blocks = [
        f"{k}\n{_clock(start)} --> {_clock(end)}\n{text}\n"
        for k, (start, end, text) in enumerate(cues(timeline, start_s, end_s, language), 1)
    ]
    with written_aside(path) as aside:
        aside.write_text("\n".join(blocks), encoding="utf-8")


def cues(timeline: Timeline, start_s: float, end_s: float, language: str) -> Iterator[Cue]:
    """Start, end and words of each subtitle; a long caption is parted, each part shown for its share of letters."""
    for mark in timeline.marks:
        words = mark.step.caption.patient.text(language)
        parts = list(_parts(words))
        total = sum(map(len, parts))
        begin = mark.start_s
        for part in parts:
            stop = begin + (mark.end_s - mark.start_s) * len(part) / total
            if stop > start_s and begin < end_s:
                yield max(begin, start_s) - start_s, min(stop, end_s) - start_s, part
            begin = stop


def _parts(words: str) -> Iterator[str]:
    """Pieces of at most 84 letters, parted between sentences where that is possible."""
    line = ""
    for sentence in re.split(r"(?<=[.?!])\s+", words.strip()):
        for word in sentence.split():
            if line and len(line) + 1 + len(word) > LETTERS_MOST:
                yield line
                line = ""
            line = f"{line} {word}".strip()
        if len(line) > LETTERS_MOST // 2:
            yield line
            line = ""
    if line:
        yield line


def _clock(seconds: float) -> str:
    millis = round(seconds * 1000)
    return f"{millis // 3_600_000:02d}:{millis // 60_000 % 60:02d}:{millis // 1000 % 60:02d},{millis % 1000:03d}"
