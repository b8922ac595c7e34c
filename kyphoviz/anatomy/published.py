"""Published sizes of the vertebrae T11 to L3: one row per anatomical term, with its unit, spread and source.

The means are those of adults of both sexes. A spread is one standard deviation of people, rounded, not of the mean.
Rows marked illustrative have no single source: they were set inside a published range, or so that the part looks as
it does in atlases, and are never shown as facts.
"""

from __future__ import annotations

from dataclasses import dataclass

ORDER = ("T11", "T12", "L1", "L2", "L3")

_PANJABI = "Panjabi et al., Spine 1991;16:888 (thoracic) and 1992;17:299 (lumbar), as commonly quoted"
_ZINDRICK = "Zindrick et al., Spine 1987;12:160, as commonly quoted"
_PEDICLE = f"{_ZINDRICK}; T12 and L1 between it and Kaur et al., J Clin Orthop Trauma 2016;7:101"
_CANAL = f"between {_PANJABI} and the CT mean of Clouthier et al., J Biomech 2023;146:111421 (16.7 mm)"
_DISH = "Wang et al., Eur Spine J 2012;21:2316; illustrative per level, shallower at L1"
_FACET = "Masharawi et al., Spine 2004, ranges by region; set inside them"
_LOOK = "illustrative"


@dataclass(frozen=True, slots=True)
class Size:
    """One anatomical size: its field in `VertebraShape`, its name in files, what it is, and the numbers.

    `low` and `high` bound what a person's file may say; `means` are in the order of `ORDER`.
    """

    field: str
    key: str
    term: str
    unit: str
    means: tuple[float, float, float, float, float]
    spread: float
    low: float
    high: float
    source: str

    def mean(self, level: str) -> float:
        """Of that level."""
        return self.means[ORDER.index(level)]


# fmt: off
SIZES = (
    Size("width_up", "upper_plate_width_mm", "width of the upper end plate", "mm",
         (34.9, 39.0, 41.2, 42.6, 44.1), 3.0, 26, 62, _PANJABI),
    Size("width_low", "lower_plate_width_mm", "width of the lower end plate", "mm",
         (39.1, 42.1, 43.3, 45.5, 48.0), 3.0, 26, 64, _PANJABI),
    Size("depth_up", "upper_plate_depth_mm", "depth of the upper end plate", "mm",
         (31.9, 32.8, 34.1, 34.6, 35.2), 3.0, 22, 46, _PANJABI),
    Size("depth_low", "lower_plate_depth_mm", "depth of the lower end plate", "mm",
         (31.8, 33.4, 35.3, 34.9, 34.8), 3.0, 22, 46, _PANJABI),
    Size("waist_width", "waist_width_mm", "width of the waist of the body", "mm",
         (33.7, 37.1, 36.3, 37.9, 39.6), 3.0, 22, 56, "0.86 to 0.91 of the plates' width, as real bones measure"),
    Size("height_back", "posterior_height_mm", "posterior height of the body", "mm",
         (21.3, 22.7, 23.8, 24.3, 23.8), 2.0, 14, 38, _PANJABI),
    Size("height_front", "anterior_height_mm", "anterior height of the body", "mm",
         (18.5, 20.3, 21.8, 23.3, 23.7), 2.0, 14, 38,
         "posterior height less the wedge of Masharawi et al., Eur Spine J 2010;19:768"),
    Size("dish_up", "upper_dish_mm", "depth of the hollow of the upper end plate", "mm",
         (0.8, 0.8, 0.5, 1.0, 1.0), 0.5, 0, 4, _DISH),
    Size("dish_low", "lower_dish_mm", "depth of the hollow of the lower end plate", "mm",
         (1.4, 1.4, 0.75, 1.6, 1.6), 0.6, 0, 4, _DISH),
    Size("canal_width", "canal_width_mm", "width of the spinal canal", "mm",
         (19.4, 22.2, 23.7, 23.8, 24.3), 2.0, 14, 34, _PANJABI),
    Size("canal_depth", "canal_depth_mm", "depth of the spinal canal", "mm",
         (16.0, 17.0, 17.0, 16.2, 16.0), 2.0, 10, 26, _CANAL),
    Size("pedicle_width", "pedicle_width_mm", "width of the pedicle at its isthmus", "mm",
         (7.8, 7.8, 8.1, 8.9, 10.3), 1.5, 4.5, 18, _PEDICLE),
    Size("pedicle_height", "pedicle_height_mm", "height of the pedicle at its isthmus", "mm",
         (16.0, 15.8, 15.4, 15.0, 14.9), 1.5, 9, 24, _ZINDRICK),
    Size("pedicle_medial_deg", "pedicle_medial_deg", "angle by which the pedicle points inwards", "deg",
         (1.2, -4.2, 10.9, 12.0, 14.4), 5.0, -15, 35, _ZINDRICK),
    Size("pedicle_cranial_deg", "pedicle_cranial_deg", "angle by which the pedicle points up", "deg",
         (15.0, 11.6, 2.4, 1.8, 0.2), 5.0, -10, 30, _ZINDRICK),
    Size("transverse_span", "transverse_span_mm", "distance of the tips of the transverse processes", "mm",
         (52.0, 47.0, 71.2, 76.1, 85.7), 6.0, 34, 112, _PANJABI),
    Size("spinous_back", "spinous_tip_behind_mm", "spinous tip behind the centre of the body", "mm",
         (59.7, 58.6, 65.5, 69.0, 70.0), 4.0, 40, 92, _LOOK),
    Size("spinous_down", "spinous_tip_below_mm", "middle of the spinous edge below the centre of the body", "mm",
         (21.0, 14.0, 11.8, 10.2, 10.2), 4.0, 0, 34, _LOOK),
    Size("spinous_height", "spinous_height_mm", "height of the free edge of the spinous process", "mm",
         (12.5, 16.5, 19.5, 22.5, 22.5), 3.0, 8, 34, _LOOK),
    Size("facet_up_deg", "upper_facet_deg", "upper facets from the midsagittal plane", "deg",
         (65.0, 65.0, 28.0, 29.0, 31.0), 8.0, 10, 80, _FACET),
    Size("facet_low_deg", "lower_facet_deg", "lower facets from the midsagittal plane", "deg",
         (62.0, 28.0, 28.0, 31.0, 37.0), 8.0, 10, 80, _FACET),
    Size("lip", "rim_lip_mm", "how far the rims of the end plates stand out as a lip", "mm",
         (0.75, 0.75, 0.75, 0.75, 0.75), 0.5, 0, 4, _LOOK),
)
# fmt: on

BY_FIELD = {size.field: size for size in SIZES}

# Wedge of the body in degrees, positive when the front is lower: Masharawi et al., Eur Spine J 2010;19:768, table 1.
WEDGE_OF_WOMEN = (4.6, 3.5, 2.6, 0.7, -1.1)
WEDGE_OF_MEN = (5.4, 4.9, 4.1, 2.6, 1.3)
WEDGE_SOURCE = "Masharawi et al., Eur Spine J 2010;19:768, table 1"

# Middle height and opening angle of the disc below T11, T12, L1, L2.
DISC_HEIGHTS = (6.2, 7.4, 9.2, 10.4)
DISC_LORDOSIS = (-1.0, 1.0, 4.0, 6.0)
DISC_RANGES = {"height_mm": (3.0, 18.0), "lordosis_deg": (-8.0, 20.0)}  # what a person's file may say
DISC_SOURCE = (
    "Lumbar discs: MRI of healthy adults, front 10.8, middle 10.0, back 7.3 mm at L1/2 (Anatomical Sciences Journal), "
    "lower with age (Nepalese MRI, 7.9 mm); thoracolumbar discs nearly parallel, 5.5 to 6.5 mm, by convention."
)
