"""Everything that is measured, in order."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from statistics import median

from kyphoviz.bench import input_latency, parts, process, trunk
from kyphoviz.bench.another_case import another_case
from kyphoviz.bench.bare_loop import bare_frame_ms
from kyphoviz.bench.everything import everything_ms
from kyphoviz.bench.fifty_windows import windows_growth_mb
from kyphoviz.bench.refusals import refusal_worst_s
from kyphoviz.bench.window import MeasuredWindow
from kyphoviz.film import Film
from kyphoviz.fluoroscopy.fluoroscope import Fluoroscope
from kyphoviz.overlay.fonts import demand_letters
from kyphoviz.player import FASTEST
from kyphoviz.procedure.state import ProcedureState
from kyphoviz.site.shape import Shape
from kyphoviz.ui.app import application

Results = dict[str, float | str]

SEEKS = 1000
MOMENTS = 6  # at which ours and the bare loop are compared, spread over the film
FRAMES = 12  # at each of them
FRAME_S = 1.0 / 30.0
TURN_DEG = 0.5  # from frame to frame


def measure_all(film: Film, tell: Callable[[str], None] = lambda _: None) -> Results:
    """Runs everything; takes some minutes.

    Args:
        tell: is told what is being measured.

    Returns:
        numbers by name, with units in the names, and the name of the renderer.
    """
    if sys.platform.startswith("linux") and not os.environ.keys() & {"DISPLAY", "WAYLAND_DISPLAY"}:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    tell("time to the first picture")
    app = application()
    demand_letters()
    results: Results = {**process.start_s()}
    tell("states, shapes and X-rays")
    results |= _parts(film)
    with closing(MeasuredWindow(film, app)) as window:
        results |= _window(film, window, tell)
    tell("fifty windows, one after the other")
    results["windows_growth_mb"] = windows_growth_mb(film, application())
    return {name: round(value, 3) if isinstance(value, float) else value for name, value in results.items()}


def _parts(film: Film) -> Results:
    usual, slow, worst = parts.shapes_ms(film)
    with closing(Fluoroscope()) as fluoroscope:
        return {
            "state_at_us": parts.state_at_us(film),
            "shapes_ms": usual,
            "shapes_p95_ms": slow,
            "shapes_worst_ms": worst,
            "opening_ms": trunk.opening_ms(film),
            "lean_ms": trunk.lean_ms(film),
            "refusal_worst_s": refusal_worst_s(),
            "xray_pair_ms": parts.xray_pair_ms(film, fluoroscope),
            "xray_tools_ms": parts.xray_tools_ms(film, fluoroscope),
        }


def _window(film: Film, window: MeasuredWindow, tell: Callable[[str], None]) -> Results:
    results: Results = {"renderer": window.scene.renderer_name}
    tell("playback")
    timeline = film.timeline
    plain = window.play_through(with_xray=False, speed=FASTEST, start_s=0.0, end_s=timeline.duration_s)
    tell("playback with X-rays")
    lit_s = [(span.start_s, span.end_s) for span in timeline.spans if span.step.scenery.xray and span.step.moves]
    lit = window.play_through(with_xray=True, speed=1.0, start_s=lit_s[0][0], end_s=lit_s[-1][1])
    results |= {
        "fps_720p_draft": plain.frames_per_s,
        "fps_720p_draft_with_xray": lit.frames_per_s,
        "xray_pulses_per_s": lit.pulses_per_s or 0.0,
        "clock_error_pct": 100.0 * max(plain.clock_error, lit.clock_error),
        "rss_mb": process.resident_mb(),
    }
    tell("scrubbing")
    results["scrub_p95_ms"] = window.scrub_p95_ms(SEEKS)
    results["rss_growth_mb"] = process.resident_mb() - float(results["rss_mb"])
    results["idle_cpu_pct"] = window.idle_cpu_pct()
    tell("the same triangles in a bare loop")
    results |= _overhead(film, window)
    tell("every tissue, the section open")
    wall_ms, processor_ms = everything_ms(film, window.scene)
    results |= {"frame_everything_ms": wall_ms, "frame_everything_cpu_ms": processor_ms}
    window.forget()
    return results | _input_latency(window, tell)


def _input_latency(window: MeasuredWindow, tell: Callable[[str], None]) -> Results:
    """How soon the window answers."""
    app = application()
    tell("drags over the picture")
    window.show_xray(True)
    results: Results = {"drag_p95_ms": input_latency.drag_p95_ms(window, app)}
    tell("the same while a movie is made")
    with input_latency.movie_in_the_making(window):
        results["drag_p95_with_movie_ms"] = input_latency.drag_p95_ms(window, app)
    tell("changes of the audience")
    results["mode_switch_ms"] = input_latency.mode_switch_ms(window, app)
    tell("another case")
    return results | another_case(window)


def _overhead(film: Film, window: MeasuredWindow) -> Results:
    """Frames of ours beside the same triangles drawn by VTK alone, at several moments."""
    window.show_xray(False)
    ours, bare, triangles = [], [], []
    for k in range(MOMENTS):
        start_s = film.timeline.duration_s * (k + 0.5) / MOMENTS
        times = [start_s + frame * FRAME_S for frame in range(FRAMES)]
        state = film.timeline.state_at(start_s)
        azimuth = state.camera.azimuth_deg
        cameras = [replace(state.camera, azimuth_deg=azimuth + TURN_DEG * (frame + 1)) for frame in range(FRAMES)]
        ours.append(window.frame_ms(times, cameras))
        meshes = [shape.placed for shape in _seen(film.site.shapes(state), state)]
        triangles.append(float(sum(len(mesh.triangles) for mesh in meshes)))
        bare.append(bare_frame_ms(meshes, cameras, window.picture_size))
    ratio = median(a / b for a, b in zip(ours, bare, strict=True))
    return {
        "frame_ms": median(ours),
        "bare_frame_ms": median(bare),
        "overhead_ratio": ratio,
        "triangles_draft": median(triangles),
    }


def _seen(shapes: Sequence[Shape], state: ProcedureState) -> list[Shape]:
    """The shapes that are in the picture."""
    shown = {str(entry.layer) for entry in state.layers if entry.value > 0.0}
    return [shape for shape in shapes if shape.is_drawn and str(shape.layer) in shown and len(shape.mesh.triangles)]
