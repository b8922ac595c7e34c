"""The vertebral arch as an implicit field: everything behind the body, before the canal is carved.

Each part is a function of the sizes and the points. Left and right share |x|; the asymmetry of a real bone is put on
afterwards by warping the points. z offsets scale with the height of the body (`_h`), so a smaller bone is not stubbier.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from kyphoviz.anatomy.fields import Points, Triple, Values, blade, outline, rod, rounded, smooth_max, smooth_min
from kyphoviz.anatomy.morphometry import VertebraShape


def arch_field(s: VertebraShape, p: Points) -> Values:
    """Pedicles, laminae and all processes, blended as they grow out of each other."""
    arch = None
    for _, field, fillet_mm in arch_parts(s, p):
        arch = field if arch is None else smooth_min(arch, field, fillet_mm)
    return np.asarray(arch)


def arch_parts(s: VertebraShape, p: Points) -> Iterator[tuple[str, Values, float]]:
    """(name, field, fillet towards all before it) of every part behind the body; both sides share one field."""
    half = (np.sqrt(p[0] ** 2 + 0.25), p[1], p[2])
    yield "lamina", lamina(s, half), 5.0
    yield "lamina", pars(s, half), 5.0
    yield "inferior_articular", inferior_process(s, half), 5.0
    yield "superior_articular", superior_process(s, half), 4.0
    yield "pedicle", pedicle(s, half), 4.0
    if s.is_lumbar:
        yield "mamillary", mamillary_knob(s, half), 4.0
        yield "costal_process", transverse_process(s, half), 6.0
        yield "accessory", accessory_process(s, half), 3.5
    else:
        for name, field in thoracic_tubercles(s, half):
            yield name, field, 4.5
        yield "costal_facet", costal_seat(s, half), 3.2
    yield "spinous_process", spinous_process(s, p), 7.0


def pedicle(s: VertebraShape, p: Points) -> Values:
    """The bridge from the body to the arch, an upright oval that turns in by the pedicle's angle."""
    px, py, pz = s.pedicle
    turn = np.tan(np.radians(s.pedicle_medial_deg))
    radius = s.pedicle_width / 2
    start, end = (px - 7 * turn, s.back - 5, pz), (px + 6 * turn, py + 6, pz)
    return rod(p, start, end, radius, radius, (1.0, 1.0, 0.97 * s.pedicle_height / s.pedicle_width))


def superior_facet(s: VertebraShape) -> tuple[Triple, Triple]:
    """(centre, unit normal) of the left upper joint face: it looks inwards and back in the lumbar spine."""
    a = np.radians(s.facet_up_deg)
    normal = (-float(np.cos(a)), float(np.sin(a)), 0.26)
    if s.is_lumbar:
        return (0.575 * s.canal_width + 0.7, s.spinolaminar + 2.6, 11.3 * _h(s)), normal
    return (0.5 * s.canal_width, s.spinolaminar - 0.2, 11.4 * _h(s)), normal


def superior_process(s: VertebraShape, p: Points) -> Values:
    """An upright ear; its joint face is hollow in the lumbar spine and flat in the thoracic."""
    face, normal = superior_facet(s)
    size = 1.0 if s.is_lumbar else 0.82
    px, py, pz = s.pedicle
    ear = blade(p, _behind(face, normal, 2.9), normal, (0, 0.12, 1), (3.1, 6.6 * size, 8.3 * _h(s) * size), 3.2, 2.3)
    stalk = rod(p, (px + 0.6, py + 3.5, pz), (face[0] + 2.6, face[1] - 2.6, face[2] - 3), 4.6, 4.0, (0.95, 1, 1))
    process = smooth_min(ear, stalk, 4.0)
    if not s.is_lumbar:
        return process
    scoop = 13 - np.hypot(p[0] - (face[0] + 12 * normal[0]), p[1] - (face[1] + 12 * normal[1]))
    return smooth_max(process, scoop, 2.0)


def mamillary_knob(s: VertebraShape, p: Points) -> Values:
    """The rounded knob on the back edge of the upper process, where multifidus begins."""
    (x, y, z), _ = superior_facet(s)
    return rod(p, (x + 5.2, y + 3.9, z + 1.8), (x + 5.0, y + 3.8, z - 4.0), 3.0, 2.7)


def inferior_facet(s: VertebraShape) -> tuple[Triple, Triple]:
    """(centre, unit normal) of the left lower joint face, which fits into the upper one of the next bone."""
    a = np.radians(s.facet_low_deg)
    centre = (0.575 * s.canal_width, s.spinolaminar + 3.2, -16.4 * _h(s))
    return centre, (float(np.cos(a)), -float(np.sin(a)), -0.1)


def inferior_process(s: VertebraShape, p: Points) -> Values:
    """A thick tongue that hangs from the lamina behind the joint below."""
    face, normal = inferior_facet(s)
    return blade(p, _behind(face, normal, 3.7), normal, (0.05, 0.1, 1), (3.6, 5.9, 8.2 * _h(s)), 3.4, 2.3)


def pars(s: VertebraShape, p: Points) -> Values:
    """The isthmus between the upper and the lower joint."""
    px, _, _ = s.pedicle
    face, _ = inferior_facet(s)
    start, end = (px - 2.8, s.spinolaminar - 0.5, 2.5), (face[0] - 3.2, s.spinolaminar + 2.2, -10.5 * _h(s))
    return rod(p, start, end, 3.7, 3.6, (0.98, 0.92, 1))


def lamina(s: VertebraShape, p: Points) -> Values:
    """A sloping plate from the isthmus to the midline."""
    centre = (6.4, s.spinolaminar + 1.4, -7.5 * _h(s))
    return blade(p, centre, (0.52, 0.8, 0.26), (0.28, -0.1, 1), (2.85, 9.6, 9.7 * _h(s)), 2.6)


def transverse_process(s: VertebraShape, p: Points) -> Values:
    """A flat wing that points sideways and a little back, taller at its blunt tip than in its middle."""
    px, py, _ = s.pedicle
    tip = (0.5 * s.transverse_span - 2.0, py + 11.3, 3.6 * _h(s))
    near_tip = (tip[0] - 6, tip[1] - 1.6, tip[2] - 0.4)
    wing = rod(p, (px + 1.5, py + 4.5, 2.8 * _h(s)), tip, 2.6, 1.6, (1.0, 0.9, 1.95))
    return smooth_min(wing, rod(p, near_tip, tip, 1.5, 1.9, (1, 0.9, 1.95)), 3.0)


def accessory_process(s: VertebraShape, p: Points) -> Values:
    """The small point at the root of the wing, behind and below; a ridge joins it to the mamillary knob."""
    px, py, _ = s.pedicle
    return rod(p, (px + 4.0, py + 6.6, 1.2), (px + 5.4, py + 9.6, -2.8), 2.0, 0.9)


def thoracic_tubercles(s: VertebraShape, p: Points) -> Iterator[tuple[str, Values]]:
    """The short lateral mass of T11 and T12, drawn out to an upper, a lateral and a lower tubercle.

    At T12 all three stand apart; at T11 they are the corners of one stub that points back and sideways.
    """
    px, py, _ = s.pedicle
    reach, apart = 0.5 * s.transverse_span, (1.0 if s.level == "T12" else 0.55)
    root = (px + 0.6, py + 5.2, 0.5)
    yield "transverse_process", rod(p, root, (reach - 3.4, py + 8.0, 0.8), 4.0, 2.7, (1.0, 0.9, 1.25))
    yield "mamillary", rod(p, root, (reach - 4.2, py + 8.2, 7.4 * _h(s) * apart), 3.4, 2.2)
    yield "accessory", rod(p, root, (reach - 5.4, py + 8.8, -8.4 * _h(s) * apart), 3.4, 1.6)


def costal_facet(s: VertebraShape) -> tuple[Triple, Triple]:
    """(centre, unit normal) of the left facet for the head of the last ribs: on the pedicle's root, facing sideways."""
    px, _, pz = s.pedicle
    rise = 1.0 if s.level == "T11" else -0.5
    return (px + 0.5 * s.pedicle_width + 1.2, s.back + 0.2, pz - 2.0 + rise), (0.90, -0.36, 0.24)


def costal_seat(s: VertebraShape, p: Points) -> Values:
    """The slightly raised round seat that bears the costal facet, a little hollow in its middle."""
    face, normal = costal_facet(s)
    seat = blade(p, _behind(face, normal, 2.4), normal, (0, 0.1, 1), (2.4, 4.5, 5.0), 1.6, 2.0)
    hollow = 14.0 - np.sqrt(sum((p[i] - face[i] - 13.4 * normal[i]) ** 2 for i in range(3)))
    return smooth_max(seat, hollow, 1.0)


def spinous_process(s: VertebraShape, p: Points) -> Values:
    """A hatchet in the midline: thin in the middle, swollen along its free edge, drooping at the tip."""
    x, y, z = p
    flat = outline(y, z, rounded(_spinous_outline(s)))
    half = 0.5 * s.spinous_height
    edge = np.clip((y - (s.spinous_back - 11)) / 10, 0, 1)
    root = np.clip((s.spinolaminar + 9 - y) / 9, 0, 1)
    droop = np.clip((-s.spinous_down - z) / half, 0, 1)
    thick = 2.65 + 1.4 * edge**1.6 + 1.3 * root**1.5 + 0.5 * droop * edge
    return smooth_max(flat - 0.8, np.abs(x) - thick, 3.6)


def _spinous_outline(s: VertebraShape) -> list[tuple[float, float]]:
    """Corners (y, z) of the hatchet, from the root along the upper border and back along the lower one."""
    end, mid, half, root = s.spinous_back - 1.3, -s.spinous_down, 0.5 * s.spinous_height, s.spinolaminar
    upper = [(root - 0.5, 5.0), (root + 8, mid + 0.9 * half + 2.5), (end - 12, mid + 0.85 * half + 1.0)]
    edge = [(end - 4, mid + 0.92 * half), (end + 0.4, mid + 0.5 * half), (end + 0.8, mid - 0.40 * half)]
    tip = [(end - 2.6, mid - 0.92 * half), (end - 8, mid - 1.02 * half), (end - 15, mid - 0.80 * half)]
    return [*upper, *edge, *tip, (root + 9, mid - 0.45 * half - 1.0), (root + 2, -12.5 * _h(s))]


def _h(s: VertebraShape) -> float:
    return s.height / 23.0


def _behind(face: Triple, normal: Triple, depth_mm: float) -> Values:
    """The middle of a plate whose face has that centre and looks along that normal."""
    return np.subtract(face, np.multiply(depth_mm, normal))
