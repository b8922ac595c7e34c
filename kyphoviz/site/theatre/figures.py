"""Schematic figures at true scale round the operative site: patient, table, C-arm, mixing bowl.

Patient axes with the first lumbar vertebra as origin. The patient lies prone, so the room's up is +y; for the standing
figure up is +z. All solids are closed; heavier ones are made once, when first asked for.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from kyphoviz.anatomy.mesh import Mesh, joined
from kyphoviz.site.role import Role
from kyphoviz.site.sweep import Outline, box, lathe, lathe_ring, loft, sweep
from kyphoviz.site.xray.c_arm import SOURCE_TO_DETECTOR_MM, SOURCE_TO_ISOCENTRE_MM

C_ARM_PARTS = {
    "arc": Role.C_ARM,
    "tube": Role.C_ARM_TUBE,
    "detector": Role.C_ARM_DETECTOR,
    "cart": Role.C_ARM_CART,
}
BOWL_PARTS = {
    "bowl": Role.BOWL,
    "cement": Role.BOWL_CEMENT,
    "spatula": Role.BOWL_TOOL,
    "sachet": Role.BOWL_SACHET,
    "ampoule": Role.BOWL_AMPOULE,
    "tray": Role.BOWL_TOOL,
}

TABLE_TOP_Y_MM = -205.0  # the belly hangs free between the bolsters
FLOOR_Y_MM = -1060.0


@cache
def table() -> Mesh:
    """The radiolucent table top with bolsters across it under chest and pelvis, and cushions for face and shins."""
    y = TABLE_TOP_Y_MM
    top = box((-265, y - 45, -1020), (265, y - 5, 760), 18.0)
    pad = box((-250, y - 8, -1005), (250, y + 22, 745), 14.0)
    face = box((-105, y + 15, 415), (105, y + 98, 575), 26.0)
    shins = box((-200, y + 15, -880), (200, y + 84, -700), 30.0)
    return joined([top, pad, face, shins, _bolster(205.0, 62.0), _bolster(-175.0, 58.0)])


def _bolster(z: float, radius: float) -> Mesh:
    share = np.array([-1.0, -0.985, -0.94, -0.5, 0.0, 0.5, 0.94, 0.985, 1.0])
    size = radius * np.array([0.55, 0.82, 1.0, 1.0, 1.0, 1.0, 1.0, 0.82, 0.55])
    middle = TABLE_TOP_Y_MM + 18 + 0.8 * radius
    path = np.column_stack([215 * share, np.full(9, middle), np.full(9, z)])
    return sweep(path, np.column_stack([0.8 * size, 1.15 * size]), across=(0.0, 1.0, 0.0), around=24, power=2.3)


ARC_RADIUS_MM = 745.0  # of the middle of the C
_Z = (0.0, 0.0, 1.0)
_HOLDER_DEG = 225.0  # where the cart holds the C, from the patient's left over the back


def c_arm_figure(turn_deg: float) -> tuple[Mesh, ...]:
    """The C-arm round the origin as its isocentre: arc, tube housing, detector, cart (`C_ARM_PARTS`).

    Args:
        turn_deg: orbit about the patient's long axis, 0 to 90: 0 has the tube in front of the patient (under the
            table), 90 at the patient's left.
    """
    arc, tube, detector, cart = _c_arm_at_rest()
    a = np.radians(turn_deg)
    turn = np.eye(4)
    turn[:2, :2] = [[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]]
    return (arc.moved(turn), tube.moved(turn), detector.moved(turn), cart)


@cache
def _c_arm_at_rest() -> tuple[Mesh, Mesh, Mesh, Mesh]:
    return (_arc(), _tube_housing(), _detector(), _cart())


def _arc() -> Mesh:
    """From the tube in front over the patient's right to the detector behind."""
    a = np.radians(np.linspace(279.0, 81.0, 29))
    path = np.column_stack([ARC_RADIUS_MM * np.cos(a), ARC_RADIUS_MM * np.sin(a), np.zeros(29)])
    return sweep(path, (50.0, 42.0), _Z, 10, 4.0)


def _standing(mesh: Mesh, y: float, points_up: bool) -> Mesh:
    """A solid turned about z, set on the beam with its z towards the patient's back or front."""
    if points_up:
        return _shifted(_upright(mesh), (0.0, y, 0.0))
    p, n = (np.stack([a[:, 0], -a[:, 2], a[:, 1]], axis=1) for a in (mesh.points, mesh.normals))
    return _shifted(Mesh(p, mesh.triangles, n), (0.0, y, 0.0))


def _tube_housing() -> Mesh:
    """A lying drum about the focal spot and a collimator towards the patient."""
    drum = lathe([(-150.0, 0.0), (-150.0, 78.0, 26.0), (150.0, 78.0, 26.0), (150.0, 0.0)], 20)
    snout = lathe([(40.0, 80.0), (118.0, 76.0, 8.0), (122.0, 58.0, 0), (150.0, 54.0), (150.0, 0.0)], 20)
    mount = box((-60, -ARC_RADIUS_MM, -50), (60, -SOURCE_TO_ISOCENTRE_MM - 30, 50), 20.0, around=12)
    lying = _shifted(drum, (0.0, -SOURCE_TO_ISOCENTRE_MM - 12, 0.0))
    return joined([lying, _standing(snout, -SOURCE_TO_ISOCENTRE_MM, points_up=True), mount])


def _detector() -> Mesh:
    """An image intensifier: its entrance towards the patient, its neck held by the arc."""
    face = SOURCE_TO_DETECTOR_MM - SOURCE_TO_ISOCENTRE_MM
    back = ARC_RADIUS_MM - 32.0 - face
    drum: Outline = [(0, 0), (0, 128), (-12, 146, 6), (-120, 146, 14), (-200, 104, 20)]
    neck: Outline = [(-270, 96, 0), (-back, 90), (-back, 0)]
    return _standing(lathe([*drum, *neck], 22), face, points_up=False)


def _cart() -> Mesh:
    """Holder, arm and column on a base with four wheels, at the patient's right."""
    a = np.radians(_HOLDER_DEG)
    hold = 1.085 * ARC_RADIUS_MM * np.array([np.cos(a), np.sin(a), 0.0])
    elbow = hold + np.array([-190.0, -45.0, 0.0])
    x, floor = float(elbow[0]), FLOOR_Y_MM
    through = hold * np.array([[0.94], [0.955], [1.06], [1.075]])
    clamp = sweep(through, [[70, 60], [86, 72], [86, 72], [70, 60]], _Z, 12, 5.0)
    arm = sweep([hold * 1.03, (hold + elbow) / 2 - (0, 22, 0), elbow], [[44, 44], [44, 40], [50, 46]], _Z, 12, 3.5)
    column = box((x - 120, floor + 190, -95), (x + 60, elbow[1] + 120, 95), 32.0, around=12)
    cabinet = box((x - 250, floor + 70, -180), (x + 75, floor + 330, 180), 40.0, around=12)
    feet = [_foot(x, z) for z in (-175.0, 175.0)]
    return joined([clamp, arm, column, cabinet, *feet])


def _foot(x: float, z: float) -> Mesh:
    beam = box((x - 230, FLOOR_Y_MM + 55, z - 36), (x + 420, FLOOR_Y_MM + 115, z + 36), 20.0, around=12)
    return joined([beam, _wheel(x - 190, z), _wheel(x + 370, z)])


def _wheel(x: float, z: float) -> Mesh:
    return _shifted(lathe([(-18.0, 0.0), (-18.0, 42.0), (18.0, 42.0), (18.0, 0.0)], 12), (x, FLOOR_Y_MM + 42.0, z))


def _shifted(mesh: Mesh, by: tuple[float, float, float]) -> Mesh:
    return Mesh(mesh.points + np.array(by, np.float32), mesh.triangles, mesh.normals)


_BOWL_AT = (430.0, -60.0, 40.0)


@cache
def bowl() -> tuple[Mesh, ...]:
    """Mixing bowl, cement in it, spatula, powder sachet and ampoule on a tray (`BOWL_PARTS`), upright with +y up."""
    tray = box((-125, -9, -85), (130, -1.2, 185), 3.0)
    parts = (_bowl_wall(), _mound(), _spatula(), _sachet(), _ampoule(), tray)
    return tuple(_shifted(part, _BOWL_AT) for part in parts)


def _bowl_wall() -> Mesh:
    outside: Outline = [(0, 0.5, 0), (0, 27, 0), (4, 31), (14, 43), (30, 53), (44, 57, 0), (44.5, 60.5, 0), (47, 60.5)]
    inside: Outline = [(47, 55.5), (32, 49.5), (15, 39, 0), (7.5, 27, 0), (4.5, 13, 0), (4, 0.5, 0)]
    return _upright(lathe_ring([*outside, *inside], 36))


def _upright(mesh: Mesh) -> Mesh:
    """A solid turned about z set with its z towards +y."""
    p, n = (np.stack([a[:, 0], a[:, 2], -a[:, 1]], axis=1) for a in (mesh.points, mesh.normals))
    return Mesh(p, mesh.triangles, n)


def _mound() -> Mesh:
    """Doughy cement at the bottom of the bowl."""
    share = np.array([1.0, 1.0, 0.93, 0.8, 0.62, 0.42, 0.2])
    height = np.array([4.0, 11.0, 17.0, 20.0, 22.5, 25.5, 27.5])
    a = np.linspace(0, 2 * np.pi, 28, endpoint=False)
    r = 31.0 * share[:, None] * (1 + 0.05 * np.sin(3 * a + 4 * share[:, None]) + 0.03 * np.sin(7 * a))
    y = height[:, None] + 1.4 * np.sin(4 * a + 6 * share[:, None]) * (share[:, None] < 1)
    return loft(np.stack([r * np.cos(a), y, r * np.sin(a)], axis=-1))


def _spatula() -> Mesh:
    """A flat blade in the cement, its handle leaning on the rim."""
    blade = [(-14, 15, 4), (-8, 20, 4), (6, 31, 2), (20, 42, 0)]
    path = np.array([*blade, (30, 50, -1), (38, 56, -2), (96, 101, -10), (100, 104, -10.5)], float)
    size = [[5, 0.6], [9, 0.8], [10, 0.9], [9, 1.0], [4.5, 1.8], [4.0, 2.6], [5.5, 3.2], [3.5, 1.8]]
    return sweep(path, size, across=(0.0, 0.0, 1.0), around=12, power=2.6)


def _sachet() -> Mesh:
    """A filled powder bag lying beside the bowl, with flat sealed edges."""
    x = np.array([-52.0, -51.5, -44.0, -43.0, -30.0, -10.0, 12.0, 32.0, 43.0, 44.0, 51.5, 52.0])
    thick = np.array([0.3, 0.6, 0.7, 2.5, 7.5, 9.5, 9.0, 7.0, 2.5, 0.7, 0.6, 0.3])
    wide = np.array([34.0, 35.0, 35.0, 34.5, 33.5, 33.0, 33.0, 33.5, 34.5, 35.0, 35.0, 34.0])
    path = np.column_stack([x + 5.0, thick * 0.9, np.zeros(12)])
    bag = sweep(path, np.column_stack([wide, thick]), across=(0.0, 0.0, 1.0), around=16, power=2.4)
    return bag.moved(_about_y(35.0, (-20.0, 0.0, 112.0)))


def _ampoule() -> Mesh:
    """A glass ampoule of the liquid, upright."""
    body: Outline = [(0, 0), (0, 10.5, 2), (40, 10.5, 4), (47, 4.2, 2.5)]
    tip: Outline = [(52, 4), (57, 6, 2), (76, 4.2, 0), (80, 2.5), (80, 0)]
    return _shifted(_upright(lathe([*body, *tip], 16)), (78.0, 0.0, 62.0))


def _about_y(degrees: float, shift: tuple[float, float, float]) -> NDArray[np.float64]:
    a, pose = np.radians(degrees), np.eye(4)
    pose[[0, 0, 2, 2], [0, 2, 0, 2]] = np.cos(a), np.sin(a), -np.sin(a), np.cos(a)
    pose[:3, 3] = shift
    return pose
