"""Where the tools are while a scene is checked: what may go how deep, and in which order tools share a track."""

from __future__ import annotations

from dataclasses import dataclass

from kyphoviz.procedure.state import Tool
from kyphoviz.procedure.steps import Move
from kyphoviz.scenario.drafts import PlacedMove
from kyphoviz.scenario.errors import Faults
from kyphoviz.scenario.fields import listed

REACH = {
    Tool.ACCESS_NEEDLE: ("parked", "skin", "dock", "wall", "access"),
    Tool.GUIDE_WIRE: ("parked", "access", "wire"),
    Tool.WORKING_CANNULA: ("parked", "skin", "dock", "wall", "access"),
    Tool.DRILL: ("parked", "access", "drill"),
    Tool.BALLOON_CATHETER: ("parked", "access", "balloon"),
    Tool.BONE_FILLER: ("parked", "access", "fill", "fill_end"),
    Tool.CEMENT_NEEDLE: ("parked", "skin", "dock", "wall", "access", "fill", "fill_end"),
}
TOOLS_OF = {
    "kyphoplasty": tuple(tool for tool in Tool if tool != Tool.CEMENT_NEEDLE),
    "vertebroplasty": (Tool.CEMENT_NEEDLE,),
}
_CHANNELS = (Tool.ACCESS_NEEDLE, Tool.WORKING_CANNULA)
_INNER = (Tool.GUIDE_WIRE, Tool.DRILL, Tool.BALLOON_CATHETER, Tool.BONE_FILLER)
_OUTSIDE = ("parked", "skin")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a tool is, or from which share of the step on it will be there (later by `lag` on the second side)."""

    station: str = "parked"
    end: float = 0.0
    lag: float = 0.0

    def is_there_by(self, start: float, lag: float, axes: int) -> bool:
        """Whether every side has arrived when the same side's next event begins."""
        return all(self.end + self.lag * order <= start + lag * order + 1e-9 for order in range(axes))


class Tracks:
    """Follows every tool through the steps; both sides do the same, the second one later."""

    def __init__(self, procedure: str, axes: int, faults: Faults) -> None:
        """All tools are parked at first.

        Args:
            procedure: which decides what tools there are.
            axes: number of treated sides.
        """
        self._tools = TOOLS_OF[procedure]
        self._procedure = procedure
        self._axes = axes
        self._faults = faults
        self._places = dict.fromkeys(Tool, Place())
        self._told: set[str] = set()  # what is missing is told where it is first missed

    def starts_step(self) -> None:
        """What moved in the step before has arrived."""
        self._places = {tool: Place(place.station) for tool, place in self._places.items()}

    def is_at(self, tools: tuple[Tool, ...], stations: tuple[str, ...], share: float) -> bool:
        """Whether one of the tools is at one of those stations, on all sides, by that share of the step."""
        places = [self._places[tool] for tool in tools]
        return any(p.station in stations and p.is_there_by(share, 0.0, self._axes) for p in places)

    def not_parked_by(self, share: float) -> tuple[Tool, ...]:
        """The tools that are still about at that share of the step."""
        return tuple(tool for tool in Tool if not self.is_at((tool,), ("parked",), share))

    def take(self, placed: PlacedMove, is_cut: bool) -> None:
        """Notes what speaks against a move, then makes it."""
        move = placed.move
        for words in self._objections(move, is_cut):
            self._faults.add(placed.line, words)
        self._places[move.tool] = Place(move.to, move.end, move.lag)

    def _objections(self, move: Move, is_cut: bool) -> list[str]:
        tool = move.tool
        if tool not in self._tools:
            return [f"{self._procedure} has no {tool}; its tools: {listed(self._tools)}"]
        if move.to not in REACH[tool]:
            return [f"the {tool} never goes to `{move.to}`; it may go to {listed(REACH[tool])}"]
        found = []
        if not self._places[tool].is_there_by(move.start, move.lag, self._axes):
            found.append(f"the {tool} begins this move before its last one has ended")
        if move.end + move.lag * (self._axes - 1) > 1.0 + 1e-9:
            found.append(f"the {tool} would arrive after the end of the step: `end` and `lag` together exceed 1")
        if move.to not in _OUTSIDE and not is_cut:
            found += self._once("cut", f"the {tool} can't go to `{move.to}`: no step of kind incise comes before")
        return found + self._crowding(move)

    def _crowding(self, move: Move) -> list[str]:
        """What else lies in the track, or is missing there, when the move begins."""
        tool = move.tool
        if tool in _INNER and move.to != "parked":
            return self._blocked_by(_INNER, move) + self._without_channel(move)
        if tool in _CHANNELS and move.to not in _OUTSIDE:
            return self._blocked_by(_CHANNELS, move) + self._without_wire(move)
        if tool in _CHANNELS:
            return self._blocked_by(tuple(inner for inner in _INNER if inner != Tool.GUIDE_WIRE), move)
        return []

    def _blocked_by(self, others: tuple[Tool, ...], move: Move) -> list[str]:
        blocking = [t for t in others if t != move.tool and not self._is_ready(t, _OUTSIDE, move)]
        return [f"the {move.tool} can't move while the {other} is in the track; park it first" for other in blocking]

    def _without_channel(self, move: Move) -> list[str]:
        if any(self._is_ready(channel, ("access",), move) for channel in _CHANNELS):
            return []
        needed = f"one of {listed(_CHANNELS)} must be at `access` first"
        return self._once("channel", f"the {move.tool} goes through a needle or cannula: {needed}")

    def _without_wire(self, move: Move) -> list[str]:
        if move.tool != Tool.WORKING_CANNULA or self._is_ready(Tool.GUIDE_WIRE, ("wire",), move):
            return []
        if self._places[move.tool].station not in _OUTSIDE:
            return []
        return ["the working_cannula goes in over the wire: the guide_wire must be at `wire` first"]

    def _once(self, key: str, words: str) -> list[str]:
        is_new = key not in self._told
        self._told.add(key)
        return [words] if is_new else []

    def _is_ready(self, tool: Tool, stations: tuple[str, ...], move: Move) -> bool:
        place = self._places[tool]
        return place.station in stations and place.is_there_by(move.start, move.lag, self._axes)
