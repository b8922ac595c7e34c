"""Reads the `case`: who is treated, and with what."""

from __future__ import annotations

from collections.abc import Iterable

from kyphoviz.procedure.fractures import FRACTURES, GRADES
from kyphoviz.procedure.mechanics import BONE_RESISTANCE, HEIGHTS
from kyphoviz.procedure.state import Side
from kyphoviz.scenario import fields
from kyphoviz.scenario.errors import Faults
from kyphoviz.scenario.fit import misfits, unused
from kyphoviz.scenario.model import (
    BALLOON_LENGTHS_MM,
    BALLOON_MOST_ML,
    GAUGES,
    GAUGES_OF,
    LESSONS,
    PROCEDURES,
    ROUTES,
    TREATABLE_LEVELS,
    Case,
)
from kyphoviz.scenario.nodes import Entry, Node

KEYS = (
    "level", "mesh", "procedure", "preset", "fracture", "grade", "bone", "sides", "route", "gauge", "balloon_mm",
    "balloon_ml", "cement_ml", "incision_mm", "teaches", "leak_ml",
)  # fmt: skip
_USUAL = Case()


def read_case(node: Node, faults: Faults) -> Case:
    """The case of a scene; where something is wrong, the usual value stands in and a fault is noted."""
    entries = fields.mapping(node, "`case`", KEYS, faults)
    if entries is None:
        return _USUAL
    if "level" not in entries:
        faults.add(node.line, f"`case` has no `level`; it must be one of {fields.listed(TREATABLE_LEVELS)}")
    level = _word(entries, "level", TREATABLE_LEVELS, _USUAL.level, faults)
    procedure = _word(entries, "procedure", PROCEDURES, _USUAL.procedure, faults)
    gauge = _whole(entries, "gauge", GAUGES, GAUGES_OF[procedure][-1], faults)
    balloon_mm = _whole(entries, "balloon_mm", BALLOON_LENGTHS_MM, _USUAL.balloon_mm, faults)
    case = Case(
        level=level,
        procedure=procedure,
        preset=_word(entries, "preset", HEIGHTS, _USUAL.preset, faults),
        fracture=_word(entries, "fracture", FRACTURES, _USUAL.fracture, faults),
        grade=_word(entries, "grade", GRADES, _USUAL.grade, faults),
        bone=_word(entries, "bone", BONE_RESISTANCE, _USUAL.bone, faults),
        sides=_sides(entries, faults),
        route=_word(entries, "route", ROUTES, _USUAL.route, faults),
        gauge=gauge,
        balloon_mm=balloon_mm,
        balloon_ml=_amount(entries, "balloon_ml", 0.5, max(BALLOON_MOST_ML.values()), _USUAL.balloon_ml, faults),
        cement_ml=_amount(entries, "cement_ml", 1.0, 8.0, _USUAL.cement_ml, faults),
        incision_mm=_amount(entries, "incision_mm", 3.0, 10.0, _USUAL.incision_mm, faults),
        teaches=_word(entries, "teaches", LESSONS, _USUAL.teaches, faults),
        leak_ml=_amount(entries, "leak_ml", 0.05, 0.15, _USUAL.leak_ml, faults),
    )
    _demand_bone(level, entries, faults)
    _demand_fit(case, entries, faults)
    return case


def _demand_bone(level: str, entries: dict[str, Entry], faults: Faults) -> None:
    """Scenes may name the bone beside the level; it is the same one."""
    mesh = _word(entries, "mesh", TREATABLE_LEVELS, level, faults)
    if mesh != level:
        faults.add(entries["mesh"].line, f"`mesh` must be the bone of the level, {level}, not `{mesh}`")


def _demand_fit(case: Case, entries: dict[str, Entry], faults: Faults) -> None:
    """Notes what does not fit at the line of the value that was written."""
    for key, words in misfits(case):
        if key in entries:
            faults.add(entries[key].line, words)
    for key, why in unused(case).items():
        if key in entries:
            faults.add(entries[key].line, f"`{key}` has no meaning here: {why}")


def _word(entries: dict[str, Entry], key: str, allowed: Iterable[str], usual: str, faults: Faults) -> str:
    if key not in entries:
        return usual
    return fields.choice(entries[key].value, f"`{key}`", allowed, faults) or usual


def _whole(entries: dict[str, Entry], key: str, allowed: tuple[int, ...], usual: int, faults: Faults) -> int:
    if key not in entries:
        return usual
    node = entries[key].value
    value = fields.number(node, f"`{key}`", allowed[0], allowed[-1], faults)
    if value is not None and value not in allowed:
        faults.add(node.line, f"`{key}` must be one of {fields.listed(str(n) for n in allowed)}, not `{value:g}`")
    return int(value) if value is not None and value in allowed else usual


def _amount(entries: dict[str, Entry], key: str, low: float, high: float, usual: float, faults: Faults) -> float:
    if key not in entries:
        return usual
    value = fields.number(entries[key].value, f"`{key}`", low, high, faults)
    return usual if value is None else value


def _sides(entries: dict[str, Entry], faults: Faults) -> tuple[Side, ...]:
    if "sides" not in entries:
        return _USUAL.sides
    node = entries["sides"].value
    names = fields.choices(node, "`sides`", Side, faults)
    if names == ():
        faults.add(node.line, "`sides` must name left, right or both")
    return tuple(side for side in Side if side in names) if names else _USUAL.sides
