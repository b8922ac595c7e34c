"""The dearest draft frame that a hand can ask for: every tissue shown and the section open."""

from __future__ import annotations

from dataclasses import replace
from statistics import median
from time import perf_counter, process_time

from kyphoviz.bench.counted import CountedScene
from kyphoviz.choices import ViewChoices
from kyphoviz.film import Film
from kyphoviz.procedure.state import Layer, Opacity, ProcedureState

AROUND = (Layer.PATIENT, Layer.STANDING_PATIENT, Layer.TABLE, Layer.C_ARM, Layer.BOWL, Layer.LOAD)  # no tissues
FRAMES = 12  # of each step in which the film opens the section
TURN_DEG = 0.5  # from frame to frame


def everything_ms(film: Film, scene: CountedScene) -> tuple[float, float]:
    """Median milliseconds of such a frame by the clock, and of processor time of all threads that draw.

    On a busy machine the second tells more than the first.
    """
    states = [film.timeline.state_at(0.5 * (span.start_s + span.end_s)) for span in film.timeline.spans]
    costs = [_turning_s(scene, state) for state in states if state.cut == 1.0]
    wall_s, processor_s = zip(*costs, strict=True) if costs else ((0.0,), (0.0,))
    return 1e3 * median(wall_s), 1e3 * median(processor_s)


def _turning_s(scene: CountedScene, state: ProcedureState) -> tuple[float, float]:
    """Seconds of a frame, by the clock and of processors, while the camera turns round one instant."""
    choices = ViewChoices(layers=tuple(Opacity(layer, 1.0) for layer in Layer if layer not in AROUND), cut=1.0)
    wall, processor = [], []
    for frame in range(FRAMES):
        azimuth_deg = state.camera.azimuth_deg + TURN_DEG * (frame + 1)
        turned = replace(choices, camera=replace(state.camera, azimuth_deg=azimuth_deg))
        start, start_cpu = perf_counter(), process_time()
        scene.apply(state, turned)
        scene.image()
        wall.append(perf_counter() - start)
        processor.append(process_time() - start_cpu)
    return median(wall), median(processor)
