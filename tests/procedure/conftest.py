"""A timeline over a hand-made plan: no shapes are needed."""

from __future__ import annotations

import pytest

from kyphoviz.procedure.plan import BodyRoom, CasePlan, IntactSizes, NeedleAxis
from kyphoviz.procedure.state import Side, Tool
from kyphoviz.procedure.timeline import Timeline
from kyphoviz.scenario.load import find, load

STATIONS = (
    ("parked", -290.0), ("skin", -62.0), ("dock", -25.0), ("wall", 0.0), ("access", 3.0), ("drill", 26.0),
    ("wire", 22.0), ("balloon", 27.0), ("fill", 22.0), ("fill_end", 12.0), ("anterior", 30.0),
)  # fmt: skip


def axis(side: Side) -> NeedleAxis:
    """One side's axis, mirrored."""
    sign = 1.0 if side == Side.LEFT else -1.0
    canal = ((-80.0, 30.0), (-10.0, 7.0), (-2.0, 3.5), (30.0, 3.5))
    return NeedleAxis(side, (sign * 13.4, 14.0, 2.4), (-sign * 0.271, -0.945, -0.184), STATIONS, canal)


@pytest.fixture(scope="session")
def plan() -> CasePlan:
    """A plausible case."""
    return CasePlan(
        "L1", (axis(Side.LEFT), axis(Side.RIGHT)), IntactSizes(22.0, 21.5, 23.5, 33.0), 18.7,
        3.6, tuple((tool, 1.7) for tool in Tool), lambda: BodyRoom(((0.0, 8.0), (6.0, 0.9))),
    )  # fmt: skip


@pytest.fixture(scope="session", params=["kyphoplasty", "vertebroplasty"])
def timeline(request: pytest.FixtureRequest, plan: CasePlan) -> Timeline:
    """The shipped films."""
    path = find(request.param)
    return Timeline(load(path, str(path)).steps, plan)
