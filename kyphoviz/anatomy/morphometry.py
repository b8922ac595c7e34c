"""Published sizes of the vertebrae T11 to L3, of an older woman, and of the discs between them.

The typical patient of a kyphoplasty is a woman past seventy, so the rows are cadaver means of both sexes scaled by
0.97, with the wedge of women. Each row names where its numbers come from; values that a source gives only as a range
were set inside it.
"""

from __future__ import annotations

from dataclasses import dataclass

from kyphoviz.anatomy.fields import Values

THORACIC = (
    "End plates, heights, canal: means of Panjabi et al., Spine 1991;16:888, times 0.97; front height by the wedge of "
    "women in Masharawi et al., Eur Spine J 2010;19:768; pedicles: Zindrick et al., Spine 1987;12:160; facets: "
    "Masharawi et al., Spine 2004."
)
LUMBAR = (
    "End plates, heights, canal: means of Panjabi et al., Spine 1992;17:299, times 0.97; front height by the wedge of "
    "women in Masharawi et al., Eur Spine J 2010;19:768; pedicles: Zindrick et al., Spine 1987;12:160; facets: "
    "Masharawi et al., Spine 2004; dishes: Wang et al., Eur Spine J 2012;21:2316, shallower at L1."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class VertebraShape:
    """The sizes from which one vertebra is made, in millimetres and degrees, in its own frame.

    Heights and widths are those of the body; "up" and "low" are its upper and lower end plate. Facet angles count
    from the midsagittal plane (0 faces sideways, 90 faces back). `seed` fixes what makes this bone an individual;
    `rim_front` and `rim_back` are what the rims must stand out for the rounded bone to measure its heights.
    """

    level: str
    width_up: float
    width_low: float
    depth_up: float
    depth_low: float
    height_front: float
    height_back: float
    dish_up: float
    dish_low: float
    canal_width: float
    canal_depth: float
    pedicle_width: float
    pedicle_height: float
    pedicle_medial_deg: float
    pedicle_cranial_deg: float
    transverse_span: float
    spinous_back: float
    spinous_down: float
    spinous_height: float
    facet_up_deg: float
    facet_low_deg: float
    seed: int
    source: str
    rim_front: float
    rim_back: float

    @property
    def height(self) -> float:
        """Height of the body at its middle, without the dishes."""
        return 0.5 * (self.height_front + self.height_back)

    @property
    def height_middle(self) -> float:
        """Height at the middle with both dishes, as a radiograph shows it."""
        return self.height - self.dish_up - self.dish_low

    @property
    def depth(self) -> float:
        """Depth of the body from front to back, mean of both end plates."""
        return 0.5 * (self.depth_up + self.depth_low)

    @property
    def back(self) -> float:
        """y of the posterior wall at the waist."""
        return 0.465 * self.depth

    @property
    def spinolaminar(self) -> float:
        """y where the spinal canal ends and the laminae meet."""
        return self.back + self.canal_depth

    @property
    def pedicle(self) -> tuple[float, float, float]:
        """Centre of the left pedicle at its narrowest."""
        return (0.5 * (self.canal_width + self.pedicle_width), self.back + 7.0, 0.17 * self.height)

    @property
    def is_lumbar(self) -> bool:
        """Whether it bears long transverse processes instead of tubercles and stubs."""
        return self.level.startswith("L")

    def top(self, y: Values | float) -> Values | float:
        """Height above the origin of the upper end-plate plane, without its dish, at depth y; the lower is -top."""
        return 0.5 * self.height + 0.5 * (self.height_back - self.height_front) * y / self.depth


T11 = VertebraShape(
    level="T11", width_up=34, width_low=38, depth_up=30, depth_low=30, height_front=18.6, height_back=21.0,
    dish_up=0.8, dish_low=1.4, canal_width=18.5, canal_depth=15.5, pedicle_width=7.5, pedicle_height=15.5,
    pedicle_medial_deg=1, pedicle_cranial_deg=15, transverse_span=50, spinous_back=57, spinous_down=21,
    spinous_height=12, facet_up_deg=65, facet_low_deg=62, seed=5, rim_front=1.05, rim_back=2.15, source=THORACIC,
)  # fmt: skip
T12 = VertebraShape(
    level="T12", width_up=38, width_low=41, depth_up=31, depth_low=32, height_front=20.4, height_back=22.3,
    dish_up=0.8, dish_low=1.4, canal_width=21.0, canal_depth=16.5, pedicle_width=7.5, pedicle_height=15.5,
    pedicle_medial_deg=-3, pedicle_cranial_deg=11, transverse_span=47, spinous_back=56, spinous_down=14,
    spinous_height=16, facet_up_deg=65, facet_low_deg=28, seed=2, rim_front=0.95, rim_back=2.25, source=THORACIC,
)  # fmt: skip
L1 = VertebraShape(
    level="L1", width_up=40, width_low=42, depth_up=32.5, depth_low=33.5, height_front=22.0, height_back=23.5,
    dish_up=0.5, dish_low=0.75, canal_width=22.0, canal_depth=16.5, pedicle_width=7.5, pedicle_height=15.0,
    pedicle_medial_deg=9, pedicle_cranial_deg=3, transverse_span=70, spinous_back=63, spinous_down=13,
    spinous_height=19, facet_up_deg=28, facet_low_deg=28, seed=1, rim_front=0.95, rim_back=1.65, source=LUMBAR,
)  # fmt: skip
L2 = VertebraShape(
    level="L2", width_up=41.5, width_low=44, depth_up=33, depth_low=33.5, height_front=23.6, height_back=24.0,
    dish_up=1.0, dish_low=1.6, canal_width=22.5, canal_depth=16.0, pedicle_width=8.2, pedicle_height=14.7,
    pedicle_medial_deg=11, pedicle_cranial_deg=2, transverse_span=77, spinous_back=66, spinous_down=12,
    spinous_height=22, facet_up_deg=29, facet_low_deg=31, seed=3, rim_front=1.05, rim_back=1.85, source=LUMBAR,
)  # fmt: skip
L3 = VertebraShape(
    level="L3", width_up=43, width_low=46.5, depth_up=34, depth_low=34, height_front=24.7, height_back=24.0,
    dish_up=1.0, dish_low=1.6, canal_width=23.0, canal_depth=16.0, pedicle_width=9.7, pedicle_height=14.5,
    pedicle_medial_deg=14, pedicle_cranial_deg=0, transverse_span=86, spinous_back=67, spinous_down=11,
    spinous_height=23, facet_up_deg=31, facet_low_deg=37, seed=4, rim_front=0.85, rim_back=1.75, source=LUMBAR,
)  # fmt: skip

LEVELS = {shape.level: shape for shape in (T11, T12, L1, L2, L3)}


@dataclass(frozen=True, slots=True)
class DiscShape:
    """A disc at rest: height in the middle, and the angle between its end plates (positive opens to the front)."""

    height_mm: float
    lordosis_deg: float
    source: str


DISC_SOURCE = (
    "Lumbar discs: MRI of healthy adults, front 10.8, middle 10.0, back 7.3 mm at L1/2 (Anatomical Sciences Journal), "
    "lower with age (Nepalese MRI, 7.9 mm); thoracolumbar discs nearly parallel, 5.5 to 6.5 mm, by convention."
)
DISC_BELOW = {
    "T11": DiscShape(5.5, -1.0, DISC_SOURCE),
    "T12": DiscShape(6.5, 1.0, DISC_SOURCE),
    "L1": DiscShape(8.0, 4.0, DISC_SOURCE),
    "L2": DiscShape(9.0, 6.0, DISC_SOURCE),
}
