"""Attenuation of tissues, implants and tools."""

from __future__ import annotations

import math

import pytest

from kyphoviz.fluoroscopy.materials import ATTENUATION_PER_CM as MU
from kyphoviz.fluoroscopy.materials import attenuation_per_mm


@pytest.mark.parametrize(
    ("material", "reference", "path_mm", "share"),
    [
        ("cement", "soft", 15, 0.16),
        ("contrast", "soft", 15, 0.26),
        ("steel", "soft", 3, 0.09),
        ("cancellous", "soft", 30, 0.93),
        ("cortical", "soft", 30, 0.37),
        ("soft", "air", 220, 0.010),
        ("soft", "air", 320, 0.0012),
    ],
)
def test_published_shares_of_light(material: str, reference: str, path_mm: float, share: float) -> None:
    """What is left of the light agrees with the published figures within 3 %, or their last digit."""
    added_per_mm = attenuation_per_mm(material) - attenuation_per_mm(reference)
    assert math.exp(-added_per_mm * path_mm) == pytest.approx(share, rel=0.03, abs=0.0005)


def test_order_of_darkness() -> None:
    """Steel is darker than cement, then contrast, cortical bone, spongy bone, disc, soft tissue, fat and air."""
    bones = ["cortical", "compacted", "cancellous"]
    values = [MU[name] for name in ["steel", "cement", "contrast", *bones, "disc", "soft", "adipose", "lung", "air"]]
    assert values == sorted(values, reverse=True)
    assert len(set(values)) == len(values)


def test_unknown_material_is_named() -> None:
    """A material that nobody knows is refused by its name."""
    with pytest.raises(ValueError, match="'cheese'"):
        attenuation_per_mm("cheese")


def test_every_material_lies_between_its_neighbours() -> None:
    """The table runs from clear to dense; what is said of single ones to users and scripts stays to the last digit."""
    values = list(MU.values())
    told = {"air": 0.0, "soft": 0.209, "cancellous": 0.235, "cortical": 0.541, "cement": 1.412, "steel": 8.24}

    assert values == sorted(set(values))
    assert {name: MU[name] for name in told} == told
    assert MU["lung"] == pytest.approx(0.26 / 1.06 * MU["soft"], rel=0.02)  # its density over that of soft tissue
    assert MU["water"] == pytest.approx(0.199)
    assert MU["cobalt_chrome"] < 1.15 * MU["steel"]
    assert MU["platinum"] == pytest.approx(21.45 * 3.534, rel=0.01)  # density times its cross-section at 65 keV
