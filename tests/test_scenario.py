"""Scene files: what is wrong is told with its line and in plain words."""

# ruff: noqa: E501 -- a fault and its words are easier compared on one line
from __future__ import annotations

from pathlib import Path

import pytest

from kyphoviz.scenario import ScenarioError, find, load
from kyphoviz.scenario.kinds import KINDS
from tests.scene_files import MINIMAL, refused, write

# What a scene may not be: (text, line, words)

STEP = "case: {level: L1}\nsteps:\n- {id: a, kind: show, duration_s: 5, %s}\n"
CASE = "case:\n  level: L1\n  %s\nsteps: [{id: a, kind: show, duration_s: 5}]\n"
VALUES = {
    "empty file": ("", 1, "the file is empty"),
    "comment only": ("# nothing\n", 1, "the file is empty"),
    "no mapping": ("- a\n", 1, "a scene must be a mapping"),
    "bad syntax": ("case: {level: L1\nsteps: [\n", 2, "not valid YAML"),
    "tab indent": ("case:\n\tlevel: L1\n", 2, "not valid YAML"),
    "two documents": (MINIMAL + "---\n" + MINIMAL, 7, "a second document begins here"),
    "anchor": ("case: {level: &x L1}\nsteps: [{id: a, kind: show, duration_s: 5}]\n", 1, "anchors are not allowed"),
    "alias": ("title: *x\n" + MINIMAL, 1, "aliases (*name) are not allowed"),
    "tag": ("title: !!python/name:os.system x\n" + MINIMAL, 1, "tags are not allowed"),
    "tagged mapping": ("title: !x {en: a}\n" + MINIMAL, 1, "tags are not allowed: `!x`"),
    "repeated key": ("case: {level: L1}\ncase: {level: L1}\n", 2, "the key `case` stands here a second time"),
    "number as key": (MINIMAL + "    5: x\n", 7, "a key must be text, not `5`"),
    "list as key": (MINIMAL + "    ? [a]\n    : x\n", 7, "a key must be text, not a list or mapping"),
    "merge key": (MINIMAL + "    <<: {a: b}\n", 7, "a step has no key `<<`"),
    "unknown top key": ("colour: red\n" + MINIMAL, 1, "a scene has no key `colour`; known keys: title, summary, case"),
    "no case": ("steps: [{id: a, kind: show, duration_s: 5}]\n", 1, "a scene must have `case`"),
    "no steps": ("case: {level: L1}\n", 1, "a scene must have `steps`"),
    "empty steps": ("case: {level: L1}\nsteps: []\n", 2, "`steps` must have at least one step"),
    "steps no list": ("case: {level: L1}\nsteps: {a: b}\n", 2, "`steps` must be a list, not a mapping"),
    "201 steps": (
        "case: {level: L1}\nsteps:\n" + "".join(f"- {{id: s{k}, kind: show, duration_s: 5}}\n" for k in range(201)),
        3,
        "`steps` has 201 entries; at most 200 are allowed",
    ),
    "NUL": (MINIMAL + "# \0\n", 7, "control characters"),
    "escape": (MINIMAL + "# \x1b[2J\n", 7, "control characters"),
    "latin-1": (MINIMAL.encode() + b"# caf\xe9\n", 7, "not text in UTF-8"),
    "UTF-16": (MINIMAL.encode("utf-16"), 1, "not text in UTF-8"),
    "deep": (MINIMAL + "title: " + "[" * 50 + "]" * 50, 7, "more than 12 deep"),
    "no level": ("case:\n  gauge: 10\nsteps: [{id: a, kind: show, duration_s: 5}]\n", 2, "`case` has no `level`"),
    "unknown level": ("case:\n  level: L9\nsteps: []\n", 2, "`level` must be one of T12, L1, L2, not `L9`"),
    "case no mapping": ("case: L1\nsteps: [{id: a, kind: show, duration_s: 5}]\n", 1, "`case` must be a mapping"),
    "unknown mesh": (CASE % "mesh: ../../secret", 3, "`mesh` must be one of T12, L1, L2, not `../../secret`"),
    "mesh of another level": (CASE % "mesh: L2", 3, "`mesh` must be the bone of the level, L1, not `L2`"),
    "unknown preset": (CASE % "preset: good", 3, "`preset` must be one of acute_mobile, typical, old_stiff"),
    "unknown fracture": (CASE % "fracture: burst", 3, "`fracture` must be one of wedge, biconcave, crush, not `burst`"),
    "unknown grade": (CASE % "grade: 4", 3, "`grade` must be one of mild, moderate, severe"),
    "unknown bone": (CASE % "bone: oak", 3, "`bone` must be one of healthy, osteopenic, osteoporotic, sclerotic, not `oak`"),
    "unknown procedure": (CASE % "procedure: none", 3, "`procedure` must be one of kyphoplasty, vertebroplasty"),
    "unknown case key": (CASE % "patient_name: X", 3, "`case` has no key `patient_name`"),
    "sides": (CASE % "sides: [up]", 3, "each entry of `sides` must be one of left, right, not `up`"),
    "sides twice": (CASE % "sides: [left, left]", 3, "`sides` names something twice"),
    "no sides": (CASE % "sides: []", 3, "`sides` must name left, right or both"),
    "gauge": (CASE % "gauge: 9", 3, "`gauge` must be one of 8, 10, 11, 13, not `9`"),
    "gauge of the other": (CASE % "gauge: 13", 3, "`gauge` must be 8 or 10 in kyphoplasty, not `13`"),
    "balloon size": (CASE % "balloon_mm: 12", 3, "`balloon_mm` must be one of 10, 15, 20"),
    "balloon volume": (CASE % "balloon_ml: 4.5", 3, "`balloon_ml` is too large: a balloon of 15 mm holds at most 4 mL"),
    "balloon in the other": (
        "case: {level: L1, procedure: vertebroplasty, balloon_ml: 2}\nsteps: [{id: a, kind: show, duration_s: 5}]\n",
        1,
        "vertebroplasty uses no balloon",
    ),
    "cement": (CASE % "cement_ml: 80", 3, "`cement_ml` must be a number from 1 to 8, not `80`"),
    "not a number": (CASE % "cement_ml: .nan", 3, "and finite, not `.nan`"),
    "infinite": (CASE % "cement_ml: -.inf", 3, "and finite, not `-.inf`"),
    "overflow": (CASE % "cement_ml: 1e999", 3, "and finite, not `1e999`"),
    "true as number": (CASE % "incision_mm: true", 3, "`incision_mm` must be a number from 3 to 10, not `true`"),
    "text as number": (CASE % 'incision_mm: "5"', 3, "`incision_mm` must be a number from 3 to 10, not `5`"),
    "nothing as number": (CASE % "incision_mm:", 3, "`incision_mm` must be a number from 3 to 10, not nothing"),
    "time as number": (STEP % "clinical_min: 1:30", 3, "`clinical_min` must be a number"),
    "step no mapping": ("case: {level: L1}\nsteps:\n- a\n", 3, "a step must be a mapping (keys with values), not `a`"),
    "no id": ("case: {level: L1}\nsteps:\n- {kind: show, duration_s: 5}\n", 3, "this step has no `id`"),
    "no kind": ("case: {level: L1}\nsteps:\n- {id: a, duration_s: 5}\n", 3, "this step has no `kind`"),
    "no duration": ("case: {level: L1}\nsteps:\n- {id: a, kind: show}\n", 3, "this step has no `duration_s`"),
    "unknown kind": (MINIMAL.replace("show", "explode"), 5, f"`kind` must be one of {', '.join(KINDS[:4])}"),
    "unknown step key": (STEP % "sound: x", 3, "a step has no key `sound`"),
    "zero duration": (MINIMAL.replace("5", "0"), 6, "`duration_s` must be above 0"),
    "negative duration": (MINIMAL.replace("5", "-5"), 6, "`duration_s` must be a number from 0 to 600, not `-5`"),
    "long duration": (MINIMAL.replace("5", "1e9"), 6, "`duration_s` must be a number from 0 to 600, not `1e9`"),
    "id a number": (MINIMAL.replace("first", "5"), 4, "`id` must be text, not `5`"),
    "id true": (MINIMAL.replace("first", "true"), 4, "`id` must be text, not `true`"),
    "id a list": (MINIMAL.replace("first", "[a]"), 4, "`id` must be text, not a list"),
    "id empty": (MINIMAL.replace("first", '""'), 4, "`id` must be 1 to 64 letters"),
    "id long": (MINIMAL.replace("first", "a" * 65), 4, "`id` must be 1 to 64 letters"),
    "id with control character": (MINIMAL.replace("first", '"a\\x1b[2J"'), 4, "`id` must be 1 to 64 letters"),
    "id that reads as a time": (MINIMAL.replace("first", '"12"'), 4, "the first a letter, not `12`"),
    "id twice": (MINIMAL + "  - {id: first, kind: show, duration_s: 2}\n", 7, "the id `first` is taken by the step of line 4"),
    "title no mapping": (STEP % "title: Hello", 3, "`title` (a text for each language) must be a mapping"),
    "no English": (STEP % "title: {de: Hallo}", 3, "`title` has no English text (`en`)"),
    "unknown language": (STEP % "title: {en: a, xx: b}", 3, "has no key `xx`; known keys: en, ar, de"),
    "number as text": (STEP % "title: {en: 5}", 3, "`title` (en) must be text, not `5`"),
    "empty text": (STEP % 'title: {en: "  "}', 3, "`title` (en) must not be empty"),
    "long text": (STEP % f"title: {{en: {'a' * 121}}}", 3, "`title` (en) is too long: 121 characters, at most 120"),
    "text with control character": (STEP % 'title: {en: "a\\x1bb"}', 3, "`title` (en) holds control characters"),
    "text that steers reading": (STEP % 'title: {en: "a\\u202eb"}', 3, "`title` (en) holds control characters"),
    "sources no list": (STEP % "sources: x", 3, "`sources` must be a list, not `x`"),
    "unknown camera": ("cameras: {near: {}, far: {}}\n" + STEP % "camera: side", 4, "no camera `side`; known: near, far"),
    "unknown look": (STEP % "look: x", 3, "there is no look `x`; known: none"),
    "camera key": (STEP % "camera: {zoom: 2}", 3, "`camera` has no key `zoom`; known keys: focus_mm, azimuth_deg"),
    "camera distance": (STEP % "camera: {distance_mm: 0}", 3, "`distance_mm` must be a number from 30 to 6000, not `0`"),
    "focus": (STEP % "camera: {focus_mm: [1, 2]}", 3, "`focus_mm` must be a list of three numbers"),
    "unknown layer": (STEP % "look: {show: [soul]}", 3, "each entry of `show` must be one of treated_bone"),
    "layer twice": (STEP % "look: {show: [skin], ghost: [skin]}", 3, "`look` has skin in `show` and in `ghost`"),
    "solid ghost": (STEP % "look: {ghost: {skin: 1}}", 3, "the opacity of `skin` must be a number from 0.02 to 0.6"),
    "cut": (STEP % "cut: 0.5", 3, "`cut` must be true or false, not `0.5`"),
    "X-ray view": (STEP % "xray: [oblique]", 3, "each entry of `xray` must be one of ap, lateral, not `oblique`"),
    "beam's end": (STEP % "xray: [ap], xray_until: 0", 3, "`xray_until` must be a number from 0.05 to 1, not `0`"),
    "end of no beam": (STEP % "xray_until: 0.5", 3, "when the beam of `xray` ends, which is missing"),
    "C-arm": (STEP % "c_arm_deg: 120", 3, "`c_arm_deg` must be a number from 0 to 90, not `120`"),
    "unknown tool": (STEP % "moves: [{tool: axe, to: dock, start: 0, end: 1}]", 3, "`tool` must be one of access_needle"),
    "unknown station": (STEP % "moves: [{tool: drill, to: moon, start: 0, end: 1}]", 3, "`to` must be one of parked, skin"),
    "backward move": (STEP % "moves: [{tool: drill, to: parked, start: 0.5, end: 0.5}]", 3, "later than its `start`"),
    "half a move": (STEP % "moves: [{tool: drill, to: parked, start: 0.5}]", 3, "this move has no `end`"),
    "move no mapping": (STEP % "moves: [[drill]]", 3, "a move must be a mapping, such as {tool: drill"),
    "settle where": (STEP.replace("show", "settle") % "cut: true", 3, "a step of kind settle needs `to`"),
    "settle elsewhere": (STEP.replace("show", "settle") % "to: bed", 3, "`to` must be one of healthy, standing, prone"),
    "to without settle": (STEP % "to: prone", 3, "`to` belongs to steps of kind settle, not to `show`"),
    "chapters no mapping": ("chapters: [a]\n" + STEP % "chapter: a", 1, "`chapters` must be a mapping"),
    "chapter without title": ("chapters: {a: {}}\n" + STEP % "chapter: a", 1, "chapter `a` has no English text (`en`)"),
    "chapter name": ("chapters: {a b: {en: A}}\n" + STEP % "cut: true", 1, "the name `a b` must be 1 to 64 letters"),
    "unknown chapter": ("chapters: {a: {en: A}}\n" + STEP % "chapter: b", 4, "no chapter `b`; known: a"),
    "chapter of none": (STEP % "chapter: b", 3, "no chapter `b`; known: none"),
    "chapter not text": (STEP % "chapter: [a]", 3, "`chapter` must be text, not a list"),
    "no first chapter": ("chapters: {a: {en: A}}\n" + STEP % "cut: true", 4, "the first step needs `chapter`"),
    "empty chapter": (
        "chapters: {a: {en: A}, b: {en: B}}\n" + STEP % "chapter: a", 1, "no step begins chapter `b`",
    ),
    "chapter again": (
        "chapters: {a: {en: A}, b: {en: B}}\ncase: {level: L1}\nsteps:\n"
        + "".join(f"- {{id: s{k}, kind: show, duration_s: 2, chapter: {name}}}\n" for k, name in enumerate("aba")),
        6,
        "chapter `a` is over: steps follow the order of `chapters`",
    ),
    "hurried caption": (STEP % f"patient: {{en: {'word ' * 11}}}", 3, "caption of 11 words needs at least 5.4 s"),
    "hurried signs": (STEP % f"patient: {{en: Short, zh: {'骨' * 21}}}", 3, "caption of 21 signs needs at least 5.2 s"),
    "long film": (
        "case: {level: L1}\nsteps:\n" + "".join(f"- {{id: s{k}, kind: show, duration_s: 600}}\n" for k in range(7)),
        3,
        "the steps last 4200 s together; at most 3600 s are allowed",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "line", "words"), VALUES.values(), ids=VALUES.keys())
def test_a_fault_is_told_with_its_line_and_in_plain_words(
    tmp_path: Path, text: str | bytes, line: int, words: str
) -> None:
    """Every kind of fault names the line it is in and what is expected there."""
    assert any(found.startswith(f"scene.yaml:{line}: ") and words in found for found in refused(tmp_path, text))


def test_all_faults_are_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    """One reading finds them all."""
    text = "title: x\ncase: {level: L9, gauge: .nan}\nsteps:\n- {id: 1, kind: z, duration_s: 0, cut: maybe}\n- b\n"
    lines = refused(tmp_path, text)
    assert [int(line.split(":")[1]) for line in lines] == [1, 2, 2, 4, 4, 4, 4, 5]


def test_of_very_many_faults_nineteen_are_told_and_the_rest_counted(tmp_path: Path) -> None:
    """The last of twenty lines says how many more there are."""
    lines = refused(tmp_path, "case: {level: L1}\nsteps:\n" + "- x\n" * 150)
    assert len(lines) == 20
    assert lines[-1] == "scene.yaml:21: and 131 more errors"


def test_a_long_or_odd_file_name_leaves_the_lines_short_and_clean(tmp_path: Path) -> None:
    """A name can't break the form of the messages."""
    with pytest.raises(ScenarioError) as caught:
        load(write(tmp_path, "x: y\n"), "a\n\x1b[2J" * 200)
    assert all(len(line) <= 400 and line.isprintable() for line in caught.value.lines)


# What is in order by itself, but not in this order

KYPHOPLASTY, VERTEBROPLASTY = (find(name).read_text(encoding="utf-8") for name in ("kyphoplasty", "vertebroplasty"))


def without(text: str, *step_ids: str) -> str:
    """The scene without some steps."""
    head, *steps = text.split("\n  - id: ")
    return "\n  - id: ".join([head, *(s for s in steps if s.split("\n")[0] not in step_ids)])


ORDER = {
    "no fracture": (without(KYPHOPLASTY, "fracture"), "the bone must break first"),
    "not prone": (without(KYPHOPLASTY, "position"), "the patient must lie prone first"),
    "no cut": (without(KYPHOPLASTY, "incision"), "access_needle can't go to `dock`: no step of kind incise comes before"),
    "no needle": (without(KYPHOPLASTY, "needle_advance"), "must be at `access` first"),
    "no wire": (without(KYPHOPLASTY, "wire_exchange"), "the working_cannula goes in over the wire"),
    "no cannula": (without(KYPHOPLASTY, "working_cannula"), "the drill can't move while the guide_wire is in the track"),
    "no catheter": (without(KYPHOPLASTY, "balloon_insert"), "before a balloon_catheter is at `balloon`"),
    "no inflation": (without(KYPHOPLASTY, "inflate"), "there is no filled balloon to empty"),
    "no deflation": (without(KYPHOPLASTY, "deflate_remove"), "no step of kind deflate comes before"),
    "no mixing": (without(KYPHOPLASTY, "mix_cement"), "cement can't go in before it is mixed"),
    "no filling": (without(KYPHOPLASTY, "fill"), "three months later can't come before the cement"),
    "no closing": (without(KYPHOPLASTY, "remove_close"), "can't come before the wound is closed"),
    "tools left": (without(KYPHOPLASTY, "cure"), "the skin closes over the bone_filler"),
    "no filler": (
        KYPHOPLASTY.replace("      - {tool: bone_filler, to: fill, start: 0.0, end: 0.1, lag: 0.01}\n", ""),
        "cement goes in before a bone_filler is at `fill`",
    ),
    "late filler": (
        KYPHOPLASTY.replace("to: fill, start: 0.0, end: 0.1, lag: 0.01", "to: fill, start: 0.0, end: 0.2"),
        "cement goes in before a bone_filler is at `fill`",
    ),
    "filler leaves": (
        KYPHOPLASTY.replace("to: fill_end, start: 0.24, end: 0.92", "to: parked, start: 0.24, end: 0.92"),
        "the bone_filler leaves before the cement is in",
    ),
    "balloon pulled": (
        KYPHOPLASTY.replace("to: parked, start: 0.54, end: 0.92", "to: parked, start: 0.14, end: 0.92"),
        "the balloon_catheter moves while its balloon is filled",
    ),
    "thin cement": (KYPHOPLASTY.replace("kind: mix\n    duration_s: 9\n    clinical_min: 5", "kind: mix\n    duration_s: 9"),
                    "it can be used from 3.25 to 10 min"),
    "stiff cement": (KYPHOPLASTY.replace("duration_s: 14\n    clinical_min: 4", "duration_s: 14\n    clinical_min: 6"),
                     "cement goes in from 5 to 11 min after mixing"),
    "out of reach": (KYPHOPLASTY.replace("tool: drill, to: drill", "tool: drill, to: anterior"), "the drill never goes to `anterior`"),
    "overtaken": (KYPHOPLASTY.replace("to: skin, start: 0.08, end: 0.4", "to: skin, start: 0.08, end: 0.5"),
                  "the access_needle begins this move before its last one has ended"),
    "too late": (KYPHOPLASTY.replace("start: 0.06, end: 0.8, lag: 0.08", "start: 0.06, end: 0.98, lag: 0.08"),
                 "the balloon_catheter would arrive after the end of the step"),
    "healed": (KYPHOPLASTY.replace("to: three_months", "to: healthy"), "a broken bone can't become whole again"),
    "stands up": (KYPHOPLASTY.replace("to: three_months", "to: standing"), "once the skin is cut the patient stays prone"),
    "mixed twice": (KYPHOPLASTY.replace("  - id: cure\n    kind: show", "  - id: cure\n    kind: mix"), "there can be only one"),
    "no moves": (MINIMAL.replace("show", "tools"), "a step of kind tools needs `moves`"),
    "no cut to close": (MINIMAL.replace("show", "close"), "there is no cut to close"),
    "balloon without one": (VERTEBROPLASTY.replace("kind: show\n    duration_s: 7", "kind: inflate\n    duration_s: 7"),
                            "vertebroplasty uses no balloon"),
    "tool of the other": (VERTEBROPLASTY.replace("tool: cement_needle, to: fill,", "tool: bone_filler, to: fill,"),
                          "vertebroplasty has no bone_filler"),
    "no needle to fill": (without(VERTEBROPLASTY, "needle_front"), "cement goes in before a cement_needle is at `fill`"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "words"), ORDER.values(), ids=ORDER.keys())
def test_an_impossible_order_is_told(tmp_path: Path, text: str, words: str) -> None:
    """A scene whose steps can't follow each other is refused with the line of the step."""
    lines = refused(tmp_path, text)
    assert any(words in line for line in lines), lines
    assert len(lines) <= 6  # one mistake is not told over and over


# A scene that teaches a mistake

LESSON = find("leak").read_text(encoding="utf-8")


def test_a_leak_is_for_lessons_only(tmp_path: Path) -> None:
    """Without `teaches: leak` neither the step nor the amount has a meaning."""
    lines = refused(tmp_path, LESSON.replace("  teaches: leak\n", ""))
    assert any("`leak_ml` has no meaning here" in line for line in lines)
    lines = refused(tmp_path, LESSON.replace("  teaches: leak\n  leak_ml: 0.15\n", ""))
    assert any("a step of kind leak belongs into scenes whose case says `teaches: leak`" in line for line in lines)


def test_thick_cement_does_not_leak_in_a_lesson(tmp_path: Path) -> None:
    """The mistake is to begin too early; filling at the right time stays under the usual rule."""
    lines = refused(tmp_path, LESSON.replace("clinical_min: 1.8", "clinical_min: 3.6"))
    assert any("cement leaks here because it is thin" in line for line in lines)
    lines = refused(tmp_path, LESSON.replace("clinical_min: 1\n    camera: behind\n", "clinical_min: 0.2\n"))
    assert any("it can be used from 3.25 to 10 min" in line for line in lines)
