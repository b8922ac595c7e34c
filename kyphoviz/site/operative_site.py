"""The body and the tools at one instant: state in, shapes out."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from kyphoviz.anatomy.bones import Bones
from kyphoviz.choices import CArmTurn
from kyphoviz.procedure.mechanics import INTACT
from kyphoviz.procedure.state import Fracture, Layer, ProcedureState
from kyphoviz.scenario.model import Case, heights_of
from kyphoviz.site.anchors.anchors import Anchors
from kyphoviz.site.cut.section import Section, plane_along
from kyphoviz.site.filling.filling import SHOWN_ML, Filling
from kyphoviz.site.needles.instruments import Instruments, tool_radii_mm
from kyphoviz.site.needles.parapedicular import way_in
from kyphoviz.site.plan import plan_case
from kyphoviz.site.role import Role
from kyphoviz.site.shape import Cache, Shape
from kyphoviz.site.spine.axial_load import AxialLoad
from kyphoviz.site.spine.collapse import collapse_of
from kyphoviz.site.spine.column import Column, Poses, cores_of
from kyphoviz.site.spine.fine_bones import FineBones
from kyphoviz.site.spine.soft_parts import SoftParts
from kyphoviz.site.theatre.surroundings import Surroundings
from kyphoviz.site.xray.background import Background
from kyphoviz.site.xray.c_arm import Projection, Vector
from kyphoviz.site.xray.c_arm_alignment import Alignment
from kyphoviz.site.xray.c_arms import CArms
from kyphoviz.site.xray.teaching import Teaching

FIRM = 0.6  # opacity from which skin is no ghost any more
ISOCENTRE_MM = (0.0, 8.0, 0.0)  # the body with its pedicles in the middle of the beam


class OperativeSite:
    """All shapes of one case.

    `shapes` keeps each part's last result under the part of the state that it came from, so only what changed is
    worked out again. Arrays may be reused: a shape is valid until the next call.
    """

    def __init__(self, case: Case, bones: Bones) -> None:
        """Plans the needles.

        Args:
            bones: whose spine it is.
        """
        self.case, self.bones = case, bones
        bone = bones[case.level]
        self.collapse = collapse_of(case.fracture, case.grade)
        radii = tool_radii_mm(case)
        widest = max(radius for _, radius in radii)
        self.ways = tuple(way_in(bone, side, widest, len(case.sides) == 1, case.route) for side in case.sides)
        self._surroundings = Surroundings(self.ways, bones.rest_poses(case.level))
        self.plan = plan_case(case, bone, self.ways, self._surroundings.skin_mm, radii)
        self._column = Column(self.bones, case.level, self.collapse)
        self._fine = FineBones(self.bones, case.level, self.collapse)
        self._soft_parts = SoftParts(self.bones, case.level, self.collapse)
        self._filling = Filling(case, bone, self.ways, self.plan)
        self._instruments = Instruments(case)
        self._axial_load = AxialLoad(bone, heights_of(case, "prone"), heights_of(case, "standing"), self.collapse)
        self._cache: Cache[list[Shape]] = Cache()

    def shapes(self, state: ProcedureState) -> tuple[Shape, ...]:
        """Everything there is at that instant, drawn or X-rayed or both."""
        heights = state.fracture
        behind = self._cache.part("behind", heights, lambda: self._background.shapes(self.poses(heights)))
        return (*self._spine_and_tools(state), *behind, *self._trunk(state), *self._figures(state))

    def drawn(self, state: ProcedureState) -> tuple[Shape, ...]:
        """The same without most of what no picture of that instant shows; the film's first waits for less then."""
        skin = state.opacity(Layer.SKIN)
        trunk = self._trunk(state) if skin > 0.0 or state.opacity(Layer.MUSCLE) > 0.0 else []
        if skin < FIRM:  # what lies on a ghost of skin would float
            trunk = [shape for shape in trunk if shape.role not in (Role.DRESSING, Role.SKIN_MARK)]
        return (*self._spine_and_tools(state), *trunk, *self._figures(state))

    def drawn_finely(self, state: ProcedureState) -> tuple[Shape, ...]:
        """As `drawn`, with the finest surfaces of the bones: for a picture that is kept."""
        return self._fine.instead(self.drawn(state))

    def poses(self, fracture: Fracture) -> Poses:
        """Where each vertebra stands at these heights."""
        return self._column.poses(fracture)

    @cached_property
    def _background(self) -> Background:
        return Background(self.bones, self.case.level)

    @cached_property
    def section(self) -> Section:
        """The cut along the first needle."""
        way = self.ways[0]
        plane = plane_along(way.wall, way.direction)
        return Section(self.bones, self.case.level, plane, self.poses(INTACT), self.case.bone, self.collapse)

    @cached_property
    def anchors(self) -> Anchors:
        """The places that names point at."""
        return Anchors(self)

    @cached_property
    def teaching(self) -> Teaching:
        """What a teacher would draw on the X-rays."""
        return Teaching(self.bones[self.case.level], self.plan, self.collapse)

    def projection(self, view: str, turn: CArmTurn | None = None) -> Projection:
        """Source and detector of the view `ap` or `lateral`.

        Args:
            turn: by a hand, away from the film's own stand.
        """
        return self._c_arms.pose(view, turn).projection

    def alignment(self, projection: Projection) -> Alignment:
        """How near a picture comes to a true AP or lateral one of the treated level."""
        return self._c_arms.marks.seen(projection)

    def c_arm_shapes(self, turns: tuple[CArmTurn, ...]) -> tuple[Shape, ...]:
        """The C-arms that a hand has turned, with their beams; for the 3D picture alone."""
        from kyphoviz.site.theatre.c_arm_figure import beam_shapes

        return tuple(shape for turn in turns for shape in beam_shapes(self._c_arms.pose(turn.view, turn)))

    @cached_property
    def _c_arms(self) -> CArms:
        return CArms(self.bones[self.case.level], ISOCENTRE_MM)

    @property
    def landmarks_mm(self) -> dict[str, Vector]:
        """Places on the treated bone that the needles are judged by."""
        marks = self.bones[self.case.level].landmarks
        return {
            "posterior_wall": marks.posterior_wall,
            "pedicle_medial_left": marks.pedicle_left.medial,
            "pedicle_medial_right": marks.pedicle_right.medial,
        }

    def preparations(self) -> tuple[Callable[[], object], ...]:
        """All slow work ahead of the first instant that needs it, in pieces, to be done in order."""
        around = (*self._soft_parts.preparations(), *self._surroundings.preparations())
        return (*around, lambda: self.section, *self._filling.preparations())

    def _spine_and_tools(self, state: ProcedureState) -> list[Shape]:
        heights, cement = state.fracture, (state.cement.volume_ml, state.cement.leak_ml)
        column = self._cache.part("column", heights, lambda: self._column.shapes(heights))
        inside = (heights, state.balloons, state.cavities, cement)
        filling = self._cache.part("filling", inside, lambda: self._filling.shapes(state))
        inflated = frozenset(balloon.side for balloon in state.balloons if balloon.volume_ml > SHOWN_ML)
        held = (state.needles, inflated)
        tools = self._cache.part("tools", held, lambda: self._instruments.shapes(*held))
        return [*column, *self._soft(state, column), *filling, *tools, *self._pressed(state, column)]

    def _soft(self, state: ProcedureState, column: list[Shape]) -> list[Shape]:
        """What is seen of the soft parts; the core of a disc only where the disc is a ghost."""
        heights, seen = state.fracture, self._soft_parts.seen(state)
        soft = self._cache.part(
            "soft", (heights, seen), lambda: self._soft_parts.shapes(seen, heights, self.poses(heights))
        )
        if not 0.0 < state.opacity(Layer.DISCS) < 1.0:
            return soft
        return soft + self._cache.part(
            "cores", heights, lambda: [c for s in column if s.role is Role.DISC for c in cores_of(s)]
        )

    def _pressed(self, state: ProcedureState, column: list[Shape]) -> list[Shape]:
        if state.opacity(Layer.LOAD) == 0.0:
            return []
        treated = next(shape.mesh for shape in column if shape.name == self.case.level)
        return self._cache.part(
            "load", (state.load, state.fracture), lambda: self._axial_load.shapes(state.load, treated)
        )

    def _trunk(self, state: ProcedureState) -> list[Shape]:
        key = (state.incision, state.fracture)
        return self._cache.part("trunk", key, lambda: self._surroundings.trunk(state, self.poses(state.fracture)))

    def _figures(self, state: ProcedureState) -> list[Shape]:
        key = self._surroundings.figures_key(state)
        return self._cache.part("figures", key, lambda: self._surroundings.figures(state))
