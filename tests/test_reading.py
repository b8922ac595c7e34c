"""How long captions take to read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyphoviz.scenario.reading import reading_s, signs_of, words_of


@pytest.mark.parametrize(
    ("text", "words", "signs"),
    [
        ("You lie face down on soft pads.", 7, 0),
        ("Die Wirbelsäule besteht aus Wirbeln.", 5, 0),
        ("您的脊柱。骨头之间，有椎间盘！", 0, 12),
        ("せぼね と カルシウム、骨。", 0, 10),
        ("ผู้ป่วย", 0, 4),
        ("L1 椎体 3.5 mL", 3, 2),
        ("뼈가 약해지면 부러집니다.", 3, 0),
        ("", 0, 0),
    ],
)
def test_words_are_counted_where_there_are_any_else_signs(text: str, words: int, signs: int) -> None:
    """Scripts without spaces are counted in signs, without punctuation and the marks that sit on letters."""
    assert (words_of(text), signs_of(text)) == (words, signs)
    assert reading_s(text) == pytest.approx(1.0 + 0.4 * words + 0.2 * signs)


@given(st.text(), st.text())
def test_more_text_takes_no_less_time(one: str, other: str) -> None:
    """Nothing that is added to a caption makes it quicker to read."""
    assert reading_s(f"{one} {other}") >= max(reading_s(one), reading_s(other)) - 1e-9
