"""The X-ray pictures of one instant: the same shapes as the 3D view, seen by the C-arm."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from kyphoviz.fluoroscopy.chosen import SLOWER, path_lengths, wanted_way
from kyphoviz.fluoroscopy.detector import Detector
from kyphoviz.fluoroscopy.numpy_path_lengths import NumpyPathLengths
from kyphoviz.fluoroscopy.sums import PathLengths
from kyphoviz.site.shape import Shape
from kyphoviz.site.xray.c_arm import Projection

# A shape counts as still after so many calls in a row without a change: one that changes every other frame of a film
# would otherwise make the still layer be drawn anew each time.
PATIENCE = 2


@dataclass(frozen=True, slots=True, eq=False)
class _Trace:
    """What a shape was when it was last drawn, and for how many calls it has been that."""

    whereabouts: Hashable
    triangles: NDArray[np.int32]  # kept alive, so that identity means sameness
    materials: tuple[str | None, str | None]
    calm: int = 0

    def is_same(self, other: _Trace | None) -> bool:
        return (
            other is not None
            and self.triangles is other.triangles
            and self.materials == other.materials
            and self.whereabouts == other.whereabouts
        )


@dataclass(slots=True, eq=False)
class _Layers:
    """The sums of one view: what stands still, what is in it, and the whole picture of the last call."""

    projection: Projection
    detector: Detector
    still: NDArray[np.float32]
    total: NDArray[np.float32]
    in_still: frozenset[str] = frozenset()
    traces: dict[str, _Trace] = field(default_factory=dict)


class Fluoroscope:
    """Turns shapes into X-ray pictures; what does not move is drawn once and kept, for path lengths add up.

    A picture depends on the shapes, the projection and the frame number alone; what came before shows in the
    last bits of a float at most. Call it from one thread, and `close` it.
    """

    def __init__(self) -> None:
        """Opens nothing yet, unless it could fail; the window's first picture is not kept waiting."""
        self._layers: dict[str, _Layers] = {}
        self._way = wanted_way()
        if self._way == "opengl":
            _ = self._buffer

    @cached_property
    def _buffer(self) -> PathLengths:
        """The graphics card, or what does without it where there is no OpenGL 3.3; opened when it is first needed."""
        return path_lengths(self._way)

    @property
    def renderer(self) -> str:
        """Name of the OpenGL renderer, or NumPy."""
        return self._buffer.renderer

    @property
    def note(self) -> str:
        """What the person at the screen should know about how pictures are made here; mostly nothing."""
        return SLOWER if isinstance(self._buffer, NumpyPathLengths) else ""

    def line_integral(self, shapes: Iterable[Shape], projection: Projection) -> NDArray[np.float32]:
        """Sum of attenuation x length along the ray of each pixel, before any effect of the detector.

        Returns:
            shape (height, width), no unit, row 0 at the top; the caller's to keep.
        """
        return self._layers_of(shapes, projection).total[..., 0].copy()

    def image(self, shapes: Iterable[Shape], projection: Projection, frame: int = 0) -> NDArray[np.uint8]:
        """The picture on the theatre's screen: dense is dark, in a round field.

        Args:
            frame: number of the picture, which alone decides its quantum noise.

        Returns:
            grey, shape (height, width), row 0 at the top; the caller's to keep.
        """
        layers = self._layers_of(shapes, projection)
        return layers.detector.picture(layers.total[..., 0], layers.total[..., 1], frame)

    def forget(self) -> None:
        """Keeps nothing of the shapes so far: others will come under their names."""
        self._layers.clear()
        self._buffer.forget_all_but(())

    def close(self) -> None:
        """Gives back all that is held on the graphics card; closing twice does no harm."""
        self._layers.clear()
        if "_buffer" in vars(self):
            self._buffer.close()

    def _layers_of(self, shapes: Iterable[Shape], projection: Projection) -> _Layers:
        """The layers of a view, brought up to date with the shapes."""
        seen = {s.name: s for s in shapes if s.in_xray and len(s.mesh.triangles)}
        # Put back only when all is drawn: a refused shape must leave no half-drawn layers behind.
        layers = self._layers.pop(projection.view, None)
        if layers is None or layers.projection != projection:
            layers = self._empty(projection, layers)
        traces = _traced(seen, layers.traces)
        same = traces.keys() == layers.traces.keys() and all(t.calm for t in traces.values())
        if not same:
            self._buffer.forget_all_but(seen.keys())
            self._draw(layers, seen, traces)
        layers.traces = traces
        self._layers[projection.view] = layers
        return layers

    def _draw(self, layers: _Layers, seen: Mapping[str, Shape], traces: Mapping[str, _Trace]) -> None:
        """Draws what moved; what has come to rest goes over to the still layer."""
        calm = {name for name, trace in traces.items() if trace.calm >= PATIENCE}
        if layers.in_still - calm:
            layers.in_still = frozenset()
            layers.still[:] = 0
        rested = calm - layers.in_still
        if rested:
            fresh = [shape for name, shape in seen.items() if name in rested]
            layers.still += self._buffer.draw(fresh, layers.projection, out=layers.total)
            layers.in_still = frozenset(calm)
        moving = [shape for name, shape in seen.items() if name not in calm]
        if moving:
            self._buffer.draw(moving, layers.projection, out=layers.total)
            layers.total += layers.still
        else:
            layers.total[:] = layers.still

    def _empty(self, projection: Projection, before: _Layers | None) -> _Layers:
        width, height = projection.size
        still, total = np.zeros((2, height, width, 2), np.float32)
        if before is not None and before.projection.size == projection.size:
            return _Layers(projection, before.detector, still, total)
        return _Layers(projection, Detector(projection.view, projection.size), still, total)


def _traced(seen: Mapping[str, Shape], before: Mapping[str, _Trace]) -> dict[str, _Trace]:
    """A fresh trace of each shape; calm grows by one where nothing changed."""
    traces = {}
    for name, shape in seen.items():
        old = before.get(name)
        now = _Trace(shape.whereabouts, shape.mesh.triangles, (shape.material, shape.inside))
        if old is not None and now.is_same(old):
            now = _Trace(old.whereabouts, old.triangles, old.materials, old.calm + 1)
        traces[name] = now
    return traces
