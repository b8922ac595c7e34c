"""The body and the tools at one instant: state in, shapes out."""

from __future__ import annotations

from functools import cached_property

from kyphoviz.anatomy.assets import load_bone
from kyphoviz.anatomy.spine import ORDER
from kyphoviz.procedure.mechanics import INTACT
from kyphoviz.procedure.state import Fracture, Layer, ProcedureState
from kyphoviz.scenario.model import Case
from kyphoviz.scenario.stages import heights_of
from kyphoviz.site.anchors import Anchors
from kyphoviz.site.background import Background
from kyphoviz.site.c_arm import Projection, Vector, ap_view, lateral_view
from kyphoviz.site.column import Column, Poses
from kyphoviz.site.filling import SHOWN_ML, Filling
from kyphoviz.site.instruments import Instruments, tool_radii_mm
from kyphoviz.site.kept import Kept
from kyphoviz.site.load_test import LoadTest
from kyphoviz.site.parapedicular import way_in
from kyphoviz.site.plan import plan_case
from kyphoviz.site.section import Section, plane_along
from kyphoviz.site.shape import Shape
from kyphoviz.site.surroundings import Surroundings
from kyphoviz.site.teaching import Teaching

ISOCENTRE_MM = (0.0, 8.0, 0.0)  # the body with its pedicles in the middle of the beam


class OperativeSite:
    """All shapes of one case.

    `shapes` keeps each part's last result under the part of the state that it came from, so only what changed is
    worked out again. Arrays may be reused: a shape is valid until the next call.
    """

    def __init__(self, case: Case) -> None:
        """Loads the bones and plans the needles.

        Raises:
            AssetError: a generated bone is missing or damaged.
        """
        self.case = case
        self.bones = {level: load_bone(level) for level in ORDER}
        bone = self.bones[case.level]
        radii = tool_radii_mm(case)
        widest = max(radius for _, radius in radii)
        self.ways = tuple(way_in(bone, side, widest, len(case.sides) == 1, case.route) for side in case.sides)
        self._surroundings = Surroundings(self.ways, case)
        self.plan = plan_case(case, bone, self.ways, self._surroundings.skin_mm, radii)
        self._column = Column(self.bones, case.level)
        self._background = Background(self.bones)
        self._filling = Filling(case, bone, self.ways, self.plan)
        self._instruments = Instruments(case)
        self._load_test = LoadTest(bone, heights_of(case, "prone"), heights_of(case, "standing"))
        self._kept: Kept[list[Shape]] = Kept()

    def shapes(self, state: ProcedureState) -> tuple[Shape, ...]:
        """Everything there is at that instant, drawn or X-rayed or both."""
        heights, cement = state.fracture, (state.cement.volume_ml, state.cement.leak_ml)
        column = self._kept.part("column", heights, lambda: self._column.shapes(heights))
        behind = self._kept.part("behind", heights, lambda: self._background.shapes(self.poses(heights)))
        inside = (heights, state.balloons, state.cavities, cement)
        filling = self._kept.part("filling", inside, lambda: self._filling.shapes(state))
        inflated = frozenset(balloon.side for balloon in state.balloons if balloon.volume_ml > SHOWN_ML)
        held = (state.needles, inflated)
        tools = self._kept.part("tools", held, lambda: self._instruments.shapes(*held))
        around = self._kept.part("around", self._surroundings.key(state), lambda: self._surroundings.shapes(state))
        return (*column, *behind, *filling, *tools, *around, *self._pressed(state, column))

    def _pressed(self, state: ProcedureState, column: list[Shape]) -> list[Shape]:
        if state.opacity(Layer.LOAD) == 0.0:
            return []
        treated = next(shape.mesh for shape in column if shape.name == self.case.level)
        return self._kept.part(
            "load", (state.load, state.fracture), lambda: self._load_test.shapes(state.load, treated)
        )

    def poses(self, fracture: Fracture) -> Poses:
        """Where each vertebra stands at these heights."""
        return self._column.poses(fracture)

    @cached_property
    def section(self) -> Section:
        """The cut along the first needle."""
        way = self.ways[0]
        return Section(self.bones, self.case.level, plane_along(way.wall, way.direction), self.poses(INTACT))

    @cached_property
    def anchors(self) -> Anchors:
        """The places that names point at."""
        return Anchors(self)

    @cached_property
    def teaching(self) -> Teaching:
        """What a teacher would draw on the X-rays."""
        return Teaching(self.bones[self.case.level], self.plan)

    def projection(self, view: str) -> Projection:
        """Source and detector of the view `ap` or `lateral`."""
        return {"ap": ap_view, "lateral": lateral_view}[view](ISOCENTRE_MM)

    @property
    def landmarks_mm(self) -> dict[str, Vector]:
        """Places on the treated bone that the needles are judged by."""
        marks = self.bones[self.case.level].landmarks
        return {
            "posterior_wall": marks.posterior_wall,
            "pedicle_medial_left": marks.pedicle_left.medial,
            "pedicle_medial_right": marks.pedicle_right.medial,
        }

    def prepare(self) -> None:
        """Does all slow work now, so that no later instant stutters."""
        self._filling.prepare()
