"""What every way of summing path lengths has in common: weights in front, slanted rays behind."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kyphoviz.fluoroscopy.beam import Beam, beam_of
from kyphoviz.fluoroscopy.materials import weights_of
from kyphoviz.site.shape import Shape
from kyphoviz.site.xray.c_arm import Projection


@dataclass(frozen=True, slots=True, eq=False)
class Weighed:
    """A shape with what it adds for each millimetre: attenuation, and spongy bone (-1, 0 or 1)."""

    shape: Shape
    attenuation: float
    spongy: float


class PathLengths(ABC):
    """Sums attenuation x length over solids, and the length inside spongy bone, for every pixel."""

    @property
    @abstractmethod
    def renderer(self) -> str:
        """Who does it."""

    def draw(
        self, shapes: Iterable[Shape], projection: Projection, out: NDArray[np.float32] | None = None
    ) -> NDArray[np.float32]:
        """The sums over some shapes, shape (height, width, 2), written into `out` where one is given.

        Channel 0 is the sum of (mu of the material - mu of what it displaces) x length, without unit; channel 1 the
        length in spongy bone in millimetres.
        """
        width, height = projection.size
        beam = beam_of(projection)
        sums = np.empty((height, width, 2), np.float32) if out is None else out
        self._sum([Weighed(shape, *weights_of(shape)) for shape in shapes], beam, sums)
        sums *= beam.slant
        return sums

    @abstractmethod
    def forget_all_but(self, names: Collection[str]) -> None:
        """Gives back the memory of shapes that are there no more."""

    @abstractmethod
    def close(self) -> None:
        """Gives everything back; closing twice does no harm."""

    @abstractmethod
    def _sum(self, solids: Sequence[Weighed], beam: Beam, sums: NDArray[np.float32]) -> None:
        """Writes the sums of depths along the middle of the beam, shape (height, width, 2)."""
