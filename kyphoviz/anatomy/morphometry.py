"""What the sizes of a vertebra and of a disc are; the numbers are in `published` and `bone_sets`."""

from __future__ import annotations

from dataclasses import dataclass

from kyphoviz.anatomy.fields import Values


@dataclass(frozen=True, slots=True, kw_only=True)
class VertebraShape:
    """The sizes from which one vertebra is made, in millimetres and degrees, in its own frame.

    Heights and widths are those of the body; "up" and "low" are its upper and lower end plate. Facet angles count
    from the midsagittal plane (0 faces sideways, 90 faces back). `seed` fixes what makes this bone an individual.
    The last five are no sizes: `calibration` finds how far the rims must stand out, in height and in girth, for the
    rounded bone to measure what is written here, and how much to lean (mm per mm of depth) for its body to stand level.
    """

    level: str
    width_up: float
    width_low: float
    depth_up: float
    depth_low: float
    waist_width: float
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
    lip: float
    seed: int
    source: str
    rim_front: float = 0.95
    rim_back: float = 1.75
    girth: float = 1.0
    reach: float = 1.0
    lean: float = 0.0

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


@dataclass(frozen=True, slots=True)
class DiscShape:
    """A disc at rest: height in the middle, and the angle between its end plates (positive opens to the front)."""

    height_mm: float
    lordosis_deg: float
    source: str
