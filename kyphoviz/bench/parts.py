"""State, shapes and X-rays by themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from random import Random
from statistics import median, quantiles
from time import perf_counter

from kyphoviz.film import Film
from kyphoviz.fluoroscopy.fluoroscope import Fluoroscope
from kyphoviz.procedure.state import Tool, XrayView
from kyphoviz.site.shape import Shape

SAMPLES_PER_S = 5.0


def state_at_us(film: Film, samples: int = 2000) -> float:
    """Microseconds for the state of a moment, the median over the film in random order."""
    random = Random(1)
    times = [random.uniform(0.0, film.timeline.duration_s) for _ in range(samples)]
    return 1e6 * median(_timed(lambda t=time_s: film.timeline.state_at(t)) for time_s in times)


def shapes_ms(film: Film) -> tuple[float, float, float]:
    """Milliseconds for the shapes of a frame over the whole film in order: median, 95th percentile, the most."""
    states = [film.timeline.state_at(t) for t in film.timeline.frame_times(SAMPLES_PER_S)]
    times = [_timed(lambda s=state: film.site.shapes(s)) for state in states]
    return 1e3 * median(times), 1e3 * percentile_95(times), 1e3 * max(times)


def xray_pair_ms(film: Film, fluoroscope: Fluoroscope, rounds: int = 12) -> float:
    """Milliseconds for both X-rays when every shape has changed."""
    moments = [film.timeline.time_of(span.step.id, 0.5) for span in film.timeline.spans if span.step.scenery.xray]
    times = []
    for k in range(rounds):
        shapes = film.site.shapes(film.timeline.state_at(moments[k * 7 % len(moments)]))
        changed = tuple(replace(shape, key=("changed", k)) for shape in shapes)
        times.append(_pair_s(film, fluoroscope, changed, k))
    return 1e3 * median(times[2:])


def xray_tools_ms(film: Film, fluoroscope: Fluoroscope, rounds: int = 24) -> float:
    """Milliseconds for both X-rays while only tools move."""
    start_s, end_s = _needle_on_its_way(film)
    times = []
    for k in range(rounds):
        state = film.timeline.state_at(start_s + (end_s - start_s) * k / rounds)
        times.append(_pair_s(film, fluoroscope, film.site.shapes(state), k))
    return 1e3 * median(times[4:])


def percentile_95(values: Iterable[float]) -> float:
    """The value that 95 of a hundred do not pass."""
    return quantiles(values, n=20, method="inclusive")[-1]


def _pair_s(film: Film, fluoroscope: Fluoroscope, shapes: tuple[Shape, ...], frame: int) -> float:
    projections = [film.site.projection(view) for view in XrayView]
    start = perf_counter()
    for projection in projections:
        fluoroscope.image(shapes, projection, frame)
    return perf_counter() - start


def _needle_on_its_way(film: Film) -> tuple[float, float]:
    """A span of the first step in which an access needle moves under X-ray."""
    for start_s, end_s in _spans(film):
        first, last = (film.timeline.state_at(t) for t in (start_s, end_s))
        kinds = {needle.kind for needle in last.needles}
        if Tool.ACCESS_NEEDLE in kinds and first.needles != last.needles and first.fracture == last.fracture:
            return start_s, end_s
    return 0.0, film.timeline.duration_s


def _spans(film: Film) -> Iterator[tuple[float, float]]:
    for span in film.timeline.spans:
        if span.step.scenery.xray:
            length = span.end_s - span.start_s
            yield span.start_s + 0.4 * length, span.start_s + 0.6 * length


def _timed(work: object) -> float:
    assert callable(work)
    start = perf_counter()
    work()
    return perf_counter() - start
