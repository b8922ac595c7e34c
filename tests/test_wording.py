"""Claims about texts that fit the case."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kyphoviz.procedure.state import Side
from kyphoviz.scenario import Scenario, ScenarioError, find, load

STEP = """case: {level: L1}
steps:
  - id: a
    kind: show
    duration_s: 9
    patient: {en: "%s"}
"""


def shown(scene: str, **changes: object) -> dict[str, str]:
    """All texts of each step of a shipped scene, for its case with changes."""
    usual: Scenario = load(find(scene))
    case = replace(usual.case, **changes)  # type: ignore[arg-type]
    return {
        step.id: " ".join(
            words.text("en")
            for words in (step.caption.title, step.caption.patient, step.caption.clinical, step.caption.risk)
            if words
        )
        for step in load(find(scene), scene, case).steps
    }


def test_numbers_of_the_case_are_those_that_are_said() -> None:
    """Another cannula, balloon and amount of cement change the captions, and no brace is left in any."""
    texts = shown("kyphoplasty", gauge=8, balloon_mm=20, cement_ml=3.5, preset="old_stiff")
    assert "8 G working cannula" in texts["working_cannula"]
    assert "20 mm inflatable" in texts["balloon_insert"]
    assert "3.5 mL in all" in texts["fill"]
    assert "58 % of the intact height" in texts["three_months"]
    assert not any("{" in text for text in texts.values())


@pytest.mark.parametrize("scene", ["kyphoplasty", "vertebroplasty"])
def test_one_side_is_not_told_as_two(scene: str) -> None:
    """A case of one side speaks of one cut and one needle."""
    texts = shown(scene, sides=(Side.LEFT,))
    assert "One tiny cut" in texts["incision"]
    assert "each" not in texts["needle_advance"].split("Through the pedicle")[0]


@pytest.mark.parametrize("scene", ["kyphoplasty", "vertebroplasty"])
def test_the_way_beside_the_pedicle_is_told_as_such(scene: str) -> None:
    """No clinical text of that route sends the needle through the pedicle."""
    texts = shown(scene, route="parapedicular")
    assert "Beside the pedicle" in texts["needle_dock"]
    assert "Through the pedicle" not in texts["needle_advance"]


def test_a_name_in_braces_that_stands_for_nothing_is_told(tmp_path: Path) -> None:
    """With its line, and what is known."""
    path = tmp_path / "a.yaml"
    path.write_text(STEP % "It is {balon_mm} long.", encoding="utf-8")
    with pytest.raises(ScenarioError, match=r":6: .*balon_mm.* stands for nothing; known are .*balloon_mm"):
        load(path)
