"""How times are written."""

from __future__ import annotations


def film_time(time_s: float) -> str:
    """Minutes and seconds: 0:47."""
    whole = int(time_s)
    return f"{whole // 60}:{whole % 60:02d}"


def clinical_time(minutes: float) -> str:
    """The clock of the operating theatre."""
    return f"clinical time {minutes:.0f} min"


def speed_name(speed: float) -> str:
    """0.25x, 1x, 2x."""
    return f"{speed:g}x"
