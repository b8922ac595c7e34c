"""Claims about texts that fit the case."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kyphoviz.procedure.fractures import GRADES
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
        step.id: " ".join(words.text("en") for words in (c.title, c.patient, c.clinical, c.why, c.risk) if words)
        for step in load(find(scene), scene, case).steps
        for c in (step.caption,)
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
    told = " ".join(texts.values())
    for of_two in ("in turn", "fillers", "Cannulas", "Needles are", "the cuts", "bone tamps", "The balloons are"):
        assert of_two not in told


def test_the_lesson_on_leaks_is_true_of_other_cases() -> None:
    """Level, sides, route and amounts that are chosen in the case panel are those that are told."""
    texts = shown("leak", level="L2", sides=(Side.LEFT, Side.RIGHT), route="parapedicular", cement_ml=3.0, leak_ml=0.1)
    assert "Vertebroplasty of L2." in texts["fracture"]
    assert "Two tiny cuts" in texts["incision"]
    assert "Through the pedicle" not in texts["needle"]
    assert "0.1 mL" in texts["early"]
    assert "3 mL in all" in texts["fill"]


@pytest.mark.parametrize("scene", ["kyphoplasty", "vertebroplasty"])
def test_the_way_beside_the_pedicle_is_told_as_such(scene: str) -> None:
    """No clinical text of that route sends the needle through the pedicle."""
    texts = shown(scene, route="parapedicular")
    assert "Beside the pedicle" in texts["needle_dock"]
    assert "Through the pedicle" not in texts["needle_advance"]
    assert not any(opening in text for text in texts.values() for opening in ("open in the ped", "opens in the ped"))


@pytest.mark.parametrize("scene", ["kyphoplasty", "vertebroplasty", "leak"])
@pytest.mark.parametrize("grade", GRADES)
@pytest.mark.parametrize("kind", ["biconcave", "crush"])
def test_no_other_kind_is_told_as_a_wedge(scene: str, kind: str, grade: str) -> None:
    """No text of a biconcave or crush case says wedge, and none lets the front alone give way."""
    texts = shown(scene, fracture=kind, grade=grade)
    told = " ".join(texts.values()).lower()
    assert "wedge" not in told
    assert "squashes down at the front" not in told
    if scene != "leak":
        assert kind in texts["fracture"].lower()


def test_a_biconcave_body_has_the_middle_height_of_its_grade() -> None:
    """Its number is that of the case, as are those of front and back."""
    text = shown("kyphoplasty", fracture="biconcave", grade="severe")["fracture"]
    assert "54 % of its height here; the front keeps 88 % and the back 92 %" in text


@pytest.mark.parametrize("name", ["balon_mm", "Level", "0", "level!r"])
def test_a_name_in_braces_that_stands_for_nothing_is_told(tmp_path: Path, name: str) -> None:
    """With its line, and what is known."""
    path = tmp_path / "a.yaml"
    path.write_text(STEP % f"It is {{{name}}} long.", encoding="utf-8")
    with pytest.raises(ScenarioError, match=rf":6: .*{name}.* stands for nothing; known are .*balloon_mm"):
        load(path)
