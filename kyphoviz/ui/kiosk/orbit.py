"""Where a film for a waiting room goes while nobody is there, and how its screen is spared."""

from __future__ import annotations

from math import cos, pi, sin

from kyphoviz.procedure.timeline import StepSpan, Timeline

ORBIT_PX, ORBIT_S, PLACES = 3, 240.0, 16
SHARES = (0.0, 0.25, 0.5, 0.75, 0.999)  # of a step


def orbit_px(now: float) -> tuple[int, int]:
    """How far the window's contents stand off their place, 0 to 6 px: a slow round that spares every edge."""
    turn = 2.0 * pi * (int(now / ORBIT_S * PLACES) % PLACES) / PLACES
    return ORBIT_PX + round(ORBIT_PX * cos(turn)), ORBIT_PX + round(ORBIT_PX * sin(turn))


def wander(now: float) -> tuple[float, float]:
    """A place on the screen, as shares of its free width and height, another one every minute."""
    minute = int(now / 60.0)
    return (minute * 0.618) % 1.0, (minute * 0.414) % 1.0


def calm_steps(timeline: Timeline) -> tuple[bool, ...]:
    """Which steps suit people who have not asked to see an operation: those without needle or cut.

    They tell what is broken, that most breaks heal, what may be chosen, and at the end what studies found and what can
    go wrong; a loop of them promises nothing. Where no step is calm, all count as such.
    """
    calm = tuple(not _operates(timeline, span) for span in timeline.spans)
    return calm if any(calm) else (True,) * len(calm)


def calm_time(timeline: Timeline, calm: tuple[bool, ...], time_s: float) -> float:
    """That time, or the start of the next calm step where it belongs to another kind."""
    now = timeline.index_at(time_s)
    if calm[now]:
        return time_s
    later = (k % len(calm) for k in range(now + 1, now + 1 + len(calm)))
    return timeline.spans[next(k for k in later if calm[k])].start_s


def _operates(timeline: Timeline, span: StepSpan) -> bool:
    """Whether a tool is in the body, or a cut is made, at any of a few instants of the step."""
    length_s = span.end_s - span.start_s
    states = [timeline.state_at(span.start_s + share * length_s) for share in SHARES]
    return any(s.needles or s.balloons or s.incision.length_mm > states[0].incision.length_mm for s in states)
