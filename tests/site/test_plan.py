"""The numbers of a case, read off its bone: stations, the room for balloon and cement, the middle of the beam."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from kyphoviz.anatomy.bones import shipped_bones
from kyphoviz.film import Film, open_film
from kyphoviz.procedure.easing import interpolated
from kyphoviz.procedure.plan import BodyRoom, NeedleAxis
from kyphoviz.scenario.load import find, load
from kyphoviz.scenario.model import TREATABLE_LEVELS, Case
from kyphoviz.site.anchors.bone_places import surface_hints
from kyphoviz.site.filling.balloon import CORTEX_FREE_MM
from kyphoviz.site.needles.approach import depth_fraction
from kyphoviz.site.operative_site import ISOCENTRE_MM
from kyphoviz.site.skin.openings import AROUND, Openings
from kyphoviz.site.spine.collapse import EDGE, USUAL, above_crack, crack, crushed

PROCEDURES = {"kyphoplasty": 10, "vertebroplasty": 13}


@pytest.fixture(scope="module", params=TREATABLE_LEVELS)
def film(request: pytest.FixtureRequest) -> Film:
    """A kyphoplasty of each level."""
    return open_film(load(find("kyphoplasty"), case=Case(level=request.param)), shipped_bones())


def share_at(film: Film, axis: NeedleAxis, station: str) -> float:
    """How far in the body a station lies: 0 at its front, 1 at its back."""
    bone = film.site.bones[film.plan.level]
    return depth_fraction(bone, axis.at(axis.station_mm(station))[1])


def test_tools_end_where_the_operation_wants_them(film: Film) -> None:
    """Cannula 2 to 3 mm past the wall, drill 3 to 5 mm short of the front, the wire well behind it."""
    for axis in film.plan.axes:
        front = axis.station_mm("anterior")
        assert 2.0 <= axis.station_mm("access") <= 3.0
        assert 3.0 <= front - axis.station_mm("drill") <= 5.0
        assert 7.0 <= front - axis.station_mm("wire") <= 9.0
        assert front - axis.station_mm("balloon") >= 3.0 - 1e-9
        assert 0.20 < share_at(film, axis, "fill") < 1 / 3
        assert 0.50 < share_at(film, axis, "fill_end") < 0.65
        assert axis.station_mm("wall") == 0.0
        assert axis.station_mm("skin") - axis.station_mm("parked") == pytest.approx(230.0)
        middle = axis.at(film.plan.balloon_center_depth_mm)[1]
        assert 0.35 < depth_fraction(film.site.bones[film.plan.level], middle) < 0.5
        nose = axis.station_mm("balloon") - film.plan.balloon_center_depth_mm - 0.5 * film.scenario.case.balloon_mm
        assert 0.0 < nose < 4.0


def test_a_cement_needle_ends_in_the_front_third() -> None:
    """And is drawn back by a twentieth of the body's depth at most."""
    film = open_film(load(find("vertebroplasty"), case=Case(procedure="vertebroplasty", gauge=13)), shipped_bones())
    for axis in film.plan.axes:
        assert 0.2 < share_at(film, axis, "fill") < share_at(film, axis, "fill_end") < 1 / 3 + 0.01


def test_what_was_passed_stays_close(film: Film) -> None:
    """The clearance to the canal never grows on the way in, and ends above a millimetre."""
    for axis in film.plan.axes:
        depths, clear = np.array(axis.canal_clearance).T
        assert np.diff(depths) == pytest.approx(1.0)
        assert (np.diff(clear) <= 0.0).all()
        assert depths[0] < axis.station_mm("skin") + 25.0
        assert axis.station_mm("anterior") - 1.0 <= depths[-1] < axis.station_mm("anterior")
        assert clear[-1] > 2.5


def gap_at(room: BodyRoom, volume_ml: float) -> float:
    """Between balloon and cortex."""
    return interpolated(room.balloon_gap, volume_ml)


def test_the_gap_round_the_balloon_closes_as_it_grows(film: Film) -> None:
    """At first half of what lies between the plates; it only falls, and at last closes evenly with the room left."""
    room = film.plan.room()
    volumes, gaps = np.array(room.balloon_gap).T
    most = room.inflation.cortex_ml
    between_mm = (gap_at(room, 0.0) + 0.4 * CORTEX_FREE_MM) / film.plan.intact.middle_mm

    assert 0.37 < between_mm < 0.45
    assert all(later <= sooner + 1e-12 for sooner, later in pairwise(gaps))
    assert (gaps[volumes >= most] == 0.0).all()
    last_ml, last_mm = volumes[volumes < most][-1], gaps[volumes < most][-1]
    assert 0.75 * most < last_ml
    assert last_mm == pytest.approx(0.6 * CORTEX_FREE_MM * (most - last_ml) / (0.25 * most), abs=1e-6)
    assert gaps[volumes <= 0.75 * most].min() >= 0.6 * CORTEX_FREE_MM - 1e-9


def test_packed_bone_is_lost_only_as_the_balloon_grows(film: Film) -> None:
    """From all of it, in the plan's own mass; a balloon presses together, and takes hardly any away."""
    volumes, masses = np.array(film.plan.room().packed_mass).T

    assert volumes[0] == 0.0
    assert volumes[-1] == pytest.approx(
        min(film.scenario.case.balloon_ml, film.plan.room().inflation.cortex_ml), abs=0.3
    )
    assert masses[0] == pytest.approx(film.plan.cancellous_mass_g)
    assert masses / masses[0] == pytest.approx(1.0, abs=0.05)


def test_the_beam_is_centred_on_the_body_with_its_pedicles(film: Film) -> None:
    """In the midline, at the height of the body, between its middle and its posterior wall."""
    wall = film.site.bones[film.plan.level].landmarks.posterior_wall

    assert ISOCENTRE_MM[0] == ISOCENTRE_MM[2] == 0.0
    assert 0.3 * wall[1] < ISOCENTRE_MM[1] < 0.6 * wall[1]


def test_each_pedicle_is_named_above_outside_and_below(film: Film) -> None:
    """Its places lie on the edges of its narrowest part, the same on both sides."""
    bone = film.site.bones[film.plan.level]
    hints = [hint for key, hint in surface_hints(bone) if key == "pedicle"]
    for pedicle, side in ((bone.landmarks.pedicle_left, 1.0), (bone.landmarks.pedicle_right, -1.0)):
        x, _, z = pedicle.centre
        outside, above, below = (hint for hint in hints if hint[0] * side > 0)
        assert outside[0] * side == pytest.approx(x * side + pedicle.half_width_mm)
        assert above[2] - z == pytest.approx(z - below[2]) == pytest.approx(pedicle.half_height_mm)


ENTRY = ((13.0, 17.0, 2.0), (-0.27, -0.94, -0.19))


def test_the_rings_round_a_cut_are_finer_the_nearer(film: Film) -> None:
    """Towards the lip each ring lies closer to the next, so that the edge is round and the skin around it lean."""
    openings = Openings((ENTRY,))
    rings = openings.points(0.0)[:-1].reshape(-1, AROUND, 3)
    middle = np.array(openings.entries_mm[0])
    out = np.hypot(rings[:, 0, 0] - middle[0], rings[:, 0, 2] - middle[2])
    radii = [openings.radius_mm, *out[out > 1e-6], 0.0]
    steps = [larger - smaller for larger, smaller in pairwise(radii)]

    assert len(steps) == 6
    assert steps == sorted(steps, reverse=True)
    assert steps[0] < 0.5 * openings.radius_mm


X, LEVELS = np.linspace(-200.0, 200.0, 4001), np.linspace(0.0, 1.0, 201)


def test_the_crack_is_ragged_by_a_twentieth_of_the_height(film: Film) -> None:
    """From side to side it strays 4.5 % of the height either way in front, half of that at the plate."""
    shape = film.site.bones[film.plan.level].shape
    front, plate = -0.5 * shape.depth, USUAL.crack_y * shape.depth
    for y, width in ((front, 0.09), (plate, 0.045)):
        found = np.ptp(above_crack(shape, USUAL, X, np.full_like(X, y), np.full_like(X, 0.5)))
        assert 0.95 * width < found <= width


def test_the_crack_runs_from_the_front_wall_to_the_plate(film: Film) -> None:
    """It meets the wall a little above the middle, leaves by the plate, and is as narrow as it is said to be."""
    shape = film.site.bones[film.plan.level].shape
    front, plate = -0.5 * shape.depth, USUAL.crack_y * shape.depth
    at_wall = above_crack(shape, USUAL, X, np.full_like(X, front), np.zeros_like(X)).mean()
    at_plate = above_crack(shape, USUAL, X, np.full_like(X, plate), np.zeros_like(X)).mean()
    dark = crack(shape, USUAL, np.zeros(201), np.full(201, front), LEVELS)

    assert 0.5 < -at_wall < 0.6
    assert -at_plate == pytest.approx(1.0 + USUAL.shelf, abs=0.002)
    assert dark.max() > 0.98
    assert 0.9 * 2 * EDGE < (dark > np.exp(-1.0)).mean() < 1.1 * 2 * EDGE
    assert crack(shape, USUAL, X, np.full_like(X, plate + 1.5), np.ones_like(X)).max() == 0.0


def test_crushing_goes_from_nothing_to_all_and_grows_as_told() -> None:
    """The share of the sinking is 0 at the plate that stays and 1 at the other; the slope is its derivative."""
    share, slope = crushed(USUAL, LEVELS)

    assert (share[0], share[-1]) == (pytest.approx(0.0), pytest.approx(1.0))
    assert np.gradient(share, LEVELS)[2:-2] == pytest.approx(slope[2:-2], abs=0.02)
    assert (slope[0], slope[-1]) == (pytest.approx(0.0), pytest.approx(0.0))
    assert (slope >= 0.0).all()


def test_every_named_place_lies_near_the_bone(film: Film) -> None:
    """Where a structure is looked for, there is bone within half a centimetre, on both sides."""
    for level, bone in film.site.bones.items():
        for key, hint in surface_hints(bone):
            assert np.linalg.norm(bone.outer.points - np.array(hint), axis=1).min() < 5.0, (level, key, hint)
