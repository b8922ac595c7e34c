"""Who is looking: what is shown and what may be done, as data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mode:
    """The flags of one audience. A new audience is a new value, not a new window."""

    name: str
    shows_steps: bool
    shows_xray: bool
    clinical_words: bool
    labels: bool
    pauses_at_step_end: bool
    loops: bool
    is_unattended: bool  # nobody of the house stands by: no menu, nothing is saved, no large place to give away
    text_scale: float
    teaches: bool = False  # marks, verdicts and counts on the X-rays, curves and sources of numbers
    changes_case: bool = True  # level, fracture, approach and the like may be chosen


CONSULT = Mode("consult", False, True, False, False, False, False, False, 1.25)
STUDENT = Mode("student", True, True, True, True, True, False, False, 1.0, teaches=True)
KIOSK = Mode("kiosk", False, True, False, False, False, True, True, 1.5, changes_case=False)
MODES = (CONSULT, STUDENT, KIOSK)


def mode_named(name: str) -> Mode:
    """The mode of that name; raises KeyError for an unknown one."""
    return {mode.name: mode for mode in MODES}[name]
