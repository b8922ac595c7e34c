"""How a value goes over from one to another: eased over a stretch of time, or along the rows of a table."""

from __future__ import annotations

from bisect import bisect_right

Row = tuple[float, float]


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


def interpolated(rows: tuple[Row, ...], x: float) -> float:
    """The value at `x` of a table of (x, value) rows in rising order, held constant beyond its ends."""
    if x <= rows[0][0]:
        return rows[0][1]
    if x >= rows[-1][0]:
        return rows[-1][1]
    k = bisect_right(rows, x, key=lambda row: row[0])
    (x0, y0), (x1, y1) = rows[k - 1], rows[k]
    return blend(y0, y1, (x - x0) / (x1 - x0))
