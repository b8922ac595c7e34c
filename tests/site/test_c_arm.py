"""The C-arm turns about its isocentre, and a picture tells how it stands."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kyphoviz.anatomy.assets import load_bone
from kyphoviz.choices import CArmTurn
from kyphoviz.film import Film
from kyphoviz.overlay.xray_words import load_xray_words
from kyphoviz.scenario.model import Case
from kyphoviz.site.operative_site import ISOCENTRE_MM
from kyphoviz.site.theatre.c_arm_figure import beam_shapes
from kyphoviz.site.xray.c_arm import SOURCE_TO_DETECTOR_MM, CArmPose
from kyphoviz.site.xray.c_arm_alignment import TRUE_WITHIN_DEG, AlignmentMarks, film_pose
from kyphoviz.site.xray.pointed import pointed_on
from tests.site.cases import film_of

LEVELS, VIEWS = ("T12", "L1", "L2"), ("ap", "lateral")
MARKS = {level: AlignmentMarks(load_bone(level)) for level in LEVELS}
angles = st.floats(-45.0, 45.0)


@given(st.sampled_from(VIEWS), angles, angles)
def test_the_isocentre_stays_in_the_middle(view: str, orbital_deg: float, angular_deg: float) -> None:
    """However it is turned: a metre from source to detector, and the isocentre in the middle of the picture."""
    seen = CArmPose(view, ISOCENTRE_MM, orbital_deg, angular_deg).projection
    beam = np.subtract(seen.detector_center_mm, seen.source_mm)

    assert np.linalg.norm(beam) == pytest.approx(SOURCE_TO_DETECTOR_MM)
    assert seen.pixel(ISOCENTRE_MM) == pytest.approx((256.0, 256.0), abs=1e-6)
    assert seen.magnification == pytest.approx(1000 / 620)
    assert [np.dot(a, b) for a, b in ((beam, seen.detector_right), (beam, seen.detector_up))] == pytest.approx(
        [0, 0], abs=1e-6
    )


@given(st.sampled_from(VIEWS), angles, angles, st.floats(0.0, 512.0), st.floats(0.0, 512.0), st.floats(300.0, 900.0))
def test_a_ray_lands_where_it_was_asked_for(
    view: str, orbital_deg: float, angular_deg: float, column: float, row: float, along_mm: float
) -> None:
    """Every place on the ray of a pixel is seen at that pixel; the marked stretch lies on it too."""
    seen = CArmPose(view, ISOCENTRE_MM, orbital_deg, angular_deg).projection
    source, way = seen.ray(column, row)
    pointed = pointed_on(seen, column, row)

    for place in (source + along_mm * way, pointed.start_mm, pointed.end_mm):
        assert seen.pixel(np.asarray(place)) == pytest.approx((column, row), abs=1e-6)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("level", LEVELS)
def test_the_film_has_true_views(level: str, view: str) -> None:
    """At every level the C-arm of the film stands true: the lower end plate is one line, all else within 3 degrees."""
    film = film_of(Case(level=level))
    seen = film.site.alignment(film.site.projection(view))

    assert seen.is_true
    assert abs(seen.tilt_deg) < 0.05
    assert max(abs(a[1] - b[1]) for a, b in zip(seen.near_rim, seen.far_rim, strict=True)) < 2.5 or view == "ap"


def test_the_ap_picture_is_not_turned_over() -> None:
    """The patient's left stays on image left, to the last digit."""
    film = film_of(Case())

    assert film.site.projection("ap").detector_right == (-1.0, 0.0, 0.0)


@settings(max_examples=40)
@given(st.sampled_from(LEVELS), st.sampled_from(VIEWS), st.floats(-35.0, 35.0), st.floats(-30.0, 30.0))
def test_what_is_seen_is_how_far_it_was_turned(level: str, view: str, orbital_deg: float, angular_deg: float) -> None:
    """What is told is what the scales of the C-arm count, on both sides."""
    start = film_pose(view, ISOCENTRE_MM, MARKS[level])
    seen = MARKS[level].seen(start.turned(orbital_deg, angular_deg).projection)

    assert seen.rotation_deg == pytest.approx(orbital_deg, abs=0.05)
    assert seen.tilt_deg == pytest.approx(angular_deg, abs=0.05)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("view", VIEWS)
def test_the_two_edges_of_the_plate_are_one_when_the_c_arm_stands_right(level: str, view: str) -> None:
    """Both run the same way over the plate, lie on each other in the film's own view and part when it is tilted."""
    pose = film_pose(view, ISOCENTRE_MM, MARKS[level])
    seen, tilted = (MARKS[level].seen(each.projection) for each in (pose, pose.turned(0.0, 12.0)))
    (near_a, near_b), (far_a, far_b) = seen.near_rim, seen.far_rim

    for near, far in ((near_a, far_a), (near_b, far_b)):
        assert near == pytest.approx(far, abs=12.0)
    assert abs(near_a[0] - near_b[0]) > 50.0
    assert abs(near_a[1] - near_b[1]) < 25.0
    assert abs(tilted.near_rim[0][1] - tilted.far_rim[0][1]) > 15.0


@settings(max_examples=30)
@given(st.sampled_from(VIEWS), st.floats(-25.0, 25.0), st.floats(-25.0, 25.0))
def test_who_does_what_is_said_comes_to_a_true_view(view: str, orbital_deg: float, angular_deg: float) -> None:
    """A few rounds of doing what the picture tells end in praise."""
    marks, pose = MARKS["L1"], film_pose(view, ISOCENTRE_MM, MARKS["L1"]).turned(orbital_deg, angular_deg)
    for _ in range(4):
        seen = marks.seen(pose.projection)
        if seen.is_true:
            break
        said = load_xray_words().feedback(seen)
        rotate = -seen.rotation_deg if "Rotate" in said else 0.0
        tilt = -seen.tilt_deg if "Tilt" in said else 0.0
        pose = pose.turned(rotate, tilt)

    assert load_xray_words().feedback(marks.seen(pose.projection)).startswith("True")


@pytest.mark.parametrize(
    ("orbital_deg", "angular_deg", "said"),
    [(12.0, 0.0, "patient's right"), (-12.0, 0.0, "patient's left"), (0.0, 12.0, "feet"), (0.0, -12.0, "head")],
)
def test_the_way_back_is_named(orbital_deg: float, angular_deg: float, said: str) -> None:
    """A tube that went to the patient's left has to go right, a detector that went to the head to the feet."""
    pose = film_pose("ap", ISOCENTRE_MM, MARKS["L1"])
    tube_x = pose.turned(orbital_deg, angular_deg).projection.source_mm[0]

    assert np.sign(tube_x) == np.sign(orbital_deg)
    assert said in load_xray_words().feedback(MARKS["L1"].seen(pose.turned(orbital_deg, angular_deg).projection))


def test_just_beyond_the_tolerance_something_is_said() -> None:
    """Three degrees are let pass, four are not."""
    pose = film_pose("ap", ISOCENTRE_MM, MARKS["L1"])

    assert MARKS["L1"].seen(pose.turned(0.0, TRUE_WITHIN_DEG - 0.5).projection).is_true
    assert MARKS["L1"].seen(pose.turned(0.0, TRUE_WITHIN_DEG + 0.5).projection).is_tilted


@given(st.sampled_from(VIEWS), angles, angles)
def test_the_figure_stands_where_the_rays_start(view: str, orbital_deg: float, angular_deg: float) -> None:
    """The tip of the beam in 3D is the source of the X-ray, and its round end is seen inside the picture."""
    pose = CArmPose(view, ISOCENTRE_MM, orbital_deg, angular_deg)
    beam = beam_shapes(pose)[-1]
    points = beam.placed.points

    assert np.linalg.norm(points - np.array(pose.projection.source_mm), axis=1).min() < 1e-3
    assert beam.mesh.is_closed
    pixels = pose.projection.pixels(points[:72].astype(float))
    assert np.linalg.norm(pixels - 256.0, axis=1) == pytest.approx(0.945 * 256, rel=1e-4)


def test_a_turn_by_hand_is_put_on_the_films_own_stand() -> None:
    """The site takes the film's C-arm, turned; no turn changes nothing."""
    film: Film = film_of(Case(level="L2"))
    site = film.site

    assert site.projection("ap", CArmTurn("ap")) == site.projection("ap")
    turned = site.alignment(site.projection("ap", CArmTurn("ap", 0.0, 9.0)))
    assert turned.tilt_deg == pytest.approx(9.0, abs=0.5)
