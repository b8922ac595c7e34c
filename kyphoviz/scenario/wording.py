"""Words that fit the case: numbers of the case in a text, and other texts where the case differs.

A choice of the person at the screen must not leave a caption that is untrue, so no text of a scene names a value of the
case by itself. `{gauge}` in a text stands for the case's own; `variants` of a step give it other texts on a condition.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from kyphoviz.procedure.state import Caption, Words
from kyphoviz.scenario.errors import Faults, quoted
from kyphoviz.scenario.fields import listed
from kyphoviz.scenario.model import Case, heights_of

_PLACE = re.compile(r"\{([^{}]*)\}")

CONDITIONS: Mapping[str, Callable[[Case], bool]] = {
    "one_side": lambda case: len(case.sides) == 1,
    "parapedicular": lambda case: case.route == "parapedicular",
    "biconcave": lambda case: case.fracture == "biconcave",
    "crush": lambda case: case.fracture == "crush",
}


@dataclass(frozen=True, slots=True)
class Variant:
    """Texts of a step that stand in for the usual ones in some cases; None leaves the usual one."""

    condition: str
    title: Words | None = None
    patient: Words | None = None
    clinical: Words | None = None
    why: Words | None = None
    risk: Words | None = None


def fitted(caption: Caption, variants: tuple[Variant, ...], case: Case) -> Caption:
    """The caption with the texts and the numbers of that case; of several variants that apply, the last one wins."""
    for variant in variants:
        if CONDITIONS[variant.condition](case):
            caption = Caption(
                variant.title or caption.title,
                variant.patient or caption.patient,
                variant.clinical or caption.clinical,
                caption.sources,
                variant.why or caption.why,
                variant.risk or caption.risk,
            )
    values = values_of(case)
    why, risk = caption.why, caption.risk
    return replace(
        caption,
        title=_with_values(caption.title, values),
        patient=_with_values(caption.patient, values),
        clinical=_with_values(caption.clinical, values),
        why=_with_values(why, values) if why else None,
        risk=_with_values(risk, values) if risk else None,
    )


def values_of(case: Case) -> dict[str, str]:
    """What each name in braces stands for."""
    broken, later = heights_of(case, "standing"), heights_of(case, "three_months")
    return {
        "level": case.level,
        "gauge": str(case.gauge),
        "balloon_mm": str(case.balloon_mm),
        "balloon_ml": f"{case.balloon_ml:g}",
        "cement_ml": f"{case.cement_ml:g}",
        "leak_ml": f"{case.leak_ml:g}",
        "incision_mm": f"{case.incision_mm:g}",
        "broken_front_percent": _percent(broken.anterior),
        "broken_middle_percent": _percent(broken.middle),
        "broken_back_percent": _percent(broken.posterior),
        "later_front_percent": _percent(later.anterior),
        "later_middle_percent": _percent(later.middle),
    }


def demand_known(words: Words | None, line: int, faults: Faults) -> None:
    """Every name in braces stands for something."""
    known = values_of(Case())
    for _, text in words.by_language if words else ():
        for name in _PLACE.findall(text):
            if name not in known:
                faults.add(line, f"{quoted('{' + name + '}')} stands for nothing; known are {listed(known)}")


def _with_values(words: Words, values: Mapping[str, str]) -> Words:
    return Words(tuple((code, _PLACE.sub(lambda m: values.get(m[1], m[0]), text)) for code, text in words.by_language))


def _percent(share: float) -> str:
    return f"{100 * share:.0f}"
