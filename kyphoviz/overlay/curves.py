"""What a film's quantities do over its whole length, as lines that can be painted.

Sampled once for each film; what is drawn up to an instant follows from that instant alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import log10

from kyphoviz.procedure.actions import Deflate, Fill, Inflate, Leak, Mix
from kyphoviz.procedure.easing import blend, clamp
from kyphoviz.procedure.mechanics import MOST_PSI, STIFF_MIN, WORKABLE_MIN, kyphosis_deg
from kyphoviz.procedure.plan import IntactSizes
from kyphoviz.procedure.state import ProcedureState
from kyphoviz.procedure.timeline import StepSpan, Timeline

EVERY_S, FINE_S = 0.35, 0.03  # between two samples; while balloons are filled the pressure jumps
SET_SHOWN_MIN = 16.0  # of the clock since mixing


@dataclass(frozen=True, slots=True)
class Line:
    """A line of (time of the film in s, x, y) points in the order of time; `key` names it, empty if it is alone."""

    key: str
    points: tuple[tuple[float, float, float], ...]

    def until(self, time_s: float) -> tuple[tuple[float, float], ...]:
        """The part that is drawn at that time, to the very instant: its last point lies between two samples."""
        found: list[tuple[float, float]] = []
        before: tuple[float, float, float] | None = None
        for point in self.points:
            if point[0] > time_s:
                if before is not None:
                    share = (time_s - before[0]) / (point[0] - before[0])
                    found.append((blend(before[1], point[1], share), blend(before[2], point[2], share)))
                break
            found.append(point[1:])
            before = point
        return tuple(found)

    def time_at(self, x: float) -> float:
        """When it has come that far along x, which never falls; its end where it never does."""
        for (t0, x0, _), (t1, x1, _) in pairwise(self.points):
            if x1 >= x:
                return blend(t0, t1, clamp((x - x0) / (x1 - x0))) if x1 > x0 else t0
        return self.points[-1][0]


@dataclass(frozen=True, slots=True)
class Chart:
    """Lines on common axes; `most` and `least` are the ends of the axes, `is_log` the manner of the upright one.

    `band` is a stretch of x that means something, with its key (the time in which cement can be used).
    """

    key: str
    lines: tuple[Line, ...]
    least: tuple[float, float]
    most: tuple[float, float]
    is_log: bool = False
    band: tuple[float, float, str] | None = None

    def share(self, x: float, y: float) -> tuple[float, float]:
        """Where a point lies on the axes, 0 to 1 each."""
        (x0, y0), (x1, y1) = self.least, self.most
        if self.is_log:
            y, y0, y1 = log10(max(y, y0)), log10(y0), log10(y1)
        return clamp((x - x0) / (x1 - x0)), clamp((y - y0) / (y1 - y0))

    def time_at(self, x: float) -> float | None:
        """The first time of the film at which a line has come that far along x; None where there is no line."""
        times = [line.time_at(x) for line in self.lines if line.points]
        return min(times, default=None)


@dataclass(frozen=True, slots=True)
class Curves:
    """All charts of one film by what they tell: `pressure`, `heights`, `cement`; what has no line is left out."""

    pressure: tuple[Chart, ...] = ()
    heights: tuple[Chart, ...] = ()
    cement: tuple[Chart, ...] = ()

    def of(self, topic: str) -> tuple[Chart, ...]:
        """The charts of that topic."""
        return {"pressure": self.pressure, "heights": self.heights, "cement": self.cement}.get(topic, ())


def curves_of(timeline: Timeline, intact: IntactSizes) -> Curves:
    """Looks through the whole film once; some 2 000 instants."""
    states = [timeline.state_at(t) for t in _instants(timeline)]
    if len({s.fracture for s in states[:: max(1, len(states) // 50)]}) < 2:
        return Curves(_pressure(states), (), _cement(states))
    return Curves(_pressure(states), _heights(states, intact, timeline.duration_s), _cement(states))


def topic_of(span: StepSpan, state: ProcedureState) -> str:
    """Which charts help in a step: what its action moves, or what changes by itself; empty where nothing does."""
    if isinstance(span.step.action, Inflate):
        return "pressure"
    if isinstance(span.step.action, (Mix, Fill, Leak)):
        return "cement"
    if state.cement.mixed_min is not None and state.cement.set_fraction < 1.0:
        return "cement"
    is_broken = isinstance(span.step.action, Deflate) or state.fracture.anterior < 1.0
    return "heights" if is_broken else ""


def _instants(timeline: Timeline) -> list[float]:
    found: list[float] = []
    for span in timeline.spans:
        fine = isinstance(span.step.action, Inflate)
        count = max(1, round(span.step.duration_s / (FINE_S if fine else EVERY_S)))
        found += [blend(span.start_s, span.end_s, k / count) for k in range(count)]
    return [*found, timeline.duration_s]


def _pressure(states: list[ProcedureState]) -> tuple[Chart, ...]:
    """Pressure over volume for each balloon while it is filled; balloons that do the same share a line."""
    rows: dict[str, list[tuple[float, float, float]]] = {}
    for state in states:
        for balloon in state.balloons:
            row = rows.setdefault(str(balloon.side), [(state.time_s, 0.0, 0.0)])
            if balloon.volume_ml >= row[-1][1]:
                row.append((state.time_s, balloon.volume_ml, balloon.pressure_psi))
    by_points: dict[tuple[tuple[float, float, float], ...], list[str]] = {}
    for side, row in rows.items():
        by_points.setdefault(tuple(row), []).append(side)
    lines = tuple(Line(sides[0] if len(sides) == 1 else "both", points) for points, sides in by_points.items())
    if not lines:
        return ()
    far = max(x for line in lines for _, x, _ in line.points)
    high = max(y for line in lines for *_, y in line.points)
    most = (_round_up(far, 0.5), min(_round_up(high, 50.0), _round_up(MOST_PSI, 50.0)))
    return (Chart("pressure", lines, (0.0, 0.0), most),)


def _heights(states: list[ProcedureState], intact: IntactSizes, duration_s: float) -> tuple[Chart, ...]:
    names = ("anterior", "middle", "posterior")
    lines = tuple(
        Line(name, _thinned([(s.time_s, s.time_s, 100.0 * float(getattr(s.fracture, name))) for s in states]))
        for name in names
    )
    angle = Line("", _thinned([(s.time_s, s.time_s, kyphosis_deg(s.fracture, intact)) for s in states]))
    low = min(y for line in lines for *_, y in line.points)
    steep = [y for *_, y in angle.points]
    return (
        Chart("heights", lines, (0.0, 10.0 * (low // 10.0)), (duration_s, 100.0)),
        Chart("angle", (angle,), (0.0, min(0.0, min(steep))),
              (duration_s, _round_up(max(steep), 5.0))),
    )  # fmt: skip


def _cement(states: list[ProcedureState]) -> tuple[Chart, ...]:
    """Viscosity and temperature over the minutes since mixing began."""
    mixed = [s for s in states if s.cement.mixed_min is not None and s.cement.mixed_min <= SET_SHOWN_MIN]
    if not mixed:
        return ()
    thick, warm = (
        tuple((s.time_s, float(s.cement.mixed_min or 0.0), float(getattr(s.cement, name) or 0.0)) for s in mixed)
        for name in ("viscosity_pa_s", "core_temp_c")
    )
    last = _round_up(max(x for _, x, _ in thick), 1.0)
    band = (WORKABLE_MIN, STIFF_MIN, "working")
    return (
        Chart("viscosity", (Line("", thick),), (0.0, 100.0), (last, 1e4), True, band),
        Chart("temperature", (Line("", warm),), (0.0, 30.0), (last, 80.0)),
    )


def _thinned(points: list[tuple[float, float, float]]) -> tuple[tuple[float, float, float], ...]:
    """Without the points between two of the same height."""
    inner = (b for a, b, c in zip(points, points[1:], points[2:], strict=False) if not a[2] == b[2] == c[2])
    return (points[0], *inner, points[-1])


def _round_up(value: float, step: float) -> float:
    return step * (int(value / step - 1e-9) + 1)
