"""A person's own set of bones from a YAML file: a shipped set, factors for groups of sizes, and single sizes.

    name: tall_man
    based_on: man
    source: measured in a CT of the person
    scale: {widths: 1.05, heights: 1.08}
    levels:
      L1: {upper_plate_width_mm: 46, pedicle_width_mm: 9}
    discs:
      L1: {height_mm: 10, lordosis_deg: 5}

Factors come first, then the single sizes, which stand as written.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from kyphoviz.anatomy.bone_sets import GROUPS, SETS, BoneSet
from kyphoviz.anatomy.morphometry import DiscShape, VertebraShape
from kyphoviz.anatomy.published import DISC_RANGES, ORDER, SIZES
from kyphoviz.scenario import fields
from kyphoviz.scenario.errors import Faults
from kyphoviz.scenario.nodes import Entry, Node, compose
from kyphoviz.scenario.source import read_text

KEYS = ("name", "based_on", "source", "scale", "levels", "discs")
SCALE = (0.7, 1.4)
MOST_SLOPE = 0.35  # a steeper wedge than 20 degrees is a fracture, not a size
SOURCE_LENGTH = 300

Sizes = dict[str, float]


def load_bone_set(path: Path, given: str | None = None) -> BoneSet:
    """The set of a file.

    Args:
        path: the file.
        given: how the person named it, for messages.

    Raises:
        ScenarioError: with every fault and its line.
    """
    name, faults = str(path) if given is None else given, Faults()
    root = compose(read_text(path, name), faults)
    found = _bone_set(root, path.stem, faults) if root is not None else None
    if found is None or faults.count:
        raise faults.error(name)
    return found


def _bone_set(root: Node, stem: str, faults: Faults) -> BoneSet | None:
    top = fields.mapping(root, "a set of bones", KEYS, faults)
    if top is None:
        return None
    name = fields.name(top["name"].value, "`name`", faults) if "name" in top else stem
    based_on = "average_adult"
    if "based_on" in top:
        based_on = fields.choice(top["based_on"].value, "`based_on`", SETS, faults) or based_on
    source = "as the file says"
    if "source" in top:
        source = fields.text(top["source"].value, "`source`", SOURCE_LENGTH, faults) or source
    scale = _numbers(top, "scale", dict.fromkeys(GROUPS, SCALE), faults)
    sizes = {level: _sizes(entry.value, level, faults) for level, entry in _levels(top, "levels", ORDER, faults)}
    discs = {
        level: _numbers_of(entry.value, f"`discs` {level}", DISC_RANGES, faults)
        for level, entry in _levels(top, "discs", ORDER[:-1], faults)
    }
    base = SETS[based_on]
    shapes = {level: _shape(base.shapes[level], scale, sizes.get(level, {}), source) for level in ORDER}
    for level, shape in shapes.items():
        _demand_possible(shape, top["levels"].line if "levels" in top else root.line, level, faults)
    return BoneSet(name or stem, MappingProxyType(shapes), MappingProxyType(_discs(base, discs, source)))


def _levels(top: dict[str, Entry], key: str, known: tuple[str, ...], faults: Faults) -> list[tuple[str, Entry]]:
    if key not in top:
        return []
    return list((fields.mapping(top[key].value, f"`{key}`", known, faults) or {}).items())


def _sizes(node: Node, level: str, faults: Faults) -> Sizes:
    """Fields of `VertebraShape` with their values."""
    known = {size.key: size for size in SIZES}
    found = _numbers_of(node, f"`levels` {level}", {key: (s.low, s.high) for key, s in known.items()}, faults)
    return {known[key].field: value for key, value in found.items()}


def _numbers(top: dict[str, Entry], key: str, known: dict[str, tuple[float, float]], faults: Faults) -> Sizes:
    return _numbers_of(top[key].value, f"`{key}`", known, faults) if key in top else {}


def _numbers_of(node: Node, what: str, known: dict[str, tuple[float, float]], faults: Faults) -> Sizes:
    found = {}
    for key, entry in (fields.mapping(node, what, known, faults) or {}).items():
        value = fields.number(entry.value, f"`{key}` of {what}", *known[key], faults)
        if value is not None:
            found[key] = value
    return found


def _shape(base: VertebraShape, scale: Sizes, sizes: Sizes, source: str) -> VertebraShape:
    scaled = {f: round(getattr(base, f) * scale[group], 2) for group in scale for f in GROUPS[group]}
    return replace(base, **{**scaled, **sizes}, source=f"{base.source} Changed: {source}.")


def _discs(base: BoneSet, changed: dict[str, Sizes], source: str) -> dict[str, DiscShape]:
    return {
        level: replace(disc, **changed[level], source=source) if changed.get(level) else disc
        for level, disc in base.discs.items()
    }


def _demand_possible(s: VertebraShape, line: int, level: str, faults: Faults) -> None:
    """Sizes that are each in range may still make no vertebra together."""
    if abs(s.height_back - s.height_front) > MOST_SLOPE * s.depth:
        faults.add(line, f"{level}: anterior and posterior height differ too much for its depth")
    if s.waist_width > min(s.width_up, s.width_low):
        faults.add(line, f"{level}: the waist is wider than an end plate")
    if s.transverse_span < s.canal_width + 2 * s.pedicle_width + 6:
        faults.add(line, f"{level}: the transverse span does not reach beyond the pedicles")
    if s.spinous_back < s.spinolaminar + 12:
        faults.add(line, f"{level}: the spinous tip does not reach beyond the laminae")
