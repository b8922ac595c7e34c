"""What X-rays meet on their way: linear attenuation of tissues, implants and tools at one energy.

Source of every number but platinum: total cross-sections of the Elam tables (`xraydb`) for the ICRU-44 tissue
compositions at the stated densities, 65 keV, a usual mean energy of a hardened C-arm beam. They agree with NIST's
ICRU-44 values for water (0.206) and cortical bone (0.604 per cm at 60 keV).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from kyphoviz.site.shape import Shape

MM_PER_CM = 10.0

ATTENUATION_PER_CM: Mapping[str, float] = MappingProxyType(
    {
        "air": 0.0,
        "lung": 0.051,  # inflated, 0.26 g/cm3
        "adipose": 0.182,
        "marrow": 0.193,  # half red, half yellow
        "water": 0.199,
        "muscle": 0.207,
        "soft": 0.209,  # ICRU-44 soft tissue, 1.06 g/cm3
        "balloon_polymer": 0.214,  # the empty balloon: all but invisible
        "disc": 0.220,  # as cartilage
        "cancellous_osteoporotic": 0.221,  # bone volume fraction 0.08
        "pmma": 0.223,  # bone cement with no opacifier
        "cancellous": 0.235,  # bone volume fraction 0.12
        "compacted": 0.263,  # bone volume fraction 0.20, the shell that a balloon presses together
        "cancellous_dense": 0.298,  # bone volume fraction 0.30
        "cortical": 0.541,
        "contrast_dilute": 0.567,  # iohexol, 60 mg iodine per mL
        "cement_10_baso4": 0.749,  # 10 % barium sulphate by weight
        "contrast": 1.118,  # iohexol, 150 mg iodine per mL (300 diluted 1:1), the usual balloon filling
        "cement_30_zro2": 1.269,
        "cement": 1.412,  # 20.7 % barium sulphate by weight, as mixed for kyphoplasty
        "contrast_300": 2.038,  # iohexol undiluted
        "cement_30_baso4": 2.099,
        "titanium": 2.72,  # Ti-6Al-4V
        "steel": 8.24,  # 316L
        "cobalt_chrome": 9.33,
        "platinum": 75.8,  # Elam tables, 21.45 g/cm3: the marker bands of a balloon
    }
)

# Lattices of struts: they give the picture its fine grain.
SPONGY = frozenset({"cancellous", "cancellous_osteoporotic", "cancellous_dense"})


def attenuation_per_mm(material: str | None) -> float:
    """Linear attenuation of a named material per millimetre; an unknown name is a ValueError in plain words."""
    if material is None or material not in ATTENUATION_PER_CM:
        raise ValueError(f"no X-ray attenuation is known for the material {material!r}")
    return ATTENUATION_PER_CM[material] / MM_PER_CM


def weights_of(shape: Shape) -> tuple[float, float]:
    """Attenuation that a shape adds per millimetre, and whether it adds (1) or takes away (-1) spongy bone."""
    try:
        added = attenuation_per_mm(shape.material) - attenuation_per_mm(shape.inside)
    except ValueError as error:
        raise ValueError(f"{shape.name}: {error}") from None
    return added, float(shape.material in SPONGY) - float(shape.inside in SPONGY)
