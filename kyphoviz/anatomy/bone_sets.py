"""Sets of bones: whose vertebrae they are. Each is the published means under a few rules, not a list of its own.

The typical patient of a kyphoplasty is a woman past seventy: her set is the one that the film shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import radians, tan
from types import MappingProxyType

from kyphoviz.anatomy.morphometry import DiscShape, VertebraShape
from kyphoviz.anatomy.published import (
    DISC_HEIGHTS,
    DISC_LORDOSIS,
    DISC_SOURCE,
    ORDER,
    SIZES,
    WEDGE_OF_MEN,
    WEDGE_OF_WOMEN,
    WEDGE_SOURCE,
)

_SEEDS = (5, 2, 1, 3, 4)


@dataclass(frozen=True, slots=True)
class Rule:
    """How the people of a set differ from the published means: factors for groups of sizes, and added millimetres."""

    why: str
    widths: float = 1.0
    depths: float = 1.0
    heights: float = 1.0
    canal: float = 1.0
    pedicles: float = 1.0
    processes: float = 1.0
    discs: float = 1.0
    lip_mm: float = 0.75
    wedge_deg: tuple[float, ...] = tuple((w + m) / 2 for w, m in zip(WEDGE_OF_WOMEN, WEDGE_OF_MEN, strict=True))
    seed: int = 0


@dataclass(frozen=True, slots=True)
class BoneSet:
    """The vertebrae T11 to L3 of one kind of person, and the discs below T11, T12, L1 and L2."""

    name: str
    shapes: Mapping[str, VertebraShape]
    discs: Mapping[str, DiscShape]


GROUPS = {
    "widths": ("width_up", "width_low", "waist_width"),
    "depths": ("depth_up", "depth_low", "spinous_back"),
    "heights": ("height_back", "height_front", "spinous_down", "spinous_height"),
    "canal": ("canal_width", "canal_depth"),
    "pedicles": ("pedicle_width", "pedicle_height"),
    "processes": ("transverse_span",),
}


def ruled(name: str, rule: Rule) -> BoneSet:
    """The set that a rule makes of the published means."""
    shapes = {level: _shape(level, rule, wedge) for level, wedge in zip(ORDER, rule.wedge_deg, strict=True)}
    rows = zip(ORDER[:-1], DISC_HEIGHTS, DISC_LORDOSIS, strict=True)
    discs = {level: DiscShape(round(rule.discs * mm, 2), deg, DISC_SOURCE) for level, mm, deg in rows}
    return BoneSet(name, MappingProxyType(shapes), MappingProxyType(discs))


def _shape(level: str, rule: Rule, wedge_deg: float) -> VertebraShape:
    """Heights: the posterior one is scaled, the anterior one follows from the wedge and the depth."""
    values = {size.field: size.mean(level) for size in SIZES}
    for group, fields in GROUPS.items():
        for field in fields:
            values[field] *= getattr(rule, group)
    depth = 0.5 * (values["depth_up"] + values["depth_low"])
    values["height_front"] = values["height_back"] - depth * tan(radians(wedge_deg))
    values["lip"] = rule.lip_mm
    sizes = {field: round(value, 2) for field, value in values.items()}
    sources = dict.fromkeys(size.source for size in SIZES if size.source != "illustrative")
    source = f"{rule.why}. {'; '.join(sources)}; wedge: {WEDGE_SOURCE}."
    return VertebraShape(level=level, seed=_SEEDS[ORDER.index(level)] + rule.seed, source=source, **sizes)


# Sets give widths over the lips of the rims, where real bones read 2 to 4 mm more than calipers on the plates.
_LIPS = 1.045
# Living adults in CT have higher bodies than dried bones: 27.8 mm on average over L2 to L5 (Clouthier et al., J Biomech
# 2023;146:111421) against 23.8 mm (Panjabi). Adults stand near the middle between both.
_CT_HEIGHT = 1.07
_RULES = {
    "older_woman": Rule(
        "Means of both sexes, smaller as women are, lower with age, with the wedge of women",
        widths=1.0, depths=0.955, heights=0.987, canal=0.95, pedicles=0.955, discs=0.875, lip_mm=0.9,
        wedge_deg=WEDGE_OF_WOMEN,
    ),
    "average_adult": Rule(
        "Means of both sexes; heights between dried bones and living adults in CT",
        widths=_LIPS, heights=_CT_HEIGHT, seed=10
    ),
    "man": Rule(
        "Means of both sexes, larger by half of what CT of L5 shows between men and women, with the wedge of men",
        widths=1.05 * _LIPS, depths=1.05, heights=1.025 * _CT_HEIGHT, canal=1.02, pedicles=1.06, processes=1.04,
        wedge_deg=WEDGE_OF_MEN, seed=20,
    ),
    "younger": Rule(
        "Means of both sexes; discs of healthy young adults, rims without lipping",
        widths=_LIPS, heights=1.02 * _CT_HEIGHT, canal=1.02, discs=1.08, lip_mm=0.5, seed=30,
    ),
}  # fmt: skip

SETS: Mapping[str, BoneSet] = MappingProxyType({name: ruled(name, rule) for name, rule in _RULES.items()})
SHIPPED = "older_woman"
