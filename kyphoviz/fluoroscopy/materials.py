"""What X-rays meet on their way: linear attenuation of tissues, implants and tools at one energy.

Source of every number but platinum: total cross-sections of the Elam tables (`xraydb`) for the ICRU-44 tissue
compositions at the stated densities, 65 keV, a usual mean energy of a hardened C-arm beam. They agree with NIST's
ICRU-44 values for water (0.206) and cortical bone (0.604 per cm at 60 keV).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from kyphoviz.site.role import Material
from kyphoviz.site.shape import Shape

MM_PER_CM = 10.0

ATTENUATION_PER_CM: Mapping[Material, float] = MappingProxyType(
    {
        Material.AIR: 0.0,
        Material.LUNG: 0.051,  # inflated, 0.26 g/cm3
        Material.ADIPOSE: 0.182,
        Material.MARROW: 0.193,  # half red, half yellow
        Material.WATER: 0.199,
        Material.MUSCLE: 0.207,
        Material.SOFT: 0.209,  # ICRU-44 soft tissue, 1.06 g/cm3
        Material.BALLOON_POLYMER: 0.214,  # the empty balloon: all but invisible
        Material.DISC: 0.220,  # as cartilage
        Material.CANCELLOUS_OSTEOPOROTIC: 0.221,  # bone volume fraction 0.08
        Material.PMMA: 0.223,  # bone cement with no opacifier
        Material.CANCELLOUS: 0.235,  # bone volume fraction 0.12
        Material.COMPACTED: 0.263,  # bone volume fraction 0.20, the shell that a balloon presses together
        Material.CANCELLOUS_DENSE: 0.298,  # bone volume fraction 0.30
        Material.CORTICAL: 0.541,
        Material.CONTRAST_DILUTE: 0.567,  # iohexol, 60 mg iodine per mL
        Material.CEMENT_10_BASO4: 0.749,  # 10 % barium sulphate by weight
        Material.CONTRAST: 1.118,  # iohexol, 150 mg iodine per mL (300 diluted 1:1), the usual balloon filling
        Material.CEMENT_30_ZRO2: 1.269,
        Material.CEMENT: 1.412,  # 20.7 % barium sulphate by weight, as mixed for kyphoplasty
        Material.CONTRAST_300: 2.038,  # iohexol undiluted
        Material.CEMENT_30_BASO4: 2.099,
        Material.TITANIUM: 2.72,  # Ti-6Al-4V
        Material.STEEL: 8.24,  # 316L
        Material.COBALT_CHROME: 9.33,
        Material.PLATINUM: 75.8,  # Elam tables, 21.45 g/cm3: the marker bands of a balloon
    }
)

# Lattices of struts: they give the picture its fine grain.
SPONGY = frozenset({Material.CANCELLOUS, Material.CANCELLOUS_OSTEOPOROTIC, Material.CANCELLOUS_DENSE})


def attenuation_per_mm(material: Material) -> float:
    """Linear attenuation of a material per millimetre."""
    return ATTENUATION_PER_CM[material] / MM_PER_CM


def weights_of(shape: Shape) -> tuple[float, float]:
    """Attenuation that a shape adds per millimetre, and whether it adds (1) or takes away (-1) spongy bone.

    Raises:
        ValueError: the shape is of no material, or displaces none, so that no beam meets it.
    """
    if shape.material is None or shape.inside is None:
        raise ValueError(f"{shape.name} is of no material that an X-ray would meet")
    added = attenuation_per_mm(shape.material) - attenuation_per_mm(shape.inside)
    return added, float(shape.material in SPONGY) - float(shape.inside in SPONGY)
