"""Schematic figures at true scale round the operative site: patient, table, C-arm, mixing bowl.

Patient axes with the first lumbar vertebra as origin. The patient lies prone, so the room's up is +y; for the standing
figure up is +z. All solids are closed; heavier ones are made once, when first asked for.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from kyphoviz.anatomy.mesh import Mesh, joined
from kyphoviz.site.c_arm import SOURCE_TO_DETECTOR_MM, SOURCE_TO_ISOCENTRE_MM
from kyphoviz.site.sweep import box, lathe, lathe_ring, loft, sweep

C_ARM_PARTS = ("arc", "tube", "detector", "cart")
BOWL_PARTS = ("bowl", "cement", "spatula", "sachet", "ampoule")

TABLE_TOP_Y_MM = -205.0  # the belly hangs free between the bolsters
FLOOR_Y_MM = -1060.0


@cache
def table() -> Mesh:
    """The radiolucent table top with two bolsters across it, under chest and pelvis."""
    top = box((-265, TABLE_TOP_Y_MM - 45, -1020), (265, TABLE_TOP_Y_MM - 5, 760), 18.0)
    pad = box((-250, TABLE_TOP_Y_MM - 8, -1005), (250, TABLE_TOP_Y_MM + 22, 745), 14.0)
    return joined([top, pad, _bolster(205.0, 62.0), _bolster(-175.0, 58.0)])


def _bolster(z: float, radius: float) -> Mesh:
    share = np.array([-1.0, -0.985, -0.94, -0.5, 0.0, 0.5, 0.94, 0.985, 1.0])
    size = radius * np.array([0.55, 0.82, 1.0, 1.0, 1.0, 1.0, 1.0, 0.82, 0.55])
    middle = TABLE_TOP_Y_MM + 18 + 0.8 * radius
    path = np.column_stack([215 * share, np.full(9, middle), np.full(9, z)])
    return sweep(path, np.column_stack([0.8 * size, 1.15 * size]), across=(0.0, 1.0, 0.0), around=24, power=2.3)


ARC_RADIUS_MM = 745.0  # of the middle of the C
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
    a = np.radians(np.linspace(278.0, 82.0, 41))
    path = np.column_stack([ARC_RADIUS_MM * np.cos(a), ARC_RADIUS_MM * np.sin(a), np.zeros(41)])
    size = np.column_stack([np.full(41, 52.0), np.full(41, 42.0)])
    size[[0, -1]] *= 0.8
    rail = sweep(path * 1.062, np.column_stack([np.full(41, 26.0), np.full(41, 9.0)]), (0.0, 0.0, 1.0), 8, 5.0)
    return joined([sweep(path, size, (0.0, 0.0, 1.0), 16, 5.0), rail])


def _standing(mesh: Mesh, y: float, points_up: bool) -> Mesh:
    """A solid turned about z laid along y: its z runs towards the isocentre from a place on the beam."""
    p, n = (np.stack([a[:, 0], a[:, 2] if points_up else -a[:, 2], -a[:, 1] if points_up else a[:, 1]], axis=1)
            for a in (mesh.points, mesh.normals))
    return Mesh(p + np.array([0, y, 0], np.float32), mesh.triangles, n)


def _tube_housing() -> Mesh:
    """A lying drum about the focal spot and a collimator towards the patient."""
    drum = [(-150.0, 0.0), (-150.0, 78.0, 26.0), (150.0, 78.0, 26.0), (150.0, 0.0)]
    collimator = lathe([(0.0, 0.0), (40.0, 82.0), (120.0, 78.0, 8.0), (122.0, 60.0), (150.0, 54.0, 4.0), (150.0, 0.0)], 24)
    mount = box((-60, -ARC_RADIUS_MM, -50), (60, -SOURCE_TO_ISOCENTRE_MM - 30, 50), 20.0)
    along_z = lathe([(z, *r) for z, *r in drum], 28)  # type: ignore[misc]
    lying = Mesh(along_z.points - np.array([0, SOURCE_TO_ISOCENTRE_MM + 12, 0], np.float32), along_z.triangles, along_z.normals)
    return joined([lying, _standing(collimator, -SOURCE_TO_ISOCENTRE_MM, points_up=True), mount])


def _detector() -> Mesh:
    """An image intensifier: its entrance towards the patient, its neck held by the arc."""
    face = SOURCE_TO_DETECTOR_MM - SOURCE_TO_ISOCENTRE_MM
    back = face - ARC_RADIUS_MM
    outline = [
        (0.0, 0.0), (0.0, 128.0), (-12.0, 146.0, 6.0), (-120.0, 146.0, 14.0), (-200.0, 104.0, 20.0),
        (-270.0, 96.0, 10.0), (back, 90.0), (back, 0.0),
    ]  # fmt: skip
    return _standing(lathe(outline, 32), face, points_up=False)


def _cart() -> Mesh:
    """Holder, arm and column on a base with four wheels, at the patient's right."""
    a = np.radians(_HOLDER_DEG)
    hold = 1.085 * ARC_RADIUS_MM * np.array([np.cos(a), np.sin(a), 0.0])
    elbow = hold + np.array([-190.0, -45.0, 0.0])
    floor = FLOOR_Y_MM
    clamp = sweep([hold * 0.94, hold * 0.955, hold * 1.06, hold * 1.075], [[70, 60], [86, 72], [86, 72], [70, 60]], (0, 0, 1), 16, 5.0)
    arm = sweep([hold * 1.03, (hold + elbow) / 2 - (0, 22, 0), elbow], [[44, 44], [44, 40], [50, 46]], (0, 0, 1), 14, 3.5)
    column = box((elbow[0] - 120, floor + 190, -95), (elbow[0] + 60, elbow[1] + 120, 95), 32.0)
    cabinet = box((elbow[0] - 250, floor + 70, -180), (elbow[0] + 75, floor + 330, 180), 40.0)
    legs = [box((elbow[0] - 230, floor + 55, z - 36), (elbow[0] + 420, floor + 115, z + 36), 20.0) for z in (-175.0, 175.0)]
    wheels = [_wheel(x, z) for x in (elbow[0] - 190, elbow[0] + 370) for z in (-175.0, 175.0)]
    grip = sweep([(elbow[0] - 128, elbow[1] + 60, z) for z in (-120, -112, 0, 112, 120)], [[8, 8], [13, 13], [13, 13], [13, 13], [8, 8]], (1, 0, 0), 10)
    return joined([clamp, arm, column, cabinet, *legs, *wheels, grip])


def _wheel(x: float, z: float) -> Mesh:
    tyre = lathe([(-18.0, 0.0), (-18.0, 42.0, 10.0), (18.0, 42.0, 10.0), (18.0, 0.0)], 18)
    return Mesh(tyre.points + np.array([x, FLOOR_Y_MM + 42.0, z], np.float32), tyre.triangles, tyre.normals)


_BOWL_AT = np.array([430.0, -60.0, 40.0], np.float32)


@cache
def bowl() -> tuple[Mesh, ...]:
    """Mixing bowl, cement in it, spatula, powder sachet and ampoule (`BOWL_PARTS`), upright with +y up."""
    wall = [
        (0.0, 20.0), (0.0, 27.0), (3.0, 29.0, 1.0), (14.0, 43.0), (34.0, 54.0), (44.0, 57.0, 1.5), (44.5, 60.5, 0.6),
        (47.0, 60.5, 0.6), (47.0, 55.5, 1.0), (34.0, 50.0), (14.0, 39.0), (5.5, 24.0), (4.0, 0.5, 0),
    ]  # fmt: skip
    parts = (_bowl_wall(wall), _mound(), _spatula(), _sachet(), _ampoule())
    return tuple(Mesh(m.points + _BOWL_AT, m.triangles, m.normals) for m in parts)


def _bowl_wall(corners: list[tuple[float, ...]]) -> Mesh:
    outline = [(0.0, 0.5, 0.0), *corners]
    return _upright(lathe_ring(outline, 36))  # type: ignore[arg-type]


def _upright(mesh: Mesh) -> Mesh:
    """A solid turned about z set with its z towards +y."""
    p, n = (np.stack([a[:, 0], a[:, 2], -a[:, 1]], axis=1) for a in (mesh.points, mesh.normals))
    return Mesh(p, mesh.triangles, n)


def _mound() -> Mesh:
    """Doughy cement at the bottom of the bowl."""
    share = np.array([1.0, 1.0, 0.93, 0.8, 0.62, 0.42, 0.2])
    height = np.array([6.5, 12.0, 17.0, 20.0, 22.5, 25.5, 27.5])
    a = np.linspace(0, 2 * np.pi, 28, endpoint=False)
    r = 31.0 * share[:, None] * (1 + 0.05 * np.sin(3 * a + 4 * share[:, None]) + 0.03 * np.sin(7 * a))
    r[0] = 24.0
    y = height[:, None] + 1.4 * np.sin(4 * a + 6 * share[:, None]) * (share[:, None] < 1)
    return loft(np.stack([r * np.cos(a), y, r * np.sin(a)], axis=-1))


def _spatula() -> Mesh:
    """A flat blade in the cement, its handle leaning on the rim."""
    path = np.array([(-14, 15, 4), (-8, 20, 4), (6, 31, 2), (20, 42, 0), (30, 50, -1), (38, 56, -2), (96, 101, -10), (100, 104, -10.5)], float)
    size = [[5, 0.6], [9, 0.8], [10, 0.9], [9, 1.0], [4.5, 1.8], [4.0, 2.6], [5.5, 3.2], [3.5, 1.8]]
    return sweep(path, size, across=(0.0, 0.0, 1.0), around=12, power=2.6)


def _sachet() -> Mesh:
    """A filled powder bag lying beside the bowl, with flat sealed edges."""
    x = np.array([-52.0, -51.5, -44.0, -43.0, -30.0, -10.0, 12.0, 32.0, 43.0, 44.0, 51.5, 52.0])
    thick = np.array([0.3, 0.6, 0.7, 2.5, 7.5, 9.5, 9.0, 7.0, 2.5, 0.7, 0.6, 0.3])
    wide = np.array([34.0, 35.0, 35.0, 34.5, 33.5, 33.0, 33.0, 33.5, 34.5, 35.0, 35.0, 34.0])
    path = np.column_stack([x + 5.0, thick * 0.9, np.zeros(12)])
    bag = sweep(path, np.column_stack([wide, thick]), across=(0.0, 0.0, 1.0), around=20, power=2.4)
    turn = _about_y(35.0)
    return Mesh(bag.points @ turn.T + np.array([-20, 0, 112], np.float32), bag.triangles, bag.normals @ turn.T)


def _ampoule() -> Mesh:
    """A glass ampoule of the liquid, upright."""
    outline = [
        (0.0, 0.0), (0.0, 10.5, 2.0), (40.0, 10.5, 4.0), (47.0, 4.2, 2.5), (52.0, 4.0), (57.0, 6.0, 2.0), (76.0, 4.2, 2.0), (80.0, 2.5), (80.0, 0.0),
    ]  # fmt: skip
    glass = _upright(lathe(outline, 22))
    return Mesh(glass.points + np.array([78, 0, 62], np.float32), glass.triangles, glass.normals)


def _about_y(degrees: float) -> NDArray[np.float32]:
    a = np.radians(degrees)
    return np.array([[np.cos(a), 0, np.sin(a)], [0, 1, 0], [-np.sin(a), 0, np.cos(a)]], np.float32)
