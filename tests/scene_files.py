"""Scene files written for a test, and what their reader makes of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from kyphoviz.scenario import Scenario, ScenarioError, load

MINIMAL = """\
case:
  level: L1
steps:
  - id: first
    kind: show
    duration_s: 5
"""


def write(folder: Path, text: str | bytes) -> Path:
    """A file of that text."""
    path = folder / "scene.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def opened(folder: Path, text: str | bytes) -> Scenario:
    """The scene of that text."""
    return load(write(folder, text))


def refused(folder: Path, text: str | bytes) -> tuple[str, ...]:
    """The lines that say why the text is no scene."""
    with pytest.raises(ScenarioError) as caught:
        load(write(folder, text), "scene.yaml")
    lines = caught.value.lines
    assert 1 <= len(lines) <= 20
    assert all(line.startswith("scene.yaml:") and len(line) <= 400 and line.isprintable() for line in lines)
    return lines
