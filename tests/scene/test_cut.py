"""Claims about the cut face: its painting, and what lies in the broken bone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from kyphoviz.anatomy.assets import RestBone, load_bone, load_tile
from kyphoviz.anatomy.bones import shipped_bones
from kyphoviz.anatomy.mesh import Floats
from kyphoviz.anatomy.trabeculae import LATTICES
from kyphoviz.procedure.state import Cement, ProcedureState
from kyphoviz.scene.cut_lid import Closure
from kyphoviz.scene.cut_matter import FAR_MM, SHELL_KEEPS_MM, hollow_of, matter
from kyphoviz.scene.cut_paint import edge_value, painted_bone
from kyphoviz.scene.cutaway import Cutaway
from kyphoviz.scene.view import SceneView
from kyphoviz.site.cut.section import Face, Section, plane_along
from kyphoviz.site.filling.compaction import RIM_MM
from kyphoviz.site.role import Role
from kyphoviz.site.shape import Shape
from tests.scene.conftest import SIZE, SmallSite, ball

REST = shipped_bones().rest_poses("L1")

CENTRE = (12.0, -4.0, 0.0)


@pytest.fixture(scope="module")
def section(bone: RestBone) -> Section:
    return Section({"L1": bone}, "L1", plane_along(CENTRE, (-0.3, -1.0, -0.2)), REST)


@pytest.fixture(scope="module")
def face(section: Section) -> Face:
    return section.faces(np.zeros(3), REST)[0]


def hollow(role: Role, radius_mm: float = 7.0) -> Shape:
    """A ball that knows its distance."""

    def away(points: Floats) -> Floats:
        return np.asarray(np.linalg.norm(points - np.array(CENTRE, np.float32), axis=1) - radius_mm, np.float32)

    return Shape(name=role, role=role, mesh=ball(radius_mm, CENTRE), key=radius_mm, distance_mm=away)


def test_bone_is_pushed_away_from_the_room(section: Section, face: Face) -> None:
    """Within the rim bone is shown farther out than it was; beyond it, and in the shell, it stays."""
    inward = section.bones["L1"].inward_mm
    found = hollow_of(section.plane, face, inward, [hollow(Role.CAVITY)])
    outward = section.plane.coordinates(face.points) - section.plane.coordinates(np.array(CENTRE, np.float32))
    moved = np.linalg.norm(found.pushed_mm, axis=1)
    rim = (found.distance_mm > 0.2) & (found.distance_mm < 1.5) & (inward > SHELL_KEEPS_MM[1])

    assert rim.sum() > 50
    assert moved[rim].min() > 0.5
    assert (np.einsum("ij,ij->i", found.pushed_mm, outward)[rim] > 0.0).all()
    assert moved[(found.distance_mm > RIM_MM) | (inward < SHELL_KEEPS_MM[0])].max() < 1e-3
    assert 0.4 < found.packing < 1.5


def test_cement_soaks_into_the_rim_it_has_come_to(section: Section, face: Face) -> None:
    """A full hollow has cement in the bone within a millimetre of it and none 3 mm off; an empty one has none."""
    inward = section.bones["L1"].inward_mm
    found = hollow_of(section.plane, face, inward, [hollow(Role.CAVITY)])
    full = matter(section.plane, face, found, [hollow(Role.CEMENT)]).at[:, 2]
    drop = matter(section.plane, face, found, [hollow(Role.CEMENT, 1.5)]).at[:, 2]
    outside = found.distance_mm > 0.0

    assert (full[outside & (found.distance_mm < 0.6)] < 0.0).all()
    assert (full[found.distance_mm > RIM_MM] > 0.0).all()
    assert 0.2 < (full[outside & (found.distance_mm < 2.5)] < 0.0).mean() < 0.9
    assert (drop[outside] > 0.0).all()


def test_nothing_is_pushed_where_nothing_is_hollow(section: Section, face: Face) -> None:
    """Without balloon and cement every point is far from both, and bone is where it was."""
    found = matter(section.plane, face, hollow_of(section.plane, face, section.bones["L1"].inward_mm, []), [])

    assert (found.at[:, [0, 2]] == FAR_MM).all()
    assert not found.hollow.pushed_mm.any()
    assert found.hollow.packing == 0.0


def test_end_plates_are_denser_at_their_rims(section: Section) -> None:
    """Near the end-plates more of the painting is strut, and the shell is thicker, at the rim than in the middle."""
    tissue = section.bones["L1"].tissue
    picture = painted_bone(tissue, load_tile(), "osteoporotic")
    near = (tissue.below_plate_mm < 4.5) & (tissue.distance_mm < -1.2) & (tissue.behind < 0.1)
    middle, rim = near & (tissue.ring < 0.1), near & (tissue.ring > 0.9)
    shell = picture[..., 3] < 255 * edge_value(-0.9)
    plate = (tissue.below_plate_mm < 1.8) & (tissue.distance_mm < 0.0) & (tissue.behind < 0.1)

    assert (picture[rim, 0] > 127).mean() > 1.1 * (picture[middle, 0] > 127).mean()
    assert shell[plate & (tissue.ring > 0.9)].mean() > 1.2 * shell[plate & (tissue.ring < 0.1)].mean()


@pytest.mark.gl
def test_qualities_side_by_side(bone: RestBone, state: ProcedureState) -> None:
    """Seen from the side, healthy bone shows more pale struts than osteopenic, and that more than osteoporotic."""
    pale = []
    for quality in ("healthy", "osteopenic", "osteoporotic"):
        view = SceneView(_Site(bone, quality), SIZE)
        view.apply(replace(state, cut=1.0, camera=replace(state.camera, azimuth_deg=100.0, distance_mm=150.0)))
        image = view.image()[..., :3].astype(int)
        view.close()
        red, _, blue = np.moveaxis(image, -1, 0)
        pale.append(int(((red > 170) & (blue > 105) & (red > blue + 20)).sum()))  # cartilage is paler, but blue

    assert pale[0] > 1.15 * pale[1] > 1.15 * 1.15 * pale[2]


@pytest.mark.gl
def test_cement_dulls_as_it_sets(bone: RestBone, state: ProcedureState) -> None:
    """Wet cement stands out in light and shade from the cut; set, it is half as uneven."""

    class Filled(_Site):
        def drawn(self, state: ProcedureState) -> tuple[Shape, ...]:
            return (*super().drawn(state), hollow(Role.CAVITY), hollow(Role.CEMENT))

    opened = replace(state, cut=1.0, camera=replace(state.camera, azimuth_deg=100.0, distance_mm=150.0))
    view, uneven = SceneView(Filled(bone, "osteoporotic"), SIZE), []
    for share in (0.0, 1.0):
        view.apply(replace(opened, cement=Cement(set_fraction=share)))
        column, row = (round(v) for v in view.project(CENTRE))
        seen = view.image()[::-1][row - 12 : row + 13, column - 12 : column + 13, :3]
        uneven.append(float(seen.astype(float).mean(axis=-1).std()))
    view.close()

    assert uneven[1] < 0.5 * uneven[0]


class _Site(SmallSite):
    """The small site with bone of a quality."""

    def __init__(self, bone: RestBone, quality: str) -> None:
        super().__init__(bone)
        self._quality = quality

    @property
    def section(self) -> Section:
        assert self._quality in LATTICES
        return Section({"L1": self._bone}, "L1", super().section.plane, REST, self._quality)


@pytest.mark.gl
def test_only_a_bone_in_its_place_is_covered_by_its_face(bone: RestBone) -> None:
    """The open cut of a bone that stands where it was sliced needs its face alone.

    A moved bone's and a disc's need a rim besides, what has no face needs a lid; a hollow stays open, and so does all
    while the section slides.
    """
    poses, lower = REST, load_bone("L2")
    section = Section({"L1": bone, "L2": lower}, "L1", plane_along((12.0, 0.0, 0.0), (-0.3, -1.0, -0.2)), poses)
    cutaway = Cutaway(lambda: section)
    cutaway.prepare()
    still = Shape(name="L2", role=Role.VERTEBRA, mesh=lower.outer, key="L2", pose=poses["L2"])

    assert cutaway.closure_of(still, 1.0) is Closure.FACE
    assert cutaway.closure_of(still, 0.5) is Closure.NOTHING
    assert cutaway.closure_of(replace(still, pose=poses["L1"]), 1.0) is Closure.RIM
    assert cutaway.closure_of(replace(still, name="L1"), 1.0) is Closure.RIM
    assert cutaway.closure_of(replace(still, name="disc_L1_L2", role=Role.DISC), 1.0) is Closure.RIM
    assert cutaway.closure_of(replace(still, name="cavity_left", role=Role.CAVITY), 1.0) is Closure.NOTHING
    assert cutaway.closure_of(replace(still, name="psoas_left", role=Role.PSOAS), 1.0) is Closure.LID
