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
class Target:
    """What a number should reach: at least (`is_least`) or at most `limit`."""

    words: str
    limit: float | None = None
    is_least: bool = False


TARGETS = {
    "fps_720p_draft": Target("playback, 3D pane of 1280 x 720, frames a second", 28, is_least=True),
    "fps_720p_draft_with_xray": Target("the same while both X-rays pulse", 20, is_least=True),
    "xray_pulses_per_s": Target("pulses of each X-ray a second", PULSES_PER_S, is_least=True),
    "overhead_ratio": Target("a frame over a bare VTK loop with the same triangles", 1.25),
    "frame_ms": Target("a frame, ms"),
    "bare_frame_ms": Target("a frame of the bare loop, ms"),
    "frame_everything_ms": Target("a frame with every tissue, the section open, ms", 40),
    "frame_everything_cpu_ms": Target("the same in processor time, all threads"),
    "scrub_p95_ms": Target("from a seek to the new picture, 95th percentile, ms", 60),
    "drag_p95_ms": Target("from a mouse move to the turned picture, 95th percentile, ms", 60),
    "drag_p95_with_movie_ms": Target("the same while a second process makes a movie", 60),
    "mode_switch_ms": Target("another audience at the same instant, the slowest change, ms", 500),
    "case_change_cpu_s": Target("another level until its picture is there, seconds of processor time", 3),
    "case_change_s": Target("the same by the clock"),
    "case_change_stall_ms": Target("the longest that the window did not answer meanwhile, ms", 1000),
    "xray_pair_ms": Target("both X-rays, every shape changed, ms", 40),
    "xray_tools_ms": Target("both X-rays, only tools moving, ms", 20),
    "state_at_us": Target("the state of a moment, microseconds", 100),
    "shapes_ms": Target("the shapes of a frame, ms", 8),
    "shapes_p95_ms": Target("the same, 95th percentile, ms", 25),
    "shapes_worst_ms": Target("the same, the most, ms"),
    "opening_ms": Target("openings of another length, processor time, best of 20, ms", 1.5),
    "lean_ms": Target("the trunk leaning otherwise, processor time, best of 20, ms", 2),
    "refusal_worst_s": Target("the worst of the files that mean harm until refused, processor time, seconds", 1),
    "clock_error_pct": Target("the clock over the whole film, per cent off", 1),
    "idle_cpu_pct": Target("paused, per cent of a core", 1),
    "first_frame_s": Target("from the start to the first picture, seconds", 2),
    "start_ratio": Target("the same over a bare pyvistaqt window with that vertebra", 0.9),
    "bare_first_frame_s": Target("from the start to that window's picture, seconds"),
    "splash_s": Target("from the start to the splash, seconds", 0.3),
    "rss_mb": Target("memory while playing, MB", 900),
    "rss_growth_mb": Target("growth over 1000 seeks, MB", 30),
    "windows_growth_mb": Target("growth over forty windows opened and closed, MB", 5),
    "triangles_draft": Target("triangles in view", 40_000, is_least=True),
    "renderer": Target("OpenGL renderer"),
}


def lines(results: Mapping[str, float | str]) -> Iterator[str]:
    """One line for each number: its name, its value, what it should be, and what it means."""
    for name, target in TARGETS.items():
        if name in results:
            value = results[name]
            shown = value if isinstance(value, str) else f"{value:.6g}"
            yield f"{name:<26}{shown:>12}  {_goal(target, value):<14}{target.words}".rstrip()


def misses(results: Mapping[str, float | str]) -> Iterator[str]:
    """One line for each number that misses its target."""
    for name, target in TARGETS.items():
        if name in results and not is_met(target, results[name]):
            yield f"{name} is {results[name]:.6g}, not {_sign(target)} {target.limit:g}: {target.words}"


def is_met(target: Target, value: float | str) -> bool:
    """Whether the number reaches its target; one without a target does."""
    if target.limit is None or isinstance(value, str):
        return True
    return value >= target.limit if target.is_least else value <= target.limit


def _goal(target: Target, value: float | str) -> str:
    if target.limit is None:
        return ""
    return f"{_sign(target)} {target.limit:g}{'' if is_met(target, value) else '  MISS'}"


def _sign(target: Target) -> str:
    return ">=" if target.is_least else "<="
