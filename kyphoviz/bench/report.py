"""The measurements as a table, each beside what it should be.

Limits stand here and nowhere else. Those of pictures, start, memory and X-rays are what the program promises on two
cores without a GPU; those of single parts are what a frame leaves to them. A hand waits 60 ms at most for its picture
and half a second for another arrangement; another case is 1.5 s of work, and about as much for its first picture.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kyphoviz.procedure.beam_log import PULSES_PER_S


@dataclass(frozen=True, slots=True)
class Bar:
    """What a number should reach: at least (`is_least`) or at most `limit`."""

    words: str
    limit: float | None = None
    is_least: bool = False


BARS = {
    "fps_720p_draft": Bar("playback, 3D pane of 1280 x 720, frames a second", 28, is_least=True),
    "fps_720p_draft_with_xray": Bar("the same while both X-rays pulse", 20, is_least=True),
    "xray_pulses_per_s": Bar("pulses of each X-ray a second", PULSES_PER_S, is_least=True),
    "overhead_ratio": Bar("a frame over a bare VTK loop with the same triangles", 1.25),
    "frame_ms": Bar("a frame, ms"),
    "bare_frame_ms": Bar("a frame of the bare loop, ms"),
    "frame_everything_ms": Bar("a frame with every tissue, the section open, ms", 40),
    "frame_everything_cpu_ms": Bar("the same in processor time, all threads"),
    "scrub_p95_ms": Bar("from a seek to the new picture, 95th percentile, ms", 60),
    "drag_p95_ms": Bar("from a mouse move to the turned picture, 95th percentile, ms", 60),
    "drag_p95_with_movie_ms": Bar("the same while a second process makes a movie", 60),
    "mode_switch_ms": Bar("another audience at the same instant, the slowest change, ms", 500),
    "case_change_cpu_s": Bar("another level until its picture is there, seconds of processor time", 3),
    "case_change_s": Bar("the same by the clock"),
    "case_change_stall_ms": Bar("the longest that the window did not answer meanwhile, ms", 1000),
    "xray_pair_ms": Bar("both X-rays, every shape changed, ms", 40),
    "xray_tools_ms": Bar("both X-rays, only tools moving, ms", 20),
    "state_at_us": Bar("the state of a moment, microseconds", 100),
    "shapes_ms": Bar("the shapes of a frame, ms", 8),
    "shapes_p95_ms": Bar("the same, 95th percentile, ms", 25),
    "shapes_worst_ms": Bar("the same, the most, ms"),
    "opening_ms": Bar("openings of another length, processor time, best of 20, ms", 1.5),
    "lean_ms": Bar("the trunk leaning otherwise, processor time, best of 20, ms", 2),
    "refusal_worst_s": Bar("the worst of the files that mean harm until refused, processor time, seconds", 1),
    "clock_error_pct": Bar("the clock over the whole film, per cent off", 1),
    "idle_cpu_pct": Bar("paused, per cent of a core", 1),
    "first_frame_s": Bar("from the start to the first picture, seconds", 2),
    "start_ratio": Bar("the same over a bare pyvistaqt window with that vertebra", 0.9),
    "bare_first_frame_s": Bar("from the start to that window's picture, seconds"),
    "splash_s": Bar("from the start to the splash, seconds", 0.3),
    "rss_mb": Bar("memory while playing, MB", 900),
    "rss_growth_mb": Bar("growth over 1000 seeks, MB", 30),
    "windows_growth_mb": Bar("growth over forty windows opened and closed, MB", 5),
    "triangles_draft": Bar("triangles in view", 40_000, is_least=True),
    "renderer": Bar("OpenGL renderer"),
}


def lines(results: Mapping[str, float | str]) -> Iterator[str]:
    """One line for each number: its name, its value, what it should be, and what it means."""
    for name, bar in BARS.items():
        if name in results:
            value = results[name]
            shown = value if isinstance(value, str) else f"{value:.6g}"
            yield f"{name:<26}{shown:>12}  {_goal(bar, value):<14}{bar.words}".rstrip()


def misses(results: Mapping[str, float | str]) -> Iterator[str]:
    """One line for each number that misses its bar."""
    for name, bar in BARS.items():
        if name in results and not is_met(bar, results[name]):
            yield f"{name} is {results[name]:.6g}, not {_sign(bar)} {bar.limit:g}: {bar.words}"


def is_met(bar: Bar, value: float | str) -> bool:
    """Whether the number reaches its bar; one without a bar does."""
    if bar.limit is None or isinstance(value, str):
        return True
    return value >= bar.limit if bar.is_least else value <= bar.limit


def _goal(bar: Bar, value: float | str) -> str:
    if bar.limit is None:
        return ""
    return f"{_sign(bar)} {bar.limit:g}{'' if is_met(bar, value) else '  MISS'}"


def _sign(bar: Bar) -> str:
    return ">=" if bar.is_least else "<="
