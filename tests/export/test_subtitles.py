"""Captions beside a movie."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyphoviz.export.subtitles import LINE_MOST, LINES_MOST, are_of, cues, subtitles_of, write_subtitles
from kyphoviz.procedure.actions import Show
from kyphoviz.procedure.state import Caption, Words
from kyphoviz.procedure.steps import Step
from kyphoviz.procedure.timeline import Timeline
from kyphoviz.scenario.load import find, load
from tests.plans import case_plan


@pytest.fixture
def timeline() -> Timeline:
    return Timeline(load(find("kyphoplasty")).steps, case_plan())


def test_every_word_is_told_in_its_step(timeline: Timeline) -> None:
    """The subtitles of a step are its caption, in order, within its time."""
    found = list(cues(timeline, 0.0, timeline.duration_s, "en"))

    for span in timeline.spans:
        parts = [text for start, _, text in found if span.start_s - 1e-6 <= start < span.end_s - 1e-6]
        assert " ".join(parts).split() == span.step.caption.patient.text("en").split()


def test_subtitles_can_be_read(timeline: Timeline) -> None:
    """None has more than two lines of 42 letters, and none begins before the last one ended."""
    found = list(cues(timeline, 0.0, timeline.duration_s, "en"))

    assert all(text.count("\n") < LINES_MOST for _, _, text in found)
    assert all(len(line) <= LINE_MOST for _, _, text in found for line in text.split("\n"))
    assert all(first[1] <= second[0] + 1e-6 for first, second in pairwise(found))


def test_times_count_from_the_start_of_the_part(timeline: Timeline, tmp_path: Path) -> None:
    """A movie of a part of the film has subtitles from 0 to its length."""
    span = timeline.spans[3]
    path = tmp_path / "a.srt"

    write_subtitles(path, timeline, span.start_s + 1.0, span.end_s, "en")

    clocks = re.findall(r"(\d\d):(\d\d):(\d\d),(\d\d\d)", path.read_text(encoding="utf-8"))
    seconds = [int(h) * 3600 + int(m) * 60 + int(s) + int(ms) / 1000 for h, m, s, ms in clocks]
    assert seconds[0] == 0.0
    assert seconds[-1] == pytest.approx(span.end_s - span.start_s - 1.0, abs=0.002)
    assert seconds == sorted(seconds)


def test_sentences_of_scripts_without_spaces_are_parted_at_their_stops() -> None:
    """Chinese is broken into lines of at most 16 signs, a subtitle ends with a sentence, no line begins with a stop."""
    told = list(subtitles_of("骨水泥几分钟后变硬，骨头就不再移动。多数人当天就能起身走路！" * 3))
    lines = [line for part in told for line in part.split("\n")]

    assert len(told) == 3
    assert all(part[-1] in "。！" for part in told)
    assert all(len(line.rstrip("，。！")) <= 17 for line in lines)
    assert not any(line[0] in "，。！" for line in lines)


@given(st.lists(st.sampled_from(["bone", "a", "X-ray", "3.5 mL.", "骨水泥", "。", "ผู้ป่วย", "Wirbelkörper!", "😀"])))
def test_subtitles_lose_no_sign(pieces: list[str]) -> None:
    """All signs of a caption are told, in order, whatever the script."""
    words = " ".join(pieces)

    told = "".join(subtitles_of(words))

    assert "".join(told.split()) == "".join(words.split())


def test_no_sign_is_lost_to_markup() -> None:
    """Players take angle brackets, braces and backslashes for markup; the wide ones stay."""
    told = caption("less <3 mm and> {4} a\\Nb")

    assert [text for *_, text in cues(told, 0.0, 5.0, "en")] == ["less ＜3 mm and＞ ｛4｝ a＼Nb"]


def test_subtitles_of_a_film_are_known(timeline: Timeline, tmp_path: Path) -> None:
    """Those that were written for any part of it are of it; with a word of somebody else they are not."""
    path = tmp_path / "a.srt"
    write_subtitles(path, timeline, 3.0, 70.0, "en")
    assert are_of(path, timeline, ["en"])

    path.write_text(path.read_text(encoding="utf-8") + "\n99\n00:00:01,000 --> 00:00:02,000\nmine\n", encoding="utf-8")
    assert not are_of(path, timeline, ["en"])


def caption(words: str) -> Timeline:
    """A film of one step with that caption."""
    text = Words((("en", words),))
    return Timeline((Step("a", 5.0, Caption(text, text, text), Show()),), case_plan())
