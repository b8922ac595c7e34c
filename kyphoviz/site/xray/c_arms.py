"""Where the C-arm stands for both views of one case, as the film has it and as a hand turns it."""

from __future__ import annotations

from functools import cached_property

from kyphoviz.anatomy.assets import RestBone
from kyphoviz.choices import CArmTurn
from kyphoviz.procedure.state import Point, XrayView
from kyphoviz.site.xray.c_arm import CArmPose
from kyphoviz.site.xray.c_arm_alignment import AlignmentMarks, film_pose


class CArms:
    """The two stands of the film, each a true view of the treated bone, and what they become in a hand."""

    def __init__(self, bone: RestBone, isocentre_mm: Point) -> None:
        """Args: isocentre_mm: what the C-arm turns about."""
        self._bone, self._isocentre_mm = bone, isocentre_mm

    def pose(self, view: str, turn: CArmTurn | None = None) -> CArmPose:
        """The stand for `ap` or `lateral`, away from the film's own by that turn."""
        pose = self._film[view]
        return pose if turn is None else pose.turned(turn.orbital_deg, turn.angular_deg)

    @cached_property
    def marks(self) -> AlignmentMarks:
        """By what on the treated bone a true view is told from a slanted one."""
        return AlignmentMarks(self._bone)

    @cached_property
    def _film(self) -> dict[str, CArmPose]:
        return {str(view): film_pose(view, self._isocentre_mm, self.marks) for view in XrayView}
