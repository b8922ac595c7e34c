"""The table of measurements tells what reaches its bar."""

from __future__ import annotations

import pytest

from kyphoviz.bench.report import TARGETS, is_met, lines, misses


@pytest.mark.parametrize(
    ("name", "good", "bad"), [("fps_720p_draft", 28.0, 27.9), ("xray_pair_ms", 40.0, 40.1), ("idle_cpu_pct", 0.2, 1.2)]
)
def test_what_misses_its_bar_is_marked(name: str, good: float, bad: float) -> None:
    """A rate has to be reached and a time kept; the bar itself is good enough."""
    assert (is_met(TARGETS[name], good), is_met(TARGETS[name], bad)) == (True, False)
    assert "MISS" not in next(lines({name: good}))
    assert "MISS" in next(lines({name: bad}))


def test_only_what_was_measured_is_listed() -> None:
    """One line for each number that there is, in the order of the table; names of renderers pass as they are."""
    found = list(lines({"renderer": "llvmpipe", "state_at_us": 41.0}))

    assert [line.split()[0] for line in found] == ["state_at_us", "renderer"]
    assert "llvmpipe" in found[1]


def test_a_check_tells_each_bar_that_is_missed() -> None:
    """One line each, with the number, its limit and what it is; what has no bar or reaches it is not told."""
    found = list(
        misses({"renderer": "llvmpipe", "frame_ms": 1e9, "fps_720p_draft": 27.0, "lean_ms": 2.0, "rss_mb": 901})
    )

    assert [line.split()[0] for line in found] == ["fps_720p_draft", "rss_mb"]
    assert "27, not >= 28" in found[0]
    assert "901, not <= 900" in found[1]
