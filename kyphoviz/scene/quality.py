"""How much work a picture is worth: one frame while things move, the mean of several when they stand still."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
Shift = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Quality:
    """How many frames, each shifted by a fraction of a pixel, are averaged into a picture at once.

    Averaging smooths every edge exactly, whatever drew it, and leaves nothing behind in the scene.
    """

    name: str
    samples: int


DRAFT = Quality("draft", 1)
STILL = Quality("still", 16)
QUALITIES = {quality.name: quality for quality in (DRAFT, STILL)}


def shift(sample: int) -> Shift:
    """Where in its pixel that sample is taken, in pixels from the middle; the first one is the plain picture.

    Halton's sequence in bases 2 and 3 covers the pixel evenly at every count.
    """
    if sample == 0:
        return 0.0, 0.0
    return _halton(sample, 2) - 0.5, _halton(sample, 3) - 0.5


def mixed(below: Pixels, above: Pixels, share: float) -> Pixels:
    """One picture over another, of which it lets through what `share` (of 1) leaves."""
    weight = np.uint16(round(256 * share))
    return ((below * (np.uint16(256) - weight) + above * weight) >> np.uint16(8)).astype(np.uint8)


class Mean:
    """The running mean of frames, in arrays that are made once per size."""

    def __init__(self) -> None:
        self._sum = np.zeros((0, 0, 4), np.uint16)
        self._mean = np.zeros((0, 0, 4), np.uint8)
        self.count = 0

    def restart(self) -> None:
        """Forgets the frames."""
        self.count = 0

    def add(self, frame: Pixels) -> None:
        """Takes one more frame (at most 256 of them)."""
        if self._sum.shape != frame.shape:
            self._sum, self._mean = np.zeros(frame.shape, np.uint16), np.zeros(frame.shape, np.uint8)
        if self.count:
            np.add(self._sum, frame, out=self._sum)
        else:
            np.copyto(self._sum, frame)
        self.count += 1

    @property
    def pixels(self) -> Pixels:
        """The mean so far; valid until the next call."""
        np.floor_divide(self._sum + np.uint16(self.count // 2), self.count, out=self._mean, casting="unsafe")
        return self._mean


def _halton(index: int, base: int) -> float:
    result, share = 0.0, 1.0 / base
    while index:
        index, digit = divmod(index, base)
        result += digit * share
        share /= base
    return result
