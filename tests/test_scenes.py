"""The shipped films: they load, play to the end, keep the laws, and can be read."""

from __future__ import annotations

import re
from dataclasses import astuple
from functools import cache
from itertools import pairwise
from math import isclose

import pytest
import yaml

from kyphoviz.procedure.actions import Incise, Leak, Mix
from kyphoviz.procedure.beam_log import BeamLog
from kyphoviz.procedure.mechanics import set_fraction
from kyphoviz.procedure.state import ProcedureState, StopReason, Tool
from kyphoviz.procedure.steps import Step
from kyphoviz.procedure.timeline import Timeline
from kyphoviz.scenario import Scenario, find, load, shipped
from tests.plans import case_plan

NAMES = tuple(path.stem for path in shipped())
OPERATION = (
    "position", "anaesthesia", "carm_align", "mark_level", "incision", "needle_dock", "needle_advance", "wire_exchange",
    "working_cannula", "drill", "balloon_insert", "inflate", "deflate_remove", "mix_cement", "fill", "cure",
    "remove_close", "recover",
)  # fmt: skip
FILM_S = {"kyphoplasty": (180.0, 300.0), "vertebroplasty": (150.0, 240.0), "leak": (90.0, 150.0)}
SCENES = pytest.mark.parametrize("name", NAMES)
WHOLE = pytest.mark.parametrize("name", ["kyphoplasty", "vertebroplasty"])


@cache
def scenario(name: str) -> Scenario:
    return load(find(name))


@cache
def film(name: str) -> Timeline:
    found = scenario(name)
    return Timeline(found.steps, case_plan(found.case.sides, found.case.level))


def instants(timeline: Timeline, every_s: float = 0.5) -> list[ProcedureState]:
    return [timeline.state_at(k * every_s) for k in range(int(timeline.duration_s / every_s) + 1)]


def is_near(a: object, b: object) -> bool:
    """Equal but for rounding, however deep."""
    if isinstance(a, int | float) and isinstance(b, int | float):
        return isclose(a, b, rel_tol=1e-6, abs_tol=1e-6)
    if isinstance(a, tuple) and isinstance(b, tuple):
        return len(a) == len(b) and all(is_near(x, y) for x, y in zip(a, b, strict=True))
    return a == b


def physical(state: ProcedureState) -> tuple[object, ...]:
    """What must not jump: all but the time, the step's name, its words and the beam."""
    return astuple(state)[3:-1]


def test_both_films_and_the_lesson_are_shipped() -> None:
    """Their names are what scripts rely on."""
    assert NAMES == ("kyphoplasty", "leak", "vertebroplasty")


@SCENES
def test_every_reader_of_yaml_can_read_it(name: str) -> None:
    """Some systems have only PyYAML's own reader, which is stricter than that of libyaml; both find the same."""
    text = find(name).read_text(encoding="utf-8")

    own = yaml.load(text, yaml.SafeLoader)

    assert own == yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    assert set(own) >= {"title", "case", "steps"}


@SCENES
def test_every_instant_of_a_film_has_a_state(name: str) -> None:
    """It plays to the end."""
    states = instants(film(name))
    assert states[0].step == scenario(name).steps[0].id
    assert film(name).state_at(1e9).step == scenario(name).steps[-1].id


@SCENES
def test_nothing_physical_jumps_between_steps(name: str) -> None:
    """The end of a step is the start of the next (law 1)."""
    timeline = film(name)
    for span in timeline.spans[1:]:
        before, after = timeline.state_at(span.start_s - 1e-9), timeline.state_at(span.start_s)
        assert is_near(physical(before), physical(after)), span.step.id


@SCENES
def test_every_caption_can_be_read_in_time(name: str) -> None:
    """A step lasts 1 s and 0.4 s a word (law 8)."""
    for step in scenario(name).steps:
        words = len(step.caption.patient.text("en").split())
        assert words > 0, step.id
        assert step.duration_s >= 1.0 + 0.4 * words, step.id


@SCENES
def test_heights_stay_in_order_and_below_the_intact_ones(name: str) -> None:
    """The front is never higher than the middle, the middle never than the back (law 4)."""
    for state in instants(film(name)):
        f = state.fracture
        assert 0.0 < f.anterior <= f.middle + 1e-9 <= f.posterior + 2e-9 <= 1.0 + 3e-9


@SCENES
def test_cement_comes_after_a_way_in_and_only_grows(name: str) -> None:
    """No cement without a needle or cannula in the bone, none is lost, and only the lesson's is too thin (law 4)."""
    before = 0.0
    mistaken = [step.id for step in scenario(name).steps if isinstance(step.action, Leak)]
    assert mistaken == (["early"] if name == "leak" else [])
    for state in instants(film(name), 0.25):
        assert state.cement.volume_ml >= before
        if state.cement.volume_ml > before:
            assert any(needle.depth_mm > 3.0 for needle in state.needles)
            assert (3.25 <= (state.cement.mixed_min or 0.0) <= 10.0) != (state.step in mistaken)
        before = state.cement.volume_ml
    assert before == scenario(name).case.cement_ml


@SCENES
def test_no_tool_is_drawn_from_or_left_in_hard_cement(name: str) -> None:
    """All fillers are out of the cement by the time it has set, everything is out at the end."""
    fillers = (Tool.BONE_FILLER, Tool.CEMENT_NEEDLE)
    for state in instants(film(name)):
        if set_fraction(state.cement.mixed_min or 0.0) > 0.99:
            assert all(n.depth_mm < 4.0 for n in state.needles if n.kind in fillers)
    assert film(name).state_at(1e9).needles == ()


@SCENES
def test_a_balloon_is_filled_only_beyond_the_cannula_and_stays_put(name: str) -> None:
    """While there is volume in it, its catheter does not move."""
    for state in instants(film(name)):
        for balloon in state.balloons:
            catheter = next(n for n in state.needles if n.side == balloon.side and n.kind == Tool.BALLOON_CATHETER)
            assert catheter.depth_mm == pytest.approx(26.0, abs=0.5) or balloon.volume_ml < 0.05


@SCENES
def test_every_step_changes_the_picture(name: str) -> None:
    """No two steps in a row end with the same view of the same things."""
    timeline = film(name)
    ends = [timeline.state_at(span.end_s - 1e-6) for span in timeline.spans]
    for one, other in pairwise(ends):
        assert physical(one)[1:] != physical(other)[1:], other.step


@SCENES
def test_a_film_lasts_a_few_minutes(name: str) -> None:
    """Short enough for a consultation."""
    low, high = FILM_S[name]
    assert low <= film(name).duration_s <= high


def test_the_operation_has_all_its_steps_in_order() -> None:
    """Scripts and the handout rely on these ids."""
    ids = [step.id for step in scenario("kyphoplasty").steps]
    first = ids.index(OPERATION[0])
    assert tuple(ids[first : first + len(OPERATION)]) == OPERATION


@pytest.mark.parametrize(("name", "minutes"), [("kyphoplasty", 40.0), ("vertebroplasty", 31.8)])
def test_the_operation_takes_as_long_as_in_the_trial(name: str, minutes: float) -> None:
    """Dohm 2014: 40.0 and 31.8 minutes; the hours of rest not counted."""
    steps = {step.id: step for step in scenario(name).steps}
    total = sum(step.clinical_min for step in steps.values()) - steps["recover"].clinical_min
    assert total == pytest.approx(minutes, abs=2.0)


def in_bone(state: ProcedureState) -> tuple[object, ...]:
    """What a surgeon watches under the beam: tools inside the bone, balloons, and how much cement there is."""
    deep = tuple(needle for needle in state.needles if needle.depth_mm > 0.0)
    return deep, state.balloons, state.cement.volume_ml, state.cement.leak_ml


@SCENES
def test_nothing_moves_in_the_bone_unseen(name: str) -> None:
    """Both beams are on while a tool moves in the bone and while balloon or cement grows."""
    for one, other in pairwise(instants(film(name), 0.1)):
        if in_bone(one) != in_bone(other):
            assert one.xray == other.xray == ("ap", "lateral"), (one.step, one.time_s)


@SCENES
def test_the_beam_is_on_only_when_a_surgeon_would_use_it(name: str) -> None:
    """From the alignment of the C-arm to the last look at the bone, and not while skin is cut or cement is mixed."""
    timeline = film(name)
    steps = {span.step.id: span.step for span in timeline.spans}
    first, last = timeline.time_of("carm_align"), timeline.time_of("close" if name == "leak" else "remove_close", 0.5)
    for state in instants(timeline):
        if state.xray:
            assert first <= state.time_s <= last, state.step
            assert not isinstance(steps[state.step].action, Incise | Mix)
            assert state.incision.dressing == 0.0


@SCENES
def test_a_held_image_is_of_an_instant_at_which_its_beam_was_on(name: str) -> None:
    """Nothing is shown as seen by a beam that had gone out; and none is shown before the first."""
    log, lit_s = BeamLog(film(name)), {"ap": -1.0, "lateral": -1.0}
    for state in instants(film(name), 0.25):
        lit_s |= dict.fromkeys(state.xray, state.time_s)
        for view, last_s in lit_s.items():
            held = log.shown(view, state)
            assert (held is None) == (last_s < 0.0)
            assert held is None or (view in held.xray and last_s - 0.001 <= held.time_s <= state.time_s)


@SCENES
def test_the_last_pair_of_images_shows_no_tool_and_all_the_cement(name: str) -> None:
    """Whoever goes home has no cannula in the back, on either screen."""
    timeline, case = film(name), scenario(name).case
    end = timeline.state_at(timeline.duration_s)
    for view in ("ap", "lateral"):
        held = BeamLog(timeline).shown(view, end)
        assert held is not None
        assert (held.needles, held.balloons, held.cement.volume_ml) == ((), (), case.cement_ml)


@SCENES
def test_a_film_ends_closed(name: str) -> None:
    """No tool is left, and the skin is closed under its dressing."""
    end = film(name).state_at(film(name).duration_s)
    assert end.needles == ()
    assert (end.incision.length_mm, end.incision.dressing, end.cut, end.xray) == (0.0, 1.0, 0.0, ())


def test_the_lesson_is_seen_on_the_lateral_view_and_ends_well() -> None:
    """The leak grows under both beams, is seen from the side, stops, and stays as it is when thick cement follows."""
    timeline, case = film("leak"), scenario("leak").case
    steps = ("early", "seen_and_stopped", "close")
    early, seen, end = (timeline.state_at(timeline.time_of(step, 0.5)) for step in steps)
    assert early.xray == ("ap", "lateral")
    assert 0.0 < early.cement.leak_ml < case.leak_ml
    assert (seen.xray, seen.cement.leak_ml, seen.cement.stop_reason) == (("lateral",), case.leak_ml, StopReason.LEAK)
    assert (end.cement.leak_ml, end.cement.stop_reason) == (case.leak_ml, StopReason.VOLUME)
    leaks = [state.cement.leak_ml for state in instants(timeline)]
    assert leaks == sorted(leaks)


@WHOLE
def test_risks_evidence_choices_and_limits_are_part_of_the_film(name: str) -> None:
    """A film of benefits alone would be advertising."""
    ids = {step.id for step in scenario(name).steps}
    assert {"choice", "evidence", "risks", "alternatives", "treat_bone", "disclaimer"} <= ids


@SCENES
def test_a_film_has_few_chapters_and_one_begins_with_its_first_step(name: str) -> None:
    """Each has a digit of its own."""
    chapters = scenario(name).chapters
    assert 2 <= len(chapters) <= 10
    assert chapters[0].first_step == 0


@WHOLE
def test_what_helps_and_what_may_go_wrong_is_a_chapter(name: str) -> None:
    """Evidence and risks are as easy to reach as the operation."""
    steps = scenario(name).steps
    starts = {steps[chapter.first_step].id for chapter in scenario(name).chapters}
    assert "evidence" in starts


# Words


def syllables(word: str) -> int:
    """Groups of vowels; a silent e at the end is not one."""
    letters = re.sub(r"[^a-z]", "", word.lower())
    groups = len(re.findall(r"[aeiouy]+", letters))
    is_silent = letters.endswith("e") and not letters.endswith(("le", "ee")) and groups > 1
    return max(1, groups - is_silent)


def reading_grade(text: str) -> float:
    """Flesch-Kincaid grade: 0.39 words a sentence + 11.8 syllables a word - 15.59."""
    words = re.findall(r"[A-Za-z'-]+", text)
    sentences = max(1, len(re.findall(r"[.!?](?=\s|$)", text)))
    return 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def steps_of_all() -> list[Step]:
    return [step for name in NAMES for step in scenario(name).steps]


def test_the_counter_knows_easy_from_hard() -> None:
    """Known values: a child's sentence is below grade 1, a bureaucrat's above 12."""
    assert reading_grade("The cat sat on the mat.") < 1.0
    assert reading_grade("Percutaneous augmentation necessitates fluoroscopic visualisation.") > 12.0
    assert [syllables(w) for w in ("bone", "cement", "needle", "balloon", "medicine")] == [1, 2, 2, 2, 3]


@pytest.mark.parametrize("step", steps_of_all(), ids=lambda step: step.id)
def test_every_patient_caption_can_be_understood(step: Step) -> None:
    """Grade 8 at most."""
    assert reading_grade(step.caption.patient.text("en")) <= 8.0


def test_patient_words_as_a_whole_are_easy() -> None:
    """Grade 6 is the aim."""
    assert reading_grade(" ".join(step.caption.patient.text("en") for step in steps_of_all())) <= 6.0


@pytest.mark.parametrize("step", steps_of_all(), ids=lambda step: step.id)
def test_no_word_promises_frightens_or_advertises(step: Step) -> None:
    """Neither brands nor promises in any words, no fright in those for patients."""
    patient, clinical = step.caption.patient.text("en").lower(), step.caption.clinical.text("en").lower()
    everything = " ".join((step.caption.title.text("en").lower(), patient, clinical, *step.caption.sources)).lower()
    assert not re.search(r"kyphon|medtronic|stryker|xpander|kiva|breakthrough|guarantee|eight months", everything)
    assert not re.search(r"\bsafe|\bburn", patient + clinical)
    assert not re.search(r"\bcord\b|paraly", patient)


@pytest.mark.parametrize("step", steps_of_all(), ids=lambda step: step.id)
def test_clinical_words_are_there_and_short(step: Step) -> None:
    """One to four sentences for whoever wants to know more."""
    clinical = step.caption.clinical.text("en")
    assert 40 <= len(clinical) <= 520
