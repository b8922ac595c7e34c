"""The tools on their axes at one instant."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from kyphoviz.procedure.state import Needle, Side, Tool
from kyphoviz.scenario.model import Case
from kyphoviz.site.needles.tool_sizes import tool_radius_mm
from kyphoviz.site.needles.tools import pose_of, tool_parts
from kyphoviz.site.role import TRAITS, Role, Traits
from kyphoviz.site.shape import Shape

STYLET, SLEEVE = ("stylet", "cap"), ("sleeve",)  # pieces that leave before the tool does


def tool_radii_mm(case: Case) -> tuple[tuple[Tool, float], ...]:
    """Outer radius of every tool of the case."""
    return tuple((tool, tool_radius_mm(tool, case.gauge)) for tool in Tool)


class Instruments:
    """Rigid shapes of the needles in the state: their points never change, only where they are."""

    def __init__(self, case: Case) -> None:
        """Chooses the sizes of the case."""
        self._gauge, self._balloon_mm = case.gauge, case.balloon_mm

    def shapes(self, needles: tuple[Needle, ...], inflated: frozenset[Side]) -> list[Shape]:
        """All pieces of all tools that are on an axis.

        Args:
            inflated: sides whose balloon is filled, so that its folded sleeve is gone.
        """
        wired = {needle.side for needle in needles if needle.kind == Tool.GUIDE_WIRE}
        hidden: dict[tuple[Tool, Side], tuple[str, ...]] = {(Tool.ACCESS_NEEDLE, side): STYLET for side in wired}
        hidden |= {(Tool.BALLOON_CATHETER, side): SLEEVE for side in inflated}
        return [
            shape for needle in needles for shape in self._pieces(needle, hidden.get((needle.kind, needle.side), ()))
        ]

    def _pieces(self, needle: Needle, hidden: tuple[str, ...]) -> list[Shape]:
        pose = pose_of(needle.tip_mm, needle.direction)
        parts = tool_parts(needle.kind, self._gauge, self._balloon_mm)
        return [
            Shape(
                name=f"{needle.kind}_{needle.side}_{part.name}",
                role=part.role,
                mesh=part.mesh,
                key=(needle.kind, self._gauge, self._balloon_mm, part.name),
                pose=pose,
                side=needle.side,
                own=_traits(part.role, needle.kind),
            )
            for part in parts
            if part.name not in hidden
        ]


@cache
def _traits(role: Role, tool: Tool) -> Traits:
    """Those of a piece, which is named as the whole tool is."""
    return replace(TRAITS[role], term=tool.value)
