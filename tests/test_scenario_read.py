"""Scene files: what one may say, and what is read from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kyphoviz.procedure.actions import Fill, Inflate, Settle, Show
from kyphoviz.procedure.mechanics import HEIGHTS
from kyphoviz.procedure.state import Camera, Layer, Opacity, Side, Tool
from kyphoviz.procedure.steps import Move
from kyphoviz.scenario import ScenarioError, find, load, shipped
from tests.scene_files import MINIMAL, opened, write


def test_a_small_scene_needs_a_level_and_steps_only(tmp_path: Path) -> None:
    """Everything else has a usual value."""
    scenario = opened(tmp_path, MINIMAL)
    assert scenario.case.level == "L1"
    assert scenario.case.gauge == 10
    assert scenario.steps[0].caption.title.text("en") == "first"
    assert isinstance(scenario.steps[0].action, Show)


def test_every_key_of_a_step_is_read(tmp_path: Path) -> None:
    """What the file says is what the step has."""
    text = """\
title: {en: A title, de: Ein Titel}
case: {level: L2, mesh: L2, sides: [right], preset: old_stiff, bone: sclerotic, gauge: 8, incision_mm: 4}
cameras:
  near: {focus_mm: [1, -2, 3.5], azimuth_deg: -30, distance_mm: 250}
looks:
  bones: {show: [treated_bone], ghost: {skin: 0.3}}
steps:
  - {id: cut, kind: incise, duration_s: 3}
  - id: needle
    kind: tools
    duration_s: 4
    clinical_min: 2.5
    camera: near
    look: bones
    cut: true
    c_arm_deg: 90
    xray: [lateral]
    xray_until: 0.4
    title: {en: Needle}
    patient: {en: "Two words"}
    clinical: {en: Three short words}
    sources: ["Somebody 2000"]
    moves: [{tool: access_needle, to: dock, start: 0.1, end: 0.9}]
  - {id: ghost, kind: show, duration_s: 2, camera: {roll_deg: 5}, look: {ghost: [nerves]}}
"""
    scenario = opened(tmp_path, text)
    _, step, ghost = scenario.steps
    assert scenario.title.text("de") == "Ein Titel"
    assert scenario.case.sides == (Side.RIGHT,)
    assert step.clinical_min == 2.5
    assert step.scenery.camera == Camera(focus_mm=(1, -2, 3.5), azimuth_deg=-30, distance_mm=250)
    assert step.scenery.layers == (Opacity(Layer.TREATED_BONE, 1.0), Opacity(Layer.SKIN, 0.3))
    assert (step.scenery.cut, step.scenery.c_arm_deg, step.scenery.xray) == (1.0, 90.0, ("lateral",))
    assert (step.scenery.xray_until, ghost.scenery.xray_until) == (0.4, 1.0)
    assert step.caption.patient.text("nl") == "Two words"
    assert step.caption.sources == ("Somebody 2000",)
    assert step.moves == (Move(Tool.ACCESS_NEEDLE, "dock", 0.1, 0.9, 0.0),)
    assert ghost.scenery.layers == (Opacity(Layer.NERVES, 0.25),)
    assert ghost.scenery.camera == Camera(roll_deg=5)


def test_a_chapter_runs_from_its_first_step_to_the_next_one(tmp_path: Path) -> None:
    """A step without a chapter belongs to that of the step before; a scene may have none at all."""
    steps = "steps:\n" + "".join(
        f"- {{id: {name}, kind: show, duration_s: 2{chapter}}}\n"
        for name, chapter in {"a": ", chapter: one", "b": "", "c": ", chapter: two", "d": ""}.items()
    )
    scenario = opened(tmp_path, "case: {level: L1}\nchapters: {one: {en: First}, two: {en: Then, de: Dann}}\n" + steps)
    assert [(c.id, c.title.text("de"), c.first_step) for c in scenario.chapters] == [
        ("one", "First", 0),
        ("two", "Dann", 2),
    ]
    assert [getattr(scenario.chapter_of(k), "id", None) for k in range(4)] == ["one", "one", "two", "two"]
    plain = opened(tmp_path, MINIMAL)
    assert (plain.chapters, plain.chapter_of(0)) == ((), None)


def test_stages_come_from_the_preset_and_resistance_from_the_bone() -> None:
    """Kinds become actions with the numbers of the case."""
    actions = {step.id: step.action for step in load(find("kyphoplasty")).steps}
    rows = HEIGHTS["typical"]
    assert actions["position"] == Settle(rows["prone"])
    assert actions["inflate"] == Inflate(2.4, rows["balloon_peak"], 0.6)
    assert actions["fill"] == Fill(4.8, rows["cement_set"])


def test_without_a_balloon_cement_holds_what_the_posture_gave() -> None:
    """In vertebroplasty no height comes from anything but lying prone."""
    actions = {step.id: step.action for step in load(find("vertebroplasty")).steps}
    prone, later = HEIGHTS["typical"]["prone"], actions["three_months"]
    assert actions["fill"] == Fill(4.0, prone)
    assert isinstance(later, Settle)
    assert later.heights.anterior < prone.anterior


def test_words_that_yaml_1_1_takes_for_booleans_stay_words(tmp_path: Path) -> None:
    """A title "no" is text."""
    assert opened(tmp_path, "title: {en: no}\n" + MINIMAL).title.text("en") == "no"


def test_folded_text_is_one_line(tmp_path: Path) -> None:
    """Line breaks of the file are not line breaks of the caption."""
    assert (
        opened(tmp_path, "title:\n  en: >\n    Two\n    words\n\n    more\n" + MINIMAL).title.text("en")
        == "Two words more"
    )


def test_shipped_scenes_are_found_by_name_and_files_by_path(tmp_path: Path) -> None:
    """A name is looked up among the shipped scenes, anything else is a path."""
    assert find("kyphoplasty") in shipped()
    path = write(tmp_path, MINIMAL)
    assert find(str(path)) == path
    with pytest.raises(ScenarioError, match=r"^nowhere:1: no shipped scene has this name \(kyphoplasty, leak, verteb"):
        find("nowhere")
    with pytest.raises(ScenarioError, match="no such file"):
        find("a\0b")
