"""The room inside the treated body: how much balloon and how much cement it takes."""

from __future__ import annotations

from kyphoviz.anatomy.assets import RestBone
from kyphoviz.procedure.fractures import stages_of
from kyphoviz.procedure.state import Fracture
from kyphoviz.scenario.model import Case, heights_of
from kyphoviz.site.filling.balloon import BalloonBody
from kyphoviz.site.filling.cement import room_ml
from kyphoviz.site.filling.marrow import MarrowGrid
from kyphoviz.site.needles.approach import Approach, y_at_fraction
from kyphoviz.site.spine.collapse import collapse_of

BALLOON_BACK = 0.655  # the balloon stays within the anterior two thirds
CEMENT_BACK = 0.73  # the cement short of the posterior quarter
BALLOON_SHARE = 0.88  # of its room, which a balloon fills before it lies against dense bone all round
CEMENT_SHARE = 0.9  # of its room, which cement fills before it stands at the posterior quarter


def lowest_filled(case: Case) -> Fracture:
    """The lowest heights that the body takes with cement in it, so that hard cement never leaves it."""
    return min((heights_of(case, stage) for stage in ("prone", "three_months")), key=lambda stage: stage.anterior)


class Chamber:
    """The inside of one case's body, before anything is filled."""

    def __init__(self, case: Case, bone: RestBone, ways: tuple[Approach, ...], center_depth_mm: float) -> None:
        """Lays the balloons into the highest body that they make."""
        self._case, self._bone = case, bone
        self.grid = MarrowGrid(bone.shape, bone.distance, collapse_of(case.fracture, case.grade))
        heights = stages_of(case.preset, case.fracture, case.grade)
        self.stages = heights["prone"], heights["balloon_peak"]
        self.outside = [self.grid.outside(stage) for stage in self.stages]
        back_y, has_twin = y_at_fraction(bone, BALLOON_BACK), len(ways) > 1
        clips = ((self.stages[1], self.outside[1]),)
        self.balloons = [
            BalloonBody(self.grid, way, center_depth_mm, float(case.balloon_mm), clips, back_y, has_twin)
            for way in ways
        ]

    def balloon_room_ml(self) -> float:
        """What each balloon may hold at most: the smaller side's room."""
        return BALLOON_SHARE * min(body.room_ml for body in self.balloons)

    def cement_room_ml(self) -> float:
        """What the body takes in all."""
        back_y = y_at_fraction(self._bone, CEMENT_BACK)
        return CEMENT_SHARE * room_ml(self.grid, lowest_filled(self._case), back_y)
