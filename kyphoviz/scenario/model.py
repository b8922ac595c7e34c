"""What a scenario is once it has been read: a case and the steps of its film."""

from __future__ import annotations

from dataclasses import dataclass

from kyphoviz.procedure import mechanics
from kyphoviz.procedure.fractures import stages_of
from kyphoviz.procedure.state import Fracture, Side, Words
from kyphoviz.procedure.steps import Step

PROCEDURES = ("kyphoplasty", "vertebroplasty")
TREATABLE_LEVELS = ("T12", "L1", "L2")
BONE_QUALITIES = ("healthy", "osteopenic", "osteoporotic", "sclerotic")
GAUGES = (8, 10, 11, 13)
GAUGES_OF = {"kyphoplasty": (8, 10), "vertebroplasty": (11, 13)}  # working cannula; cement needle
ROUTES = ("transpedicular", "parapedicular")  # through the pedicle, or along its outer side where it is too narrow
LESSONS = ("leak",)
BALLOON_LENGTHS_MM = (10, 15, 20)
BALLOON_MOST_ML = {10: 4.0, 15: 4.0, 20: 6.0}  # largest filling by length, typical values


@dataclass(frozen=True, slots=True)
class Case:
    """Who is treated, and with what.

    `preset` names a row set of staged heights, `fracture` and `grade` what kind of loss those are scaled to. `teaches`
    names what goes wrong on purpose; then `leak_ml` of cement leave the body.
    """

    level: str = "L1"
    procedure: str = "kyphoplasty"
    preset: str = "typical"
    fracture: str = "wedge"
    grade: str = "moderate"
    bone: str = "osteoporotic"
    sides: tuple[Side, ...] = (Side.LEFT, Side.RIGHT)
    route: str = "transpedicular"
    gauge: int = 10
    balloon_mm: int = 15
    balloon_ml: float = 2.4
    cement_ml: float = 4.8
    incision_mm: float = 5.0
    teaches: str = ""
    leak_ml: float = 0.15


@dataclass(frozen=True, slots=True)
class Chapter:
    """A named stretch of the film: from the step of that number (from 0) up to the next chapter's."""

    id: str
    title: Words
    first_step: int


@dataclass(frozen=True, slots=True)
class Scenario:
    """One film as data; `chapters` in the order of the film, none where its file names none."""

    name: str
    title: Words
    summary: Words
    case: Case
    steps: tuple[Step, ...]
    chapters: tuple[Chapter, ...] = ()

    @property
    def chapter_starts(self) -> tuple[int, ...]:
        """The first step of each chapter; a film without chapters has one for each step."""
        return tuple(chapter.first_step for chapter in self.chapters) or tuple(range(len(self.steps)))

    def chapter_of(self, step: int) -> Chapter | None:
        """The chapter that the step of that number belongs to."""
        begun = [chapter for chapter in self.chapters if chapter.first_step <= step]
        return begun[-1] if begun else None


def heights_of(case: Case, stage: str) -> Fracture:
    """Heights of the treated body at a stage, as shares of the intact ones.

    The published stages are those of kyphoplasty. In vertebroplasty nothing but the posture lifts the bone, so cement
    holds the prone heights, and the later loss is taken to be the same (illustrative).
    """
    rows = stages_of(case.preset, case.fracture, case.grade)
    if stage == "healthy":
        return mechanics.INTACT
    if case.procedure != "vertebroplasty" or stage in ("standing", "prone"):
        return rows[stage]
    if stage != "three_months":
        return rows["prone"]
    prone, filled, later = rows["prone"], rows["cement_set"], rows["three_months"]
    return Fracture(
        prone.anterior - (filled.anterior - later.anterior),
        prone.middle - (filled.middle - later.middle),
        prone.posterior - (filled.posterior - later.posterior),
    )
