"""How a change is spread over a stretch of time."""

from __future__ import annotations


def clamp(u: float, low: float = 0.0, high: float = 1.0) -> float:
    """The value nearest to `u` within the range."""
    return min(max(u, low), high)


def smoothstep(low: float, high: float, value: float) -> float:
    """0 below `low`, 1 above `high`, and a cubic without kinks between."""
    t = clamp((value - low) / (high - low))
    return t * t * (3.0 - 2.0 * t)


def ease(u: float) -> float:
    """Starts and stops softly; 0 to 1."""
    return smoothstep(0.0, 1.0, u)


def blend(start: float, end: float, share: float) -> float:
    """From `start` (share 0, exactly) to `end` (share 1, exactly)."""
    return end if share == 1.0 else start + (end - start) * share
