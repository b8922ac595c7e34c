"""The vertebral arch as an implicit field: everything behind the body, before the canal is carved.

Each part is a function of the sizes and the points. Left and right share |x|; the asymmetry of a real bone is put on
afterwards by warping the points. z offsets scale with the height of the body (`_h`), so a smaller bone is not stubbier.
"""

from __future__ import annotations

import numpy as np

from kyphoviz.anatomy.fields import Points, Triple, Values, blade, outline, rod, rounded, smooth_max, smooth_min
from kyphoviz.anatomy.morphometry import VertebraShape


def arch_field(s: VertebraShape, p: Points) -> Values:
    """Pedicles, laminae and all processes, blended as they grow out of each other."""
    half = (np.sqrt(p[0] ** 2 + 0.25), p[1], p[2])
    arch = smooth_min(lamina(s, half), pars(s, half), 5.0)
    arch = smooth_min(arch, inferior_process(s, half), 5.0)
    arch = smooth_min(arch, superior_process(s, half), 4.0)
    arch = smooth_min(arch, pedicle(s, half), 4.0)
    if s.is_lumbar:
        arch = smooth_min(arch, transverse_process(s, half), 6.0)
    else:
        arch = smooth_min(arch, thoracic_tubercles(s, half), 5.0)
    return smooth_min(arch, spinous_process(s, p), 7.0)


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
        return (0.575 * s.canal_width + 0.7, s.spinolaminar + 2.8, 10.9 * _h(s)), normal
    return (0.5 * s.canal_width, s.spinolaminar - 0.2, 11.4 * _h(s)), normal


def superior_process(s: VertebraShape, p: Points) -> Values:
    """An upright ear with a hollow joint face and, in the lumbar spine, the mamillary knob on its back edge."""
    face, normal = superior_facet(s)
    size = 1.0 if s.is_lumbar else 0.82
    px, py, pz = s.pedicle
    ear = blade(p, _behind(face, normal, 2.9), normal, (0, 0.12, 1), (3.1, 6.8 * size, 7.8 * _h(s) * size), 3.2, 2.3)
    stalk = rod(p, (px + 0.6, py + 3.5, pz), (face[0] + 2.6, face[1] - 2.6, face[2] - 3), 4.6, 4.0, (0.95, 1, 1))
    process = smooth_min(ear, stalk, 4.0)
    if not s.is_lumbar:
        return process
    scoop = 13 - np.hypot(p[0] - (face[0] + 12 * normal[0]), p[1] - (face[1] + 12 * normal[1]))
    process = smooth_max(process, scoop, 2.0)
    knob_up = (face[0] + 5.6, face[1] + 3.4, face[2] + 1.5)
    knob_low = (face[0] + 5.4, face[1] + 3.6, face[2] - 4.5)
    return smooth_min(process, rod(p, knob_up, knob_low, 3.3, 2.8), 5.0)


def inferior_facet(s: VertebraShape) -> tuple[Triple, Triple]:
    """(centre, unit normal) of the left lower joint face, which fits into the upper one of the next bone."""
    a = np.radians(s.facet_low_deg)
    centre = (0.575 * s.canal_width, s.spinolaminar + 3.2, -16.4 * _h(s))
    return centre, (float(np.cos(a)), -float(np.sin(a)), -0.1)


def inferior_process(s: VertebraShape, p: Points) -> Values:
    """A thick tongue that hangs from the lamina behind the joint below."""
    face, normal = inferior_facet(s)
    return blade(p, _behind(face, normal, 3.7), normal, (0.05, 0.1, 1), (3.7, 6.1, 7.8 * _h(s)), 3.4, 2.3)


def pars(s: VertebraShape, p: Points) -> Values:
    """The isthmus between the upper and the lower joint."""
    px, _, _ = s.pedicle
    face, _ = inferior_facet(s)
    start, end = (px - 2.2, s.spinolaminar - 0.5, 2.5), (face[0] - 2.6, s.spinolaminar + 2.2, -10.5 * _h(s))
    return rod(p, start, end, 3.8, 3.8, (0.98, 0.92, 1))


def lamina(s: VertebraShape, p: Points) -> Values:
    """A sloping plate from the isthmus to the midline."""
    centre = (6.4, s.spinolaminar + 1.4, -7.5 * _h(s))
    return blade(p, centre, (0.52, 0.8, 0.26), (0.28, -0.1, 1), (2.85, 9.6, 9.7 * _h(s)), 2.6)


def transverse_process(s: VertebraShape, p: Points) -> Values:
    """A flat wing that points sideways and a little back, blunt at its tip, with the accessory ridge at its root."""
    px, py, _ = s.pedicle
    tip = (0.5 * s.transverse_span - 2.0, py + 11.3, 3.6 * _h(s))
    near_tip = (tip[0] - 6, tip[1] - 1.6, tip[2] - 0.4)
    wing = rod(p, (px + 1.5, py + 4.5, 2.6 * _h(s)), tip, 2.7, 1.6, (1.0, 0.9, 1.95))
    wing = smooth_min(wing, rod(p, near_tip, tip, 1.5, 1.9, (1, 0.9, 1.75)), 3.0)
    ridge = rod(p, (px + 3.6, py + 6.4, 1.4), (px + 5.0, py + 8.4, -3.0), 2.2, 1.4)
    return smooth_min(wing, ridge, 4.5)


def thoracic_tubercles(s: VertebraShape, p: Points) -> Values:
    """The short lateral mass of T11 and T12: one stub, drawn out to an upper, a lateral and a lower tubercle."""
    px, py, _ = s.pedicle
    reach = 0.5 * s.transverse_span
    root = (px + 1.0, py + 4.0, 0.5)
    mass = rod(p, root, (reach - 4.2, py + 7.5, 1.0), 4.6, 3.4, (1.0, 0.9, 1.35))
    upper = rod(p, root, (reach - 4.4, py + 6.6, 5.6 * _h(s)), 3.6, 2.2)
    lower = rod(p, root, (reach - 6.2, py + 7.2, -7.2 * _h(s)), 3.6, 1.9)
    return smooth_min(smooth_min(mass, upper, 4.0), lower, 4.0)


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
