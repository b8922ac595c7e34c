"""The named parts of a vertebra, and which of them each place of its surface belongs to.

`PARTS[code]` is what a number in `Mesh.part` means. A place belongs to the primitive that lies nearest to it, so the
borders run where the processes grow out of each other.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kyphoviz.anatomy.arch import arch_parts, costal_facet, inferior_facet, superior_facet
from kyphoviz.anatomy.fields import Points, Triple, Values
from kyphoviz.anatomy.foramina import basivertebral_field, nutrient_field
from kyphoviz.anatomy.mesh import Floats, Mesh
from kyphoviz.anatomy.morphometry import VertebraShape
from kyphoviz.anatomy.vertebra import asymmetry, body_field, cross_section, end_plate_height

Codes = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class BonePart:
    """One part: its number in `Mesh.part`, its key, its side, and the label that names it."""

    code: int
    key: str
    side: str = ""  # "left", "right" or, in the midline, nothing
    label: str = ""

    @property
    def is_cartilage(self) -> bool:
        """Whether it is covered with cartilage in life: joint faces and end plates."""
        return self.key in ("upper_plate", "lower_plate", "superior_facet", "inferior_facet", "costal_facet")

    @property
    def is_enthesis(self) -> bool:
        """Whether ligaments and tendons pull there, which makes bone rough and yellower."""
        return self.key in ("spinous_process", "mamillary", "accessory", "costal_process")


_MIDLINE = (
    ("body", "body"),
    ("upper_plate", "upper_plate"),
    ("lower_plate", "lower_plate"),
    ("upper_rim", "upper_plate"),
    ("lower_rim", "lower_plate"),
    ("basivertebral_foramen", "body"),
    ("nutrient_foramen", "body"),
    ("spinous_process", "spinous_process"),
)
_PAIRED = (
    ("pedicle", "pedicle"),
    ("lamina", "lamina"),
    ("superior_articular", "superior_articular"),
    ("superior_facet", "superior_articular"),
    ("inferior_articular", "inferior_articular"),
    ("inferior_facet", "inferior_articular"),
    ("mamillary", "superior_articular"),
    ("accessory", "costal_process"),
    ("costal_process", "costal_process"),
    ("transverse_process", "transverse_process"),
    ("costal_facet", "pedicle"),
)
_SIDED = [(key, side, label) for key, label in _PAIRED for side in ("left", "right")]
PARTS: tuple[BonePart, ...] = (
    *(BonePart(code, key, label=label) for code, (key, label) in enumerate(_MIDLINE)),
    *(BonePart(code, *sided) for code, sided in enumerate(_SIDED, len(_MIDLINE))),
)

_CODE = {(part.key, part.side): part.code for part in PARTS}
_PLATE_MM = 2.2  # so near to an end plate the surface belongs to it or to its rim
SOFT_MM = 2.4  # about how wide the border of cartilage and tendons is
THIN = 0.5  # cartilage of the small facets for ribs shows the bone below it
_FACETS = {  # place and normal of the left joint face, its half size, and the processes that bear it
    "superior_facet": (superior_facet, 7.4, ("superior_articular", "mamillary")),
    "inferior_facet": (inferior_facet, 7.4, ("inferior_articular", "lamina")),
    "costal_facet": (costal_facet, 4.6, ("costal_facet",)),
}


def codes_of(key: str, side: str) -> tuple[int, ...]:
    """The numbers of the parts that a key, or a label, names on that side or in the midline; none for other names."""
    return tuple(part.code for part in PARTS if key in (part.key, part.label) and part.side in ("", side))


def part_codes(s: VertebraShape, points: Floats) -> Codes:
    """The part of each point of the surface, shape (N,), in the bone's own frame at rest."""
    x, y, z = (np.asarray(points[:, k], np.float64) for k in range(3))
    p = asymmetry(s, (x, y, z))
    fields = [("body", body_field(s, p))] + [(name, field) for name, field, _ in arch_parts(s, p)]
    names = np.array([name for name, _ in fields])
    keys = names[np.argmin(np.stack([np.broadcast_to(field, x.shape) for _, field in fields]), axis=0)].astype("<U24")
    is_body = keys == "body"
    keys[is_body] = _places_of_body(s, tuple(c[is_body] for c in p))
    for name, (face, half_mm, bearers) in _FACETS.items():
        if name != "costal_facet" or not s.is_lumbar:
            keys[np.isin(keys, bearers) & _is_on_face(*face(s), half_mm, p)] = name
    return _coded(keys, p[0])


def cover_shares(mesh: Mesh, codes: Codes) -> Floats:
    """Shares (N, 2) of cartilage and of tendon that cover each point, softly: neither ends in a line on real bone."""
    kinds = np.array([(part.is_cartilage, part.is_enthesis) for part in PARTS], float)
    kinds[[part.key == "costal_facet" for part in PARTS], 0] = THIN
    edges = np.concatenate([mesh.triangles[:, [0, 1]], mesh.triangles[:, [1, 2]], mesh.triangles[:, [2, 0]]])
    a, b = edges.T
    length = np.linalg.norm(mesh.points[a] - mesh.points[b], axis=1).astype(float)
    shares, total = kinds[codes], np.bincount(a, 1 / length, len(codes))[:, None]
    for _ in range(max(3, round((SOFT_MM / float(length.mean())) ** 2))):
        mean = np.stack([np.bincount(a, shares[b, k] / length, len(codes)) for k in range(2)], axis=1) / total
        shares = 0.4 * shares + 0.6 * mean
    return shares.astype(np.float32)


def _coded(keys: NDArray[np.str_], x: Values) -> Codes:
    codes = np.zeros(len(keys), np.uint8)
    for key in np.unique(keys):
        here = keys == key
        if (key, "") in _CODE:
            codes[here] = _CODE[key, ""]
        else:
            codes[here] = np.where(x[here] > 0, _CODE[key, "left"], _CODE[key, "right"])
    return codes


def _places_of_body(s: VertebraShape, p: Points) -> NDArray[np.str_]:
    """Wall, end plates, their rims, and the holes for vessels."""
    x, y, z = p
    keys = np.full(len(x), "body", "<U24")
    for upper, name in ((True, "upper"), (False, "lower")):
        rho, _ = cross_section(s, x, y, 1.0 if upper else 0.0)
        near = np.abs(z - end_plate_height(s, x, y, upper)) < _PLATE_MM
        keys[near & (rho >= 0.86)] = f"{name}_rim"
        keys[near & (rho < 0.86)] = f"{name}_plate"
    keys[nutrient_field(s, p) < 0.35] = "nutrient_foramen"
    keys[basivertebral_field(s, p) < 0.5] = "basivertebral_foramen"
    return keys


def _is_on_face(face: Triple, normal: Triple, half_mm: float, p: Points) -> NDArray[np.bool_]:
    """Whether points lie on a joint face: near its plane, in its circle, on the side it looks to."""
    n = np.array(normal) / np.linalg.norm(normal)
    off = np.stack([np.abs(p[0]) - face[0], p[1] - face[1], p[2] - face[2]], axis=-1)
    along = off @ n
    across = np.linalg.norm(off - along[:, None] * n, axis=1)
    return np.asarray((along > -1.5) & (along < 4.0) & (across < half_mm))
