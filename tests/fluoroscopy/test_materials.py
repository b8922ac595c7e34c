"""Attenuation of tissues, implants and tools."""

from __future__ import annotations

import math

import pytest

from kyphoviz.fluoroscopy.materials import ATTENUATION_PER_CM as MU
from kyphoviz.fluoroscopy.materials import attenuation_per_mm
from kyphoviz.site.role import Material


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
    added_per_mm = attenuation_per_mm(Material(material)) - attenuation_per_mm(Material(reference))
    assert math.exp(-added_per_mm * path_mm) == pytest.approx(share, rel=0.03, abs=0.0005)


def test_order_of_darkness() -> None:
    """Steel is darker than cement, then contrast, cortical bone, spongy bone, disc, soft tissue, fat and air."""
    bones = ["cortical", "compacted", "cancellous"]
    values = [
        MU[Material(name)] for name in ["steel", "cement", "contrast", *bones, "disc", "soft", "adipose", "lung", "air"]
    ]
    assert values == sorted(values, reverse=True)
    assert len(set(values)) == len(values)


def test_every_material_lies_between_its_neighbours() -> None:
    """The table runs from clear to dense; what is said of single ones to users and scripts stays to the last digit."""
    values = list(MU.values())
    told = {"air": 0.0, "soft": 0.209, "cancellous": 0.235, "cortical": 0.541, "cement": 1.412, "steel": 8.24}

    assert values == sorted(set(values))
    assert {name: MU[Material(name)] for name in told} == told
    assert MU[Material.LUNG] == pytest.approx(
        0.26 / 1.06 * MU[Material.SOFT], rel=0.02
    )  # its density over that of soft tissue
    assert MU[Material.WATER] == pytest.approx(0.199)
    assert MU[Material.COBALT_CHROME] < 1.15 * MU[Material.STEEL]
    assert MU[Material.PLATINUM] == pytest.approx(21.45 * 3.534, rel=0.01)  # density times its cross-section at 65 keV


@pytest.mark.parametrize("material", Material)
def test_every_material_has_its_attenuation(material: Material) -> None:
    """A material without its row would be a part that no X-ray can be made of."""
    assert 0.0 <= attenuation_per_mm(material) < 10.0
