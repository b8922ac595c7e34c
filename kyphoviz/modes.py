"""Who is looking: what is shown and what may be done, as data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Mode:
    """The flags of one audience. A new audience is a new value, not a new window."""

    name: str
    about: str  # told beside its button
    text_scale: float
    shows_steps: bool = False
    shows_xray: bool = True
    clinical_words: bool = False
    labels: bool = False
    pauses_at_step_end: bool = False
    loops: bool = False
    is_unattended: bool = False  # nobody of the house stands by: no menu, nothing is saved, no large place to give away
    teaches: bool = False  # marks, verdicts and counts on the X-rays, curves and sources of numbers
    changes_case: bool = True  # level, fracture, approach and the like may be chosen


CONSULT = Mode(
    name="consult",
    about="For surgeon and patient at one screen: plain words, few controls",
    text_scale=1.25,
)
STUDENT = Mode(
    name="student",
    about="For learning alone: clinical words, the list of steps, a pause after each",
    text_scale=1.0,
    shows_steps=True,
    clinical_words=True,
    labels=True,
    pauses_at_step_end=True,
    teaches=True,
)
KIOSK = Mode(
    name="kiosk",
    about="For a waiting room: large words, plays by itself",
    text_scale=1.5,
    loops=True,
    is_unattended=True,
    changes_case=False,
)
MODES = (CONSULT, STUDENT, KIOSK)


def mode_named(name: str) -> Mode:
    """The mode of that name; raises KeyError for an unknown one."""
    return {mode.name: mode for mode in MODES}[name]
