"""What may be chosen of a case, as data: one line for each choice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any

from kyphoviz.procedure.fractures import FRACTURES, GRADES
from kyphoviz.procedure.mechanics import HEIGHTS
from kyphoviz.procedure.state import Side
from kyphoviz.scenario.fit import unused
from kyphoviz.scenario.model import BALLOON_LENGTHS_MM, BONE_QUALITIES, GAUGES_OF, ROUTES, TREATABLE_LEVELS, Case

APPROACHES = {"both": (Side.LEFT, Side.RIGHT), "left": (Side.LEFT,), "right": (Side.RIGHT,)}
BALLOON_ML = tuple(0.5 * k for k in range(2, 13))
CEMENT_ML = tuple(0.5 * k for k in range(2, 17))


@dataclass(frozen=True, slots=True)
class Choice:
    """A field of the case and the values that it may be given."""

    key: str
    offers: Callable[[Case], tuple[Any, ...]]

    def values(self, case: Case) -> tuple[Any, ...]:
        """What is offered; a number of the scene's own stands among the round ones."""
        offers, present = self.offers(case), value_of(case, self.key)
        return offers if present in offers else tuple(sorted((*offers, present)))


CHOICES = (
    Choice("level", lambda _: TREATABLE_LEVELS),
    Choice("fracture", lambda _: FRACTURES),
    Choice("grade", lambda _: GRADES),
    Choice("preset", lambda _: tuple(HEIGHTS)),
    Choice("bone", lambda _: BONE_QUALITIES),
    Choice("sides", lambda _: tuple(APPROACHES)),
    Choice("route", lambda _: ROUTES),
    Choice("gauge", lambda case: GAUGES_OF[case.procedure]),
    Choice("balloon_mm", lambda _: BALLOON_LENGTHS_MM),
    Choice("balloon_ml", lambda _: BALLOON_ML),
    Choice("cement_ml", lambda _: CEMENT_ML),
)


def choices_of(case: Case) -> tuple[Choice, ...]:
    """What can be chosen in that case: fields that it has and that mean something in its procedure."""
    there, idle = {field.name for field in fields(case)}, unused(case)
    return tuple(choice for choice in CHOICES if choice.key in there and choice.key not in idle)


def value_of(case: Case, key: str) -> Any:
    """The present value of a choice, in the form in which it is offered."""
    if key == "sides":
        return next(name for name, sides in APPROACHES.items() if sides == case.sides)
    return getattr(case, key)


def with_value(case: Case, key: str, value: Any) -> Case:
    """The case with another value."""
    changed: dict[str, Any] = {key: APPROACHES[value] if key == "sides" else value}
    return replace(case, **changed)
