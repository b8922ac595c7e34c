"""Sizes of the generated bones beside published ones: a check by eye and by number that they are vertebrae."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kyphoviz.anatomy.assets import RestBone
from kyphoviz.anatomy.mesh import Floats
from kyphoviz.anatomy.profile import midline_profile
from kyphoviz.anatomy.published import BY_FIELD, Size

# Which published size a measured one is held against.
_PUBLISHED = {
    "width upper": "width_up",
    "width waist": "waist_width",
    "width lower": "width_low",
    "depth upper": "depth_up",
    "depth lower": "depth_low",
    "height anterior": "height_front",
    "height posterior": "height_back",
    "canal width": "canal_width",
    "pedicle width": "pedicle_width",
    "pedicle height": "pedicle_height",
    "transverse span": "transverse_span",
}
# Depth of the canal as dried bones are measured: Panjabi et al., Spine 1991;16:888 and 1992;17:299, as quoted.
_CANAL_DEPTH = Size(
    "", "", "", "mm", (16.0, 18.1, 19.0, 18.2, 17.5), 2.0, 0, 0, "Panjabi et al., Spine 1991;16:888 and 1992;17:299"
)


@dataclass(frozen=True, slots=True)
class Measure:
    """One size of one generated bone; `mean` and `spread` (one standard deviation) where something is published."""

    level: str
    name: str
    value: float
    unit: str = "mm"
    mean: float | None = None
    spread: float | None = None
    source: str = ""

    @property
    def is_usual(self) -> bool:
        """Whether it lies within two standard deviations, or nothing is published to compare it with."""
        return self.mean is None or self.spread is None or abs(self.value - self.mean) <= 2 * self.spread


def measures(bone: RestBone) -> tuple[Measure, ...]:
    """The sizes of one bone, measured on its surface and its distance grid."""
    marks, sizes = bone.landmarks, {**_body_sizes(bone), **_arch_sizes(bone)}
    rows = [_row(bone.level, name, value) for name, value in sizes.items()]
    rows.append(Measure(bone.level, "volume", round(bone.outer.volume_mm3 / 1000, 1), "cm3"))
    rows.append(Measure(bone.level, "marrow of the body", round(marks.marrow_volume_mm3 / 1000, 1), "mL"))
    return tuple(rows)


def table(rows: Sequence[Measure]) -> str:
    """Lines to print: level, name, value, and the published mean with its spread."""
    lines = [f"{'level':6}{'size':22}{'here':>8}  published mean +- SD"]
    for row in rows:
        beside = "" if row.mean is None else f"{row.mean:.1f} +- {row.spread:.1f}{'' if row.is_usual else ' (!)'}"
        lines.append(f"{row.level:6}{row.name:22}{row.value:8.1f}  {row.unit:4} {beside}".rstrip())
    return "\n".join(lines)


def _row(level: str, name: str, value: float) -> Measure:
    size = _CANAL_DEPTH if name == "canal depth" else BY_FIELD.get(_PUBLISHED.get(name, ""))
    if size is None:
        return Measure(level, name, round(value, 1))
    return Measure(level, name, round(value, 1), "mm", size.mean(level), size.spread, size.source)


def _body_sizes(bone: RestBone) -> dict[str, float]:
    profile, height = midline_profile(bone.outer, bone.shape.back), bone.shape.height
    body = bone.outer.points[bone.outer.points[:, 1] < 0.6 * bone.shape.back]
    return {
        "width upper": _width(body[body[:, 2] > 0.2 * height]),
        "width waist": _width(body[np.abs(body[:, 2]) < 0.08 * height]),
        "width lower": _width(body[body[:, 2] < -0.2 * height]),
        "depth upper": profile.depth_upper_mm,
        "depth lower": profile.depth_lower_mm,
        "height anterior": profile.anterior_mm,
        "height middle": profile.middle_mm,
        "height posterior": profile.posterior_mm,
    }


def _arch_sizes(bone: RestBone) -> dict[str, float]:
    left, right = bone.landmarks.pedicle_left, bone.landmarks.pedicle_right
    width = _free(bone, 0, left.centre[2]) + _free(bone, 0, left.centre[2], -1)
    depth = _free(bone, 1, -0.2 * bone.shape.height) + _free(bone, 1, -0.2 * bone.shape.height, -1)
    return {
        "canal width": width,
        "canal depth": depth,
        "pedicle width": left.half_width_mm + right.half_width_mm,
        "pedicle height": left.half_height_mm + right.half_height_mm,
        "transverse span": _width(bone.outer.points),
        "spinous tip behind": float(bone.outer.points[:, 1].max()),
    }


def _free(bone: RestBone, axis: int, z: float, sign: int = 1) -> float:
    """How far one can go from the middle of the canal before bone begins."""
    upper, lower = bone.landmarks.canal_upper, bone.landmarks.canal_lower
    share = (z - lower[2]) / (upper[2] - lower[2])
    start = np.array([0.0, lower[1] + share * (upper[1] - lower[1]), z])
    away = np.arange(0.0, 20.0, 0.05)
    path = start + sign * away[:, None] * np.eye(3)[axis]
    return float(away[(bone.distance.at(path) < 0).argmax()])


def _width(points: Floats) -> float:
    return float(np.ptp(points[:, 0]))
