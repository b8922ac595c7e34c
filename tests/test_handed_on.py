"""What is seen in one process is drawn by another."""

from __future__ import annotations

import pytest

from kyphoviz.choices import CArmTurn, ViewChoices
from kyphoviz.procedure.state import Camera, Layer, Side
from kyphoviz.scenario.model import Case
from kyphoviz.viewing.handed_on import Seen, as_line, from_line
from tests.commands import refused

CHANGED = ViewChoices(
    Camera(azimuth_deg=12.5), cut=0.5, theme="light", reduced_motion=True, c_arm=(CArmTurn("ap", 3.0, -2.0),)
).with_layer(Layer.MUSCLE, 0.25)


@pytest.mark.parametrize("seen", [Seen(), Seen(Case("T12", fracture="crush", sides=(Side.LEFT,)), CHANGED)])
def test_what_is_handed_on_comes_back(seen: Seen) -> None:
    """One line of plain signs holds the whole case and every choice."""
    line = as_line(seen)

    assert from_line(line) == seen
    assert line.isascii()
    assert "\n" not in line


@pytest.mark.parametrize(
    "line", ["", "3", "{}", '{"case": {"sides": 3}, "choices": {}}', '{"case": null, "choices": 1}']
)
def test_another_line_is_refused(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    """As any value that was mistyped."""
    with pytest.raises(ValueError, match="does not tell what was seen"):
        from_line(line)
    code, lines = refused(capsys, "movie", "kyphoplasty", "--as-seen", line, "-o", "a.mp4")

    assert code == 2
    assert "--as-seen" in lines[-1]
